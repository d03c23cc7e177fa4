package main

import (
	"slices"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// setScene says who is on the page, and in which column.
func (c *campus) setScene() playground.Scene {
	s := playground.Scene{Site: c.config.Site.Name, Zone: c.zone, Langs: c.config.Site.Languages}
	add := func(note desk.Text, people ...*playground.Person) (ids []string) {
		for _, p := range people {
			ids = append(ids, p.ID())
			if !slices.ContainsFunc(s.People, func(r playground.Role) bool { return r.Person == p }) {
				s.People = append(s.People, playground.Role{Person: p, Note: note})
			}
		}
		return ids
	}
	label := func(department string) desk.Label {
		d, _ := c.config.Site.Department(department)
		return d.Label
	}
	shift := func(n int) desk.Label { return c.config.Site.Roster.Shifts[n].Label }
	role := func(name desk.RoleName, n int) desk.Text {
		return desk.T("page.note.on_duty", "role", desk.T("role."+string(name)), "shift", shift(n))
	}
	works := func(department string, n int) desk.Text {
		return desk.T("page.note.department", "department", label(department), "shift", shift(n))
	}
	try := func(keys ...string) (list []desk.Text) {
		for _, key := range keys {
			list = append(list, desk.T("page.try."+key))
		}
		return list
	}
	group := func(id, department string) playground.Pane {
		return playground.Pane{ID: department, Title: desk.T("page.pane.group", "department", label(department)), Group: id}
	}

	student := playground.Pane{ID: "student", Title: desk.T("page.pane.student"), Try: try("leak", "checkout", "smoke", "sos", "repair")}
	student.People = slices.Concat(
		add(desk.T("page.note.you"), c.mine[:]...),
		add(desk.T("page.note.yesterday"), append([]*playground.Person{c.waiting, c.forgotten}, c.yesterday...)...),
		add(desk.T("page.note.today"), c.today.residentsOf()...))
	engineers := slices.Concat(
		add(works("engineering", 0), c.wang, c.li),
		add(works("engineering", 1), c.night),
		add(desk.T("page.note.invited", "department", label("engineering")), c.zhao))
	admin := add(role(desk.RoleAdministrator, 0), c.admin)
	cleaners := add(works("cleaning", 0), c.cleaner)
	guards := slices.Concat(add(works("security", 0), c.guard), add(works("security", 1), c.guardNight))

	engineering, cleaning, security := group("g1", "engineering"), group("g2", "cleaning"), group("g3", "security")
	engineering.People = slices.Concat(engineers, admin)
	cleaning.People = slices.Concat(cleaners, admin)
	security.People = slices.Concat(guards, admin)
	engineering.Try = try("duty")
	worker := playground.Pane{ID: "worker", Title: desk.T("page.pane.worker"), People: slices.Concat(engineers, cleaners, guards)}
	caretaker := playground.Pane{ID: "caretaker", Title: desk.T("page.pane.caretaker"), Try: try("leavers", "arrivals")}
	caretaker.People = add(role(desk.RoleCaretaker, 0), c.caretaker)
	cards := playground.Pane{ID: "cards", Title: desk.T("page.pane.cards"), Try: try("hot_water", "leak")}
	cards.People = slices.Concat(
		add(desk.T("page.note.you_cards"), c.cardResident),
		add(desk.T("page.note.works_cards", "department", label("engineering")), c.cardWorker))
	operator := playground.Pane{ID: "operator", Title: desk.T("page.pane.operator"), Try: try("log", "open")}
	operator.People = slices.Concat(add(role(desk.RoleOperator, 0), c.operator), admin)
	manager := playground.Pane{ID: "manager", Title: desk.T("page.pane.manager"), Try: try("digest", "open")}
	manager.People = slices.Concat(add(role(desk.RoleDutyManager, 0), c.dutyDay), add(role(desk.RoleDutyManager, 1), c.dutyNight))
	supervisor := playground.Pane{ID: "supervisor", Title: desk.T("page.pane.supervisor"), Try: try("digest")}
	supervisor.People = slices.Concat(
		add(role(desk.RoleSupervisor, 0), c.supervisor),
		add(role(desk.RoleCentreManager, 0), c.centre),
		add(role(desk.RolePropertyManager, 0), c.property))
	s.Panes = []playground.Pane{student, engineering, worker, caretaker, cards, manager, operator, supervisor, cleaning, security}
	return s
}
