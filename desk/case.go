package desk

import (
	"slices"
	"time"
)

// The kinds of ticket that somebody has to answer rather than to mend. Not
// everybody of the desk may see them: see Confides.
const (
	KindComplaint  = "complaint"  // C-
	KindSuggestion = "suggestion" // S-
	KindPraise     = "praise"     // S-
)

// The types of complaint. The names are stored and never reused.
const (
	CaseEquipment = "equipment"
	CaseManner    = "manner"
	CaseQuality   = "quality"
	CaseUrgent    = "urgent" // an urgent event: answered at any hour
	CaseOther     = "other"
)

// CaseTypes lists them in the order in which a resident chooses.
var CaseTypes = []string{CaseEquipment, CaseManner, CaseQuality, CaseUrgent, CaseOther}

// CaseCauses are the classes of cause that are entered at the end: energy,
// equipment, service.
var CaseCauses = []string{"energy", "equipment", "service"}

// What a case can be about. The names are stored and never reused.
const (
	AboutTicket  = "ticket"
	AboutTeam    = "team" // a department, or TeamDesk
	AboutPerson  = "person"
	AboutPlace   = "place"
	AboutService = "service" // a category of the site
	AboutOther   = "other"
)

// TeamDesk stands for the people of the desk itself: operators and duty managers.
const TeamDesk = "desk"

// About is whom or what a case is about.
type About struct {
	Kind string `json:"kind,omitempty"`
	// Ticket is one of the person's own; of an anonymous case only Team is kept of
	// it, because it would tell who it is.
	Ticket string `json:"ticket,omitempty"`
	Team   string `json:"team,omitempty"`
	// Said is the person as they were described; People are who may be meant.
	Said   string   `json:"said,omitempty"`
	People []string `json:"people,omitempty"`
	// Service is a category of the site.
	Service string `json:"service,omitempty"`
	// From and To bound when it was; zero when nobody knows.
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// Case is what a complaint, a suggestion or praise has beside an ordinary ticket.
type Case struct {
	Type  string `json:"type,omitempty"`
	About About  `json:"about,omitzero"`
	// Anonymous says that the ticket names no requester: who it is only World.Sealed
	// tells, and only so that an answer can reach them.
	Anonymous bool `json:"anonymous,omitempty"`
	// Against are the people, Teams the departments, that are the accused or may by
	// the time named be: they never see it. See Confides.
	Against []string `json:"against,omitempty"`
	Teams   []string `json:"teams,omitempty"`
	// Floor is the lowest level of the escalation that may know of it, Level the one
	// that answers for it now.
	Floor int `json:"floor,omitempty"`
	Level int `json:"level,omitempty"`
	// Themes are the keys by which the next one about the same finds it, Repeats the
	// tickets that it found.
	Themes  []string `json:"themes,omitempty"`
	Repeats []string `json:"repeats,omitempty"`

	// ReplyBy is when the first answer of a person is due, RepliedAt when it came.
	ReplyBy   time.Time `json:"reply_by,omitzero"`
	RepliedAt time.Time `json:"replied_at,omitzero"`
	// Reminded counts what the desk did about the first answer by itself.
	Reminded int `json:"reminded,omitempty"`
	// Back counts how often it was closed, or said to be done, and came back.
	Back int `json:"back,omitempty"`

	// The end of a complaint: the class of cause, and the three lines.
	Cause   string `json:"cause,omitempty"`
	What    string `json:"what,omitempty"`
	Why     string `json:"why,omitempty"`
	Measure string `json:"measure,omitempty"`
}

// Anonymous tells whether the ticket keeps secret who filed it.
func (t Ticket) Anonymous() bool { return t.Case != nil && t.Case.Anonymous }

// InTime tells whether the first answer came by its time.
func (t Ticket) InTime() bool {
	return t.Case != nil && !t.Case.RepliedAt.IsZero() && !t.Case.RepliedAt.After(t.Case.ReplyBy)
}

// LeftOver tells whether a complaint counts as left over (遗留) at a time: it is
// older than the site allows and still open, or it came back. All others are
// ordinary ones (一般).
func (t Ticket) LeftOver(s *Site, at time.Time) bool {
	if t.Kind != KindComplaint || t.Case == nil || !t.State.Open() {
		return false
	}
	return t.Case.Back > 0 || at.After(s.Calendar.After(t.Created, s.Complaints.LeftOver))
}

// Analysed tells whether cause, analysis and measure are all there: without them
// nothing is closed.
func (c Case) Analysed() bool {
	return c.Cause != "" && c.What != "" && c.Why != "" && c.Measure != ""
}

// Confides tells whether an employee may know of a case: managers from its floor
// on and supervisors, but never who is, or may be, complained about, nor their
// team; of praise also the people praised. An administrator may only where no
// manager is left.
func (t Ticket) Confides(p Person) bool {
	c := t.Case
	if c == nil || p.Suspended || slices.ContainsFunc(c.Against, p.Is) || slices.ContainsFunc(c.Teams, p.WorksFor) {
		return false
	}
	if p.Has(RoleSupervisor) || t.Kind == KindPraise && slices.ContainsFunc(c.About.People, p.Is) {
		return true
	}
	for level, role := range escalation {
		if level >= c.Floor && p.Has(role) {
			return true
		}
	}
	return c.Floor >= len(escalation) && p.Has(RoleAdministrator)
}

// handles tells whether somebody may act on a case: a manager who may know of it
// and did not file it. A supervisor reads, and acts only where no manager is left.
func (t Ticket) handles(p Person) bool {
	return t.Confides(p) && !p.Is(t.Requester) && (p.Manages() || p.Has(RoleSupervisor) && t.Case.Floor >= len(escalation))
}

// answering lists who answers for a case now: those on duty of its level who may
// know of it, of the next levels where there are none, then of the lower ones.
// Only where no manager is left it is the supervisors, and in the end the
// administrators.
func answering(w World, t Ticket) []Person {
	levels := make([]int, 0, len(escalation))
	for level := min(t.Case.Level, len(escalation)-1); level < len(escalation); level++ {
		levels = append(levels, level)
	}
	for level := min(t.Case.Level, len(escalation)) - 1; level >= t.Case.Floor; level-- {
		levels = append(levels, level)
	}
	for _, level := range levels {
		if list := t.trusted(OnDuty(w, string(escalation[level]))); len(list) > 0 {
			return list
		}
	}
	for _, level := range levels { // Nobody who is on duty: better somebody who is not.
		if list := t.trusted(w.Holders(escalation[level])); len(list) > 0 {
			return list
		}
	}
	if list := t.trusted(w.Holders(RoleSupervisor)); len(list) > 0 {
		return list
	}
	return t.trusted(w.Holders(RoleAdministrator))
}

func (t Ticket) trusted(list []Person) []Person {
	return slices.DeleteFunc(slices.Clone(list), func(p Person) bool { return !t.handles(p) })
}

// CaseHandlers lists who answers for a case now. Nobody is among them who may not
// know of it.
func CaseHandlers(w World, t Ticket) []Person {
	if t.Case == nil {
		return nil
	}
	return answering(w, t)
}

// whoseCase is who filed a ticket, the anonymous too: only to send them something.
func whoseCase(w World, t Ticket) string {
	if t.Anonymous() {
		return w.Sealed(t.ID)
	}
	return t.Requester
}

// caseTitle is what a case is called: what sort it is, and what it is about where
// that is known.
//
//locale:prefix case.type.
func caseTitle(s *Site, t Ticket) Text {
	if t.Kind != KindComplaint {
		return T("case.kind." + t.Kind) //locale:key case.kind.suggestion case.kind.praise
	}
	if c, ok := s.Category(t.Category); ok {
		return T("case.title_about", "type", T("case.type."+t.Case.Type), "about", c.Called())
	}
	return T("case.title", "type", T("case.type."+t.Case.Type))
}
