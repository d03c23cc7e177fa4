package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// visitor is a reader of the page who plays several people.
type visitor struct {
	*campus
	t   *testing.T
	ctx context.Context
}

func (v *visitor) says(p *playground.Person, words string) {
	v.t.Helper()
	must(v.t, v.Act(v.ctx, func() desk.Input { return p.Say(p.Private(), words) }))
}

// presses presses buttons in private one after the other.
func (v *visitor) presses(p *playground.Person, labels ...string) {
	v.t.Helper()
	for _, label := range labels {
		var missing error
		must(v.t, v.Act(v.ctx, func() desk.Input {
			var in desk.Input
			if in, missing = p.Press(p.Private(), v.label(p.Private(), label)); missing != nil {
				return p.Say(p.Private(), "/cancel")
			}
			return in
		}))
		if missing != nil {
			v.t.Fatal(missing)
		}
	}
}

// shown are the messages of the desk in somebody's chat that hold all the words.
func (v *visitor) shown(p *playground.Person, list ...words) (shown []playground.Message) {
	for _, m := range v.channel.Screen(p.Private()) {
		all := m.Person == ""
		for _, w := range list {
			all = all && v.pattern(p.Private(), w, v.State().Now).MatchString(dense(m.Text))
		}
		if all {
			shown = append(shown, m)
		}
	}
	return shown
}

// reads wants a message in somebody's chat.
func (v *visitor) reads(p *playground.Person, list ...words) playground.Message {
	v.t.Helper()
	shown := v.shown(p, list...)
	if len(shown) == 0 {
		v.t.Fatalf("%s does not read %v", p.Name(), list)
	}
	return shown[0]
}

// TestAVisitorLeavesARoom plays on the page what a reader tries: the suggestions of
// the student's column lead to a checkout with its certificate, and to help in an
// emergency; and the checkout of the history waits for the caretaker.
func TestAVisitorLeavesARoom(t *testing.T) {
	c, log := newTestCampus(t, "zh")
	ctx, stop := context.WithCancel(t.Context())
	c.ctx = ctx
	ended := make(chan error, 1)
	go func() { ended <- c.run() }()
	v := &visitor{campus: c, t: t, ctx: ctx}
	lin, tang := c.mine[0], c.caretaker
	v.reads(tang, has("leavers.head", "n", 2))

	v.says(lin, c.text(lin.Private(), "page.try.checkout"))
	today := c.text(lin.Private(), "option.checkout_day", "day", c.State().Now)
	v.presses(lin, "option.checkout_slot", today, "10:00", "option.submit")
	v.reads(tang, has("checkout.today_slot"), holds("3号楼502"))
	v.presses(tang, "button.look", "button.inspect")
	if early := v.shown(tang, has("inspect.all_well")); len(early) > 0 {
		t.Errorf("nothing was looked at yet: %q", early[0].Text)
	}
	v.presses(tang, "option.all_ok")
	for _, meter := range []string{"water_meter", "power_meter"} {
		v.presses(tang, c.inspected(tang, meter))
		v.says(tang, "128")
	}
	v.presses(tang, "option.finish", "option.sign")
	if list := v.shown(lin, has("inspect.all_well")); len(list) != 1 {
		t.Errorf("the list is shown %d times: %+v", len(list), list)
	}
	if marks := v.shown(tang, has("event.mark")); len(marks) > 0 {
		t.Errorf("the card tells each tick: %q", marks[0].Text)
	}
	v.presses(lin, "button.agree")
	paper := v.reads(lin, has("inspect.certificate"))
	if paper.File == nil || !bytes.HasPrefix(paper.File.Body, []byte("%PDF-")) {
		t.Errorf("the certificate comes without its page: %q", paper.Text)
	}

	v.says(lin, c.text(lin.Private(), "page.try.sos"))
	v.presses(lin, "danger.yes.fire")
	v.reads(lin, has("danger.safe.fire"))
	v.reads(c.dutyDay, has("ladder.reporter", "name", lin.Name()))
	stop()
	must(t, <-ended)
	if len(c.channel.Refused()) > 0 || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("refused: %v\n%s", c.channel.Refused(), log)
	}
}
