package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// What is imported.
const (
	importPeople = "people"
	importPlaces = "places"

	importArrivals = "arrivals"
)

// importRequest is a file that was read, and what shall be done with it. It goes
// to whichever process has the store.
type importRequest struct {
	Kind     string     `json:"kind"`
	Dry      bool       `json:"dry"`
	Replace  bool       `json:"replace"`
	Lines    []int      `json:"lines"`
	Cells    [][]string `json:"cells"`
	Problems []problem  `json:"problems"`
}

func requestOf(kind string, t table) importRequest {
	request := importRequest{Kind: kind, Problems: t.problems}
	for _, r := range t.rows {
		request.Lines, request.Cells = append(request.Lines, r.line), append(request.Cells, r.cells)
	}
	return request
}

// importReport is what came of it, or would have.
type importReport struct {
	Problems []problem `json:"problems,omitempty"`
	// Of the file's rows: new, changed and unchanged. Of those that the list has
	// and the file does not name: left (with --replace), kept, and gone before.
	New, Changed, Unchanged, Left, Kept, Gone int
	// Notes are single changes, at most maxNotes of More in all.
	Notes  []string `json:"notes,omitempty"`
	More   int      `json:"more"`
	Hints  []string `json:"hints,omitempty"`
	Unused []string `json:"unused,omitempty"`
	Dry    bool     `json:"dry"`
}

// maxNotes is how many single changes are shown.
const maxNotes = 20

func (r *importReport) note(text string) {
	r.More++
	if len(r.Notes) < maxNotes {
		r.Notes = append(r.Notes, text)
	}
}

// hint says once what is no mistake, but is worth knowing.
func (r *importReport) hint(text string) {
	if !slices.Contains(r.Hints, text) && len(r.Hints) < maxNotes {
		r.Hints = append(r.Hints, text)
	}
}

func sortProblems(list []problem) {
	slices.SortStableFunc(list, func(a, b problem) int { return a.Line - b.Line })
}

// importer runs imports over a store, one at a time.
type importer struct {
	store *storage.Store
	// base is the configured site, without the imported places; now the present
	// one, with them.
	base, now func() *desk.Site
	// changed is called when the places are others; nil does nothing.
	changed func(context.Context) error
}

// run checks everything, and unless something is wrong or it is a dry run puts
// the list in force. progress may be nil.
func (im importer) run(ctx context.Context, request importRequest, progress func(done, total int)) (importReport, error) {
	t := table{problems: request.Problems}
	for i, cells := range request.Cells {
		t.rows = append(t.rows, tableRow{request.Lines[i], cells})
	}
	switch request.Kind {
	case importPeople:
		return im.people(ctx, t, request, progress)
	case importPlaces:
		return im.places(ctx, t, request, progress)
	case importArrivals:
		return im.arrivals(ctx, t, request, progress)
	}
	return importReport{}, fmt.Errorf("nothing is called %q: expected people, places or arrivals", request.Kind)
}

func (im importer) people(ctx context.Context, t table, request importRequest, progress func(int, int)) (importReport, error) {
	file, _, h, problems := residentsIn(t, im.now())
	if len(problems) > 0 {
		return importReport{Problems: problems, Unused: h.unused, Dry: request.Dry}, nil
	}
	old, edition, err := storage.AllResidents(ctx, im.store)
	if err != nil {
		return importReport{}, err
	}
	list, report := mergePeople(old, file, h, request.Replace, time.Now().UTC().Truncate(time.Second))
	report.Unused, report.Dry = h.unused, request.Dry
	if request.Dry || report.nothing() && edition != "" {
		return report, nil
	}
	return report, storage.ReplaceResidents(ctx, im.store, edition, list, of(progress, len(list)))
}

func (im importer) places(ctx context.Context, t table, request importRequest, progress func(int, int)) (importReport, error) {
	file, lines, h, problems := placesIn(t, im.base())
	old, edition, err := storage.AllPlaces(ctx, im.store)
	if err != nil {
		return importReport{}, err
	}
	list, report := mergePlaces(old, file, im.base().Places, request.Replace)
	if len(problems) == 0 {
		problems = clashes(im.base().Places, list, file, lines)
	}
	report.Unused, report.Dry = h.unused, request.Dry
	if len(problems) > 0 {
		return importReport{Problems: problems, Unused: h.unused, Dry: request.Dry}, nil
	}
	if request.Dry || report.nothing() && edition != "" {
		return report, nil
	}
	if err := storage.ReplacePlaces(ctx, im.store, edition, list, of(progress, len(list))); err != nil {
		return report, err
	}
	if im.changed != nil {
		return report, im.changed(ctx)
	}
	return report, nil
}

// clashes are what the places with the list would make impossible: names that
// two buildings share, two rooms of one number, too many.
func clashes(base *desk.Places, list, file []desk.ListedPlace, lines []int) []problem {
	if len(list) > maxPlaces {
		return []problem{{Line: 1, Want: fmt.Sprintf("expected at most %d places, got %d", maxPlaces, len(list))}}
	}
	_, err := base.With(list)
	if err == nil {
		return nil
	}
	var problems []problem
	for text := range strings.SplitSeq(err.Error(), "\n") {
		problems = append(problems, problem{Line: lineOf(text, file, lines), Want: text})
	}
	return problems
}

// lineOf is the first line of the file that an error of the whole list names; 1
// if it names none.
func lineOf(text string, file []desk.ListedPlace, lines []int) int {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(` ",:`, r) })
	i := slices.IndexFunc(file, func(p desk.ListedPlace) bool {
		return slices.Contains(words, p.ID()) && (p.Room != "" || p.Area != "" || slices.Contains(words, "buildings") || slices.Contains(words, "building"))
	})
	if i < 0 {
		return 1
	}
	return lines[i]
}

func of(progress func(int, int), total int) func(int) {
	if progress == nil {
		return nil
	}
	return func(done int) { progress(done, total) }
}

// nothing tells whether the list would stay as it is.
func (r importReport) nothing() bool { return r.New+r.Changed+r.Left == 0 }

// errBadLines says that nothing was imported because of the file.
var errBadLines = errors.New("nothing was imported")

// text is the report for whoever gave the command.
func (r importReport) text(kind string) string {
	var b strings.Builder
	for _, p := range r.Problems {
		fmt.Fprintln(&b, p)
	}
	for _, u := range r.Unused {
		fmt.Fprintf(&b, "not used: %s\n", u)
	}
	if len(r.Problems) > 0 {
		fmt.Fprintf(&b, "%d %s in the file, nothing was imported.\n", len(r.Problems), plural(len(r.Problems), "mistake", "mistakes"))
		return b.String()
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "  %s\n", n)
	}
	if more := r.More - len(r.Notes); more > 0 {
		fmt.Fprintf(&b, "  and %d more\n", more)
	}
	for _, h := range r.Hints {
		fmt.Fprintf(&b, "%s.\n", h)
	}
	left := "left"
	switch kind {
	case importPlaces:
		left = "retired"
	case importArrivals:
		left = "withdrawn"
	}
	fmt.Fprintf(&b, "%s: %d new, %d changed, %d unchanged, %d %s", kind, r.New, r.Changed, r.Unchanged, r.Left, left)
	if r.Kept > 0 {
		fmt.Fprintf(&b, "; %d not in the file were kept (--replace ends them)", r.Kept)
	}
	if r.Gone > 0 {
		fmt.Fprintf(&b, "; %d had %s before", r.Gone, left)
	}
	fmt.Fprintln(&b, ".")
	if r.Dry {
		fmt.Fprintln(&b, "This was a dry run: nothing was written.")
	}
	return b.String()
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
