package desk

import (
	"strconv"
	"time"
)

const (
	// callTries is how often somebody is phoned who does not answer.
	callTries = 3
	// callsAtOnce is how many calls a role is sent before it has made some of them:
	// the rest of the day's is in the list.
	callsAtOnce = 3
	// callsMost bounds the calls of a day where the site sets no number.
	callsMost = 200
)

// Call is a call task as its ticket keeps it: somebody should phone the requester.
type Call struct {
	At time.Time `json:"at"`
	// Later marks the second look, some weeks after the work.
	Later bool     `json:"later,omitempty"`
	Role  RoleName `json:"role,omitempty"` // who phones; empty means the operators
	// Given is when it was handed out last, to Holder; zero while it waits.
	Given  time.Time `json:"given,omitzero"`
	Holder string    `json:"holder,omitempty"`
	// NotBefore is when it is tried again after nobody answered, for the Tries-th time.
	NotBefore time.Time `json:"not_before,omitzero"`
	Tries     int       `json:"tries,omitempty"`
	Note      string    `json:"note,omitempty"`
	Done      time.Time `json:"done,omitzero"`
	Result    string    `json:"result,omitempty"` // good | fair | not_fixed | no_answer | lapsed
	By        string    `json:"by,omitempty"`
}

// CallTask is the same as a row, for lists.
type CallTask struct {
	Ticket string `json:"ticket"`
	Person string `json:"person"`
	Call
	Created time.Time `json:"created"`
}

// Open tells whether somebody should still phone.
func (c *Call) Open() bool { return c != nil && c.Result == "" }

// Calling tells whether the person holds the ticket's call: the number is shown to
// them until there is a result.
func (t Ticket) Calling(person string) bool {
	return t.Call.Open() && person != "" && t.Call.Holder == person
}

func (t Ticket) callTask() CallTask {
	return CallTask{Ticket: t.ID, Person: t.Requester, Call: *t.Call, Created: t.Call.At}
}

// phoning are those who phone about a ticket for a role: who is on duty, or a manager.
func phoning(w World, t Ticket, role RoleName) []Person {
	if t.Case != nil {
		return caseHeads(w, t) // A complaint is the manager's own call, never that of who is accused.
	}
	if role != "" && role != RoleOperator {
		if list := OnDuty(w, string(role)); len(list) > 0 {
			return list
		}
		return Managers(w, 0)
	}
	return whoPhones(w)
}

// today is the site's date at t, from its first instant to that of the next.
func (s *Site) today(t time.Time) (from, to time.Time) {
	date := DateOf(t, s.Zone)
	return ClockTime(0).On(date, s.Zone), ClockTime(0).On(date.AddDays(1), s.Zone)
}

// CallsLeft is how many calls a role can still be given today, and how many of
// those it was given today it has not made.
func CallsLeft(w World, role RoleName) (left, unmade int) {
	s := w.Site()
	left = s.Callback.CallsPerDay
	if left == 0 {
		left = callsMost
	}
	for _, task := range w.CallsGiven(role, callsMost) {
		left--
		if task.Result == "" && !task.NotBefore.After(w.Now()) {
			unmade++
		}
	}
	return max(left, 0), unmade
}

// callTask lets somebody phone about a ticket. It is handed out at once if the day's
// number allows and no older one waits; else it waits for its turn.
func callTask(w World, t Ticket, later bool) (Effects, error) {
	s := w.Site()
	line, _ := s.Callback.line(s, t)
	call := Call{At: w.Now(), Later: later, Role: line.role()}
	left, unmade := CallsLeft(w, call.Role)
	whom := phoning(w, t, call.Role)
	now := left > 0 && unmade < callsAtOnce && len(whom) > 0 && s.callbackWindow(w.Now()).Equal(w.Now()) &&
		len(w.CallsWaiting(call.Role, 1)) == 0
	what := "call_wait"
	var told []Person
	var out Effects
	if now {
		made := len(w.CallsGiven(call.Role, callsMost))
		holder := whom[made%len(whom)]
		call.Given, call.Holder = w.Now(), holder.ID
		what, told = "call", []Person{holder}
		out.Add(callPost(w, t, holder))
	}
	effects, err := nudge(w, t, what, 3, told, func(n *Nudges) { n.Callback = 3 }, out)
	if err != nil {
		return effects, err
	}
	changed := &effects.Tickets[0]
	changed.Call = &call
	effects.Add(enrol(w, changed, &effects.Events[0]))
	effects.CallTasks = append(effects.CallTasks, changed.callTask())
	return effects, nil
}

// callPost is the card on which a call is made.
func callPost(w World, t Ticket, p Person) Effects {
	return Effects{Posts: []Post{{
		ID: w.NewID(), Kind: PostCall, Ticket: t.ID, Person: p.ID, Chat: p.Address(),
		Lang: w.Site().Language(p.Lang), Created: w.Now(), Lane: LaneInteractive,
	}}}
}

// handOut gives a call that waited to somebody; made is how many were given today.
func handOut(w World, t Ticket, made int) (Effects, error) {
	whom := phoning(w, t, t.Call.Role)
	if len(whom) == 0 {
		return Effects{}, nil
	}
	holder := whom[made%len(whom)]
	out, err := nudge(w, t, "call", 3, []Person{holder}, func(*Nudges) {}, callPost(w, t, holder))
	if err != nil {
		return out, err
	}
	call := *t.Call
	call.Given, call.Holder = w.Now(), holder.ID
	out.Tickets[0].Call = &call
	out.CallTasks = append(out.CallTasks, out.Tickets[0].callTask())
	return out, nil
}

// jobCalls hands out the calls that wait, the oldest first: at most so many a day,
// and never many at once. What nobody made yesterday waits again.
var jobCalls = JobKind{
	Name: "calls",
	Cron: func(*Site) string { return "*/10 * * * *" },
	Run: func(r Reader, _ Job) (Effects, error) {
		var out Effects
		s := r.Site()
		if !s.callbackWindow(r.Now()).Equal(r.Now()) {
			return out, nil
		}
		for _, role := range s.Callback.roles() {
			left, unmade := CallsLeft(r, role)
			made := len(r.CallsGiven(role, callsMost))
			for _, task := range r.CallsWaiting(role, min(left, callsAtOnce-unmade)) {
				t, ok := r.Ticket(task.Ticket)
				if !ok || !t.Call.Open() {
					continue
				}
				given, err := handOut(r, t, made)
				if err != nil {
					return Effects{}, err
				}
				out.Add(given)
				made++
			}
		}
		return out, nil
	},
}

// roles are all who phone.
func (r CallbackRule) roles() []RoleName {
	list := []RoleName{RoleOperator}
	for _, p := range r.Policy {
		if !hasRole(list, p.role()) {
			list = append(list, p.role())
		}
	}
	return list
}

func hasRole(list []RoleName, role RoleName) bool {
	for _, r := range list {
		if r == role {
			return true
		}
	}
	return false
}

// takeCall lets somebody of the desk make a call that waits, or that another holds.
func takeCall(x *turn) error {
	if !x.t.Call.Open() {
		return Refuse("call.closed", "number", x.t.Number)
	}
	call := *x.t.Call
	from, _ := x.site().today(x.now())
	if left, _ := CallsLeft(x.w, call.Role); left == 0 && call.Given.Before(from) {
		return Refuse("call.enough", "limit", x.site().Callback.CallsPerDay)
	}
	if call.NotBefore.After(x.now()) {
		return Refuse("call.tomorrow", "number", x.t.Number)
	}
	call.Given, call.Holder = x.now(), x.actor.Person.ID
	x.t.Call = &call
	x.out.CallTasks = append(x.out.CallTasks, x.t.callTask())
	x.out.Add(callPost(x.w, x.t, x.actor.Person))
	return nil
}

// callDone keeps the result of a call task. A good or so-so answer closes as if
// the resident had pressed; "not fixed" is an action of its own.
func callDone(x *turn) error {
	result, note := x.args.Get("result"), x.args.Get("note")
	if !x.t.Call.Open() {
		return Refuse("call.closed", "number", x.t.Number)
	}
	x.callNote(note)
	switch {
	case result == "no_answer" && !x.actor.rule():
		x.unanswered()
		return nil
	case result == "lapsed" && x.actor.rule():
	case (result == "good" || result == "fair") && !x.actor.rule():
		if x.t.State == StateDone {
			x.enter(StateClosed)
			x.t.ClosedAt, x.t.ClosedBy = x.now(), "desk"
		}
		// The second look does not change what was said of the work then.
		if !x.t.Call.Later || x.t.Rating == "" {
			x.t.Rating = result
		}
	default:
		return Refuse("refuse.which")
	}
	x.finishCall(result)
	return nil
}

// callNote keeps what was said on the phone, for the others of the desk.
func (x *turn) callNote(note string) {
	if note == "" {
		return
	}
	x.event.Details = map[string]string{"result": x.args.Get("result")} // The words stand on the ticket.
	x.t.Words = append(x.t.Words[:len(x.t.Words):len(x.t.Words)], Words{By: x.actor.Person.ID, At: x.now(), Text: note, Internal: true})
	if x.t.Call.Open() {
		call := *x.t.Call
		call.Note = note
		x.t.Call = &call
	}
}

// unanswered puts the call off to the next day, or ends it after so many.
func (x *turn) unanswered() {
	call := *x.t.Call
	call.Tries++
	x.t.Call = &call
	if call.Tries >= callTries {
		x.finishCall("no_answer")
		return
	}
	_, tomorrow := x.site().today(x.now())
	call.NotBefore = x.site().callbackWindow(tomorrow)
	call.Holder = ""
	call.By = x.actor.Person.ID
	x.t.Call = &call
	x.out.CallTasks = append(x.out.CallTasks, x.t.callTask())
}

// finishCall settles an open call task, whoever answered it and how.
func (x *turn) finishCall(result string) {
	if !x.t.Call.Open() {
		return
	}
	call := *x.t.Call
	call.Result, call.By, call.Done = result, x.actor.Person.ID, x.now()
	x.t.Call = &call
	x.out.CallTasks = append(x.out.CallTasks, x.t.callTask())
}

// CallData opens a call.
func CallData(ticket string) string { return PressData(ticket, TakeCall, "") }

// CallReason says in a word why somebody phones.
//
//locale:prefix call.why.
func CallReason(s *Site, t Ticket) Text {
	c, _ := s.Category(t.Category)
	switch {
	case t.Call != nil && t.Call.Later:
		return T("call.why.later")
	case t.Kind == KindComplaint:
		return T("call.why.complaint")
	case t.ReworkNo > 0:
		return T("call.why.rework")
	case t.Sample != nil && t.Sample.In:
		return T("call.why.sample")
	case c.Call && !t.AskedAt.IsZero():
		return T("call.why.category")
	}
	return T("call.why.no_chat")
}

// CallTry is how manieth try a call is, from 1.
func (c Call) CallTry() string { return strconv.Itoa(c.Tries + 1) }
