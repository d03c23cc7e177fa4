package main

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

// TestForgedRoundPresses: a round changes by nobody's press but that of who may go
// on it and who walks it, in private; what is found on one is read by those who
// answer for it alone; and everybody who presses is answered.
func TestForgedRoundPresses(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.person("walker", desk.Role{Name: desk.RoleDutyManager})
	o.person("manager", desk.Role{Name: desk.RoleCentreManager})
	o.person("boss", desk.Role{Name: desk.RoleSupervisor})
	o.person("op", desk.Role{Name: desk.RoleOperator})
	o.person("tech", desk.Role{Name: desk.RoleTechnician, Departments: []string{"security"}})
	gone := o.person("gone", desk.Role{Name: desk.RoleDutyManager})
	gone.Suspended = true
	o.person("resident")
	stop := func(at time.Time, found string) desk.RoundStop {
		return desk.RoundStop{RoundPlace: desk.RoundPlace{Place: "canteen"}, At: at, Found: found, Name: "SECRET"}
	}
	round := func(id string) desk.Round {
		return desk.Round{
			ID: id, Plan: "plan", Kind: desk.RoundPost, Department: "security", By: string(desk.RoleDutyManager), Due: o.now, Made: o.now,
			Until: o.now.Add(8 * time.Hour), Grace: 15 * time.Minute, Label: desk.Label{"zh": "查岗", "en": "Posts"},
			Stops: []desk.RoundStop{stop(time.Time{}, ""), stop(time.Time{}, "")},
		}
	}
	fresh, begun, checked := round("plan.20261124.0900"), round("plan.20261124.0901"), round("plan.20261124.0902")
	begun.Walker, begun.Begun, begun.Stops[0] = "walker", o.now, stop(o.now, "")
	checked.Walker, checked.Begun, checked.Stops[0] = "walker", o.now, stop(o.now, desk.FoundAbsent)
	checked.Stops[0].Checked, checked.Stops[0].By = o.now, "walker"
	put := func() {
		o.update(func(tx *storage.Tx) error {
			for _, x := range []desk.Round{fresh, begun, checked} {
				if err := storage.Rounds.Put(tx, x); err != nil {
					return err
				}
			}
			return storage.People.Put(tx, gone)
		})
	}
	put()
	everybody := []string{"walker", "manager", "boss", "op", "tech", "gone", "resident"}
	for data, who := range map[string][]string{ // whose press changes a round
		"c|round|b." + fresh.ID: {"walker", "manager"}, "c|round|b." + begun.ID: nil, "c|round|u." + checked.ID + ".0": {"walker"},
		"c|round|a." + begun.ID + ".0": nil, "c|round|a." + begun.ID + ".1": nil, "c|round|n." + checked.ID + ".0": nil, "c|round|o." + begun.ID: nil,
		"c|round|v." + begun.ID: nil, "c|round|u." + begun.ID + ".0": nil, "c|round|u." + begun.ID: nil, "c|round|a." + begun.ID: nil,
		"c|round|a." + begun.ID + ".9": nil, "c|round|a." + begun.ID + ".-1": nil, "c|round|b.nosuch.20261124.0900": nil, "c|round|": nil,
		"c|round|z." + begun.ID: nil, "c|rounds|": nil, "c|night|": nil, "c|night|2026-11-23.rounds.0": nil, "c|night|2026-11-23.nosuch.0": nil,
		"c|night|2026-11-23.urgent.9": nil, "c|night|2099-01-01": nil, "s|round_check|": nil, "s|round_name|": nil, "s|round_arrive|": nil,
	} {
		for _, from := range everybody {
			for _, chat := range []desk.ChatKind{desk.ChatPrivate, desk.ChatGroup} {
				before := o.rounds()
				press := o.press(from, chat, data)
				diff := cmp.Diff(before, o.rounds())
				if may := contains(who, from) && chat == desk.ChatPrivate; may != (diff != "") {
					t.Errorf("%s presses %q in a %s chat, may %v:\n%s", from, data, chat, may, diff)
				}
				if _, ok := o.answer(press); !ok {
					t.Errorf("%s presses %q in a %s chat and is not answered", from, data, chat)
				}
				put()
			}
		}
	}
	for _, from := range everybody {
		o.heard()
		o.press(from, desk.ChatPrivate, "c|round|v."+checked.ID)
		reads := from == "walker" || from == "manager" || from == "boss"
		if told := o.told(); reads != includes(told, "SECRET") {
			t.Errorf("%s reads what was found: %q", from, told)
		}
	}
}

// rounds is everything in the book of rounds.
func (o *office) rounds() map[string]string {
	all := map[string]string{}
	o.view(func(tx *storage.Tx) error {
		return storage.Rounds.Scan(tx, storage.Range{}, func(x desk.Round) error {
			data, err := json.Marshal(x)
			all[x.ID] = string(data)
			return err
		})
	})
	return all
}
