package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
)

// TestImportPeopleLines imports files with every kind of mistake: each is named
// with its line, its column and what was expected, and nothing is imported.
func TestImportPeopleLines(t *testing.T) {
	const head = "number,name,room,phone,kind,until\n"
	for _, c := range []struct {
		name, file string
		want       []string // of each problem, in order; none: it is imported
	}{
		{"good", head + "1,Ann,3-502,13800001111,student,2027-06-30\n", nil},
		{"empty file", "", []string{"line 1: the file is empty: expected a row with the names of the columns: number, name"}},
		{"only spaces", " \n\n", []string{"line 1"}},
		{"no header", "1,Ann,3-502\n2,Bob,3-503\n", []string{`line 1: "1,Ann,3-502": expected a row with the names of the columns`}},
		{"header without rows", head, []string{"line 1: no rows follow"}},
		{"a column is missing", "name,room\nAnn,3-502\n", []string{"line 1: the column number or 学号 is missing"}},
		{"two columns of one meaning", "学号,学工号,姓名\n1,1,Ann\n", []string{`line 1, column B (学工号): "学工号": is the same as column A (学号)`}},
		{"no number", head + ",Ann,,,,\n", []string{"line 2, column A (number): expected a student or staff number"}},
		{"bad number", head + "1 2,Ann,,,,\n学号,Bob,,,,\n", []string{`line 2, column A (number): "1 2"`, `line 3, column A (number): "学号"`}},
		{"a number that a spreadsheet spoiled", head + "2.02E+09,Ann,,,,\n", []string{"format the column as text"}},
		{"twice", head + "a1,Ann,,,,\nA1,Bob,,,,\n", []string{`line 3, column A (number): "A1": stands on line 2 already`}},
		{"twice in other width", head + "a1,Ann,,,,\nＡ１,Bob,,,,\n", []string{"stands on line 2 already"}},
		{"no name", head + "1,,,,,\n2,...,,,,\n", []string{"line 2, column B (name): expected a name", `line 3, column B (name): "...": expected a name`}},
		{"a long name", head + "1," + strings.Repeat("长", 41) + ",,,,\n", []string{"has 41 characters, expected at most 40"}},
		{"no such room", head + "1,Ann,3-520,,,\n", []string{`line 2, column C (room): "3-520": there is no such room; near it are 3-502`}},
		{"no such building", head + "1,Ann,99-101,,,\n", []string{"there is no such room"}},
		{"a room without its building", head + "1,Ann,502,,,\n", []string{"expected building and room"}},
		{"a public place", head + "1,Ann,canteen,,,\n", []string{"is a public place"}},
		{"bad phone", head + "1,Ann,,call me,,\n2,Bob,,1234,,\n", []string{`column D (phone): "call me": expected a phone number of 5 to 15 digits`, `"1234"`}},
		{"bad kind", head + "1,Ann,,,cat,\n", []string{`column E (kind): "cat": expected student, staff, tenant or guest`}},
		{"bad day", head + "1,Ann,,,,2027-02-30\n2,Bob,,,,soon\n3,Cy,,,,12/31/27\n", []string{`"2027-02-30": expected a day`, `"soon"`, `"12/31/27"`}},
		{"a guest without an end", head + "1,Ann,,,guest,\n", []string{"line 2, column F (until): a guest's rights end with the stay"}},
		{"everything in one row", head + "-,,9,x,y,z\n", []string{"number", "name", "room", "phone", "kind", "until"}},
		{"a quote inside", head + "1,An\"n,,,,\n2,Bob,,,,\n3,C\"y,,,,\n", []string{"line 2: a quote stands inside a cell", "line 4: a quote"}},
		{"a quote never closed", head + "1,\"Ann,,,,\n2,Bob,,,,\n", []string{"line 2: a quote that is opened here is not closed"}},
		{"a cell of a megabyte", head + "1,Ann," + strings.Repeat("x", 1<<20) + ",,,\n2,Bob,9,,,\n", []string{"has 1048576 characters, expected at most 200", "line 3"}},
		{"control characters", head + "1,A\x1b[31mnn,,,,\n", []string{"holds signs that are no text"}},
		{"a short row", head + "1\n", []string{"line 2, column B (name): expected a name"}},
		{"lines in quotes count", head + "1,\"Ann\nLee\",,,,\n2,,,,,\n", []string{"line 4, column B (name)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRegistry(t, nil)
			report, err := r.imports(importPeople, []byte(c.file), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Problems) != len(c.want) {
				t.Fatalf("%d problems, want %d:\n%s", len(report.Problems), len(c.want), report.text(importPeople))
			}
			for i, want := range c.want {
				if got := report.Problems[i].String(); !strings.Contains(got, want) {
					t.Errorf("%s\nwant in it: %s", got, want)
				} else if len(got) > 400 {
					t.Errorf("a problem of %d characters", len(got))
				}
			}
			if n := len(r.people()); n > 0 != (len(c.want) == 0) {
				t.Errorf("%d people were imported", n)
			}
		})
	}
}

// TestImportPeopleForms imports one list in every form in which it comes.
func TestImportPeopleForms(t *testing.T) {
	want := map[string]desk.Resident{
		"2023001": {Number: "2023001", Name: "王五", Room: "3-502", Phone: "13800001111", Kind: desk.ResidentStudent, Until: desk.Date{Year: 2027, Month: 6, Day: 30}},
		"T-1":     {Number: "T-1", Name: "=HYPERLINK(1)", Room: "5-203"},
	}
	for _, c := range []struct{ name, as, file string }{
		{"english", "utf-8", "number,name,room,phone,kind,until\n2023001,王五,3-502,13800001111,student,2027-06-30\nT-1,=HYPERLINK(1),5-203,,,\n"},
		{"bom", "utf-8 with bom", "number,name,room,phone,kind,until\n2023001,王五,3-502,13800001111,student,2027-06-30\nT-1,=HYPERLINK(1),5-203,,,\n"},
		{"chinese, other order, title, unknown column", "utf-8", "2026 级住宿名单,,,,,,\n姓名,备用,学号,手机号,宿舍,类别,有效期\n王五,x,2023001,138-0000-1111,3栋502,学生,2027年6月30日\n=HYPERLINK(1),,T-1,,5-203,,\n"},
		{"gbk, semicolons", "gbk", "学号;姓名;楼栋;房间号;联系电话;人员类别;截止日期\n2023001;王五;3号楼;502;138 0000 1111;本科生;2027/6/30\nT-1;=HYPERLINK(1);5号楼;203;;;\n"},
		{"gb18030, tabs", "gb18030", "学号\t姓名\t房间\t电话\t身份\t有效期至\n2023001\t王五\t3号楼502\t13800001111\t学生\t20270630\nT-1\t=HYPERLINK(1)\t5-203\t\t\t\n"},
		{"utf-16 as excel writes it", "utf-16", "学号\t姓名\t房间\t电话\t身份\t有效期至\r\n2023001\t王五\t3号楼502\t13800001111\t学生\t2027.6.30\r\nT-1\t=HYPERLINK(1)\t5-203\t\t\t\r\n"},
		{"quotes and full width", "utf-8", "\"Student Number\",\"Full Name\",Room,Mobile,Type,\"Valid until\"\n２０２３００１,\"王五\",\"3-502\",１３８００００１１１１,STUDENT,2027-06-30 00:00:00\nT-1,\"=HYPERLINK(1)\",5-203,,,\n\n"},
		{"remarks behind names", "utf-8", "学号（必填）,*姓名,房间(如3-502),电话 ,类别,有效期至\n2023001,王五,3-502,13800001111,学生,2027-06-30\nT-1,=HYPERLINK(1),5-203,,,\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRegistry(t, nil)
			report, err := r.imports(importPeople, encoded(t, c.file, c.as), nil)
			if err != nil || len(report.Problems) > 0 {
				t.Fatalf("%v\n%s", err, report.text(importPeople))
			}
			if diff := cmp.Diff(want, r.people()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestImportPeopleAgain changes, keeps and ends entries.
func TestImportPeopleAgain(t *testing.T) {
	r := newRegistry(t, nil)
	r.must(importPeople, "number,name,room,phone\n1,Ann,3-502,13800001111\n2,Bob,3-503,\n3,Cy,3-504,\n", nil)
	counts := func(report importReport) [6]int {
		return [6]int{report.New, report.Changed, report.Unchanged, report.Left, report.Kept, report.Gone}
	}
	step := func(what, file string, change func(*importRequest), want [6]int) importReport {
		t.Helper()
		report := r.must(importPeople, file, change)
		if got := counts(report); got != want {
			t.Errorf("%s: new, changed, unchanged, left, kept, gone: %v, want %v", what, got, want)
		}
		return report
	}
	step("the same", "number,name,room,phone\n1,Ann,3-502,13800001111\n2,Bob,3-503,\n3,Cy,3-504,\n", nil, [6]int{0, 0, 3, 0, 0, 0})
	before := r.people()
	report := step("a dry run", "number,name\n1,Ann\n4,Dee\n", func(q *importRequest) { dry(q); replacing(q) }, [6]int{1, 0, 1, 2, 0, 0})
	if text := report.text(importPeople); !strings.Contains(text, "2 leaves the list") || !strings.Contains(text, "nothing was written") {
		t.Errorf("the dry run says %s", text)
	}
	if diff := cmp.Diff(before, r.people()); diff != "" {
		t.Errorf("a dry run wrote: %s", diff)
	}
	step("some, without the columns of room and phone", "number,name\n2,Bert\n", nil, [6]int{0, 1, 0, 0, 2, 0})
	if p := r.people()["2"]; p.Name != "Bert" || p.Room != "3-503" {
		t.Errorf("a column that the file does not have changed something: %+v", p)
	}
	step("the whole list", "number,name,room,phone\n2,Bert,3-503,\n", replacing, [6]int{0, 0, 1, 2, 0, 0})
	if r.people()["1"].Left.IsZero() || len(r.people()) != 3 {
		t.Error("who left is not marked")
	}
	step("one is back", "number,name\n1,Ann\n", nil, [6]int{0, 1, 0, 0, 1, 1})
	if p := r.people()["1"]; !p.Left.IsZero() || p.Phone != "13800001111" {
		t.Errorf("who is back has left, or is forgotten: %+v", p)
	}
}
