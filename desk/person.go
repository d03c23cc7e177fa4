package desk

import (
	"slices"
	"strings"
	"time"
)

// RoleName is a stable name of a role. It is never reused for another meaning.
type RoleName string

// The roles. Everybody without one is a resident.
const (
	RoleTechnician      RoleName = "technician" // an employee of the departments in scope
	RoleOperator        RoleName = "operator"
	RoleCaretaker       RoleName = "caretaker" // of the buildings in scope
	RoleDutyManager     RoleName = "duty_manager"
	RoleCentreManager   RoleName = "centre_manager"
	RolePropertyManager RoleName = "property_manager"
	RoleSupervisor      RoleName = "supervisor" // reads the digest
	RoleInspector       RoleName = "inspector"
	RoleAdministrator   RoleName = "administrator"

	// Who is called to emergencies beside security and the managers, where a site has
	// them.
	RoleClinic       RoleName = "clinic"
	RoleCounsellor   RoleName = "counsellor" // 辅导员
	RoleSecurityLead RoleName = "security_lead"
)

// RoleNames lists every role, in the order in which a person chooses.
var RoleNames = []RoleName{
	RoleTechnician, RoleOperator, RoleCaretaker, RoleDutyManager, RoleCentreManager,
	RolePropertyManager, RoleSupervisor, RoleInspector, RoleAdministrator,
	RoleClinic, RoleCounsellor, RoleSecurityLead,
}

// Role is a role that a person holds, with its scope. An empty scope means all
// departments or buildings.
type Role struct {
	Name        RoleName  `json:"name"`
	Departments []string  `json:"departments,omitempty"`
	Buildings   []string  `json:"buildings,omitempty"`
	By          string    `json:"by,omitempty"` // who granted it
	At          time.Time `json:"at"`
}

// Person is somebody the desk knows. Addresses point to a person; a caller may
// have none.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
	// Shown is the name that the channel shows, used until the person says one.
	Shown string `json:"shown,omitempty"`
	Lang  string `json:"lang,omitempty"`
	Phone string `json:"phone,omitempty"`
	// Home is the id of the person's own room, offered first.
	Home      string    `json:"home,omitempty"`
	Roles     []Role    `json:"roles,omitempty"`
	Suspended bool      `json:"suspended,omitempty"`
	Addresses []Address `json:"addresses,omitempty"` // the one last written from comes first
	// Unreachable says why nothing can be sent (blocked, gone), to none of the
	// addresses; empty when it can. Away says it of single addresses, by their
	// written form.
	Unreachable string            `json:"unreachable,omitempty"`
	Away        map[string]string `json:"away,omitempty"`
	Joined      string            `json:"joined,omitempty"` // set on a record that was joined into another
	// Formerly are the records that were joined into this one: what names them
	// means this person.
	Formerly []string `json:"formerly,omitempty"`
	// Joining is how far the person has got with joining another account.
	Joining   *Joining `json:"joining,omitempty"`
	NameAsked bool     `json:"name_asked,omitempty"`
	// Number is the entry of the residents' list that the person is, folded as
	// NumberKey does; VerifiedBy is who of the desk said so, empty when the
	// person did. Whether the entry counts is looked up each time: Entitled.
	Number     string `json:"number,omitempty"`
	VerifiedBy string `json:"verified_by,omitempty"`
	// Tries counts the failed attempts to verify on the day TriedOn.
	Tries   int  `json:"tries,omitempty"`
	TriedOn Date `json:"tried_on,omitzero"`
	// Pressed is about when an employee last pressed a button or gave a command.
	Pressed time.Time `json:"pressed,omitzero"`
	// Wrote is about when the person last wrote, from the address that comes first.
	// It may be some minutes too early, and a day where nothing depends on it.
	Wrote time.Time `json:"wrote,omitzero"`
	// Greeted is when the person was last greeted for opening the chat.
	Greeted time.Time `json:"greeted,omitzero"`
	// Digest is when the person wants the digest: a time of day, DigestOff, or
	// empty for the usual one. DigestSet is when they said so.
	Digest    string    `json:"digest,omitempty"`
	DigestSet time.Time `json:"digest_set,omitzero"`
	Created   time.Time `json:"created"`
	// Forgotten is when everything else about the person was erased.
	Forgotten time.Time `json:"forgotten,omitzero"`
}

// Called is how the person is named to others.
func (p Person) Called() string {
	switch {
	case p.Name != "":
		return p.Name
	case !p.Forgotten.IsZero():
		return "—"
	}
	return p.Shown
}

// Has tells whether the person holds the role at all. A suspended person holds
// none.
func (p Person) Has(name RoleName) bool {
	return !p.Suspended && slices.ContainsFunc(p.Roles, func(r Role) bool { return r.Name == name })
}

// WorksFor tells whether the person is an employee of the department.
func (p Person) WorksFor(department string) bool {
	return !p.Suspended && slices.ContainsFunc(p.Roles, func(r Role) bool {
		return r.Name == RoleTechnician && (len(r.Departments) == 0 || slices.Contains(r.Departments, department))
	})
}

// Manages tells whether the person is a manager of the desk: duty, centre or
// property manager, or an administrator.
func (p Person) Manages() bool {
	return p.Has(RoleDutyManager) || p.Has(RoleCentreManager) || p.Has(RolePropertyManager) || p.Has(RoleAdministrator)
}

// Desk tells whether the person may see and file any ticket: an operator or a
// manager.
func (p Person) Desk() bool { return p.Has(RoleOperator) || p.Manages() }

// Employee tells whether the person holds any role.
func (p Person) Employee() bool { return !p.Suspended && len(p.Roles) > 0 }

// CaresFor tells whether the person is a caretaker of the building. What lies
// outside of all buildings (an empty id) is of those without bounds.
func (p Person) CaresFor(building string) bool {
	return !p.Suspended && slices.ContainsFunc(p.Roles, func(r Role) bool {
		return r.Name == RoleCaretaker && (len(r.Buildings) == 0 || slices.Contains(r.Buildings, building))
	})
}

// PhoneKeys are the forms in which a number may be written elsewhere: with the
// country's code, as channels give it, and without, as people and lists do.
func PhoneKeys(phone string) []string {
	digits := strings.TrimPrefix(Digits(phone), "00")
	switch {
	case digits == "":
		return nil
	case len(digits) == 13 && strings.HasPrefix(digits, "861"):
		return []string{digits[2:], digits}
	case len(digits) == 11 && strings.HasPrefix(digits, "1"):
		return []string{digits, "86" + digits}
	}
	return []string{digits}
}

// Digits is a phone number as it is compared: its digits.
func Digits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, Fold(phone))
}
