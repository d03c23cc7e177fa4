package main

import (
	"fmt"
	"strings"
	"testing"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// stays are the stays in the store, as "number place bed from state".
func (r *registry) stays() map[string]string {
	r.t.Helper()
	found := map[string]string{}
	err := r.store.View(r.t.Context(), func(tx *storage.Tx) error {
		return storage.Stays.Scan(tx, storage.Range{}, func(s desk.Stay) error {
			found[s.Number] = fmt.Sprintf("%s%s %s %s", s.Place, s.Bed, desk.DateOf(s.From, r.site.Zone), s.State)
			return nil
		})
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return found
}

// TestImportArrivalLines imports rosters with every kind of mistake: each is named with
// its line, its column and what was expected, and nothing is imported.
func TestImportArrivalLines(t *testing.T) {
	const head = "number,name,room,bed,from,until,kind,state\n"
	for _, c := range []struct {
		name, file string
		want       []string // of each problem, in order; none: it is imported
	}{
		{"good", head + "1,Ann,3-502,A,2026-09-01,,,\n2,Bob,3-502,b床,2026-09-01,2027-06-30,student,\n3,Cy,5-203,,2026/9/1,,staff,in\n", nil},
		{"chinese", "学号,姓名,楼栋,房间号,床位,报到日期,类别,入住状态\n1,王五,3号楼,502,1号床,2026年9月1日,学生,已入住\n", nil},
		{"one bed after the other", head + "1,Ann,3-502,A,2026-09-01,2026-09-05,guest,\n2,Bob,3-502,A,2026-09-05,,,\n", nil},
		{"columns are missing", "number,name\n1,Ann\n", []string{"the column room or 房间 is missing", "the column from or 入住日期 is missing"}},
		{"no room", head + "1,Ann,,A,2026-09-01,,,\n", []string{"line 2, column C (room): expected a room"}},
		{"no such room", head + "1,Ann,3-520,A,2026-09-01,,,\n", []string{`"3-520": there is no such room; near it are 3-502`}},
		{"a public place", head + "1,Ann,canteen,A,2026-09-01,,,\n", []string{"is a public place"}},
		{"no day", head + "1,Ann,3-502,A,,,,\n2,Bob,3-502,B,soon,,,\n", []string{"line 2, column E (from): expected the day of arrival", `line 3, column E (from): "soon": expected a day`}},
		{"it ends before", head + "1,Ann,3-502,A,2026-09-01,2026-08-31,,\n", []string{"line 2, column F (until): \"2026-08-31\": is before the day of arrival"}},
		{"a guest without an end", head + "1,Ann,3-502,A,2026-09-01,,guest,\n", []string{"line 2, column F (until): a guest's rights end with the stay"}},
		{"a bad bed", head + "1,Ann,3-502,the upper one,2026-09-01,,,\n2,Bob,3-502,床,2026-09-01,,,\n", []string{"expected a short name of a bed", "expected a short name of a bed"}},
		{"a bad state", head + "1,Ann,3-502,A,2026-09-01,,,gone\n", []string{`line 2, column H (state): "gone": expected nothing, or in`}},
		{"twice", head + "1,Ann,3-502,A,2026-09-01,,,\n1,Ann,3-502,B,2026-09-01,,,\n", []string{"line 3, column A (number): \"1\": stands on line 2 already"}},
		{"one bed for two", head + "1,Ann,3-502,A,2026-09-01,,,\n2,Bob,3-502,a,2026-09-02,,,\n", []string{`line 3, column C (room): "3-502A": the bed is 1's then`}},
		{"everything in one row", head + "-,,9,床,y,x,cat,z\n", []string{"number", "name", "room", "kind", "state", "bed", "from", "until"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRegistry(t, nil)
			report, err := r.imports(importArrivals, []byte(c.file), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Problems) != len(c.want) {
				t.Fatalf("%d problems, want %d:\n%s", len(report.Problems), len(c.want), report.text(importArrivals))
			}
			for i, want := range c.want {
				if got := report.Problems[i].String(); !strings.Contains(got, want) {
					t.Errorf("%s\nwant in it: %s", got, want)
				}
			}
			if n := len(r.stays()); n > 0 != (len(c.want) == 0) {
				t.Errorf("%d stays were written", n)
			}
		})
	}
}

// TestImportArrivalsAgain changes who has not come yet, names who lives elsewhere, and
// withdraws with --replace; a dry run, and a commit that fails, write nothing.
func TestImportArrivalsAgain(t *testing.T) {
	engine := &weakEngine{Engine: memory.New(), left: 1000}
	r := newRegistry(t, engine)
	const head = "number,name,room,bed,from,state\n"
	file := head + "1,Ann,3-502,A,2026-09-01,\n2,Bob,3-502,B,2026-09-01,\n3,Cy,3-503,A,2026-08-01,in\n"
	want := func(what string, stays map[string]string, report importReport, counts ...int) {
		t.Helper()
		if got := []int{report.New, report.Changed, report.Unchanged, report.Left, report.Kept}; fmt.Sprint(got) != fmt.Sprint(counts) {
			t.Errorf("%s: new, changed, unchanged, withdrawn, kept %v, want %v", what, got, counts)
		}
		if got := r.stays(); fmt.Sprint(got) != fmt.Sprint(stays) {
			t.Errorf("%s: %v, want %v", what, got, stays)
		}
	}
	want("a dry run", map[string]string{}, r.must(importArrivals, file, dry), 3, 0, 0, 0, 0)
	engine.left = 0
	if _, err := r.imports(importArrivals, []byte(file), nil); err == nil {
		t.Fatal("the disk broke and the import did not notice")
	}
	engine.left = 1000
	r = newRegistry(t, engine.Engine)
	want("after a commit that failed", map[string]string{}, importReport{}, 0, 0, 0, 0, 0)
	all := map[string]string{"1": "3-502A 2026-09-01 expected", "2": "3-502B 2026-09-01 expected", "3": "3-503A 2026-08-01 in"}
	want("the first", all, r.must(importArrivals, file, nil), 3, 0, 0, 0, 0)
	want("the same", all, r.must(importArrivals, file, nil), 0, 0, 3, 0, 0)
	all["1"] = "3-504A 2026-09-02 expected"
	want("another room and day", all, r.must(importArrivals, head+"1,Ann,3-504,A,2026-09-02,\n", nil), 0, 1, 0, 0, 0)
	all["2"] = "3-502B 2026-09-01 out"
	report := r.must(importArrivals, head+"1,Ann,3-504,A,2026-09-02,\n4,Dee,3-505,A,2026-09-01,\n", replacing)
	all["4"] = "3-505A 2026-09-01 expected"
	want("the whole list of these days", all, report, 1, 0, 1, 1, 0)
	report, err := r.imports(importArrivals, []byte(head+"3,Cy,3-502,A,2026-09-01,\n5,Eve,3-503,A,2026-09-01,\n"), nil)
	if err != nil || len(report.Problems) != 2 || !strings.Contains(report.Problems[0].Want, "lives in 3-503A now: move them with /checkin") ||
		!strings.Contains(report.Problems[1].Want, "the bed is 3's then") {
		t.Errorf("who lives in another bed: %v, %s", err, report.text(importArrivals))
	}
	want("after mistakes", all, importReport{}, 0, 0, 0, 0, 0)
	r.must(importArrivals, string(example(t, "arrivals.csv")), nil)
}
