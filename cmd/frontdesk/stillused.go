package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// StillUsedError says what a configuration lacks although it is still used.
type StillUsedError struct{ Missing []string }

func (e *StillUsedError) Error() string {
	return "still used, so it has to stay in the configuration, with retired: true where that is possible: " + strings.Join(e.Missing, "; ")
}

// stillUsed returns a *StillUsedError when open tickets or bound groups need what
// the site lacks. Only what the old site has is asked for; without an old site,
// everything is.
func stillUsed(tx *storage.Tx, old, site *desk.Site) error {
	uses := map[string][]string{} // of what is missing, by whom
	need := func(what, id, by string, has func(*desk.Site, string) bool) {
		if id != "" && !has(site, id) && (old == nil || has(old, id)) {
			uses[what+" "+id] = append(uses[what+" "+id], by)
		}
	}
	err := storage.Tickets.By(tx, "open", storage.Range{}, func(t desk.Ticket) error {
		need("department", t.Department, t.Number, hasDepartment)
		need("department", t.Offered, t.Number, hasDepartment)
		need("category", t.Category, t.Number, hasCategory)
		need("place", t.Place, t.Number, hasPlace)
		if t.Pause != nil {
			need("pause", t.Pause.Reason, t.Number, hasPause)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = storage.Stays.By(tx, "place", storage.Range{}, func(s desk.Stay) error {
		need("place", s.Place, "a stay", hasPlace)
		return nil
	})
	if err != nil {
		return err
	}
	err = storage.Groups.Scan(tx, storage.Range{}, func(g desk.Group) error {
		if g.Dead == "" && g.By != byConfig { // Those end with the configuration.
			need("department", g.Department, "a group", hasDepartment)
		}
		return nil
	})
	if err != nil || len(uses) == 0 {
		return err
	}
	var missing []string
	for _, what := range slices.Sorted(maps.Keys(uses)) {
		missing = append(missing, fmt.Sprintf("%s (%s)", what, some(uses[what])))
	}
	return &StillUsedError{Missing: missing}
}

// some names the first few.
func some(list []string) string {
	const few = 3
	slices.Sort(list)
	list = slices.Compact(list)
	if len(list) <= few {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:few], ", "), len(list)-few)
}

func hasDepartment(s *desk.Site, id string) bool { _, ok := s.Department(id); return ok }
func hasCategory(s *desk.Site, id string) bool   { _, ok := s.Category(id); return ok }
func hasPlace(s *desk.Site, id string) bool      { _, ok := s.Places.Get(id); return ok }
func hasPause(s *desk.Site, id string) bool      { _, ok := s.PauseReason(id); return ok }
