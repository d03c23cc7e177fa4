package desk

// VerifyTries is how often a day a person may try; then the operator helps.
const VerifyTries = 5

// VerifyResult says what became of an attempt to verify.
type VerifyResult string

// The results. VerifyWrong is the same whether the number or the name is wrong:
// nobody learns whether a number exists.
const (
	VerifyDone  VerifyResult = "done"
	VerifyWrong VerifyResult = "wrong"
	VerifyMany  VerifyResult = "many"  // no more attempts today: the operator helps
	VerifyTaken VerifyResult = "taken" // another account has the entry: the operator decides
)

// Verify is a person's own attempt: a number and a name that must both be those
// of one entry that counts. The person is returned as they are then.
func Verify(w World, p Person, number, name string) (Effects, Person, VerifyResult, error) {
	today := DateOf(w.Now(), w.Site().Zone)
	if p.TriedOn != today {
		p.TriedOn, p.Tries = today, 0
	}
	if p.Tries >= VerifyTries {
		return Effects{}, p, VerifyMany, nil
	}
	r, ok := w.Resident(NumberKey(number))
	if !ok || !r.Counts(today) || NameKey(r.Name) != NameKey(name) {
		p.Tries++
		out := Effects{People: []Person{p}}
		if p.Tries == VerifyTries {
			out.Add(askDesk(w, T("verify.tries", "name", p.Called(), "n", VerifyTries), handButton(p)))
		}
		return out, p, VerifyWrong, nil
	}
	other, claimed := w.PersonByNumber(NumberKey(number))
	if claimed && other.ID != p.ID && other.inUse() {
		p.Tries++
		out := Effects{People: []Person{p}}
		out.Add(askDesk(w, T("verify.two", "name", p.Called(), "number", r.Number, "listed", r.Name, "other", other.Called()),
			Row(Button{Label: T("button.verify_same"), Data: "verify|same|" + p.ID + "|" + NumberKey(r.Number)},
				Button{Label: T("button.verify_give"), Data: "verify|give|" + p.ID + "|" + NumberKey(r.Number)}),
			Row(Button{Label: T("button.verify_no"), Data: "verify|no|" + p.ID})))
		return out, p, VerifyTaken, nil
	}
	out, p, err := Entitle(w, p, r, "")
	return out, p, VerifyDone, err
}

// VerifyByPhone verifies without a question: the phone number is one of the
// list, and so is the name with it. It does nothing when they are not, or when
// the entry is somebody else's.
func VerifyByPhone(w World, p Person) (Effects, Person, bool, error) {
	if p.Phone == "" || p.Number != "" || !w.Listed() {
		return Effects{}, p, false, nil
	}
	today := DateOf(w.Now(), w.Site().Zone)
	for _, r := range w.ResidentsByPhone(p.Phone) {
		if !r.Counts(today) || NameKey(r.Name) != NameKey(p.Called()) {
			continue
		}
		other, claimed := w.PersonByNumber(NumberKey(r.Number))
		if claimed && other.ID != p.ID && other.inUse() {
			continue
		}
		out, p, err := Entitle(w, p, r, "")
		return out, p, err == nil, err
	}
	return Effects{}, p, false, nil
}

// Entitle ties an entry of the list to the person: name, room and phone are
// filled from it. A caller for whom the desk filed under that number, and who
// has no account, is the same person and joins them. by is who of the desk
// decided, empty when the person's own answers did.
func Entitle(w World, p Person, r Resident, by string) (Effects, Person, error) {
	var out Effects
	number := NumberKey(r.Number)
	for _, other := range callers(w, r, number) {
		if other.ID == p.ID {
			continue
		}
		effects, joined, err := Join(w, other, p)
		if err != nil {
			return out, p, err
		}
		p = joined
		// The person is written once, below, as they are in the end.
		effects.People = effects.People[:1]
		out.Add(effects)
	}
	p.Number, p.VerifiedBy, p.Tries = number, by, 0
	p.Name, p.NameAsked = r.Name, true
	if r.Room != "" {
		p.Home = r.Room
	}
	if r.Phone != "" {
		p.Phone = r.Phone
	}
	out.People = append(out.People, p)
	if by != "" {
		out.Morning.Acts = append(out.Morning.Acts, HandAct{ID: w.NewID(), At: w.Now(), By: by, What: HandVerify, Person: p.ID})
	}
	out.Notes = append(out.Notes, Note{Kind: "verified", Person: p.ID, Facts: map[string]string{"number": number, "by": by}})
	out.Add(redrawOpen(w, p, out.Tickets))
	return out, p, nil
}

// callers are the records without an account that are the entry's person: by the
// number, or by its phone and name.
func callers(w World, r Resident, number string) []Person {
	var list []Person
	if other, ok := w.PersonByNumber(number); ok && !other.inUse() {
		list = append(list, other)
	}
	if r.Phone == "" {
		return list
	}
	other, ok := w.PersonByPhone(r.Phone)
	if ok && !other.inUse() && other.Number == "" &&
		(other.Name == "" || NameKey(other.Name) == NameKey(r.Name)) {
		list = append(list, other)
	}
	return list
}

// redrawOpen has the cards of a person's open tickets drawn anew: they say
// whether the person is verified.
func redrawOpen(w World, p Person, done []Ticket) Effects {
	var out Effects
	known := map[string]bool{}
	for _, t := range done {
		known[t.ID] = true
	}
	for _, t := range w.TicketsOf(p.ID, 20) {
		if t.State.Open() && !known[t.ID] {
			out.Tickets = append(out.Tickets, t)
		}
	}
	return out
}

// askDesk asks the operator on duty, or the duty manager.
func askDesk(w World, text Text, rows ...[]Button) Effects {
	var out Effects
	people := OnDuty(w, string(RoleOperator))
	if len(people) == 0 {
		people = Managers(w, 0)
	}
	for _, p := range people {
		out.Say(Message{Person: p.ID, Text: text, Buttons: rows, Lane: LaneInteractive, Class: ClassNotice})
	}
	return out
}

func handButton(p Person) []Button {
	return Row(Button{Label: T("button.verify_hand"), Data: "verify|hand|" + p.ID})
}

// EntitleByDesk ties an entry to a person by the word of somebody of the desk:
// whoever had it before has it no more. The person is told.
func EntitleByDesk(w World, p Person, r Resident, by string) (Effects, Person, error) {
	var out Effects
	other, claimed := w.PersonByNumber(r.Number)
	if claimed && other.ID != p.ID && other.inUse() {
		other.Number, other.VerifiedBy = "", ""
		out.People = append(out.People, other)
		out.Add(redrawOpen(w, other, nil))
		out.Notes = append(out.Notes, Note{Kind: "unverified", Person: other.ID, Facts: map[string]string{"by": by}})
	}
	effects, p, err := Entitle(w, p, r, by)
	out.Add(effects)
	out.Say(Message{Person: p.ID, Text: T("verify.by_desk", "name", p.Name), Lane: LaneInteractive, Class: ClassNotice})
	return out, p, err
}

// inUse tells whether somebody uses the record themselves: one that the desk
// made for a caller has neither an account nor a role, and may follow whoever
// turns out to be the caller.
func (p Person) inUse() bool { return len(p.Addresses) > 0 || len(p.Roles) > 0 }
