package desk

import (
	"slices"
	"strings"
)

// The actions of cases.
const (
	Reply   Action = "reply"    // Args "text": an answer to whoever filed it, passed on as written
	AskBack Action = "ask_back" // Args "text": a question to them
	Higher  Action = "raise"    // one level up
	Analyse Action = "analyse"  // Args "cause", "what", "why", "measure"
	HandOn  Action = "hand_on"  // praise: Args "person"
)

// asHandler is somebody who answers for a case and may know of it.
const asHandler capacity = "handler"

// caseTable is the transition table of complaints. Finish needs the analysis; a
// complaint that is not settled goes on under its own number.
var caseTable = []rule{
	{from: []State{StateNew}, action: Take, who: []capacity{asHandler}, to: StateTaken, then: takeCase, undo: true},
	{from: underway, action: Reply, who: []capacity{asHandler}, to: StateTaken, then: reply},
	{from: underway, action: AskBack, who: []capacity{asHandler}, to: StateTaken, then: askBack},
	{from: underway, action: Higher, who: []capacity{asHandler}, then: raise},
	{from: underway, action: Analyse, who: []capacity{asHandler}, to: StateTaken, then: analyse},
	{from: underway, action: Finish, who: []capacity{asHandler}, to: StateDone, then: settle},
	{from: always, action: AddNote, who: []capacity{asHandler}, then: addNote},
	{from: append([]State{StateDone}, underway...), action: AddWords, who: []capacity{asRequester}, then: addToCase},
	{from: underway, action: Cancel, who: []capacity{asRequester}, to: StateCancelled, then: withdraw},
	{from: underway, action: Chase, who: []capacity{asRequester}, then: chaseCase},
	{from: []State{StateDone}, action: Rate, who: []capacity{asRequester}, to: StateClosed, then: rate},
	{from: finished, action: NotFixed, who: []capacity{asRequester, asHandler}, to: StateNew, then: caseBack},
	{from: finished, action: CallDone, who: []capacity{asHandler, asRule}, then: callDone},
	{from: finished, action: TakeCall, who: []capacity{asHandler}, then: takeCall},
	{from: []State{StateDone}, action: Closed, who: []capacity{asRule}, to: StateClosed, then: closeByRule},
	{from: always, action: Undo, who: []capacity{asRule}},
	{from: always, action: Joined, who: []capacity{asRule}, then: joined},
	{from: always, action: Nudged, who: []capacity{asRule}},
}

// suggestionTable is that of suggestions: the answer is the end.
var suggestionTable = []rule{
	{from: []State{StateNew}, action: Take, who: []capacity{asHandler}, to: StateTaken, then: takeCase, undo: true},
	{from: underway, action: Reply, who: []capacity{asHandler}, to: StateClosed, then: answerSuggestion},
	{from: underway, action: AskBack, who: []capacity{asHandler}, to: StateTaken, then: askBack},
	{from: underway, action: Higher, who: []capacity{asHandler}, then: raise},
	{from: always, action: AddNote, who: []capacity{asHandler}, then: addNote},
	{from: underway, action: AddWords, who: []capacity{asRequester}, then: addToCase},
	{from: underway, action: Cancel, who: []capacity{asRequester}, to: StateCancelled, then: withdraw},
	{from: always, action: Undo, who: []capacity{asRule}},
	{from: always, action: Joined, who: []capacity{asRule}, then: joined},
	{from: always, action: Nudged, who: []capacity{asRule}},
}

// praiseTable is that of praise: it ends with whom it is for.
var praiseTable = []rule{
	{from: underway, action: HandOn, who: []capacity{asHandler}, to: StateClosed, then: handOn},
	{from: always, action: AddNote, who: []capacity{asHandler}, then: addNote},
	{from: underway, action: AddWords, who: []capacity{asRequester}, then: addToCase},
	{from: always, action: Undo, who: []capacity{asRule}},
	{from: always, action: Joined, who: []capacity{asRule}, then: joined},
	{from: always, action: Nudged, who: []capacity{asRule}},
}

// Residents tells whether what has no author in the history of an anonymous case is
// of whoever filed it, and not of the desk itself.
func (a Action) Residents() bool {
	return slices.Contains([]Action{Opened, AddWords, Cancel, Chase, Rate, NotFixed}, a)
}

var underway = []State{StateNew, StateTaken}

// theCase is the case of the ticket, to be changed: the ticket as it was keeps its
// own.
func (x *turn) theCase() *Case {
	c := *x.t.Case
	x.t.Case = &c
	return x.t.Case
}

// takeCase makes the presser the one who deals with it.
func takeCase(x *turn) error {
	x.t.Taker, x.t.TakenAt, x.t.Follower = x.actor.Person.ID, x.now(), x.actor.Person.ID
	return nil
}

// deals makes whoever answers the one who deals with it, if nobody does yet, and
// stops the clock of the first answer.
func (x *turn) deals() {
	if x.t.Taker == "" {
		_ = takeCase(x)
	}
	if c := x.theCase(); c.RepliedAt.IsZero() {
		c.RepliedAt = x.now()
	}
}

// toOwner says something to whoever filed the case, the anonymous too. It is
// repeated rather than lost.
func (x *turn) toOwner(text Text, rows ...[]Button) {
	if p, _ := x.w.Person(whoseCase(x.w, x.t)); x.t.Anonymous() && p.Unreachable != "" {
		x.tell(x.actor.Person.ID, T("outbox.secret_lost", "number", x.t.Number), ClassNotice)
	}
	x.out.Say(Message{
		Person: whoseCase(x.w, x.t), Ticket: x.t.ID, Class: ClassRegistration, Lane: LaneInteractive,
		Text: text, Buttons: rows, Photos: x.args.Files,
	})
}

// toHandlers says something to whoever answers for the case: who deals with it, or
// those of its level.
func (x *turn) toHandlers(text Text, class Class) {
	for _, p := range caseHeads(x.w, x.t) {
		if p.ID != x.actor.Person.ID {
			x.out.Say(Message{
				Person: p.ID, Ticket: x.t.ID, Class: class, Lane: LaneInteractive, Text: text, Buttons: lookButtons(x.t), Photos: x.args.Files,
			})
		}
	}
}

// caseHeads is who deals with a case, if they still may and are on duty, or who
// answers for it now: nobody is pinged off shift.
func caseHeads(w World, t Ticket) []Person {
	p, ok := w.Person(t.Taker)
	if !ok || !t.handles(p) || p.Unreachable != "" {
		return answering(w, t)
	}
	for _, role := range escalation {
		if p.Has(role) && isAmong(OnDuty(w, string(role)), p.ID) {
			return []Person{p}
		}
	}
	if list := answering(w, t); len(list) > 0 {
		return list
	}
	return []Person{p}
}

func (x *turn) said() (string, error) {
	text := strings.TrimSpace(x.args.Get("text"))
	if text == "" {
		return "", Refuse("refuse.empty")
	}
	x.event.Details = nil // The words stand on the ticket.
	return text, nil
}

// reply passes an answer on as it was written.
func reply(x *turn) error {
	text, err := x.said()
	if err != nil {
		return err
	}
	x.deals()
	x.t.Words = append(slices.Clone(x.t.Words), Words{By: x.actor.Person.ID, At: x.now(), Text: text})
	x.toOwner(Lines(T("case.reply", "number", x.t.Number, "name", x.actor.Person.Called()), quoted(text)),
		Row(Button{Label: T("button.answer"), Data: StartData("add", x.t.ID)}))
	return nil
}

// askBack asks whoever filed it; of the anonymous nobody learns who they are.
func askBack(x *turn) error {
	text, err := x.said()
	if err != nil {
		return err
	}
	x.deals()
	x.t.Words = append(slices.Clone(x.t.Words), Words{By: x.actor.Person.ID, At: x.now(), Text: text})
	key := "case.ask_back"
	if x.t.Anonymous() {
		key = "case.ask_back_anonymous"
	}
	x.toOwner(Lines(T(key, "number", x.t.Number, "name", x.actor.Person.Called()), quoted(text)),
		Row(Button{Label: T("button.answer"), Data: StartData("add", x.t.ID)}))
	return nil
}

// addToCase keeps what whoever filed it adds or answers, and passes it on.
func addToCase(x *turn) error {
	text := strings.TrimSpace(x.args.Get("text"))
	if text == "" && len(x.args.Files) == 0 {
		return Refuse("refuse.empty")
	}
	x.event.Details = nil
	if text != "" {
		x.t.Words = append(slices.Clone(x.t.Words), Words{By: x.event.By, At: x.now(), Text: text})
	}
	room := MaxFiles - len(x.t.Files)
	if room <= 0 && text == "" {
		return Refuse("refuse.files", "limit", MaxFiles)
	}
	x.args.Files = x.args.Files[:min(len(x.args.Files), max(room, 0))]
	x.t.Files = append(slices.Clone(x.t.Files), x.args.Files...)
	x.toHandlers(Lines(T("case.added", "number", x.t.Number), quoted(text)), ClassNotice)
	return nil
}

// withdraw ends it at the wish of whoever filed it.
func withdraw(x *turn) error {
	x.t.ClosedAt, x.t.ClosedBy = x.now(), "resident"
	x.toHandlers(T("case.withdrawn", "number", x.t.Number), ClassNotice)
	return nil
}

// chaseCase passes impatience on: to who deals with it, and when it is late a
// level up.
func chaseCase(x *turn) error {
	limits := x.site().Limits
	if n := len(x.t.Chases); n > 0 {
		if next := x.t.Chases[n-1].Add(limits.ChaseEvery); x.now().Before(next) {
			return Refuse("chase.soon", "number", x.t.Number, "next", next)
		}
	}
	x.t.Chases = append(slices.Clone(x.t.Chases), x.now())
	if len(x.t.Chases) >= limits.ChaseTimes && !x.t.Nudges.Chase {
		x.t.Nudges.Chase = true
		x.up(T("case.up_chased", "number", x.t.Number, "times", len(x.t.Chases)))
		return nil
	}
	x.toHandlers(T("case.chased", "number", x.t.Number, "times", len(x.t.Chases)), ClassReminder)
	return nil
}

// raise passes it a level up by the wish of who deals with it.
func raise(x *turn) error {
	c := x.t.Case
	if c.Level >= len(escalation)-1 {
		return Refuse("case.top", "number", x.t.Number)
	}
	x.up(T("case.up_raised", "number", x.t.Number, "name", x.actor.Person.Called()))
	return nil
}

// up makes the next level answer for it, and tells them why.
func (x *turn) up(why Text) {
	e := levelUp(x.w, &x.t, why)
	x.out.Add(e)
}

// levelUp lets the next level answer for a case too: who dealt with it goes on.
func levelUp(w World, t *Ticket, why Text) Effects {
	c := *t.Case
	c.Level = min(c.Level+1, max(len(escalation)-1, c.Floor))
	t.Case = &c
	var out Effects
	people := answering(w, *t)
	out.Add(casePosts(w, *t, people))
	for _, p := range people {
		out.Say(Message{Person: p.ID, Ticket: t.ID, Class: ClassNotice, Lane: LaneInteractive, Text: why, Buttons: lookButtons(*t)})
	}
	return out
}

// analyse keeps cause and analysis before the end.
func analyse(x *turn) error {
	if x.t.Taker == "" {
		_ = takeCase(x)
	}
	return x.analysis()
}

func (x *turn) analysis() error {
	c := x.theCase()
	for name, to := range map[string]*string{"cause": &c.Cause, "what": &c.What, "why": &c.Why, "measure": &c.Measure} {
		if value := strings.TrimSpace(x.args.Get(name)); value != "" {
			*to = value
		}
	}
	x.event.Details = nil
	switch {
	case !slices.Contains(CaseCauses, c.Cause):
		return Refuse("refuse.which")
	case !c.Analysed():
		return Refuse("refuse.empty")
	}
	return nil
}

// settle ends the work on a complaint: with cause, analysis, measure, and an
// answer.
func settle(x *turn) error {
	text := strings.TrimSpace(x.args.Get("text"))
	if text == "" {
		return Refuse("refuse.empty")
	}
	if err := x.analysis(); err != nil {
		return err
	}
	x.deals()
	x.t.DoneAt, x.t.Rating, x.t.Nudges.Callback = x.now(), "", 0
	x.t.Words = append(slices.Clone(x.t.Words), Words{By: x.actor.Person.ID, At: x.now(), Text: text})
	x.out.Jobs = append(x.out.Jobs, lookJob(x.site(), lookCase+x.t.ID, x.now()))
	x.toOwner(Lines(T("case.settled", "number", x.t.Number, "name", x.actor.Person.Called()), quoted(text)))
	return nil
}

func answerSuggestion(x *turn) error {
	text, err := x.said()
	if err != nil {
		return err
	}
	x.deals()
	x.t.DoneAt, x.t.ClosedAt, x.t.ClosedBy = x.now(), x.now(), "desk"
	x.t.Words = append(slices.Clone(x.t.Words), Words{By: x.actor.Person.ID, At: x.now(), Text: text})
	x.toOwner(Lines(T("case.suggestion_answer", "number", x.t.Number, "name", x.actor.Person.Called()), quoted(text)))
	return nil
}

// caseBack opens a complaint again that was not settled: it is left over from
// then on, and a level higher.
func caseBack(x *turn) error {
	s := x.site()
	if x.before.State == StateClosed && x.now().After(s.Calendar.After(x.t.DoneAt, s.Callback.ReopenFor)) {
		return Refuse("refuse.old", "number", x.t.Number)
	}
	c := x.theCase()
	c.Back++
	c.Reminded = 0
	x.finishCall("not_fixed")
	x.t.Call, x.t.Rating = nil, ""
	x.t.DoneAt, x.t.ClosedAt, x.t.ClosedBy = zeroTime, zeroTime, ""
	x.t.Nudges.Done, x.t.Nudges.Callback = 0, 0
	x.t.Clocks.Done = s.Calendar.After(x.now(), s.Complaints.Done)
	if x.t.Taker != "" {
		x.enter(StateTaken)
	}
	taker := x.t.Taker
	x.up(T("case.up_back", "number", x.t.Number))
	if p, ok := x.w.Person(taker); ok && x.t.handles(p) && !isAmong(answering(x.w, x.t), taker) {
		x.tell(taker, T("case.up_back", "number", x.t.Number), ClassNotice)
	}
	return nil
}
