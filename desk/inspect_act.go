package desk

import (
	"slices"
	"strings"
)

// The actions of the visit.
const (
	KeyDropped       Action = "key_dropped"     // the resident has left the key, and is not there
	StartInspection  Action = "inspect"         // an inspector begins
	MarkItem         Action = "mark"            // Args "item" (* for all the rest), "state", "price", "sum", "owner", "reading"; Files
	MarkPhotos       Action = "mark_photos"     // Args "item" (goods: of what was left); Files: more photos of it
	LeaveGoods       Action = "goods"           // Args "text": something was left behind; Files
	FinishInspection Action = "inspected"       // the list is closed
	SignInspector    Action = "sign_inspector"  //
	SignResident     Action = "sign_resident"   //
	Object           Action = "object"          // Args "text"; Files
	NoAnswer         Action = "no_answer"       // by rule: nobody answered in time
	DecideObjection  Action = "decide"          // Args "decision", "sum", "text"
	ConfirmFees      Action = "fees"            // fees and deposit are confirmed
	PassFees         Action = "fees_passed"     // by rule: a manager confirms instead
	IssueCertificate Action = "certificate"     // by rule: all is settled
	FetchCertificate Action = "get_certificate" // it is sent again
	GoodsDue         Action = "goods_due"       // by rule: what was left has been kept long enough
	GoodsGone        Action = "goods_gone"      // it was dealt with
)

// asFinance is whoever confirms fees and deposit.
const asFinance capacity = "finance"

// unsigned are the states in which a resident can have dropped the key.
var unsigned = []State{StateNew, StateTaken, StateNoAccess}

// inspectRows are the rows of the transition table of a checkout that are about
// the visit itself.
var inspectRows = []rule{
	{from: unsigned, action: KeyDropped, who: []capacity{asRequester, asDesk}, then: keyDropped},
	{from: unsigned, action: StartInspection, who: []capacity{asInspector}, to: StateArrived, then: startInspection},
	{from: []State{StateArrived}, action: MarkItem, who: []capacity{asInspector}, then: markItem},
	{from: []State{StateArrived}, action: MarkPhotos, who: []capacity{asInspector}, then: markPhotos},
	{from: []State{StateArrived}, action: LeaveGoods, who: []capacity{asInspector}, then: leaveGoods},
	{from: []State{StateArrived}, action: FinishInspection, who: []capacity{asInspector}, to: StateDone, then: finishInspection},
	{from: []State{StateDone}, action: SignInspector, who: []capacity{asInspector}, then: signInspector},
	{from: []State{StateDone}, action: SignResident, who: []capacity{asRequester}, then: signResident},
	{from: []State{StateDone}, action: Object, who: []capacity{asRequester}, then: objects},
	{from: []State{StateDone}, action: NoAnswer, who: []capacity{asRule}, then: noAnswer},
	{from: []State{StateDone}, action: DecideObjection, who: []capacity{asManager}, then: decide},
	{from: []State{StateDone}, action: ConfirmFees, who: []capacity{asFinance}, then: confirmFees},
	{from: []State{StateDone}, action: PassFees, who: []capacity{asRule}, then: passFees},
	{from: []State{StateDone}, action: IssueCertificate, who: []capacity{asRule}, to: StateClosed, then: issue},
	{from: []State{StateClosed}, action: FetchCertificate, who: []capacity{asRequester, asDesk}, then: fetchCertificate},
	{from: []State{StateDone, StateClosed}, action: GoodsDue, who: []capacity{asRule}, then: goodsDue},
	{from: []State{StateDone, StateClosed}, action: GoodsGone, who: []capacity{asInspector}, then: goodsGone},
}

// confirms tells whether somebody confirms the fees of a checkout: of the department
// that does, or a manager; nobody their own.
func (t Ticket) confirms(p Person) bool {
	if t.Checkout == nil || t.Checkout.Inspection == nil || p.Is(t.Requester) {
		return false
	}
	if d := t.Checkout.Inspection.Finance; d != "" {
		return p.WorksFor(d)
	}
	return p.Manages()
}

// inspection is that of the ticket, to be changed: the ticket as it was keeps its
// own.
func (x *turn) inspection() *Inspection {
	checkout, i := *x.t.Checkout, Inspection{}
	if checkout.Inspection != nil {
		i = *checkout.Inspection
	}
	checkout.Inspection = &i
	x.t.Checkout = &checkout
	return &i
}

// stranger refuses whoever would look at their own room.
func (x *turn) stranger() error {
	if x.actor.Person.Is(x.t.Requester) {
		return Refuse("inspect.own", "number", x.t.Number)
	}
	return nil
}

// keyDropped is the resident's word that the key is left: the visit needs nobody
// there.
func keyDropped(x *turn) error {
	if !x.t.Checkout.Express {
		return Refuse("inspect.not_express", "number", x.t.Number)
	}
	if i := x.t.Checkout.Inspection; i != nil && !i.KeyAt.IsZero() {
		return Refuse("inspect.key_already", "number", x.t.Number)
	}
	x.inspection().KeyAt = x.now()
	x.out.Add(tellInspectors(x.w, x.t, T("inspect.key_dropped", "number", x.t.Number, "place", x.place())))
	return nil
}

// startInspection lays out the list. What was found when a room-mate left stands on
// it already.
func startInspection(x *turn) error {
	if err := x.stranger(); err != nil {
		return err
	}
	stay, ok := x.w.Stay(x.t.Checkout.Stay)
	if !ok || stay.State == StayOut || stay.State == StayExpected {
		return Refuse("inspect.no_stay", "number", x.t.Number)
	}
	i := x.inspection()
	i.By, i.Started, i.Last = x.actor.Person.ID, x.now(), lastOf(x.w, stay)
	for _, d := range x.w.DamagesAt(stay.Place) {
		if d.Concerns(stay.ID) {
			*i = i.marked(Mark{Item: d.Item, State: d.State, At: d.At, Price: d.Price, Fen: d.Fen, Owner: d.Owner, Damage: d.ID})
		}
	}
	x.t.Taker, x.t.TakenAt, x.t.ArriveAt = x.actor.Person.ID, x.now(), x.now()
	x.event.Details = nil
	return nil
}

// markItem keeps what was found of an item. All is checked here: what a button
// carried, and what somebody typed.
func markItem(x *turn) error {
	if err := x.stranger(); err != nil {
		return err
	}
	if x.args.Get("item") == "*" {
		return markRest(x)
	}
	item, ok := ItemOf(x.w, x.t, x.args.Get("item"))
	if !ok {
		return Refuse("inspect.no_item")
	}
	m := Mark{Item: item.ID, State: MarkState(x.args.Get("state")), By: x.actor.Person.ID, At: x.now(), Owner: x.args.Get("owner")}
	if old, found := x.t.Checkout.Inspection.Mark(item.ID); found && old.Damage != "" {
		// Of what was found before only the owner can be said.
		owner := m.Owner
		m = old
		m.Owner, m.By, m.At = owner, x.actor.Person.ID, x.now()
	} else if err := x.found(item, &m); err != nil {
		return err
	}
	if m.Owner != "" && !slices.ContainsFunc(Owners(x.w, x.t, item), func(s Stay) bool { return s.ID == m.Owner }) {
		return Refuse("inspect.no_owner")
	}
	i := x.inspection()
	*i = i.marked(m)
	x.event.Details = map[string]string{"item": item.ID, "state": string(m.State)}
	return nil
}

// found fills in a mark that is no known damage.
func (x *turn) found(item Item, m *Mark) error {
	m.Files = x.args.Files[:min(len(x.args.Files), MaxFiles)]
	if item.Counted() {
		m.Reading = strings.TrimSpace(x.args.Get("reading"))
		if !Readable(m.Reading) {
			return Refuse("inspect.no_reading")
		}
		m.State, m.Owner = MarkOK, ""
		return nil
	}
	switch m.State {
	case MarkOK:
		m.Owner = ""
		return nil
	case MarkMissing:
	case MarkDamaged:
		if item.Kind == ItemDuty {
			return Refuse("inspect.no_item")
		}
	default:
		return Refuse("inspect.no_item")
	}
	if stay, ok := x.w.Stay(x.t.Checkout.Stay); ok {
		_, m.Before = Reported(x.w, stay, item)
	}
	if m.Before {
		m.Owner = ""
		return nil
	}
	if m.State == MarkDamaged && len(m.Files) == 0 {
		return Refuse("inspect.photo")
	}
	return x.priced(item, m)
}

// priced takes a line of the site's list, or a sum where the site allows one.
func (x *turn) priced(item Item, m *Mark) error {
	rule := x.site().Inspection
	if price := x.args.Get("price"); price == NoCharge {
		return nil
	} else if price != "" {
		line, ok := rule.Price(price)
		if !ok || !slices.ContainsFunc(rule.PricesFor(item), func(p Price) bool { return p.ID == price }) {
			return Refuse("inspect.no_price")
		}
		m.Price, m.Fen = line.ID, line.Fen
		return nil
	}
	fen, ok := ParseYuan(x.args.Get("sum"))
	switch {
	case rule.FreeSum == 0:
		return Refuse("inspect.no_price")
	case !ok:
		return Refuse("inspect.no_sum")
	case fen > rule.FreeSum:
		return Refuse("inspect.sum_above", "most", Yuan(rule.FreeSum))
	}
	m.Fen = fen
	return nil
}

// NoCharge is the price of what is noted and not charged.
const NoCharge = "none"

// Readable tells whether a text is the number of a meter: figures, with a point
// perhaps.
func Readable(reading string) bool {
	whole, part, dotted := strings.Cut(Fold(reading), ".")
	return len(reading) <= 12 && figures(whole) && (!dotted || figures(part))
}

// markRest says that all that was not looked at singly is there and whole. Numbers
// still have to be read.
func markRest(x *turn) error {
	i := x.inspection()
	n := 0
	for _, item := range Unmarked(x.w, x.before) {
		if item.Counted() {
			continue
		}
		*i = i.marked(Mark{Item: item.ID, State: MarkOK, By: x.actor.Person.ID, At: x.now()})
		n++
	}
	if n == 0 {
		return Refuse("inspect.all_marked")
	}
	return nil
}

// leaveGoods lists something that was left behind.
func leaveGoods(x *turn) error {
	what := strings.TrimSpace(x.args.Get("text"))
	if what == "" && len(x.args.Files) == 0 {
		return Refuse("refuse.empty")
	}
	i := x.inspection()
	if len(i.Goods) >= MaxFiles {
		return Refuse("inspect.goods_many", "limit", MaxFiles)
	}
	i.Goods = append(slices.Clone(i.Goods), LeftGood{
		What: what, Files: x.args.Files, At: x.now(), Until: x.site().Calendar.After(x.now(), x.site().Inspection.KeepGoods),
	})
	x.event.Details = nil
	return nil
}

// markPhotos keeps more photos of what was just entered.
func markPhotos(x *turn) error {
	i := x.inspection()
	add := func(files []File) []File {
		all := append(slices.Clone(files), x.args.Files...)
		return all[:min(len(all), MaxFiles)]
	}
	if n := len(i.Goods); x.args.Get("item") == "goods" && n > 0 {
		i.Goods = slices.Clone(i.Goods)
		i.Goods[n-1].Files = add(i.Goods[n-1].Files)
		return nil
	}
	m, ok := i.Mark(x.args.Get("item"))
	if !ok {
		return Refuse("inspect.no_item")
	}
	m.Files = add(m.Files)
	*i = i.marked(m)
	return nil
}
