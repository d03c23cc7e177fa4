package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// ImportArrivalsCmd imports a roster of arrivals.
type ImportArrivalsCmd struct {
	importFlags `embed:""`
}

// Run imports the file.
func (cmd *ImportArrivalsCmd) Run(ctx context.Context) error {
	return cmd.run(ctx, importArrivals, os.Stdout, newProgress(os.Stderr))
}

// maxArrivals is how many rows a roster may have: it is written in one commit, because
// half of it must never be in force.
const maxArrivals = 5000

// arrivalColumns are the columns of a roster of arrivals: some of them those of the
// residents' list.
var arrivalColumns = []column{
	peopleColumns[0], peopleColumns[1], peopleColumns[2],
	{name: "room", need: true, names: peopleColumns[3].names},
	{name: "bed", names: []string{"bed", "床位", "床号", "床", "床位号", "bednumber", "bedno"}},
	{name: "from", need: true, names: []string{"from", "入住日期", "报到日期", "到达日期", "入住时间", "住宿开始", "开始日期", "arrives", "arrival", "arrivaldate", "checkin", "checkindate", "startdate"}},
	{name: "until", names: peopleColumns[6].names},
	peopleColumns[5],
	{name: "state", names: []string{"state", "状态", "入住状态", "status"}},
}

// stateWords are what files say of somebody who lives there already, or does not yet.
var stateWords = map[string]desk.StayState{
	"": desk.StayExpected, "expected": desk.StayExpected, "待入住": desk.StayExpected, "未入住": desk.StayExpected,
	"in": desk.StayIn, "已入住": desk.StayIn, "在住": desk.StayIn, "livesthere": desk.StayIn,
}

// arrivalsIn reads a roster. Every row that is good is returned, and everything that
// is wrong with the others.
func arrivalsIn(t table, site *desk.Site) (list []desk.Stay, lines []int, h header, problems []problem) {
	seen := map[string]int{}
	h, problems = eachRow(t, arrivalColumns, func(f fields) {
		before := len(*f.problems)
		s := desk.Stay{Number: f.number(), Name: f.personName(), Place: f.residentRoom(site), Kind: f.kind(), State: f.stayState(), Bed: f.bed()}
		if f.get("room") == "" {
			f.bad("room", "", "expected a room such as 3-502")
		}
		from, to := f.day("from"), f.day("until")
		switch {
		case f.get("from") == "":
			f.bad("from", "", "expected the day of arrival, such as 2026-09-01")
		case !from.IsZero() && !to.IsZero() && to.Compare(from) < 0:
			f.bad("until", f.get("until"), fmt.Sprintf("is before the day of arrival, %s", from))
		case s.Kind == desk.ResidentGuest && to.IsZero() && len(*f.problems) == before:
			f.bad("until", "", "a guest's rights end with the stay: expected the last day of it")
		}
		if s.Kind == "" {
			s.Kind = desk.ResidentStudent
		}
		if key := desk.NumberKey(s.Number); key != "" {
			if line, twice := seen[key]; twice {
				f.bad("number", s.Number, fmt.Sprintf("stands on line %d already: expected each number once", line))
			} else {
				seen[key] = f.row.line
			}
		}
		s.From = desk.ClockTime(0).On(from, site.Zone)
		if !to.IsZero() {
			s.To = desk.ClockTime(0).On(to, site.Zone)
		}
		if len(*f.problems) == before {
			list, lines = append(list, s), append(lines, f.row.line)
		}
	})
	if len(list) > maxArrivals {
		problems = append(problems, problem{Line: 1, Want: fmt.Sprintf("expected at most %d arrivals, got %d", maxArrivals, len(list))})
	}
	return list, lines, h, problems
}

func (f fields) bed() string {
	text := f.get("bed")
	bed := desk.BedKey(text)
	if len([]rune(bed)) > 6 || text != "" && bed == "" || strings.ContainsAny(bed, " |./") {
		f.bad("bed", text, "expected a short name of a bed, such as A or 1")
		return ""
	}
	return bed
}

func (f fields) stayState() desk.StayState {
	text := f.get("state")
	s, ok := stateWords[strings.ReplaceAll(desk.Fold(text), " ", "")]
	if !ok {
		f.bad("state", text, "expected nothing, or in (已入住) for who lives there already")
	}
	return s
}

// arrivals works a roster into the stays, in one commit.
func (im importer) arrivals(ctx context.Context, t table, request importRequest, progress func(int, int)) (importReport, error) {
	site := im.now()
	file, lines, h, problems := arrivalsIn(t, site)
	report := importReport{Problems: problems, Unused: h.unused, Dry: request.Dry}
	if len(problems) > 0 {
		return report, nil
	}
	work := func(tx *storage.Tx) error {
		report = importReport{Unused: h.unused, Dry: request.Dry}
		w := storage.NewWorld(tx, site)
		expected := w.StaysBetween(desk.RosterDays(file))
		out, taken := desk.TakeRoster(w, file, request.Replace, expected)
		if err := w.Err(); err != nil {
			return err
		}
		for i, what := range taken.Wrong {
			report.Problems = append(report.Problems, problem{Line: lines[i], Column: h.written["room"], Value: file[i].Place + file[i].Bed, Want: what})
		}
		sortProblems(report.Problems)
		report.New, report.Changed, report.Unchanged, report.Left, report.Kept = taken.New, taken.Changed, taken.Unchanged, taken.Left, taken.Kept
		for _, n := range taken.Notes {
			report.note(n)
		}
		for _, s := range file {
			if r := w.Room(s.Place); r.State != desk.RoomOccupied && r.State != desk.RoomVacant && r.State != desk.RoomLet {
				report.hint(fmt.Sprintf("%s is not ready: its state is %s", s.Place, r.State))
			}
		}
		if len(report.Problems) > 0 || request.Dry {
			return nil
		}
		return storage.Writer{Site: site}.Apply(tx, out)
	}
	if request.Dry {
		return report, im.store.View(ctx, work)
	}
	err := im.store.Update(ctx, work)
	if err == nil && progress != nil {
		progress(len(file), len(file))
	}
	return report, err
}
