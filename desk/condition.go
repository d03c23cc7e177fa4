package desk

import (
	"slices"
	"strings"
)

// ReportCondition notes a defect that a resident found in the room on arrival. A second
// one of the same item adds to the first. It is refused with a *UserError when the
// time for it is over.
func ReportCondition(w World, s Stay, by Person, item, words string, files []File) (Effects, Stay, error) {
	if err := conditionOpen(w, s, by); err != nil {
		return Effects{}, s, err
	}
	words = strings.TrimSpace(words)
	if _, ok := w.Site().CheckIn.Item(item); !ok {
		return Effects{}, s, Refuse("press.unknown")
	}
	if words == "" && len(files) == 0 {
		return Effects{}, s, Refuse("condition.need")
	}
	before := s
	s.Condition = slices.Clone(s.Condition)
	i := slices.IndexFunc(s.Condition, func(c Condition) bool { return c.Item == item })
	if i < 0 {
		s.Condition = append(s.Condition, Condition{Item: item, At: w.Now()})
		i = len(s.Condition) - 1
	}
	c := &s.Condition[i]
	c.Words = strings.TrimSpace(c.Words + "\n" + words)
	c.Files = append(slices.Clone(c.Files), files...)
	c.Files = c.Files[:min(len(c.Files), MaxFiles)]
	out, s := PutStay(w, before, s, "condition", by.ID, map[string]string{"item": item})
	return out, s, nil
}

func conditionOpen(w World, s Stay, by Person) error {
	switch {
	case !by.Is(s.Person) || !s.State.Here() || s.ConditionBy.IsZero():
		return Refuse("press.unknown")
	case !s.ConditionAt.IsZero() || !w.Now().Before(s.ConditionBy):
		return Refuse("condition.over")
	}
	return nil
}

// CloseCondition is the resident's word that this is all: what they did not name is
// sound.
func CloseCondition(w World, s Stay, by Person) (Effects, Stay, error) {
	if err := conditionOpen(w, s, by); err != nil {
		return Effects{}, s, err
	}
	before := s
	s.ConditionAt = w.Now()
	out, s := PutStay(w, before, s, "condition_all", by.ID, nil)
	return out, s, nil
}

// RepairCondition makes a repair of a defect that was noted on arrival: nobody goes in
// before the resident is there. The second press finds the first one's ticket.
func RepairCondition(w World, s Stay, by Person, n int, via string) (Effects, Ticket, error) {
	if !by.Is(s.Person) || n < 0 || n >= len(s.Condition) || !s.State.Here() {
		return Effects{}, Ticket{}, Refuse("press.unknown")
	}
	if t, ok := w.Ticket(s.Condition[n].Ticket); ok {
		return Effects{}, t, nil
	}
	c := s.Condition[n]
	item, _ := w.Site().CheckIn.Item(c.Item)
	category := item.Category
	if found, ok := w.Site().Category(category); !ok || found.Retired {
		return Effects{}, Ticket{}, Refuse("condition.no_repair")
	}
	lang := w.Site().Language(by.Lang)
	summary := item.Label.In(lang)
	out, t := Open(w, Draft{
		Kind: KindRepair, Category: category, Summary: summary, Words: c.Words, Files: c.Files, Place: s.Place, Entry: EntryPresent,
		Requester: by.ID, FiledBy: by.ID, Via: via,
	})
	before := s
	s.Condition = slices.Clone(s.Condition)
	s.Condition[n].Ticket = t.ID
	linked, _ := PutStay(w, before, s, "condition_repair", by.ID, map[string]string{"item": c.Item, "ticket": t.ID})
	out.Add(linked)
	return out, t, nil
}
