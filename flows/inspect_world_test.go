package flows

import (
	"fmt"
	"strings"

	"frontdesk/desk"
)

// inspectionRule is the checklist of the dialogues.
func inspectionRule() desk.InspectionRule {
	label := func(zh, en string) desk.Label { return desk.Label{"zh": zh, "en": en} }
	return desk.InspectionRule{
		Inventories: []desk.Inventory{{Items: []desk.Item{
			{ID: "door_key", Kind: desk.ItemKey, Bed: true, Label: label("门钥匙", "Door key"), Prices: []string{"door_key"}},
			{ID: "desk", Kind: desk.ItemThing, Bed: true, Label: label("书桌", "Desk"), Prices: []string{"scratch", "desk"}},
			{ID: "air_con", Kind: desk.ItemThing, Label: label("空调", "Air con"), Prices: []string{"air_con"}},
			{ID: "water", Kind: desk.ItemMeter, Label: label("水表", "Water"), Unit: label("吨", "m³")},
		}}},
		Last: []desk.Item{{ID: "power_off", Kind: desk.ItemDuty, Label: label("关电断闸", "Power off")}},
		Prices: []desk.Price{
			{ID: "door_key", Label: label("门锁换芯", "Lock"), Fen: 6000}, {ID: "scratch", Label: label("划痕修补", "Scratches"), Fen: 3000},
			{ID: "desk", Label: label("整张书桌", "Whole desk"), Fen: 40000}, {ID: "air_con", Label: label("空调外壳", "AC cover"), Fen: 15000},
		},
		FreeSum: 20000, AnswerIn: desk.Term{Days: 3}, ObjectIn: desk.Term{Days: 3}, KeepGoods: desk.Term{Days: 30}, Valid: desk.Term{Days: 90},
	}
}

// checkout makes the checkout of zhang's bed A in 3-502, and the person who inspects
// there or, with "own", whose checkout it is. "mates=2" are room-mates, "reported=desk"
// was reported at check-in, "signed" has the list with the resident, "objected" has it
// with a manager.
func (d *dialogue) checkout(options []string) {
	w := d.w
	site := *w.site
	site.Inspection = inspectionRule()
	w.site = &site
	p := w.people[d.person]
	p.Roles = []desk.Role{{Name: desk.RoleCaretaker, Buildings: []string{"3"}}}
	requester := "zhang"
	stay := desk.Stay{ID: "s1", Person: requester, Name: "张三", Number: "20230001", Kind: "student", Place: "3-502", Bed: "A", From: w.now.AddDate(-1, 0, 0), State: desk.StayLeaving}
	var stays []desk.Stay
	t := desk.Ticket{
		ID: "t1", Number: w.Number("B"), Kind: desk.KindCheckout, Place: "3-502", State: desk.StateNew, Seq: 1, Created: w.now,
		Checkout: &desk.Checkout{Stay: "s1", Building: "3", Bed: "A"},
	}
	signed, objected := false, false
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		switch name {
		case "own":
			requester, p.Roles = d.person, nil
			stay.Person = requester
			w.people["lou"] = desk.Person{ID: "lou", Name: "楼管老周", Roles: []desk.Role{{Name: desk.RoleCaretaker}}, Addresses: []desk.Address{{Channel: "test", ID: "904"}}}
		case "manager":
			p.Roles = []desk.Role{{Name: desk.RoleDutyManager}}
			w.people["lou"] = desk.Person{ID: "lou", Name: "楼管老周", Roles: []desk.Role{{Name: desk.RoleCaretaker}}, Addresses: []desk.Address{{Channel: "test", ID: "904"}}}
		case "mates":
			for i := range len(value) {
				bed := string(value[i])
				stays = append(stays, desk.Stay{ID: "mate" + bed, Name: "室友" + bed, Kind: "student", Place: "3-502", Bed: bed, From: stay.From, State: desk.StayIn})
			}
		case "reported":
			stay.Condition = append(stay.Condition, desk.Condition{Item: value, Words: "桌面有划痕", At: stay.From.Add(1)})
		case "signed":
			signed = true
		case "objected":
			signed, objected = true, true
		default:
			d.t.Fatalf("not an option: %q", option)
		}
	}
	t.Requester = requester
	w.people[d.person] = p
	w.write(desk.HouseEntries{Stays: append(stays, stay)})
	w.tickets["t1"] = t
	if !signed {
		return
	}
	act := func(who string, a desk.Action, pairs ...string) {
		args := desk.With(pairs...)
		args.Files = []desk.File{{Kind: desk.FilePhoto, Channel: "test", ID: fmt.Sprint("p", len(pairs)), Hash: "h"}}
		out, err := desk.Act(w, w.tickets["t1"], a, desk.Actor{Person: w.people[who]}, args)
		if err != nil {
			d.t.Fatal(a, err)
		}
		w.apply(d.t, out)
	}
	act("lou", desk.StartInspection)
	act("lou", desk.MarkItem, "item", "desk", "state", "damaged", "price", "desk")
	act("lou", desk.MarkItem, "item", "water", "reading", "12")
	act("lou", desk.MarkItem, "item", "*")
	act("lou", desk.FinishInspection)
	act("lou", desk.SignInspector)
	if objected {
		act(requester, desk.Object, "text", "桌子搬来时就是坏的")
	}
}
