package desk

import (
	"testing"
)

// Somebody moves while a damage of the room is shared: their part is fixed then, goes
// with them onto their own list, and the others pay no more and no less for it.
func TestMovedShare(t *testing.T) {
	v := newVisits(t)
	zhou := v.people["lou"]
	v.by("lou", "tA", StartInspection)
	v.by("lou", "tA", MarkItem, "item", "air", "state", "damaged", "price", "air")
	v.finish("tA")
	v.by("res", "tA", SignResident)
	v.by("dm", "tA", ConfirmFees)
	v.wantFen("tA", 3334)

	v.now = v.wakeUp("2026-11-24", "22:30") // Nobody is told of money at night.
	v.said = nil
	out, next, err := MoveStay(v, v.house.stays["sB"], "3-501", "A", "换房", zhou)
	if err != nil {
		t.Fatal(err)
	}
	v.apply(out)
	found := false
	for _, m := range v.said {
		if m.Text.Key == "damage.moved" {
			found = m.Person == "other" && m.NotBefore.Equal(v.wakeUp("2026-11-25", "08:00"))
		}
	}
	if !found {
		t.Errorf("who moves hears %+v", v.said)
	}
	if d := v.DamagesAt("3-502"); len(d) != 1 || d[0].Rest() != 3333 || d[0].Concerns("sB") || !d[0].Concerns("sC") {
		t.Errorf("after the move: %+v", d)
	}
	// They move on once more: it is not lost on the way.
	v.now = v.wakeUp("2026-11-25", "10:00")
	out, next, err = MoveStay(v, next, "3-501", "B", "又换", zhou)
	if err != nil {
		t.Fatal(err)
	}
	v.apply(out)
	delete(v.tickets, "tB")
	v.tickets["tD"] = Ticket{
		ID: "tD", Number: "B-D", Kind: KindCheckout, Place: "3-501", State: StateNew, Seq: 1, Created: v.now, Requester: "other",
		Checkout: &Checkout{Stay: next.ID, Building: "3", Bed: "B"},
	}
	v.by("lou", "tD", StartInspection)
	v.finish("tD")
	v.wantFen("tD", 3333)
	if c := v.inspection("tD").Charges; len(c) != 1 || c[0].From != "3-502" || c[0].Of != 3 || c[0].Whole != 10000 || c[0].Label.In("zh") != "3号楼502 · 空调" {
		t.Errorf("the list of the mover: %+v", c)
	}
	v.by("other", "tD", SignResident)
	v.by("dm", "tD", ConfirmFees)
	if got := v.opened("tD"); got != "clean::anytime" {
		t.Errorf("opened %s: the air conditioner is of another room", got)
	}
	// The last of the old room pays the rest, and the damage is closed.
	v.by("lou", "tC", StartInspection)
	v.finish("tC")
	v.wantFen("tC", 3333)
	if d := v.DamagesAt("3-502"); len(d) > 0 {
		t.Errorf("still open: %+v", d)
	}
	var sum int64
	for _, ticket := range []string{"tA", "tC", "tD"} {
		sum += v.inspection(ticket).Fen
	}
	if sum != 10000 {
		t.Errorf("together they pay %d", sum)
	}
}

// Somebody leaves for good without an inspection: the others pay no more for it, and a
// manager hears in the morning what nobody will pay.
func TestLeftShare(t *testing.T) {
	v := newVisits(t)
	v.by("lou", "tA", StartInspection)
	v.by("lou", "tA", MarkItem, "item", "air", "state", "damaged", "price", "air")
	v.finish("tA")
	v.said, v.now = nil, v.wakeUp("2026-11-25", "00:00")
	out, _, err := EndStay(v, v.house.stays["sB"], "guest_over", Person{}, "")
	if err != nil {
		t.Fatal(err)
	}
	v.apply(out)
	if len(v.said) != 1 || v.said[0].Text.Key != "damage.left" || !v.said[0].NotBefore.Equal(v.wakeUp("2026-11-25", "08:00")) {
		t.Errorf("the managers hear %+v", v.said)
	}
	v.by("lou", "tC", StartInspection)
	v.finish("tC")
	v.wantFen("tC", 3333)
	if d := v.DamagesAt("3-502"); len(d) > 0 {
		t.Errorf("still open: %+v", d)
	}
	// Who was inspected before has it on the list: nobody is told.
	v.said = nil
	if out, _, err = EndStay(v, v.house.stays["sA"], "left", Person{}, ""); err != nil {
		t.Fatal(err)
	}
	if len(out.Messages) > 0 {
		t.Errorf("of somebody who was inspected: %+v", out.Messages)
	}
}
