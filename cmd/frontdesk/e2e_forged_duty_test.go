package main

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

// TestForgedDutyPresses: what belongs to somebody else's shift, handover or swap
// changes by nobody else's press, in private or in a group, and everybody who
// presses is answered.
func TestForgedDutyPresses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.person("manager", desk.Role{Name: desk.RoleDutyManager})
	o.person("next", desk.Role{Name: desk.RoleDutyManager})
	o.person("tech", desk.Role{Name: desk.RoleTechnician, Departments: []string{"engineering"}})
	o.person("other", desk.Role{Name: desk.RoleTechnician, Departments: []string{"engineering"}})
	gone := o.person("gone", desk.Role{Name: desk.RoleDutyManager})
	gone.Suspended = true
	o.person("resident")
	today := desk.DateOf(o.now, o.app.Config().Site.Zone)
	shift := o.app.Config().Site.Roster.Current(o.app.Config().Site.Calendar, o.now)[0].Key()
	o.update(func(tx *storage.Tx) error {
		if err := storage.People.Put(tx, gone); err != nil {
			return err
		}
		for _, who := range []string{"tech", "gone"} {
			p := desk.Presence{Shift: shift, Person: who, Asked: o.now, Until: o.now.Add(time.Hour), Rest: []string{"ticketnew"}}
			if err := storage.Presences.Put(tx, p); err != nil {
				return err
			}
		}
		h := desk.Handover{ID: "h", At: o.now, From: o.now.Add(-time.Hour), Out: []string{"manager", "gone"}, In: []string{"next"}}
		if err := storage.Handovers.Put(tx, h); err != nil {
			return err
		}
		on := desk.DateRange{From: today.AddDays(1)}
		swap := desk.RosterChange{ID: "swap", Kind: desk.ChangeSwap, Who: "tech", With: "other", Shift: "day", Duty: "engineering", Dates: on, At: o.now}
		if err := storage.RosterChanges.Put(tx, swap); err != nil {
			return err
		}
		return storage.RosterChanges.Put(tx, desk.RosterChange{ID: "leave", Kind: desk.ChangeLeave, Who: "tech", Dates: on, At: o.now})
	})
	allowed := map[string][]string{ // who may press it after all
		"c|on|" + shift: {"tech"}, "c|keep|" + shift: {"tech"}, "c|return|" + shift: {"tech"}, "c|sign|h": {"manager", "next"},
		"c|swap|y.swap": {"other"}, "c|swap|n.swap": {"other"}, "c|roster|y.swap": {"tech", "manager", "next"}, "c|roster|y.leave": {"manager", "next"},
		"c|roster|x.leave": nil, "c|note|words": {"manager", "next"}, "c|on|night.20200101": nil, "c|sign|nosuch": nil, "c|swap|z.swap": nil,
		"c|roster|y.nosuch": nil, "c|dutylog|day.99999999.0": nil, "c|dutylog|" + shift + ".-1": nil, "c|roster|d.2026-13-01": nil, "s|roster_change": nil,
	}
	for data, who := range allowed {
		for _, from := range []string{"manager", "next", "tech", "other", "gone", "resident"} {
			if contains(who, from) {
				continue
			}
			for _, chat := range []desk.ChatKind{desk.ChatPrivate, desk.ChatGroup} {
				before := o.dutyBook()
				press := o.press(from, chat, data)
				if diff := cmp.Diff(before, o.dutyBook()); diff != "" {
					t.Errorf("%s presses %q in a %s chat:\n%s", from, data, chat, diff)
				}
				if _, ok := o.answer(press); !ok {
					t.Errorf("%s presses %q in a %s chat and is not answered", from, data, chat)
				}
			}
		}
	}
	// In a group even those who may do nothing: it is for their eyes.
	for data, who := range allowed {
		for _, from := range who {
			before := o.dutyBook()
			o.press(from, desk.ChatGroup, data)
			if diff := cmp.Diff(before, o.dutyBook()); diff != "" {
				t.Errorf("%s presses %q in a group:\n%s", from, data, diff)
			}
		}
	}
	before := o.dutyBook()
	o.press("manager", desk.ChatPrivate, "c|sign|h")
	if cmp.Diff(before, o.dutyBook()) == "" {
		t.Error("nobody can sign at all")
	}
}

// dutyBook is everything in the duty book.
func (o *office) dutyBook() map[string]string {
	all := map[string]string{}
	keep := func(key string, v any) error {
		data, err := json.Marshal(v)
		all[key] = string(data)
		return err
	}
	o.view(func(tx *storage.Tx) error {
		err := storage.Presences.Scan(tx, storage.Range{}, func(p desk.Presence) error { return keep(p.Shift+p.Person, p) })
		if err == nil {
			err = storage.Handovers.Scan(tx, storage.Range{}, func(h desk.Handover) error { return keep("h"+h.ID, h) })
		}
		if err == nil {
			err = storage.RosterChanges.Scan(tx, storage.Range{}, func(x desk.RosterChange) error { return keep("x"+x.ID, x) })
		}
		if err == nil {
			err = storage.ShiftNotes.Scan(tx, storage.Range{}, func(n desk.ShiftNote) error { return keep("n"+n.ID, n) })
		}
		return err
	})
	return all
}
