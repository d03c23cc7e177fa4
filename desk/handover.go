package desk

import (
	"slices"
	"time"
)

// Handover is one change of the desk's shift: what was there then, and who signed
// for it. The lists are frozen as they were counted, so that both have signed the
// same.
type Handover struct {
	// ID is the instant of the change as the site's clocks show it.
	ID string    `json:"id"`
	At time.Time `json:"at"` // of the change
	// From is when the ending shift began, Made when this was written.
	From time.Time `json:"from"`
	Made time.Time `json:"made"`
	// Outgoing and Incoming are the names of shifts, Out and In the duty managers.
	Outgoing string   `json:"outgoing"`
	Incoming string   `json:"incoming"`
	Out      []string `json:"out"`
	In       []string `json:"in"`
	// Leaving are all who sat at the desk and go: what they follow passes on.
	Leaving []string `json:"leaving,omitempty"`

	// Open is what is owed, the most pressing first; Promised is to be done or
	// visited before the next shift is over, Overdue should have been. Calls are the
	// tickets for which somebody should phone, Emergencies those of the shift and
	// those that still go on.
	Open        []string    `json:"open,omitempty"`
	Overdue     []string    `json:"overdue,omitempty"`
	Promised    []string    `json:"promised,omitempty"`
	Calls       []string    `json:"calls,omitempty"`
	Emergencies []string    `json:"emergencies,omitempty"`
	Notes       []ShiftNote `json:"notes,omitempty"`
	Counts      ShiftCounts `json:"counts"`
	// Before are the figures of the same hours a week ago.
	Before ShiftCounts `json:"before"`
	// Night is the report of the night, where the ending shift was one.
	Night *NightReport `json:"night,omitempty"`

	// SignedOut and SignedIn are who signed for each side, and when.
	SignedOut   string    `json:"signed_out,omitempty"`
	SignedOutAt time.Time `json:"signed_out_at,omitzero"`
	SignedIn    string    `json:"signed_in,omitempty"`
	SignedInAt  time.Time `json:"signed_in_at,omitzero"`
	// Late is when the next level was told that somebody has not signed.
	Late time.Time `json:"late,omitzero"`
}

// Signed tells whether both have signed.
func (h Handover) Signed() bool { return h.SignedOut != "" && h.SignedIn != "" }

// ShiftCounts are the figures of a shift up to its handover.
type ShiftCounts struct {
	New  int `json:"new"`
	Done int `json:"done"`
	// Urgent matters filed in it, how many of them were taken, and the longest
	// anybody waited for that.
	Urgent int           `json:"urgent"`
	Taken  int           `json:"taken"`
	Wait   time.Duration `json:"wait"`
	// Untaken is what nobody has at the end.
	Untaken int `json:"untaken"`
	// Rated is what residents rated in it, Good what they were satisfied with.
	Rated int `json:"rated"`
	Good  int `json:"good"`
}

// Sign signs a handover for the side on which the person is. A side signs once;
// whoever comes second hears who has.
func Sign(w World, h Handover, p Person) (Effects, Handover, error) {
	out, in := slices.ContainsFunc(h.Out, p.Is), slices.ContainsFunc(h.In, p.Is)
	switch {
	case !out && !in || p.Suspended:
		return Effects{}, h, Refuse("handover.not_yours")
	case out && (h.SignedOut == "" || !in):
		if h.SignedOut != "" {
			return Effects{}, h, Refuse("handover.signed_already", "name", nameOf(w, h.SignedOut), "at", h.SignedOutAt)
		}
		h.SignedOut, h.SignedOutAt = p.ID, w.Now()
	default:
		if h.SignedIn != "" {
			return Effects{}, h, Refuse("handover.signed_already", "name", nameOf(w, h.SignedIn), "at", h.SignedInAt)
		}
		h.SignedIn, h.SignedInAt = p.ID, w.Now()
	}
	e := Effects{Duty: DutyEntries{Handovers: []Handover{h}}}
	if h.Signed() {
		e.Cancel = append(e.Cancel, lateHandoverKey(h.ID))
		e.Jobs = append(e.Jobs, passOnJob(h.ID, w.Now()))
		text := T("handover.complete", "at", h.At, "out", nameOf(w, h.SignedOut), "out_at", h.SignedOutAt,
			"in", nameOf(w, h.SignedIn), "in_at", h.SignedInAt)
		for _, id := range []string{h.SignedOut, h.SignedIn} {
			e.Say(Message{
				Person: id, Text: text, Class: ClassNotice, Lane: LaneRoutine, Silent: OffShift(w, id),
				Key: "handover/" + h.ID + "/signed/" + id,
			})
		}
	}
	return e, h, nil
}

func lateHandoverKey(id string) string { return "handover_late/" + id }

// passOnAtOnce is how many tickets one commit passes on.
const passOnAtOnce = 50

func passOnJob(id string, due time.Time) Job {
	return Job{Key: "pass_on/" + id, Kind: "pass_on", Subject: id, Due: due}
}

// jobPassOn passes the tickets of those who left the desk to whoever sits there
// now, when both have signed.
var jobPassOn = JobKind{
	Name:   "pass_on",
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		h, ok := r.Handover(j.Subject)
		if !ok || !h.Signed() {
			return Effects{}, nil
		}
		to := successor(r, h)
		next, _ := r.Person(to)
		var out Effects
		n := 0
		for _, t := range r.Open("") {
			if !slices.Contains(h.Leaving, t.Follower) || t.Follower == to || t.Created.After(h.SignedInAt) || !r.Site().Sees(next, t) {
				continue
			}
			if _, may := find(t, PassOn); !may {
				continue // A complaint is with those who may know of it.
			}
			if n++; n > passOnAtOnce {
				out.Jobs = append(out.Jobs, passOnJob(h.ID, r.Now().Add(time.Second)))
				break
			}
			passed, err := Act(r, t, PassOn, Actor{}, With("from", t.Follower, "to", to, "handover", h.ID))
			if err != nil {
				return out, err
			}
			out.Add(passed)
		}
		return out, nil
	},
}

// successor is who follows what those who left have followed: an operator who is
// on duty, or else the duty manager who signed.
func successor(w World, h Handover) string {
	if bookAt(w, w.Now()).names(string(RoleOperator)) {
		for _, p := range Present(w, string(RoleOperator)) {
			if !slices.Contains(h.Leaving, p.ID) {
				return p.ID
			}
		}
	}
	return h.SignedIn
}

// passOn gives the ticket to another follower.
func passOn(x *turn) error {
	if _, ok := x.w.Person(x.args.Get("to")); !ok {
		return Refuse("refuse.which")
	}
	x.t.Follower = x.args.Get("to")
	x.keepUndo()
	return nil
}

// jobHandoverLate tells one level up that somebody has not signed.
var jobHandoverLate = JobKind{
	Name: "handover_late",
	Run: func(r Reader, j Job) (Effects, error) {
		h, ok := r.Handover(j.Subject)
		if !ok || h.Signed() || !h.Late.IsZero() {
			return Effects{}, nil
		}
		h.Late = r.Now()
		out := Effects{Duty: DutyEntries{Handovers: []Handover{h}}}
		var missing []Text
		if h.SignedOut == "" {
			missing = append(missing, T("handover.out_missing", "names", namesOf(r, h.Out)))
		}
		if h.SignedIn == "" {
			missing = append(missing, T("handover.in_missing", "names", namesOf(r, h.In)))
		}
		out.Add(ToLevel(r, 1, Message{
			Class: ClassReminder, Lane: LaneInteractive, Key: "handover/" + h.ID + "/late",
			Text: T("handover.late", "at", h.At, "missing", missing),
		}))
		return out, nil
	},
}

// namesOf are the names of people, or that there is nobody.
func namesOf(w World, ids []string) []Text {
	var list []Text
	for _, id := range ids {
		list = append(list, Literal(nameOf(w, id)))
	}
	if len(list) == 0 {
		list = append(list, T("duty.nobody"))
	}
	return list
}
