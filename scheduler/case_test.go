package scheduler_test

import (
	"strings"
	"testing"

	"frontdesk/desk"
	"frontdesk/storage"
)

// complain files a complaint of zhang and returns its id.
func (c *campus) complain(d desk.CaseDraft) (id string) {
	c.t.Helper()
	if d.Kind == "" {
		d.Kind = desk.KindComplaint
	}
	d.Requester = "zhang"
	c.do(func(w desk.World) (desk.Effects, error) {
		e, t := desk.OpenCase(w, d)
		id = t.ID
		return e, nil
	})
	return id
}

// told is want without cards and their edits: a timetable is about who is told.
func (c *campus) told(local string, want ...string) {
	c.t.Helper()
	c.until(local)
	var got []string
	for _, line := range c.heard() {
		if !strings.Contains(line, "[") {
			got = append(got, line)
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		c.t.Errorf("at %s: told %q, want %q", local, got, want)
	}
}

func TestNobodyAnswersAComplaint(t *testing.T) {
	engines(t, func(t *testing.T, engine option) {
		c := newCampus(t, "2026-03-02 10:20", engine)
		c.complain(desk.CaseDraft{Type: desk.CaseQuality})
		c.want("chen: [desk 1]", "zhang: [requester 1]")
		c.told("2026-03-02 10:29")
		c.told("2026-03-02 10:30", "chen: case.remind_reply C-1001")
		c.told("2026-03-02 10:34")
		c.told("2026-03-02 10:35", "centre: case.up_reply C-1001")
		c.told("2026-03-02 10:50", "property: case.up_reply C-1001")
		c.told("2026-03-04 10:19")
		c.told("2026-03-04 10:20", "property: case.remind_done C-1001")
		c.told("2026-03-05 10:20", "property: case.up_done C-1001")
		c.told("2026-03-06 10:20", "property: case.up_done C-1001")
		c.told("2026-03-20 10:20")
		if jobs := c.jobs(); len(jobs) != 0 {
			t.Errorf("jobs left: %+v", jobs)
		}
	})
}

func TestAComplaintAtNight(t *testing.T) {
	for _, c := range []struct {
		filed, remind, up string
		kind              string
	}{
		{"2026-03-02 21:59", "2026-03-02 22:09", "2026-03-02 22:14", desk.CaseOther}, // still in the hours
		{"2026-03-02 22:00", "2026-03-03 08:55", "2026-03-03 09:00", desk.CaseOther},
		{"2026-03-03 03:00", "2026-03-03 08:55", "2026-03-03 09:00", desk.CaseManner},
		{"2026-03-03 07:59", "2026-03-03 08:55", "2026-03-03 09:00", desk.CaseManner},
		{"2026-03-03 03:00", "2026-03-03 03:10", "2026-03-03 03:15", desk.CaseUrgent},
	} {
		w := newCampus(t, c.filed)
		w.complain(desk.CaseDraft{Type: c.kind})
		w.want("chen: [desk 1]", "zhang: [requester 1]") // The receipt comes at once.
		w.told(c.remind, "chen: case.remind_reply C-1001")
		w.told(c.up, "centre: case.up_reply C-1001")
	}
}

func TestAnAnswerStopsTheClock(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	c.site.Callback.Policy = desk.DefaultPolicy()
	id := c.complain(desk.CaseDraft{Type: desk.CaseQuality})
	c.until("2026-03-02 10:25")
	c.act(id, "chen", desk.Reply, "text", "马上看")
	c.heard()
	c.told("2026-03-04 10:00")
	c.act(id, "chen", desk.Finish, "text", "好了", "cause", "service", "what", "a", "why", "b", "measure", "c")
	c.heard()
	c.told("2026-03-04 10:30", "zhang: callback.ask_complaint C-1001")
	c.told("2026-03-05 10:30", "zhang: callback.remind_complaint C-1001")
	// Silence: the manager phones, not the operator, within two days after the end.
	c.at("2026-03-05 21:19")
	c.at("2026-03-05 21:20", "chen: [call 1]")
	c.told("2026-03-11 10:00")
	if got := c.ticket(id); got.State != desk.StateClosed || got.Rating != "" {
		t.Errorf("it is %s, rated %q", got.State, got.Rating)
	}
}

func TestNobodyAnswersASuggestion(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20") // Monday
	c.complain(desk.CaseDraft{Kind: desk.KindSuggestion})
	c.want("chen: [desk 1]", "zhang: [requester 1]")
	c.told("2026-03-04 10:19")
	c.told("2026-03-04 10:20", "chen: case.remind_reply S-1001")
	c.told("2026-03-05 10:20", "centre: case.up_reply S-1001")
	c.told("2026-03-06 10:20", "property: case.up_reply S-1001")
	c.told("2026-03-20 10:20")
}

// An anonymous complaint is answered like any other, and the rows in which it is
// kept do not say who filed it.
func TestAnAnonymousComplaintIsAskedBack(t *testing.T) {
	c := newCampus(t, "2026-03-02 10:20")
	id := c.complain(desk.CaseDraft{Type: desk.CaseOther, Anonymous: true})
	c.want("chen: [desk 1]", "zhang: mine.complaint C-1001")
	c.act(id, "chen", desk.Finish, "text", "好了", "cause", "service", "what", "a", "why", "b", "measure", "c")
	c.heard()
	c.told("2026-03-02 10:50", "zhang: callback.ask_complaint C-1001")
	c.told("2026-03-03 10:50", "zhang: callback.remind_complaint C-1001")
	c.told("2026-03-09 10:50") // Nobody phones somebody whom nobody knows.
	c.view(func(_ *storage.Tx, r desk.Reader) {
		for _, e := range r.History(id) {
			for _, value := range e.Details {
				if e.By == "zhang" || value == "zhang" {
					t.Errorf("the history tells who it is: %+v", e)
				}
			}
		}
	})
}
