package desk

import (
	"slices"
	"time"
)

// StayDebt is what somebody has to pay of the damages of a room that they left without
// an inspection. It was fixed then and goes with them: it stands on the list of their
// next checkout.
type StayDebt struct {
	Damage string    `json:"damage"`
	Place  string    `json:"place"`
	Item   string    `json:"item"`
	State  MarkState `json:"state"`
	// Fen is their part, Whole what all pay; Of among how many it is shared, zero when
	// it is not.
	Fen   int64     `json:"fen"`
	Whole int64     `json:"whole"`
	Of    int       `json:"of,omitempty"`
	At    time.Time `json:"at"`
}

// label is the item with its room: it is read in the list of another.
func (d StayDebt) label(s *Site) Label {
	place, item := s.PlaceLabel(d.Place), Label{s.Languages[0]: d.Item}
	list := s.Inspection.Checklist(s, d.Place, true)
	if i := slices.IndexFunc(list, func(x Item) bool { return x.ID == d.Item }); i >= 0 {
		item = list[i].Label
	}
	both := Label{}
	for _, lang := range s.Languages {
		both[lang] = place.In(lang) + " · " + item.In(lang)
	}
	return both
}

// leaveShares ends what a stay has to do with the damages of its room, as an inspection
// would: its part is fixed, so that nobody waits for it and nobody pays more because
// somebody left without being inspected. It gives the damages that changed, and what
// the stay owes of them.
func leaveShares(w World, s Stay) (changed []Damage, owed []StayDebt) {
	for _, d := range w.DamagesAt(s.Place) {
		if !d.Concerns(s.ID) {
			continue
		}
		debt := StayDebt{Damage: d.ID, Place: d.Place, Item: d.Item, State: d.State, Fen: d.ShareOf(s.ID), Whole: d.Fen, At: w.Now()}
		if d.Owner == "" && d.Sharers() > 1 {
			debt.Of = d.Sharers()
		}
		changed = append(changed, d.Freeze(s.ID, w.Now()))
		if debt.Fen > 0 {
			owed = append(owed, debt)
		}
	}
	return changed, owed
}

// carried are what a leaver is asked for of rooms in which they lived before.
func carried(s *Site, stay Stay) []Charge {
	var list []Charge
	for _, d := range stay.Owes {
		list = append(list, Charge{Item: d.Item, Label: d.label(s), State: d.State, Fen: d.Fen, Whole: d.Whole, Of: d.Of, From: d.Place})
	}
	return list
}

func debtParts(s *Site, owed []StayDebt) []Text {
	var parts []Text
	for _, d := range owed {
		parts = append(parts, T("damage.part", "item", d.label(s), "sum", Yuan(d.Fen)))
	}
	return parts
}

// tellMoved tells who has moved what they owe of the room that they left.
func tellMoved(w World, s Stay, owed []StayDebt) Effects {
	var out Effects
	if len(owed) > 0 && s.Person != "" {
		out.Say(Message{
			Person: s.Person, Class: ClassNotice, Lane: LaneInteractive, NotBefore: w.Site().Quiet.Release(w.Now(), w.Site().Zone),
			Text: T("damage.moved", "place", w.Site().PlaceLabel(s.Place), "parts", debtParts(w.Site(), owed)),
		})
	}
	return out
}

// tellLeft tells the managers of what nobody will pay: who owes it has left without an
// inspection, and has no next checkout.
func tellLeft(w World, s Stay) Effects {
	if len(s.Owes) == 0 {
		return Effects{}
	}
	return ToManagers(w, Message{
		Class: ClassNotice, Lane: LaneInteractive, Key: "damage_left/" + s.ID, NotBefore: w.Site().Quiet.Release(w.Now(), w.Site().Zone),
		Text: T("damage.left", "name", s.Name, "place", w.Site().PlaceLabel(s.Place), "parts", debtParts(w.Site(), s.Owes)),
	})
}
