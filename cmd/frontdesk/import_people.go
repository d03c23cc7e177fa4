package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"frontdesk/desk"
)

// peopleColumns are the columns of a residents' list. The first two names are
// those that an error shows.
var peopleColumns = []column{
	{name: "number", need: true, names: []string{"number", "学号", "工号", "编号", "学工号", "学号工号", "员工号", "人员编号", "证件号", "id", "no", "studentnumber", "studentid", "studentno", "staffnumber", "staffid", "staffno", "employeeid", "cardno"}},
	{name: "name", need: true, names: []string{"name", "姓名", "名字", "住户姓名", "学生姓名", "fullname"}},
	{name: "building", names: []string{"building", "楼栋", "楼", "栋", "楼号", "宿舍楼", "公寓", "block"}},
	{name: "room", names: []string{"room", "房间", "房号", "房间号", "宿舍", "宿舍号", "寝室", "寝室号", "住址", "roomnumber", "roomno"}},
	{name: "phone", names: []string{"phone", "电话", "手机", "手机号", "手机号码", "电话号码", "联系电话", "联系方式", "mobile", "tel", "telephone", "phonenumber"}},
	{name: "kind", names: []string{"kind", "类别", "类型", "身份", "人员类别", "人员类型", "type", "category"}},
	{name: "until", names: []string{"until", "有效期", "有效期至", "截止日期", "到期日", "到期日期", "离校日期", "退宿日期", "住到", "validuntil", "expires", "enddate", "leaves"}},
}

// kindWords are what files call the kinds of resident.
var kindWords = map[string]string{
	"student": desk.ResidentStudent, "学生": desk.ResidentStudent, "本科生": desk.ResidentStudent, "研究生": desk.ResidentStudent,
	"硕士生": desk.ResidentStudent, "博士生": desk.ResidentStudent, "留学生": desk.ResidentStudent,
	"staff": desk.ResidentStaff, "教职工": desk.ResidentStaff, "教师": desk.ResidentStaff, "老师": desk.ResidentStaff,
	"职工": desk.ResidentStaff, "员工": desk.ResidentStaff, "teacher": desk.ResidentStaff, "faculty": desk.ResidentStaff,
	"tenant": desk.ResidentTenant, "租户": desk.ResidentTenant, "商户": desk.ResidentTenant, "驻校机构": desk.ResidentTenant,
	"guest": desk.ResidentGuest, "访客": desk.ResidentGuest, "客人": desk.ResidentGuest, "来宾": desk.ResidentGuest, "visitor": desk.ResidentGuest,
}

var (
	listNumberForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_./-]{0,31}$`)
	phoneForm      = regexp.MustCompile(`^\+?[0-9]{5,15}$`)
)

// residentsIn reads a residents' list. Every row that is good is returned, and
// everything that is wrong with the others.
func residentsIn(t table, site *desk.Site) (list []desk.Resident, lines []int, h header, problems []problem) {
	seen := map[string]int{}
	h, problems = eachRow(t, peopleColumns, func(f fields) {
		before := len(*f.problems)
		r := desk.Resident{Number: f.number(), Name: f.personName(), Room: f.residentRoom(site), Phone: f.phone(), Kind: f.kind(), Until: f.until()}
		if r.Kind == desk.ResidentGuest && r.Until.IsZero() && len(*f.problems) == before {
			f.bad("until", "", "a guest's rights end with the stay: expected the last day of it")
		}
		if key := desk.NumberKey(r.Number); key != "" {
			if line, twice := seen[key]; twice {
				f.bad("number", r.Number, fmt.Sprintf("stands on line %d already: expected each number once", line))
			} else {
				seen[key] = f.row.line
			}
		}
		if len(*f.problems) == before {
			list, lines = append(list, r), append(lines, f.row.line)
		}
	})
	return list, lines, h, problems
}

func (f fields) number() string {
	text := narrow(f.get("number"))
	switch {
	case exponent.MatchString(text):
		f.bad("number", text, "a program turned the number into this: format the column as text, and fill it in again")
	case !listNumberForm.MatchString(text):
		f.bad("number", text, "expected a student or staff number of letters, digits, - and _, at most 32")
	default:
		return text
	}
	return ""
}

// narrow writes full-width letters, digits and signs as half-width ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if '！' <= r && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s)
}

func (f fields) personName() string {
	text := f.get("name")
	if n := len([]rune(text)); n > 40 {
		f.bad("name", text, fmt.Sprintf("has %d characters, expected at most 40", n))
	} else if !strings.ContainsFunc(text, unicode.IsLetter) {
		f.bad("name", text, "expected a name")
	}
	return text
}

func (f fields) residentRoom(site *desk.Site) string {
	building, text := f.get("building"), f.get("room")
	if text == "" {
		return "" // a building alone is no room of theirs
	}
	found := desk.Found{}
	if building != "" {
		id := building
		if in := site.Places.Find(building); in.Building != "" && in.Place == nil {
			id = in.Building
		}
		if b, ok := site.Places.Building(id); ok {
			found = site.Places.FindIn(b.ID, text)
		} else {
			f.bad("building", building, "there is no such building: "+someBuildings(site))
			return ""
		}
	} else if place, ok := site.Places.Get(text); ok {
		found.Place = &place
	} else {
		found = site.Places.Find(text)
	}
	switch {
	case found.Place != nil && found.Place.Room != "":
		return found.Place.ID
	case found.Place != nil:
		f.bad("room", text, "is a public place: expected somebody's room, such as 3-502")
	case len(found.Suggestions) > 0:
		var ids []string
		for _, p := range found.Suggestions {
			ids = append(ids, p.ID)
		}
		f.bad("room", text, "there is no such room; near it are "+strings.Join(ids, ", "))
	default:
		f.bad("room", text, "there is no such room: expected building and room, such as 3-502, or a column for the building")
	}
	return ""
}

func someBuildings(site *desk.Site) string {
	var ids []string
	for _, b := range site.Places.Buildings() {
		if len(ids) == 12 {
			return "expected one of " + strings.Join(ids, ", ") + " ..."
		}
		ids = append(ids, b.ID)
	}
	return "expected one of " + strings.Join(ids, ", ")
}

func (f fields) phone() string {
	text := f.get("phone")
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -()'", r) {
			return -1
		}
		return r
	}, desk.Fold(text))
	switch {
	case plain == "":
	case exponent.MatchString(plain):
		f.bad("phone", text, "a program turned the number into this: format the column as text, and fill it in again")
	case !phoneForm.MatchString(plain):
		f.bad("phone", text, "expected a phone number of 5 to 15 digits, such as 13800001111")
	}
	return plain
}

func (f fields) kind() string {
	text := f.get("kind")
	if text == "" {
		return ""
	}
	k, ok := kindWords[strings.ReplaceAll(desk.Fold(text), " ", "")]
	if !ok {
		f.bad("kind", text, "expected student, staff, tenant or guest (学生、教职工、租户、访客)")
	}
	return k
}

var dayForm = regexp.MustCompile(`^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$`)

func (f fields) until() desk.Date { return f.day("until") }

// day is the day in a column.
func (f fields) day(name string) desk.Date {
	text := narrow(f.get(name))
	if text == "" {
		return desk.Date{}
	}
	if first, _, ok := strings.Cut(text, " "); ok && strings.Contains(text, ":") {
		text = first // 2027-06-30 00:00:00
	}
	parts := dayForm.FindStringSubmatch(text)
	if parts == nil && len(text) == 8 && onlyDigits.MatchString(text) {
		parts = []string{text, text[:4], text[4:6], text[6:]}
	}
	if parts != nil {
		year, _ := strconv.Atoi(parts[1])
		month, _ := strconv.Atoi(parts[2])
		day, _ := strconv.Atoi(parts[3])
		at := time.Date(year, time.Month(month), day, 12, 0, 0, 0, time.UTC)
		if year >= 2000 && year < 2200 && at.Day() == day && int(at.Month()) == month {
			return desk.DateOf(at, time.UTC)
		}
	}
	f.bad(name, text, "expected a day such as 2027-06-30")
	return desk.Date{}
}

// mergePeople is the list as it will be: the rows of the file, and those that it
// does not name. A column that the file does not have changes nothing.
func mergePeople(old, file []desk.Resident, h header, replace bool, now time.Time) ([]desk.Resident, importReport) {
	var report importReport
	before := map[string]desk.Resident{}
	for _, r := range old {
		before[desk.NumberKey(r.Number)] = r
	}
	named := map[string]bool{}
	list := make([]desk.Resident, 0, len(old)+len(file))
	keep := func(to *string, from, column string) {
		if _, ok := h.at[column]; !ok {
			*to = from
		}
	}
	for _, r := range file {
		key := desk.NumberKey(r.Number)
		named[key] = true
		was, known := before[key]
		keep(&r.Phone, was.Phone, "phone")
		keep(&r.Room, was.Room, "room")
		keep(&r.Kind, was.Kind, "kind")
		if _, ok := h.at["until"]; !ok {
			r.Until = was.Until
		}
		switch {
		case !known:
			report.New++
		case was != r:
			report.Changed++
			report.change(r.Number, was, r)
		default:
			report.Unchanged++
		}
		list = append(list, r)
	}
	for _, r := range old {
		if named[desk.NumberKey(r.Number)] {
			continue
		}
		switch {
		case !r.Left.IsZero():
			report.Gone++
		case replace:
			r.Left = now
			report.Left++
			report.note(fmt.Sprintf("%s leaves the list", r.Number))
		default:
			report.Kept++
		}
		list = append(list, r)
	}
	return list, report
}

// change says what is different in an entry. Names and phone numbers are not
// shown: a terminal is read by others.
func (r *importReport) change(number string, was, now desk.Resident) {
	var what []string
	for _, c := range []struct {
		name     string
		was, now any
	}{{"name", was.Name, now.Name}, {"phone", was.Phone, now.Phone}} {
		if c.was != c.now {
			what = append(what, c.name)
		}
	}
	if was.Room != now.Room {
		what = append(what, fmt.Sprintf("room %s -> %s", dash(was.Room), dash(now.Room)))
	}
	if was.Kind != now.Kind {
		what = append(what, fmt.Sprintf("kind %s -> %s", dash(was.Kind), dash(now.Kind)))
	}
	if was.Until != now.Until {
		what = append(what, fmt.Sprintf("until %s -> %s", dayOrNone(was.Until), dayOrNone(now.Until)))
	}
	if !was.Left.IsZero() {
		what = append(what, "is back")
	}
	r.note(number + ": " + strings.Join(slices.Compact(what), ", "))
}

func dash(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func dayOrNone(d desk.Date) string {
	if d.IsZero() {
		return "none"
	}
	return d.String()
}
