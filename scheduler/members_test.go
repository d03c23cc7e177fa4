package scheduler_test

import (
	"testing"

	"frontdesk/desk"
)

// newMembers is the campus on two channels: groups of telegram have buttons, those
// of plain have none. Engineering has a group on plain; wang works there by day,
// guo and ma by night, and all three are on plain.
func newMembers(t *testing.T, at string, options ...option) *campus {
	c := newCampus(t, at, append(options, withKinds(desk.JobKinds...))...)
	c.site.Channels = map[string]desk.Capabilities{"telegram": {EditAnytime: true, GroupButtons: true}, "plain": {}}
	c.site.Roster.Shifts = []desk.Shift{
		{Name: "day", Span: desk.Span{From: 8 * 60, To: 17*60 + 30}, Staff: map[string][]string{"engineering": {"plain:wang"}}},
		{Name: "night", Span: desk.Span{From: 17*60 + 30, To: 8 * 60}, Staff: map[string][]string{"engineering": {"plain:guo", "plain:ma"}}},
	}
	c.do(func(w desk.World) (desk.Effects, error) {
		var e desk.Effects
		for _, name := range []string{"wang", "guo", "ma"} {
			e.People = append(e.People, desk.Person{ID: name, Name: name, Addresses: []desk.Address{{Channel: "plain", ID: name}},
				Roles: []desk.Role{{Name: desk.RoleTechnician, Departments: []string{"engineering"}}}})
		}
		e.Unbound = []string{"telegram:group"}
		e.Groups = []desk.Group{{Address: desk.Address{Channel: "plain", ID: "notices"}, Department: "engineering"}}
		return e, nil
	})
	c.heard()
	return c
}

func (c *campus) urgent(id string) { c.act(id, "zhang", desk.MakeUrge) }

// The escalation without a group that could be answered: one notice, one reminder
// to each member in private, then the managers as ever.
func TestNobodyOfTheMembersTakes(t *testing.T) {
	engines(t, func(t *testing.T, engine option) {
		c := newMembers(t, "2026-03-02 10:20", engine)
		c.open("heat")
		c.want("notices: [group 1]", "wang: [member 1]", "zhang: [requester 1]")
		c.at("2026-03-02 10:34")
		c.at("2026-03-02 10:35", "wang: take.member R-1001", "chen: take.manager R-1001")
		c.at("2026-03-02 10:50", "centre: take.manager R-1001")
		c.at("2026-03-02 11:05", "property: take.manager R-1001")
		c.at("2026-03-02 17:29")
		// The night shift is not told of what is not urgent.
		c.at("2026-03-03 07:59")
	})
}

func TestMembersOfTheNextShift(t *testing.T) {
	c := newMembers(t, "2026-03-02 17:00")
	id := c.open("heat")
	c.urgent(id)
	c.want("notices: [group 1]", "wang: [member 1]", "zhang: [requester 1]")
	c.at("2026-03-02 17:29", "wang: take.member R-1001", "chen: take.manager R-1001")
	// It is urgent, so the next shift sees it when it begins.
	c.at("2026-03-02 17:30", "guo: [member 1]", "ma: [member 1]", "centre: take.manager R-1001")
	c.at("2026-03-02 18:30", "property: take.manager R-1001")
	c.act(id, "guo", desk.Take)
	c.heard()
	c.at("2026-03-02 18:40")
}

// Many that wait are one list, and once.
func TestManyWaitForTheShift(t *testing.T) {
	c := newMembers(t, "2026-03-02 16:00")
	for range 5 {
		c.open("heat")
	}
	c.until("2026-03-03 07:59")
	c.heard()
	c.site.Roster.Shifts[0].Staff["engineering"] = []string{"plain:wang", "plain:ma"}
	c.at("2026-03-03 08:00", "ma: [list 5]")
	c.at("2026-03-03 08:04")
}

func TestNightListOfMembers(t *testing.T) {
	c := newMembers(t, "2026-03-02 22:00")
	first := c.open("heat")
	c.open("heat")
	c.open("leak")
	c.want("zhang: [requester 1]", "zhang: [requester 1]", "zhang: [requester 1]")
	c.at("2026-03-03 08:04")
	c.at("2026-03-03 08:05", "notices: [list 3]", "wang: [list 3]")
	c.act(first, "wang", desk.Take)
	c.heard()
	// Who has the list sees no cards of the same beside it.
	c.at("2026-03-03 08:10", "chen: digest.head", "centre: digest.head", "property: digest.head")
	c.at("2026-03-03 08:16", "wang: take.group_list", "chen: take.manager_list")
}

func TestUrgentAtNightRingsForTheNightShift(t *testing.T) {
	c := newMembers(t, "2026-03-02 23:10")
	id := c.open("leak")
	c.want("zhang: [requester 1]")
	c.urgent(id)
	c.want("notices: [group 1]", "guo: [member 1]", "ma: [member 1]")
}

// A shift without anybody: the duty manager hears at once, and goes on as ever.
func TestNobodyIsOnDuty(t *testing.T) {
	c := newMembers(t, "2026-03-02 10:20")
	c.site.Roster.Shifts[0].Staff["engineering"] = nil
	c.open("heat")
	c.want("notices: [group 1]", "chen: nobody.head", "zhang: [requester 1]")
	c.at("2026-03-02 10:35", "chen: take.manager R-1001")
	c.at("2026-03-02 10:50", "centre: take.manager R-1001")
	c.site.Roster.Shifts[0].Staff["engineering"] = []string{"plain:wang"}
	c.at("2026-03-02 11:00", "wang: [member 1]")
}
