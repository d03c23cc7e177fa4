package desk

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// Three leave one after the other. What the room shares is frozen for each, a later
// finding changes no earlier share, the last has the duties, and with the last the
// room is vacant.
func TestRoomIsLeft(t *testing.T) {
	v := newVisits(t)
	v.by("lou", "tA", StartInspection)
	v.by("lou", "tA", MarkItem, "item", "air", "state", "damaged", "price", "air")
	v.by("lou", "tA", MarkItem, "item", "key", "state", "missing", "price", "lock")
	v.finish("tA")
	v.wantFen("tA", 3334+6000)
	if i := v.inspection("tA"); i.Last || len(i.Charges) != 2 || i.Charges[1].Of != 3 || i.Charges[1].Whole != 10000 {
		t.Errorf("%+v", i.Charges)
	}
	if v.house.stays["sA"].State.Here() && v.house.stays["sA"].livesThere() {
		t.Error("who was inspected still has the bed")
	}
	v.by("res", "tA", SignResident)
	if v.tickets["tA"].State != StateDone {
		t.Fatal("fees were not confirmed, and it is closed")
	}
	v.by("dm", "tA", ConfirmFees)
	if got := v.opened("tA"); got != "door:门钥匙 · 换锁:present leak:空调 · 外壳:present" {
		t.Errorf("opened %s", got)
	}
	if v.Room("3-502").State != RoomOccupied || v.house.stays["sA"].State != StayOut {
		t.Errorf("%+v, %+v", v.Room("3-502"), v.house.stays["sA"])
	}

	// The second finds the air conditioner on the list, and breaks a pane.
	v.by("lou", "tB", StartInspection)
	if m, ok := v.inspection("tB").Mark("air"); !ok || m.Damage == "" {
		t.Fatal("what was found before is not on the list")
	}
	v.by("lou", "tB", MarkItem, "item", "window", "state", "damaged", "price", "pane", "owner", "sB")
	if refused := v.with("lou", "tB", MarkItem, "item", "air", "owner", "sA"); refused != "inspect.no_owner" {
		t.Errorf("who has left can still be charged: %q", refused)
	}
	v.by("lou", "tB", MarkItem, "item", "air", "owner", "sC")
	v.by("lou", "tB", MarkItem, "item", "air", "state", "ok", "owner", "")
	v.finish("tB")
	v.wantFen("tB", 3333+100)
	v.wantFen("tA", 3334+6000)
	v.by("other", "tB", SignResident)
	v.by("dm", "tB", ConfirmFees)
	if got := v.opened("tB"); got != "leak:窗户 · 玻璃:present" {
		t.Errorf("opened %s: the air conditioner was reported already", got)
	}

	v.by("lou", "tC", StartInspection)
	v.by("lou", "tC", MarkItem, "item", "water", "reading", "8")
	if refused := v.with("lou", "tC", FinishInspection); refused != "inspect.not_all" {
		t.Errorf("the list is closed half-way: %q", refused)
	}
	v.by("lou", "tC", MarkItem, "item", "off", "state", "missing", "price", NoCharge)
	v.finish("tC")
	v.wantFen("tC", 3333)
	if !v.inspection("tC").Last {
		t.Error("the last is not the last")
	}
	// Nobody is known to be C: by rule a manager decides.
	v.wait(73 * time.Hour)
	if fired := v.fire("tC"); !slices.Equal(fired, []string{"inspect_answer"}) {
		t.Fatal(fired)
	}
	v.by("dm", "tC", DecideObjection, "decision", DecideKeep, "text", "按清单")
	v.by("dm", "tC", ConfirmFees)
	if got := v.opened("tC"); got != "clean::anytime" {
		t.Errorf("opened %s", got)
	}
	if r := v.Room("3-502"); r.State != RoomVacant {
		t.Errorf("%+v", r)
	}
	var sum int64
	for _, c := range v.house.certificates {
		sum += c.Fees
		if c.Fees != v.inspection(c.Ticket).Fen || !c.Valid(v.now) || c.Valid(v.now.AddDate(0, 0, 91)) {
			t.Errorf("%+v", c)
		}
	}
	if len(v.house.certificates) != 3 || sum != 6000+10000+100 {
		t.Errorf("%d certificates over %d", len(v.house.certificates), sum)
	}
}

// Two who are inspected at the same time: whoever is closed second is the last, and
// has the duties on the list.
func TestLastIsWhoIsClosedLast(t *testing.T) {
	v := newVisits(t)
	v.by("lou", "tA", StartInspection)
	v.by("lou", "tB", StartInspection)
	v.by("lou", "tC", StartInspection)
	v.by("lou", "tC", MarkItem, "item", "*")
	v.by("lou", "tC", MarkItem, "item", "water", "reading", "1")
	v.finish("tA")
	v.finish("tB")
	if refused := v.with("lou", "tC", FinishInspection); refused != "inspect.not_all" {
		t.Errorf("the last has no duties: %q", refused)
	}
	v.by("lou", "tC", MarkItem, "item", "off", "state", "ok")
	v.by("lou", "tC", FinishInspection)
	if v.inspection("tA").Last || v.inspection("tB").Last || !v.inspection("tC").Last {
		t.Error("somebody else is the last")
	}
}

// What was reported at check-in is shown and not charged, to nobody who moved in
// before the report; who moved in later answers for it no more than they.
func TestReportedAtCheckIn(t *testing.T) {
	v := newVisits(t)
	report := func(stay, item string, after time.Duration) {
		s := v.house.stays[stay]
		s.Condition = append(s.Condition, Condition{Item: item, Words: "裂了", At: s.InAt.Add(after)})
		v.house.stays[stay] = s
	}
	report("sA", "chair", time.Hour)
	report("sB", "air", 20*time.Hour)
	report("sC", "window", 2000*time.Hour) // No longer a report of how it was on arrival.
	c := v.house.stays["sC"]
	c.InAt = c.InAt.Add(1000 * time.Hour)
	v.house.stays["sC"] = c

	v.by("lou", "tA", StartInspection)
	for _, item := range []string{"chair", "air"} {
		v.by("lou", "tA", MarkItem, "item", item, "state", "damaged")
	}
	v.by("lou", "tA", MarkItem, "item", "window", "state", "damaged", "price", "pane")
	v.finish("tA")
	v.wantFen("tA", 50) // C found the window so, and has nothing to do with it.
	charges := v.inspection("tA").Charges
	if len(charges) != 3 || !charges[0].Before || !charges[1].Before || charges[2].Before || charges[2].Of != 2 {
		t.Errorf("%+v", charges)
	}
}

// An objection stops everything until a manager who did not inspect has decided.
func TestObjection(t *testing.T) {
	for _, c := range []struct {
		decision, sum string
		want          int64
	}{{DecideKeep, "", 6000}, {DecideWaive, "", 0}, {DecideChange, "12.50", 1250}} {
		v := newVisits(t)
		v.by("lou", "tA", StartInspection)
		v.by("lou", "tA", MarkItem, "item", "key", "state", "missing", "price", "lock")
		if refused := v.with("res", "tA", SignResident); refused != "refuse.state" {
			t.Errorf("signed while it is inspected: %q", refused)
		}
		v.finish("tA")
		v.said = nil
		v.by("res", "tA", Object, "text", "钥匙交了")
		if got := v.told("dm"); got != "inspect.photos inspect.objection" {
			t.Errorf("the manager hears %s", got)
		}
		for _, a := range []Action{SignResident, Object} {
			if refused := v.with("res", "tA", a, "text", "x"); refused != "inspect.objected" {
				t.Errorf("%s after the objection: %q", a, refused)
			}
		}
		if refused := v.with("dm", "tA", ConfirmFees); refused != "inspect.not_settled" {
			t.Errorf("fees of what is disputed: %q", refused)
		}
		if refused := v.with("dm", "tA", DecideObjection, "decision", c.decision, "sum", c.sum); refused != "refuse.empty" {
			t.Errorf("decided without a word: %q", refused)
		}
		if refused := v.with("dm", "tA", DecideObjection, "decision", DecideChange, "sum", "60.01", "text", "x"); refused != "inspect.change" {
			t.Errorf("an objection makes it dearer: %q", refused)
		}
		v.said = nil
		v.by("dm", "tA", DecideObjection, "decision", c.decision, "sum", c.sum, "text", "钥匙柜里找到了")
		if c.want > 0 {
			v.by("dm", "tA", ConfirmFees)
		}
		said := slices.Clone(v.said)
		for _, person := range []string{"res", "lou"} {
			v.said = said
			if got := v.told(person); !slices.Contains([]string{"inspect.decided." + c.decision + " inspect.certificate", "inspect.decided." + c.decision + " inspect.follow"}, got) {
				t.Errorf("%s: %s hears %s", c.decision, person, got)
			}
		}
		if v.tickets["tA"].State != StateClosed || v.inspection("tA").Owed() != c.want {
			t.Errorf("%s: %s, %d", c.decision, v.tickets["tA"].State, v.inspection("tA").Owed())
		}
	}
}

// A dropped key: the inspector alone signs, and what is not objected to in time
// stands.
func TestExpress(t *testing.T) {
	v := newVisits(t)
	if refused := v.with("res", "tA", KeyDropped); refused != "inspect.not_express" {
		t.Errorf("the key of a visit that is booked: %q", refused)
	}
	x := v.tickets["tA"]
	x.Checkout.Express = true
	v.tickets["tA"] = x
	v.by("res", "tA", KeyDropped)
	if got := v.told("lou"); got != "inspect.key_dropped" {
		t.Errorf("the inspector hears %q", got)
	}
	v.by("lou", "tA", StartInspection)
	v.by("lou", "tA", MarkItem, "item", "chair", "state", "damaged", "price", "any")
	v.finish("tA")
	v.wait(47 * time.Hour)
	if fired := v.fire("tA"); fired != nil {
		t.Errorf("too early: %v", fired)
	}
	v.wait(2 * time.Hour)
	if fired := v.fire("tA"); !slices.Equal(fired, []string{"inspect_answer"}) || !v.inspection("tA").Lapsed {
		t.Fatalf("%v: %+v", fired, v.inspection("tA"))
	}
	v.by("dm", "tA", ConfirmFees)
	if v.tickets["tA"].State != StateClosed {
		t.Error("not closed")
	}
}

// Finance confirms where there is such a department with people; when it is silent,
// a manager does.
func TestFinanceConfirms(t *testing.T) {
	v := newVisits(t)
	v.site.Departments = append(v.site.Departments, Department{ID: "finance", Label: Label{"zh": "财务"}})
	v.site.Inspection.Finance = "finance"
	v.by("lou", "tA", StartInspection)
	v.finish("tA")
	v.said = nil
	v.by("res", "tA", SignResident)
	if got := v.told("fin"); got != "inspect.fees_noid" {
		t.Fatalf("finance hears %q: a deposit has to be looked at even where nothing is charged", got)
	}
	if refused := v.with("dm", "tA", ConfirmFees); refused == "" {
		t.Error("a manager confirms in place of the department")
	}
	v.wait(24 * time.Hour)
	if fired := v.fire("tA"); fired != nil {
		t.Error(fired)
	}
	v.wait(4 * 24 * time.Hour)
	if fired := v.fire("tA"); !slices.Equal(fired, []string{"inspect_fees"}) {
		t.Fatal(fired)
	}
	v.by("dm", "tA", ConfirmFees)
}

// What was left is kept, and the office reminded once.
func TestLeftGoods(t *testing.T) {
	v := newVisits(t)
	v.by("lou", "tA", StartInspection)
	v.by("lou", "tA", LeaveGoods, "text", "一把雨伞")
	v.finish("tA")
	v.by("res", "tA", SignResident)
	if v.tickets["tA"].State != StateClosed {
		t.Fatal("nothing to pay, nobody to confirm, and it is open")
	}
	v.wait(29 * 24 * time.Hour)
	if fired := v.fire("tA"); fired != nil {
		t.Error(fired)
	}
	v.wait(25 * time.Hour)
	v.said = nil
	if fired := v.fire("tA"); !slices.Equal(fired, []string{"inspect_goods"}) {
		t.Fatal(fired)
	}
	if got := v.told("lou"); got != "inspect.goods_due" {
		t.Errorf("the caretaker hears %q", got)
	}
	if fired := v.fire("tA"); fired != nil {
		t.Errorf("twice: %v", fired)
	}
	v.by("lou", "tA", GoodsGone, "n", "0")
	for _, n := range []string{"0", "1", "-1", "x", ""} {
		if refused := v.with("lou", "tA", GoodsGone, "n", n); refused != "inspect.goods_already" {
			t.Errorf("%q: %q", n, refused)
		}
	}
}

// The certificate can be fetched for its days, and then kindly not.
func TestCertificateIsFetched(t *testing.T) {
	v := newVisits(t)
	v.by("lou", "tA", StartInspection)
	v.finish("tA")
	v.by("res", "tA", SignResident)
	v.said = nil
	v.wait(89 * 24 * time.Hour)
	v.by("res", "tA", FetchCertificate)
	if len(v.said) != 1 || v.said[0].Paper == nil || v.said[0].Person != "res" {
		t.Fatalf("%+v", v.said)
	}
	v.wait(2 * 24 * time.Hour)
	if refused := v.with("res", "tA", FetchCertificate); refused != "inspect.expired" {
		t.Error(refused)
	}
}

// What a press carries is not trusted: forged prices, sums, items, owners and states.
func TestMarksAreChecked(t *testing.T) {
	v := newVisits(t)
	v.by("lou", "tA", StartInspection)
	for want, pairs := range map[string][]string{
		"inspect.no_item 1":    {"item", "nothing", "state", "ok"},
		"inspect.no_item 2":    {"item", "off", "state", "ok"}, // not the last
		"inspect.no_item 3":    {"item", "air", "state", "sold"},
		"inspect.no_item 4":    {"item", "air"},
		"inspect.no_price 1":   {"item", "air", "state", "damaged", "price", "lock"},
		"inspect.no_price 2":   {"item", "air", "state", "damaged", "sum", "1"}, // the site allows no sums
		"inspect.no_price 3":   {"item", "air", "state", "damaged"},
		"inspect.no_owner 1":   {"item", "air", "state", "damaged", "price", "air", "owner", "sX"},
		"inspect.no_owner 2":   {"item", "chair", "state", "damaged", "price", "any", "owner", "sB"}, // the chair is A's
		"inspect.no_reading 1": {"item", "water", "reading", "viel"},
		"inspect.no_reading 2": {"item", "water", "state", "ok"},
	} {
		if refused := v.with("lou", "tA", MarkItem, pairs...); refused != want[:len(want)-2] {
			t.Errorf("%v: %q, want %s", pairs, refused, want)
		}
	}
	if refused := v.act(t, "tA", "lou", MarkItem, "item", "air", "state", "damaged", "price", "air"); refused != "inspect.photo" {
		t.Errorf("damage without a photo: %q", refused)
	}
	v.site.Inspection.FreeSum = 500
	for sum, want := range map[string]string{"5": "", "5.01": "inspect.sum_above", "-1": "inspect.no_sum", "": "inspect.no_sum"} {
		if refused := v.with("lou", "tA", MarkItem, "item", "air", "state", "damaged", "sum", sum); refused != want {
			t.Errorf("%q: %q, want %q", sum, refused, want)
		}
	}
}

// Who may do what about a visit: every action, in every state, for everybody.
func TestVisitMatrix(t *testing.T) {
	v := newVisits(t)
	v.by("lou", "tA", StartInspection)
	v.finish("tA")
	inspector := []string{"cm", "dm", "lou", "nm", "op", "pm", "root"}
	managers := []string{"cm", "dm", "nm", "pm", "root"}
	want := map[Action][]string{
		StartInspection: inspector, MarkItem: inspector, MarkPhotos: inspector, LeaveGoods: inspector, FinishInspection: inspector,
		SignInspector: inspector, GoodsGone: inspector, SignResident: {"res"}, Object: {"res"}, KeyDropped: {"cm", "dm", "nm", "op", "pm", "res", "root"},
		DecideObjection: managers, ConfirmFees: managers, FetchCertificate: {"cm", "dm", "nm", "op", "pm", "res", "root"},
		NoAnswer: nil, PassFees: nil, IssueCertificate: nil, GoodsDue: nil,
	}
	for a, who := range want {
		somewhere := false
		for _, state := range always {
			x := v.tickets["tA"]
			x.State = state
			if !InTable(x, a) {
				continue
			}
			somewhere = true
			var may []string
			for id, p := range v.people {
				if MayAct(x, a, p) {
					may = append(may, id)
				}
				p.Suspended = true
				if MayAct(x, a, p) && id != "res" {
					t.Errorf("%s in %s: %s is suspended", a, state, id)
				}
			}
			slices.Sort(may)
			if fmt.Sprint(may) != fmt.Sprint(who) {
				t.Errorf("%s in %s: %v, want %v", a, state, may, who)
			}
		}
		if !somewhere {
			t.Errorf("%s is in no state", a)
		}
	}
	// Nobody inspects or decides their own.
	x := v.tickets["tB"]
	x.Requester = "lou"
	v.tickets["tB"] = x
	if refused := v.with("lou", "tB", StartInspection); refused != "inspect.own" {
		t.Error(refused)
	}
	x = v.tickets["tA"]
	i := *x.Checkout.Inspection
	i.By, i.Object = "dm", &Objection{At: v.now}
	x.Checkout.Inspection = &i
	v.tickets["tA"] = x
	if refused := v.with("dm", "tA", DecideObjection, "decision", DecideKeep, "text", "x"); refused != "inspect.not_you" {
		t.Error(refused)
	}
}
