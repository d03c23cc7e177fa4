package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// CallPolicy is one line of what is phoned when the callback question stays
// unanswered. Every condition that is given must hold; the first line that fits a
// ticket counts.
type CallPolicy struct {
	Kinds      []string
	Categories []string
	// Rework: only what goes on with work that did not hold. Marked: only the
	// categories that say call.
	Rework, Marked bool
	// Share is how many of a hundred are phoned: 100 all, less a sample, 0 none.
	Share int
	// Done says that silence after the work leads to a call; Later, if not zero, when
	// after it somebody phones and asks whether it still holds.
	Done  bool
	Later Term
	// Within, if not zero, is how soon after the work the call is made at the latest.
	Within Term
	// By is the role that phones; empty means the operators.
	By RoleName
}

// DefaultPolicy is that of a site that sets none: managers phone about complaints
// within two days, operators about reworks, the categories that say call, and a
// sample of all repairs, which is asked again after 30 days.
func DefaultPolicy() []CallPolicy {
	return []CallPolicy{
		{Kinds: []string{KindComplaint}, Share: 100, Done: true, Within: Term{Days: 2}, By: RoleDutyManager},
		{Rework: true, Share: 100, Done: true},
		{Marked: true, Share: 100, Done: true},
		{Kinds: []string{KindRepair}, Share: 30, Done: true, Later: Term{Days: 30}},
	}
}

// line is the line of the policy for a ticket. What was found on a round has none:
// nobody waits for it, and the next round looks again.
func (r CallbackRule) line(s *Site, t Ticket) (CallPolicy, bool) {
	if t.Round != "" {
		return CallPolicy{}, false
	}
	c, _ := s.Category(t.Category)
	for _, p := range r.Policy {
		switch {
		case len(p.Kinds) > 0 && !slices.Contains(p.Kinds, t.Kind),
			len(p.Categories) > 0 && !slices.Contains(p.Categories, t.Category),
			p.Rework && t.ReworkNo == 0, p.Marked && !c.Call:
			continue
		}
		return p, true
	}
	return CallPolicy{}, false
}

// phoned is the line of the policy by which somebody phones about a ticket, if
// somebody does: it may be one of a sample.
func (s *Site) phoned(t Ticket) (CallPolicy, bool) {
	p, ok := s.Callback.line(s, t)
	return p, ok && (p.Share >= 100 || p.Share > 0 && t.Sample != nil && t.Sample.In)
}

// name says what a line of the policy is about, in the name of a frame.
func (p CallPolicy) name() string {
	parts := slices.Concat(p.Kinds, p.Categories)
	if p.Rework {
		parts = append(parts, "rework")
	}
	if p.Marked {
		parts = append(parts, "call")
	}
	if len(parts) == 0 {
		parts = []string{"all"}
	}
	return strings.Join(parts, "+") + " " + strconv.Itoa(p.Share) + "%"
}

// role is who phones.
func (p CallPolicy) role() RoleName {
	if p.By == "" {
		return RoleOperator
	}
	return p.By
}

// callLead is how long before a call must have been made it is due at the latest.
const callLead = 4 * time.Hour

// callAt is when silence leads to a call: some time after the reminder, or so early
// that the call can still be made in time.
func (s *Site) callAt(t Ticket, p CallPolicy) time.Time {
	at := s.callbackWindow(s.Calendar.After(t.AskedAt, s.Callback.CallAfter))
	if p.Within.IsZero() {
		return at
	}
	if last := s.lastPermitted(s.Calendar.After(t.DoneAt, p.Within).Add(-callLead)); last.Before(at) {
		return last
	}
	return at
}
