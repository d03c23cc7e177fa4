package desk

import "time"

// MorningBook is what was decided out of a digest, and what people changed by hand
// beside tickets.
type MorningBook interface {
	// Decided is the newest decision on an issue, by Issue.Key, also one that was
	// taken back.
	Decided(issue string) (Decision, bool)
	// Projects lists the projects that are not done, the one that is due first first.
	Projects() []Decision
	// DecisionsBetween lists what was decided in [from, to), in that order.
	DecisionsBetween(from, to time.Time) []Decision
	// HandActs lists what was done in [from, to), in that order.
	HandActs(from, to time.Time) []HandAct
}

// MorningEntries are what a rule wants written into the morning book.
type MorningEntries struct {
	Decisions []Decision
	Acts      []HandAct
}

func (e *MorningEntries) add(b MorningEntries) {
	e.Decisions = append(e.Decisions, b.Decisions...)
	e.Acts = append(e.Acts, b.Acts...)
}

// Decision is what somebody decided when the digest asked: who, what and when. What
// was taken back stays, with the time of that.
type Decision struct {
	Issue Issue     `json:"issue"`
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Via   string    `json:"via,omitempty"`
	// Seq is the number of the ticket's event that it led to.
	Seq int `json:"seq,omitempty"`
	// Owner answers for a project, Until is the day by which it should be done.
	Owner  string    `json:"owner,omitempty"`
	Until  Date      `json:"until,omitzero"`
	Done   time.Time `json:"done,omitzero"`
	Undone time.Time `json:"undone,omitzero"`
}

// Running tells whether it is a project that is not done.
func (d Decision) Running() bool {
	return d.Issue.Kind == IssueProject && d.Done.IsZero() && d.Undone.IsZero()
}

// HandAct is something that a person changed and that is in no ticket's history: a
// role, the roster, the configuration.
type HandAct struct {
	ID  string    `json:"id"`
	At  time.Time `json:"at"`
	By  string    `json:"by,omitempty"` // empty: at the machine, where nobody has a name
	Via string    `json:"via,omitempty"`
	// What names the act; the names are stored and never reused. Person is whom it
	// was done to.
	What   string            `json:"what"`
	Person string            `json:"person,omitempty"`
	Facts  map[string]string `json:"facts,omitempty"`
}

// The acts.
const (
	HandGrant        = "grant"  // Facts "role"
	HandRevoke       = "revoke" // Facts "role"
	HandSuspend      = "suspend"
	HandRestore      = "restore"
	HandVerify       = "verify"
	HandTeach        = "teach"         // Facts "text"
	HandUnteach      = "unteach"       // Facts "text"
	HandLink         = "link"          // Facts "department", "title"
	HandUnlink       = "unlink"        // Facts "department", "title"
	HandConfig       = "config"        // Facts "changed": sections, with commas
	HandProject      = "project"       // Facts "theme"; it is done
	HandProjectLater = "project_later" // Facts "theme"; it has longer
	HandDecision     = "decide"        // Facts "issue"; a decision was taken back
)
