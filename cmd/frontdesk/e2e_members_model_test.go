package main

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage"
)

// TestMixedModel lets people of both networks press what they see, or saw once,
// in any order. After each step a ticket has one taker at most, nobody else can
// take what somebody has, nobody who has it lacks a way to go on, everybody on
// duty can take what nobody has, and nothing that only the taker may read stands
// before others.
func TestMixedModel(t *testing.T) {
	config := exampleTown(t)
	rapid.Check(t, func(r *rapid.T) {
		shifts := config.Site.Roster.Shifts
		w := newMixed(t, config)
		defer w.close()
		m := &mixedModel{mixed: w, held: map[*playground.Person]bool{}}
		m.tickets = append(m.tickets, w.open().ID)
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			switch rapid.IntRange(0, 9).Draw(r, "what") {
			case 0:
				if len(m.tickets) < 3 {
					m.tickets = append(m.tickets, w.open().ID)
				}
			case 1:
				w.wait(time.Duration(rapid.IntRange(1, 90).Draw(r, "minutes")) * time.Minute)
			default:
				m.press(r)
			}
			m.check(r)
		}
		config.Site.Roster.Shifts = shifts
	})
}

type mixedModel struct {
	*mixed
	tickets []string
	// seen are messages with buttons as they stood at some time.
	seen []playground.Message
	held map[*playground.Person]bool // has had a ticket, and may know the resident
}

func (m *mixedModel) workers() []*playground.Person {
	return []*playground.Person{m.wang, m.zhao, m.mei, m.qian}
}

// press presses any button that somebody can see, or could.
func (m *mixedModel) press(r *rapid.T) {
	p := rapid.SampledFrom(m.workers()).Draw(r, "who")
	in := p.Private()
	if p == m.wang && rapid.Bool().Draw(r, "group") {
		in = m.group
	}
	var can []playground.Message
	for _, message := range append(m.channel(in).Screen(in), m.seen...) {
		if message.Chat == in && len(message.Buttons) > 0 && strings.Contains(message.Text, "R-") {
			can = append(can, message)
		}
	}
	if len(can) == 0 {
		return
	}
	message := rapid.SampledFrom(can).Draw(r, "message")
	var buttons []desk.DrawnMark
	for _, row := range message.Buttons {
		buttons = append(buttons, row...)
	}
	m.seen = append(m.seen, message)
	m.hand(p.PressButton(message, rapid.SampledFrom(buttons).Draw(r, "button")))
	if rapid.IntRange(0, 3).Draw(r, "photo") == 0 {
		m.hand(p.Photo(p.Private(), "", picture))
	}
}

func (m *mixedModel) check(r *rapid.T) {
	err := m.app.Store.View(m.t.Context(), func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, m.app.Site())
		for _, id := range m.tickets {
			t, _ := w.Ticket(id)
			m.checkTicket(r, w, t)
		}
		return w.Err()
	})
	if err != nil {
		r.Fatal(err)
	}
	for _, p := range m.workers() {
		if !m.held[p] {
			m.private(r, p.Private())
		}
	}
	m.private(r, m.group)
	m.private(r, m.board)
}

// private wants nothing of the resident in a chat.
func (m *mixedModel) private(r *rapid.T, chat desk.Address) {
	for _, message := range m.channel(chat).Screen(chat) {
		for _, secret := range []string{secretWords, secretPhone, "张同学"} {
			if message.Person == "" && strings.Contains(message.Text, secret) {
				r.Fatalf("%s reads %q", chat, message.Text)
			}
		}
	}
}

func (m *mixedModel) checkTicket(r *rapid.T, w *storage.World, t desk.Ticket) {
	takes := map[desk.Address]bool{}
	for _, post := range w.Posts(t.ID) {
		drawn := bot.DrawPost(w, m.app.writer(), post)
		if post.Kind == desk.PostGroup || post.Kind == desk.PostMember {
			for _, secret := range []string{secretWords, secretPhone, "张同学"} {
				if strings.Contains(drawn.Text, secret) {
					r.Fatalf("a %s post says %q", post.Kind, drawn.Text)
				}
			}
		}
		if message, ok := m.shown(post); ok {
			if _, ok := message.Button("接单"); ok {
				takes[post.Chat] = true
			}
			_, arrived := message.Button("到场")
			if post.Kind == desk.PostMember && arrived {
				r.Fatalf("%s can say that they are there on a colleague's card %q", post.Chat, message.Text)
			}
			if post.Kind == desk.PostTaker && post.Person != t.Taker && len(message.Buttons) > 0 {
				r.Fatalf("%s has no longer %s, and reads %q %q", post.Chat, t.Number, message.Text, labelsOf(message))
			}
		}
	}
	var takers int
	for _, p := range m.workers() {
		person, _ := w.PersonAt(p.Private())
		if person.ID == t.Taker {
			takers++
			m.held[p] = true
		}
		inHand := person.ID == t.Taker && t.State.Open()
		if _, ok := m.channel(p.Private()).Find(p.Private(), "更多", "归您", t.Number); ok && !inHand {
			r.Fatalf("%s goes on with %s, which %q has", p.Name(), t.Number, t.Taker)
		}
	}
	if t.Taker != "" && (len(takes) > 0 || takers != 1) {
		r.Fatalf("%s has it, one of %d, and it can be taken in %v", t.Taker, takers, takes)
	}
	if t.State != desk.StateNew || t.Department != "engineering" || !m.quiet(w, t.ID) {
		return
	}
	for _, p := range []*playground.Person{m.zhao, m.mei} {
		if !takes[p.Private()] {
			r.Fatalf("%s is on duty and cannot take %s:\n%s", p.Name(), t.Number, m.screen(p.Private()))
		}
	}
}

// quiet tells whether it is in the day, and no menu of the ticket is open.
func (m *mixedModel) quiet(w *storage.World, id string) bool {
	for _, post := range w.Posts(id) {
		if post.Menu != "" {
			return false
		}
	}
	hour := m.now.In(m.app.Site().Zone).Hour()
	return hour >= 9 && hour < 17
}

// shown is the message of a post as its readers see it.
func (m *mixedModel) shown(post desk.Post) (playground.Message, bool) {
	for _, message := range m.channel(post.Chat).Screen(post.Chat) {
		if post.Ref != "" && message.Ref == post.Ref {
			return message, true
		}
	}
	return playground.Message{}, false
}
