package scheduler_test

import (
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
)

// callCampus opens a campus that hands out calls, so many a day.
func callCampus(t *testing.T, at string, perDay int) *campus {
	t.Helper()
	c := newCampus(t, at, withKinds(callKind()))
	c.site.Callback.CallsPerDay = perDay
	c.step()
	return c
}

// finished takes and finishes a new leak.
func (c *campus) finished(category string) string {
	c.t.Helper()
	id := c.open(category)
	c.act(id, "wang", desk.Take)
	c.act(id, "wang", desk.Finish)
	c.heard()
	return id
}

func TestCallIsTriedAgainTheNextDay(t *testing.T) {
	c := callCampus(t, "2026-03-02 10:20", 20)
	id := c.finished("leak")
	c.until("2026-03-04 10:49")
	c.heard()
	c.at("2026-03-04 10:50", "limin: [call 1]")
	c.act(id, "limin", desk.CallDone, "result", "no_answer")
	c.heard()
	c.at("2026-03-05 08:59")
	c.at("2026-03-05 09:00", "limin: [call 1]")
	c.act(id, "limin", desk.CallDone, "result", "no_answer")
	c.heard()
	c.at("2026-03-06 09:00", "limin: [call 1]")
	c.act(id, "limin", desk.CallDone, "result", "no_answer")
	c.heard()
	// Enough: it is closed by rule, and can still come back.
	c.at("2026-03-09 10:19")
	c.at("2026-03-09 10:20")
	if got := c.ticket(id); got.State != desk.StateClosed || got.ClosedBy != "rule" || got.Rating != "" || got.Call.Result != "no_answer" {
		t.Errorf("%s by %q, rated %q, called %q", got.State, got.ClosedBy, got.Rating, got.Call.Result)
	}
	c.act(id, "zhang", desk.NotFixed)
	if got := c.ticket(id); got.State != desk.StateReworked {
		t.Errorf("it came back and is %s", got.State)
	}
}

// What nobody phones in a day waits for the next, the oldest first.
func TestCallsWaitForTheirTurn(t *testing.T) {
	c := callCampus(t, "2026-03-02 10:20", 2)
	var ids []string
	for range 3 {
		ids = append(ids, c.finished("leak"))
		c.now = c.now.Add(1e9)
	}
	c.until("2026-03-04 21:30")
	held := func() (list []string) {
		for _, id := range ids {
			if c.ticket(id).Calling("limin") {
				list = append(list, c.ticket(id).Number)
			}
		}
		return list
	}
	if got := held(); len(got) != 2 || got[0] != "R-1001" || got[1] != "R-1002" {
		t.Fatalf("the first day %v are phoned", got)
	}
	c.act(ids[0], "limin", desk.CallDone, "result", "good")
	c.heard()
	// The second was not phoned: it comes before the third.
	c.at("2026-03-05 09:00", "limin: [call 1]", "limin: [call 1]")
	if got := held(); len(got) != 2 || got[0] != "R-1002" || got[1] != "R-1003" {
		t.Errorf("the second day %v are phoned", got)
	}
}

// A month later the sample is asked whether it still holds, whoever answered how.
func TestSecondLookAfterAMonth(t *testing.T) {
	c := callCampus(t, "2026-03-02 10:20", 20)
	c.site.Callback.Policy = []desk.CallPolicy{{Share: 100, Done: true, Later: desk.Term{Days: 30}}}
	good, unmade, broken := c.finished("heat"), c.finished("heat"), c.finished("heat")
	for _, id := range []string{good, unmade, broken} {
		c.act(id, "zhang", desk.Rate, "rating", "good")
	}
	c.heard()
	c.at("2026-04-01 10:19")
	c.at("2026-04-01 10:20", "limin: [call 1]", "limin: [call 1]", "limin: [call 1]")
	c.act(good, "limin", desk.CallDone, "result", "fair")
	c.act(broken, "limin", desk.NotFixed)
	if got := c.ticket(good); got.Rating != "good" || got.Call.Result != "fair" {
		t.Errorf("rated %q, the second look says %q", got.Rating, got.Call.Result)
	}
	if got := c.ticket(broken); got.State != desk.StateReworked || got.Call.Result != "not_fixed" {
		t.Errorf("it is %s, the second look says %q", got.State, got.Call.Result)
	}
	c.until("2026-04-08 10:20")
	if got := c.ticket(unmade); got.Call.Result != "lapsed" || got.State != desk.StateClosed {
		t.Errorf("a call that nobody made is %q", got.Call.Result)
	}
	c.heard()
	c.until("2026-06-01 10:20")
	for _, line := range c.heard() {
		if line == "limin: [call 1]" {
			t.Error("a third look")
		}
	}
}

// Nobody phones at night, also not for somebody without an account.
func TestNobodyPhonesAtNight(t *testing.T) {
	c := callCampus(t, "2026-03-02 20:50", 20)
	c.do(func(w desk.World) (desk.Effects, error) {
		return desk.Effects{People: []desk.Person{{ID: "caller", Phone: "13800138000"}}}, nil
	})
	var id string
	c.do(func(w desk.World) (desk.Effects, error) {
		e, ticket := desk.Open(w, desk.Draft{Kind: desk.KindRepair, Category: "fire", Place: "3-502", Requester: "caller"})
		id = ticket.ID
		return e, nil
	})
	c.act(id, "guard", desk.Take)
	c.until("2026-03-02 21:01")
	c.act(id, "guard", desk.Finish)
	c.heard()
	c.at("2026-03-03 08:59")
	c.at("2026-03-03 09:00", "limin: [call 1]")
}

// A complaint that was answered and is silent is phoned about by a manager within two
// days: not by an operator, and not by who is complained about.
func TestAManagerPhonesAboutAComplaint(t *testing.T) {
	c := callCampus(t, "2026-03-02 10:20", 20)
	c.site.Callback.Policy = desk.DefaultPolicy()
	id := c.complain(desk.CaseDraft{Type: desk.CaseQuality})
	c.do(func(w desk.World) (desk.Effects, error) {
		ticket, _ := w.Ticket(id)
		// It stands as when it was answered.
		ticket.State, ticket.Taker, ticket.DoneAt, ticket.Since = desk.StateDone, "chen", w.Now(), w.Now()
		return desk.Effects{Tickets: []desk.Ticket{ticket}}, nil
	})
	c.heard()
	phoned := ""
	for c.now.Before(c.instant("2026-03-04 10:20")) && phoned == "" {
		c.untilInstant(c.now.Add(10 * time.Minute))
		for _, line := range c.heard() {
			if strings.HasSuffix(line, ": [call 1]") {
				phoned = line
			}
		}
	}
	if phoned != "chen: [call 1]" {
		t.Errorf("%q phones by %s", phoned, c.now.In(c.site.Zone))
	}
	c.act(id, "chen", desk.NotFixed)
	if got := c.ticket(id); !got.State.Open() || got.Case.Back != 1 || got.Call.Open() {
		t.Errorf("not settled: it is %s, back %d times", got.State, got.Case.Back)
	}
}
