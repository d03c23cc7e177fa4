package desk

import (
	"strings"
	"testing"
	"time"
)

// visits is a town in which three room-mates of 3-502 leave, and lou inspects.
type visits struct {
	*town
	t *testing.T
}

func newVisits(t *testing.T) *visits {
	t.Helper()
	v := &visits{town: newTown(t), t: t}
	zh := func(s string) Label { return Label{"zh": s, "en": s} }
	v.site.Inspection = InspectionRule{
		Inventories: []Inventory{
			{Places: []string{"canteen"}},
			{Places: []string{"3"}, Items: []Item{
				{ID: "key", Kind: ItemKey, Bed: true, Label: zh("门钥匙"), Prices: []string{"lock"}},
				{ID: "chair", Kind: ItemThing, Bed: true, Label: zh("椅子")},
				{ID: "air", Kind: ItemThing, Label: zh("空调"), Prices: []string{"air"}},
				{ID: "window", Kind: ItemThing, Label: zh("窗户"), Prices: []string{"pane"}},
				{ID: "water", Kind: ItemMeter, Label: zh("水表")},
			}},
		},
		Last:     []Item{{ID: "off", Kind: ItemDuty, Label: zh("断电")}},
		Prices:   []Price{{"lock", zh("换锁"), 6000}, {"air", zh("外壳"), 10000}, {"pane", zh("玻璃"), 100}, {"any", zh("其他"), 2000}},
		AnswerIn: Term{Days: 3}, ObjectIn: Term{Days: 2}, KeepGoods: Term{Days: 30}, Valid: Term{Days: 90},
		Cleaning: "clean", Lock: "door", Repair: "leak",
	}
	for id, role := range map[string]Role{
		"lou": {Name: RoleCaretaker, Buildings: []string{"3"}}, "far": {Name: RoleCaretaker, Buildings: []string{"9"}},
		"fin": {Name: RoleTechnician, Departments: []string{"finance"}}, "sup": {Name: RoleSupervisor},
	} {
		v.people[id] = Person{ID: id, Name: id, Roles: []Role{role}, Addresses: []Address{{Channel: "x", ID: id}}, Created: v.now}
	}
	in := v.now.AddDate(0, -10, 0)
	for bed, person := range map[string]string{"A": "res", "B": "other", "C": ""} {
		v.apply(Effects{House: HouseEntries{Stays: []Stay{{
			ID: "s" + bed, Person: person, Name: "名" + bed, Kind: "student", Place: "3-502", Bed: bed, From: in, InAt: in, State: StayIn,
		}}}})
		t := Ticket{
			ID: "t" + bed, Number: "B-" + bed, Kind: KindCheckout, Place: "3-502", State: StateNew, Seq: 1, Created: v.now, Requester: person,
			Checkout: &Checkout{Stay: "s" + bed, Building: "3", Bed: bed},
		}
		v.tickets[t.ID] = t
	}
	return v
}

// by does something, and fails if it is refused.
func (v *visits) by(person string, ticket string, a Action, pairs ...string) {
	v.t.Helper()
	if refused := v.with(person, ticket, a, pairs...); refused != "" {
		v.t.Fatalf("%s %s %s %v: %s", person, a, ticket, pairs, refused)
	}
}

// with does something with a photo, and gives the refusal.
func (v *visits) with(person, ticket string, a Action, pairs ...string) string {
	v.t.Helper()
	args := With(pairs...)
	args.Files = []File{{Kind: FilePhoto, ID: "p", Hash: "h"}}
	var by Actor
	if person != "" {
		by.Person = v.people[person]
	}
	out, err := Act(v, v.tickets[ticket], a, by, args)
	if user, ok := AsUserError(err); ok {
		return user.Text.Key
	}
	if err != nil {
		v.t.Fatal(err)
	}
	v.apply(out)
	return ""
}

// finish marks the rest as good, and signs.
func (v *visits) finish(ticket string) {
	v.t.Helper()
	v.by("lou", ticket, MarkItem, "item", "water", "reading", "7.5")
	if len(Unmarked(v, v.tickets[ticket])) > 0 {
		v.by("lou", ticket, MarkItem, "item", "*")
	}
	v.by("lou", ticket, FinishInspection)
	v.by("lou", ticket, SignInspector)
}

func (v *visits) inspection(ticket string) *Inspection { return v.tickets[ticket].Checkout.Inspection }

func (v *visits) wantFen(ticket string, want int64) {
	v.t.Helper()
	if got := v.inspection(ticket).Fen; got != want {
		v.t.Errorf("%s pays %d, want %d: %+v", ticket, got, want, v.inspection(ticket).Charges)
	}
}

// opened lists the tickets that followed from a checkout, as category and words.
func (v *visits) opened(ticket string) string {
	v.t.Helper()
	var list []string
	for _, id := range v.inspection(ticket).Follow {
		next, ok := v.tickets[id]
		if !ok || next.After != ticket {
			v.t.Errorf("%s is not linked to %s", id, ticket)
		}
		words := ""
		for _, w := range next.Words {
			words += w.Text
		}
		list = append(list, next.Category+":"+strings.ReplaceAll(words, "\n", ",")+":"+string(next.Entry))
	}
	return strings.Join(list, " ")
}

// fire lets every timer of a ticket fire that is due.
func (v *visits) fire(ticket string) (fired []string) {
	v.t.Helper()
	for _, job := range TicketJobs(v.site, v.tickets[ticket]) {
		timer, ok := TimerOf(job.Kind)
		if !ok || job.Due.After(v.now) {
			continue
		}
		out, err := timer.Fire(v, v.tickets[ticket])
		if err != nil {
			v.t.Fatal(job.Kind, err)
		}
		v.apply(out)
		fired = append(fired, job.Kind)
	}
	return fired
}

func (v *visits) wait(d time.Duration) { v.now = v.now.Add(d) }

// told lists the keys of what was said to a person since the last call.
func (v *visits) told(person string) string {
	var keys []string
	for _, m := range v.said {
		if m.Person != person {
			continue
		}
		text := m.Text
		for text.Key == "" && len(text.Lines) > 0 {
			text = text.Lines[0]
		}
		keys = append(keys, text.Key)
	}
	v.said = nil
	return strings.Join(keys, " ")
}
