package desk

import (
	"maps"
	"slices"
	"time"
)

// Site is everything that an installation decides: its places, departments,
// categories, people on duty, deadlines and texts. It is read from the
// configuration and never changes while a transaction runs.
type Site struct {
	ID        string // a short slug that never changes
	Name      Label
	Zone      *time.Location
	Languages []string // the first is the default
	Hotlines  []Hotline

	Departments []Department
	Categories  []Category
	Places      *Places
	Routes      []Route
	Roster      Roster
	Calendar    Calendar

	Deadlines map[Urgency]Deadlines
	Pauses    []PauseReason
	Callback  CallbackRule
	// Complaints are the clocks of complaints, suggestions and praise.
	Complaints ComplaintRule
	// Checkout says how checkouts are booked.
	Checkout CheckoutRule
	Meeting  MeetingRule
	Works    WorkRule
	// Inspection says how a room is looked at when somebody moves out.
	Inspection InspectionRule
	Quiet      QuietHours
	Limits     Limits
	Duty       DutyRule
	Escalation Escalation
	Incidents  IncidentRule
	Rounds     []RoundPlan
	Schedules  Schedules
	Rooms      RoomRule
	CheckIn    CheckInRule
	Admins     []Address

	// Channels is what each channel can do, by its name. The wiring sets it; what
	// rules ask is Can.
	Channels map[string]Capabilities

	// Links gives, for each channel, the address that opens the bot's private
	// chat with a payload: https://t.me/name?start=. The wiring sets it.
	Links map[string]string
	// LinkKeys sign what such a payload says. The first signs, all are honoured:
	// stickers on the walls outlive a key. An empty one is none.
	LinkKeys [][]byte
	// SealKey keeps secret in the store who filed an anonymous ticket. It lies outside
	// of the store.
	SealKey []byte
}

// Can tells what the channel of an address can do. A channel that nobody named
// can do everything: rules are tested without channels.
func (s *Site) Can(a Address) Capabilities {
	if can, ok := s.Channels[a.Channel]; ok {
		return can
	}
	return Capabilities{EditAnytime: true, GroupButtons: true}
}

// Hotline is a number to call, shown first when there is danger.
type Hotline struct {
	Label  Label
	Number string
	Hours  string
}

// Department is a group of employees that deals with tickets.
type Department struct {
	ID      string
	Label   Label
	Hours   WorkingHours
	Retired bool // no longer chosen, still named on old tickets
}

// Category is a sort of repair or request that a resident can choose.
type Category struct {
	ID    string
	Kind  string // KindRepair or KindRequest
	Label Label
	// Title is how a ticket of it is called on cards, where that differs from the
	// button's label: "No hot water" for the button "Hot water".
	Title   Label
	Urgency Urgency // the usual one; empty means normal
	// NoVisit says that nobody has to be let in: when and entry are not asked.
	NoVisit bool
	// Words are what people call it, by language; UrgentWords make it urgent.
	Words       map[string][]string
	UrgentWords map[string][]string
	// Discreet says that nobody who goes there, and nobody there, learns who called:
	// the place is the one complained of. CaretakerToo tells the building's caretaker
	// at once.
	Discreet, CaretakerToo bool
	// Call says that silence after the callback question leads to a phone call.
	Call    bool
	Retired bool
}

// Route sends tickets to a department. Every condition that is given must
// hold; an empty one always holds. The last route has no condition: the
// default cannot be missing.
type Route struct {
	Kinds      []string
	Categories []string
	Places     []string // ids: a place, or a building for everything in it
	Urgencies  []Urgency
	Hours      *Span
	Department string
}

// Deadlines are the clocks of one urgency. Take and Arrive run in the
// department's hours, the others on the wall clock.
type Deadlines struct {
	Take       Term // from filing
	Arrive     Term // from taking, until it is asked whether somebody is there
	OnSite     Term // from filing: on site (urgent and emergency)
	FirstVisit Term // from filing: first visit, where no window is agreed
	Done       Term // from filing
	Rework     Term // from "not fixed"
}

// PauseReason is why a ticket may wait, and for how long at most.
type PauseReason struct {
	ID     string // parts | resident | approval | contractor, stable
	Label  Label
	Limits []Term // to choose from; the last is the longest allowed
	// Tell says that the resident is told.
	Tell bool
}

// CallbackRule says how the desk asks whether the work is good.
type CallbackRule struct {
	AskAfter    Term // after done
	RemindAfter Term // after asking, once
	CallAfter   Term // after reminding: a call task, where the policy says so
	CloseAfter  Term // after done: closed by rule
	ReopenFor   Term // "it's back" works that long
	From, To    ClockTime

	// Policy says what is phoned, CallsPerDay how many calls a role makes a day at
	// most; zero sets no number.
	Policy      []CallPolicy
	CallsPerDay int
	// RecursWithin is how long after the work the same fault in the same place is
	// rework even when nobody says so; RecursExcept are the categories that hold
	// faults of any sort.
	RecursWithin Term
	RecursExcept []string
}

// Limits are the small numbers that a site may change.
type Limits struct {
	ChaseEvery   time.Duration
	ChaseTimes   int // this one goes to the duty manager
	NewPerDay    int // tickets a person may file by chat; then the operator
	TakenAtOnce  int // taken and not started, a person
	UndoFor      time.Duration
	InviteFor    time.Duration
	OfferFor     time.Duration // the other department consents, or the manager decides
	RemindDialog time.Duration // an unfinished conversation is reminded of
	CloseDialog  time.Duration // and closed
}

// Schedules are cron expressions in the site's zone.
type Schedules struct {
	Digest string
	Lists  string
	Visits string // tells the caretakers who comes today
	Backup string
	Drill  string // tries whether the newest backup can be restored
}

// Language is lang if the site speaks it, or the closest it has: zh for
// zh-hans, else the default.
func (s *Site) Language(lang string) string {
	if slices.Contains(s.Languages, lang) {
		return lang
	}
	for _, l := range s.Languages {
		if len(lang) > len(l) && lang[:len(l)] == l && (lang[len(l)] == '-' || lang[len(l)] == '_') {
			return l
		}
	}
	return s.Languages[0]
}

// Speaks tells whether the language a channel reports is one of the site's.
func (s *Site) Speaks(lang string) bool {
	for _, l := range s.Languages {
		if lang == l || len(lang) > len(l) && lang[:len(l)] == l && (lang[len(l)] == '-' || lang[len(l)] == '_') {
			return true
		}
	}
	return false
}

// Department finds a department, retired ones too.
func (s *Site) Department(id string) (Department, bool) {
	i := slices.IndexFunc(s.Departments, func(d Department) bool { return d.ID == id })
	if i < 0 {
		return Department{ID: id, Label: Label{}}, false
	}
	return s.Departments[i], true
}

// Category finds a category, retired ones too.
func (s *Site) Category(id string) (Category, bool) {
	i := slices.IndexFunc(s.Categories, func(c Category) bool { return c.ID == id })
	if i < 0 && id == UpkeepCategory {
		return Category{ID: id, Kind: KindUpkeep, Label: s.Rooms.Label, NoVisit: true}, true
	}
	if i < 0 {
		return Category{ID: id, Label: Label{}}, false
	}
	return s.Categories[i], true
}

// CategoriesOf lists the categories of a kind that can be chosen.
func (s *Site) CategoriesOf(kind string) []Category {
	var list []Category
	for _, c := range s.Categories {
		if c.Kind == kind && !c.Retired {
			list = append(list, c)
		}
	}
	return list
}

// PauseReason finds a reason.
func (s *Site) PauseReason(id string) (PauseReason, bool) {
	i := slices.IndexFunc(s.Pauses, func(p PauseReason) bool { return p.ID == id })
	if i < 0 {
		return PauseReason{}, false
	}
	return s.Pauses[i], true
}

// PlaceLabel is a place's name in words; an id that is no longer on the list
// stands for itself.
func (s *Site) PlaceLabel(id string) Label {
	if p, ok := s.Places.Get(id); ok {
		return p.Label
	}
	return Label{s.Languages[0]: id}
}

// Local is t in the site's zone.
func (s *Site) Local(t time.Time) time.Time { return t.In(s.Zone) }

// ConfiguredRoles are the roles that the configuration grants to whoever has
// one of the addresses: administrators, and everybody on the roster. They need
// no invitation, and end when the configuration no longer names them.
func (s *Site) ConfiguredRoles(addresses []Address) []Role {
	var roles []Role
	for _, a := range addresses {
		if slices.Contains(s.Admins, a.Chat()) {
			roles = append(roles, Role{Name: RoleAdministrator, By: "config"})
		}
		written := a.Chat().String()
		for _, shift := range s.Roster.Shifts {
			for _, duty := range sortedKeys(shift.Staff) {
				if slices.Contains(shift.Staff[duty], written) {
					roles = append(roles, s.dutyRole(duty))
				}
			}
		}
	}
	return roles
}

// dutyRole is the role that a duty of the roster means: that of its name, or an
// employee of the department.
func (s *Site) dutyRole(duty string) Role {
	if _, ok := s.Department(duty); ok {
		return Role{Name: RoleTechnician, Departments: []string{duty}, By: "config"}
	}
	return Role{Name: RoleName(duty), By: "config"}
}

// ConfiguredHolders lists the addresses to which the configuration grants a
// role.
func (s *Site) ConfiguredHolders(role RoleName) []Address {
	var list []Address
	if role == RoleAdministrator {
		list = append(list, s.Admins...)
	}
	for _, shift := range s.Roster.Shifts {
		for _, duty := range sortedKeys(shift.Staff) {
			if s.dutyRole(duty).Name != role {
				continue
			}
			for _, written := range shift.Staff[duty] {
				if a, ok := ParseAddress(written); ok && !slices.Contains(list, a) {
					list = append(list, a)
				}
			}
		}
	}
	return list
}

func sortedKeys(m map[string][]string) []string { return slices.Sorted(maps.Keys(m)) }

// Called is how a ticket of the category is called.
func (c Category) Called() Label {
	if len(c.Title) > 0 {
		return c.Title
	}
	return c.Label
}
