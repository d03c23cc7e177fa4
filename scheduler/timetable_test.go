package scheduler_test

import (
	"testing"

	"frontdesk/desk"
)

// The timetables of a ticket: at a time, what is said to whom. 2026-03-02 is a
// Monday.

// at lets time pass and compares what was said on the way.
func (c *campus) at(local string, want ...string) {
	c.t.Helper()
	c.until(local)
	c.want(want...)
}

func TestNobodyTakes(t *testing.T) {
	engines(t, func(t *testing.T, engine option) {
		c := newCampus(t, "2026-03-02 10:20", engine)
		c.open("heat")
		c.want("group: [group 1]", "zhang: [requester 1]")
		c.at("2026-03-02 10:34")
		c.at("2026-03-02 10:35", "group: take.group R-1001", "chen: take.manager R-1001")
		c.at("2026-03-02 10:49")
		c.at("2026-03-02 10:50", "centre: take.manager R-1001")
		c.at("2026-03-02 11:05", "property: take.manager R-1001")
		c.at("2026-03-03 10:19")
		c.at("2026-03-03 10:20", "chen: overdue.manager R-1001", "limin: overdue.manager R-1001")
		c.at("2026-03-09 10:20")
		if jobs := c.jobs(); len(jobs) != 0 {
			t.Errorf("jobs left: %+v", jobs)
		}
	})
}

func TestTakeRunsInHours(t *testing.T) {
	c := newCampus(t, "2026-03-06 17:25") // Friday
	c.open("heat")
	c.heard()
	c.at("2026-03-07 17:24")
	c.at("2026-03-07 17:25", "chen: overdue.manager R-1001", "limin: overdue.manager R-1001")
	c.at("2026-03-09 08:09")
	c.at("2026-03-09 08:10", "group: take.group R-1001", "chen: take.manager R-1001")
	c.at("2026-03-09 08:25", "centre: take.manager R-1001")
}

func TestEmergencyRingsAtNight(t *testing.T) {
	c := newCampus(t, "2026-03-02 02:00")
	c.open("fire")
	// Security has no group: the guard and the manager are told in private.
	c.want("guard: [member 1]", "chen: nogroup.manager R-1001", "zhang: [requester 1]")
	c.at("2026-03-02 02:05", "chen: take.manager R-1001", "guard: take.member R-1001")
	c.at("2026-03-02 02:10", "centre: take.manager R-1001")
	c.at("2026-03-02 02:15", "property: take.manager R-1001")
}

func TestArrivalIsAsked(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("fire")
	c.act(id, "guard", desk.Take)
	c.heard()
	c.at("2026-03-02 10:35", "guard: arrive.ask R-1001")
	c.at("2026-03-02 10:50", "limin: arrive.late R-1001")
	c.at("2026-03-03 10:19")
}

func TestArrivedInTime(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("fire")
	c.act(id, "guard", desk.Take)
	c.until("2026-03-02 10:30")
	c.act(id, "guard", desk.Arrive)
	c.heard()
	c.at("2026-03-03 10:19")
}

func TestPauseRunsOut(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("heat")
	c.act(id, "wang", desk.Take)
	c.act(id, "wang", desk.PauseWork, "reason", "parts", "limit", "3wd")
	c.heard()
	c.at("2026-03-05 10:19")
	c.at("2026-03-05 10:20", "wang: pause.over R-1001", "limin: pause.over R-1001")
	if got := c.ticket(id).State; got != desk.StateTaken {
		t.Errorf("state %s after the pause", got)
	}
}

func TestOfferIsDecided(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("heat")
	c.act(id, "wang", desk.NotOurs, "department", "security")
	c.heard()
	c.at("2026-03-02 10:35", "chen: offer.silent R-1001")
	c.at("2026-03-03 10:19")
}

func TestNobodyOpens(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("heat")
	c.act(id, "wang", desk.Take)
	c.act(id, "wang", desk.NoAccess)
	c.heard()
	c.until("2026-03-03 10:19")
	c.heard()
	c.at("2026-03-03 10:20", "limin: noaccess.silent R-1001", "chen: overdue.manager R-1001", "limin: overdue.manager R-1001")
}

func TestCallback(t *testing.T) {
	engines(t, func(t *testing.T, engine option) {
		c := newCampus(t, "2026-03-02 10:20", engine)
		id := c.open("leak")
		c.act(id, "wang", desk.Take)
		c.until("2026-03-02 14:20")
		c.act(id, "wang", desk.Finish)
		c.heard()
		c.at("2026-03-02 14:49")
		c.at("2026-03-02 14:50", "zhang: callback.ask R-1001")
		c.at("2026-03-03 14:50", "zhang: callback.remind R-1001")
		c.at("2026-03-04 14:50", "limin: [call 1]")
		c.at("2026-03-09 14:19")
		c.at("2026-03-09 14:20")
		if got := c.ticket(id); got.State != desk.StateClosed || got.ClosedBy != "rule" || got.Rating != "" {
			t.Errorf("ticket is %s, closed by %q, rated %q", got.State, got.ClosedBy, got.Rating)
		}
	})
}

func TestCallbackWaitsForTheMorning(t *testing.T) {
	c := newCampus(t, "2026-03-02 15:00")
	id := c.open("heat")
	c.act(id, "wang", desk.Take)
	c.until("2026-03-02 21:10")
	c.act(id, "wang", desk.Finish)
	c.heard()
	c.at("2026-03-03 08:59")
	c.at("2026-03-03 09:00", "zhang: callback.ask R-1001")
	// No call task for a category that has none.
	c.at("2026-03-04 09:00", "zhang: callback.remind R-1001")
	c.at("2026-03-09 21:10")
}

func TestAnsweredIsNotAskedAgain(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("heat")
	c.act(id, "wang", desk.Take)
	c.act(id, "wang", desk.Finish)
	c.until("2026-03-02 11:00")
	c.act(id, "zhang", desk.Rate, "rating", "good")
	c.heard()
	c.at("2026-03-12 11:00")
	if jobs := c.jobs(); len(jobs) != 0 {
		t.Errorf("jobs left: %+v", jobs)
	}
}

func TestUndoBringsTheTimerBack(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.open("heat")
	c.until("2026-03-02 10:34")
	c.act(id, "wang", desk.Take)
	c.act(id, "wang", desk.Undo)
	c.heard()
	c.at("2026-03-02 10:35", "group: take.group R-1001", "chen: take.manager R-1001")
}
