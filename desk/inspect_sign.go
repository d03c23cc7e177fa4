package desk

import (
	"slices"
	"strconv"
	"strings"
)

// finishInspection closes the list: what the leaver is asked for is frozen, and with
// it the leaver's part of what the room shares. The bed counts as left from now on.
func finishInspection(x *turn) error {
	if err := x.stranger(); err != nil {
		return err
	}
	if open := Unmarked(x.w, x.t); len(open) > 0 {
		return Refuse("inspect.not_all", "n", len(open), "item", open[0].Label)
	}
	stay, ok := x.w.Stay(x.t.Checkout.Stay)
	if !ok {
		return Refuse("inspect.no_stay", "number", x.t.Number)
	}
	i := x.inspection()
	charges, damages := charged(x.w, x.t, x.w.NewID)
	i.Last, i.By, i.Finished, i.Charges, i.Fen = lastOf(x.w, stay), x.actor.Person.ID, x.now(), charges, 0
	for _, c := range charges {
		i.Fen += c.Fen
	}
	for _, d := range damages {
		x.out.House.Damages = append(x.out.House.Damages, d.Freeze(stay.ID, x.now()))
	}
	stay.OutAt = x.now()
	x.out.House.Stays = append(x.out.House.Stays, stay)
	x.t.Taker, x.t.DoneAt = x.actor.Person.ID, x.now()
	x.event.Details = map[string]string{"fen": strconv.FormatInt(i.Fen, 10)}
	return nil
}

// signInspector is the inspector's word that the list is right. The resident is shown
// it, and has until AnswerBy.
func signInspector(x *turn) error {
	if err := x.stranger(); err != nil {
		return err
	}
	if !x.t.Checkout.Inspection.Signed.IsZero() {
		return Refuse("inspect.signed", "number", x.t.Number)
	}
	i := x.inspection()
	rule, term := x.site().Inspection, x.site().Inspection.AnswerIn
	if x.t.Checkout.Express {
		term = rule.ObjectIn
	}
	i.Signed, i.AnswerBy = x.now(), x.site().Calendar.After(x.now(), term)
	i.Finance = rule.Finance
	x.pictures(x.t.Requester, i.photos())
	x.out.Say(Message{
		Person: x.t.Requester, Ticket: x.t.ID, Class: ClassRegistration, Lane: LaneInteractive,
		Text: Lines(InspectionText(x.w, x.t), AnswerText(x.t)), Buttons: SignButtons(x.t), Passing: true,
	})
	return nil
}

// pictures sends photos ahead of the words that they belong to: a long list does not
// fit under a photo.
func (x *turn) pictures(person string, photos []File) {
	if len(photos) > 0 {
		x.out.Say(Message{
			Person: person, Ticket: x.t.ID, Class: ClassNotice, Lane: LaneInteractive,
			Text: T("inspect.photos", "number", x.t.Number), Photos: photos,
		})
	}
}

// AnswerText says what the resident can do, and until when.
func AnswerText(t Ticket) Text {
	key := "inspect.answer"
	if t.Checkout.Express {
		key = "inspect.answer_express"
	}
	return T(key, "number", t.Number, "by", t.Checkout.Inspection.AnswerBy) //locale:key inspect.answer inspect.answer_express
}

// SignButtons are what the resident answers the list with.
func SignButtons(t Ticket) [][]Button {
	return [][]Button{Row(
		Button{Label: T("button.agree"), Data: PressData(t.ID, SignResident, "")},
		Button{Label: T("button.object"), Data: StartData("object", t.ID)},
	)}
}

// photos are those of what is charged, as many as one message takes.
func (i *Inspection) photos() []File {
	var list []File
	for _, c := range i.Charges {
		list = append(list, c.Files...)
	}
	return list[:min(len(list), MaxFiles)]
}

// answerable refuses an answer that comes too early or twice.
func (x *turn) answerable() error {
	i := x.t.Checkout.Inspection
	switch {
	case i.Signed.IsZero():
		return Refuse("inspect.not_signed", "number", x.t.Number)
	case i.Object.Open():
		return Refuse("inspect.objected", "number", x.t.Number)
	case i.Settled():
		return Refuse("inspect.settled", "number", x.t.Number)
	}
	return nil
}

func signResident(x *turn) error {
	if err := x.answerable(); err != nil {
		return err
	}
	x.inspection().Agreed = x.now()
	return x.settled()
}

// objects keeps what the resident does not agree with. A manager decides.
func objects(x *turn) error {
	if err := x.answerable(); err != nil {
		return err
	}
	words := strings.TrimSpace(x.args.Get("text"))
	if words == "" {
		return Refuse("refuse.empty")
	}
	x.event.Details = nil
	x.inspection().Object = &Objection{At: x.now(), Words: words, Files: x.args.Files[:min(len(x.args.Files), MaxFiles)]}
	x.toDeciders(T("inspect.objection", "number", x.t.Number, "name", nameOf(x.w, x.t.Requester), "place", x.place()), words)
	return nil
}

// noAnswer is what the rule does when nobody has answered in time: after a dropped
// key the list stands, otherwise a manager decides.
func noAnswer(x *turn) error {
	i := x.t.Checkout.Inspection
	if err := x.answerable(); err != nil {
		return err
	}
	if x.now().Before(i.AnswerBy) {
		return Refuse("refuse.state", "number", x.t.Number)
	}
	if x.t.Checkout.Express {
		x.inspection().Lapsed = true
		return x.settled()
	}
	x.inspection().Object = &Objection{At: x.now()}
	x.toDeciders(T("inspect.silent", "number", x.t.Number, "place", x.place(), "by", i.AnswerBy), "")
	return nil
}

// toDeciders asks the managers on duty to decide: never who has inspected, if there
// is anybody else.
func (x *turn) toDeciders(text Text, words string) {
	m := Message{
		Ticket: x.t.ID, Class: ClassCard, Lane: LaneInteractive, Buttons: DecideButtons(x.t),
		Text: Lines(text, quoted(words), InspectionText(x.w, x.t)),
	}
	told := false
	for _, p := range Managers(x.w, 0) {
		if p.Is(x.t.Checkout.Inspection.By) || p.Is(x.t.Requester) {
			continue
		}
		own := m
		own.Person, told = p.ID, true
		x.pictures(p.ID, append(slices.Clone(x.t.Checkout.Inspection.Object.Files), x.t.Checkout.Inspection.photos()...))
		x.out.Say(own)
	}
	if !told {
		x.out.Add(ToLevel(x.w, 1, m))
	}
}

// DecideButtons are a manager's choices about an objection.
func DecideButtons(t Ticket) [][]Button {
	start := func(decision string) Button {
		return Button{Label: T("button.decide_" + decision), Data: PressData(t.ID, DecideObjection, decision)}
	}
	//locale:key button.decide_keep button.decide_change button.decide_waive
	return [][]Button{Row(start(DecideKeep), start(DecideChange), start(DecideWaive))}
}

// decide settles an objection, with words that both are told.
func decide(x *turn) error {
	i := x.t.Checkout.Inspection
	why := strings.TrimSpace(x.args.Get("text"))
	switch {
	case !i.Object.Open():
		return Refuse("inspect.settled", "number", x.t.Number)
	case x.actor.Person.Is(x.t.Requester) || x.actor.Person.Is(i.By):
		return Refuse("inspect.not_you", "number", x.t.Number)
	case why == "":
		return Refuse("refuse.empty")
	}
	o := *i.Object
	o.Decision, o.Why, o.DecidedBy, o.DecidedAt = x.args.Get("decision"), why, x.actor.Person.ID, x.now()
	switch o.Decision {
	case DecideKeep:
		o.Fen = i.Fen
	case DecideWaive:
		o.Fen = 0
	case DecideChange:
		fen, ok := ParseYuan(x.args.Get("sum"))
		if !ok || fen > i.Fen {
			return Refuse("inspect.change", "most", Yuan(i.Fen))
		}
		o.Fen = fen
	default:
		return Refuse("refuse.which")
	}
	x.event.Details = map[string]string{"decision": o.Decision, "fen": strconv.FormatInt(o.Fen, 10)}
	x.inspection().Object = &o
	text := Lines(T("inspect.decided."+o.Decision, "number", x.t.Number, "name", x.actor.Person.Called(), "sum", Yuan(o.Fen)), quoted(why))
	//locale:key inspect.decided.keep inspect.decided.change inspect.decided.waive
	x.tellRequester(text, ClassRegistration)
	if i.By != x.actor.Person.ID {
		x.tell(i.By, text, ClassNotice)
	}
	return x.settled()
}

// settled goes on when the list stands: fees and deposit are confirmed, or where
// there is nothing to confirm the certificate is issued.
func (x *turn) settled() error {
	i := x.inspection()
	if d, ok := x.site().Department(i.Finance); !ok || d.Retired || len(clerks(x.w, i.Finance)) == 0 {
		i.Finance = ""
	}
	if i.Finance == "" && i.Owed() == 0 {
		return x.certify()
	}
	x.toClerks()
	return nil
}

// clerks lists who of a department confirms: those on duty, or else all who work
// there.
func clerks(w World, department string) []Person {
	if department == "" {
		return nil
	}
	here := func(p Person) bool { return !p.WorksFor(department) || p.Suspended }
	if list := slices.DeleteFunc(slices.Clone(OnDuty(w, department)), here); len(list) > 0 {
		return list
	}
	return slices.DeleteFunc(slices.Clone(w.Holders(RoleTechnician)), here)
}

func feesButtons(t Ticket) [][]Button {
	return [][]Button{Row(Button{Label: T("button.fees"), Data: PressData(t.ID, ConfirmFees, "")})}
}

// toClerks asks for fees and deposit to be confirmed, in private.
func (x *turn) toClerks() {
	i := x.t.Checkout.Inspection
	m := Message{
		Ticket: x.t.ID, Class: ClassCard, Lane: LaneInteractive, Text: FeesText(x.w, x.t),
		Buttons: feesButtons(x.t),
	}
	if i.Finance == "" {
		x.out.Add(ToManagers(x.w, m))
		return
	}
	for _, p := range clerks(x.w, i.Finance) {
		own := m
		own.Person = p.ID
		x.out.Say(own)
	}
}

// confirmFees is the last word before the certificate.
func confirmFees(x *turn) error {
	if !x.t.Checkout.Inspection.Settled() {
		return Refuse("inspect.not_settled", "number", x.t.Number)
	}
	i := x.inspection()
	i.Confirmed, i.ConfirmedBy = x.now(), x.actor.Person.ID
	return x.certify()
}

// passFees gives the confirming to a manager, when the department has not answered.
func passFees(x *turn) error {
	i := x.inspection()
	if i.Finance == "" || !i.Settled() {
		return Refuse("refuse.state", "number", x.t.Number)
	}
	i.Finance = ""
	x.toClerks()
	return nil
}
