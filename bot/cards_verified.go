package bot

import "frontdesk/desk"

// unverified marks a ticket of somebody who is not on the residents' list, and
// says whether one may enter. It is for the desk and the taker.
func (c *card) unverified() desk.Text {
	p, _ := c.w.Person(c.t.Requester)
	if !desk.Unverified(c.w, p) {
		return desk.Text{}
	}
	switch {
	case desk.EntryHeld(c.w, c.t):
		return desk.T("card.unverified_wait")
	case c.t.EntryBy != "":
		return desk.T("card.unverified_ok", "name", c.name(c.t.EntryBy))
	}
	return desk.T("card.unverified")
}

// mayVerify tells whether the requester can still be verified by hand.
func (c *card) mayVerify() bool {
	p, _ := c.w.Person(c.t.Requester)
	return desk.Unverified(c.w, p)
}

// mayStillSee tells whether a card that was shown once may still show the
// ticket: a role can have ended, or its scope.
func mayStillSee(s *desk.Site, t desk.Ticket, viewer desk.Person) bool {
	_, ok := viewOf(s, t, viewer)
	return ok
}
