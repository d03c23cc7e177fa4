package desk

import "slices"

// notOurs offers the ticket to another department. The resident sees only that
// it is being dealt with.
func notOurs(x *turn) error {
	to, ok := x.site().Department(x.args.Get("department"))
	if !ok || to.Retired || to.ID == x.t.Department {
		return Refuse("refuse.which")
	}
	x.t.Offered = to.ID
	x.t.Nudges.Offer = 0
	x.t.Taker, x.t.TakenAt = "", zeroTime
	x.post(Post{Kind: PostGroup, Department: to.ID})
	return nil
}

// accept gives the ticket to the department that consents, with a clock of its
// own for taking it.
func accept(x *turn) error {
	x.moveTo(x.t.Offered)
	return nil
}

// decline leaves it to the duty manager.
func decline(x *turn) error {
	x.askManager("offer.declined")
	x.t.Nudges.Offer = 1
	return nil
}

// assign is the duty manager's decision.
func assign(x *turn) error {
	to, ok := x.site().Department(x.args.Get("department"))
	if !ok || to.Retired {
		return Refuse("refuse.which")
	}
	if to.ID != x.t.Department && to.ID != x.t.Offered {
		x.post(Post{Kind: PostGroup, Department: to.ID})
	}
	x.t.Taker, x.t.TakenAt = "", zeroTime
	x.moveTo(to.ID)
	return nil
}

func (x *turn) moveTo(department string) {
	x.t.Department, x.t.Offered = department, ""
	x.t.Clocks.Take = takeAim(x.site(), x.t, x.now())
	x.t.Nudges.Take, x.t.Nudges.Offer = 0, 0
	if x.t.Announced.IsZero() {
		x.t.Announced = x.now()
	}
}

// askManager asks the duty manager which department shall have the ticket.
func (x *turn) askManager(key string) {
	from, _ := x.site().Department(x.t.Department)
	to, _ := x.site().Department(x.t.Offered)
	x.out.Add(ToManagers(x.w, Message{
		Ticket: x.t.ID, Class: ClassNotice, Lane: LaneInteractive,
		Text: T(key, "number", x.t.Number, "title", Title(x.site(), x.t), "place", x.place(),
			"from", from.Label, "to", to.Label),
		Buttons: departmentButtons(x.site(), x.t, Assign, ""),
	}))
}

// departmentButtons lets somebody choose a department; but is left out.
func departmentButtons(s *Site, t Ticket, a Action, but string) [][]Button {
	var rows [][]Button
	for _, d := range s.Departments {
		if d.Retired || d.ID == but {
			continue
		}
		rows = append(rows, Row(Button{Label: T("label", "label", d.Label), Data: PressData(t.ID, a, d.ID)}))
	}
	return rows
}

// DepartmentButtons are the departments that a ticket that is not ours could go
// to.
func DepartmentButtons(s *Site, t Ticket) [][]Button {
	return slices.Clone(departmentButtons(s, t, NotOurs, t.Department))
}

// AssignButtons are the departments that the duty manager can give a ticket to.
func AssignButtons(s *Site, t Ticket) [][]Button { return departmentButtons(s, t, Assign, "") }
