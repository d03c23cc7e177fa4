package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"regexp"
	"slices"
	"strings"
	"sync"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/bot/wecom/wecomtest"
)

// someone is a person in front of a chat with the desk, on whatever network.
type someone interface {
	name() string
	// sees is what the desk shows them now, oldest first.
	sees() []sight
	// chooses presses or taps what the newest message with such a choice offers,
	// or answers with its number; false when there is none.
	chooses(label string) bool
	says(text string)
	photo()
}

// chooser finds the newest message with a choice; number is what to answer if its
// choices have numbers.
func chooser(screen []sight, label string) (number string, ok bool) {
	for _, s := range slices.Backward(screen) {
		if i := slices.Index(s.labels, label); i >= 0 && s.numbers {
			return s.figures[i], true
		} else if i >= 0 {
			return "", true
		}
	}
	return "", false
}

// colleague is a member of the corp.
type colleague struct {
	*wecomtest.Member
	called string
}

// member lets somebody of the corp exist.
func (w *corpTown) member(id, name string) *colleague {
	return &colleague{Member: w.Member(id, name, w.callbacks), called: name}
}

func (p *colleague) name() string     { return p.called }
func (p *colleague) sees() []sight    { return sightsOf(p.Chat()) }
func (p *colleague) says(text string) { p.Say(text) }
func (p *colleague) photo()           { p.Photo(aPhoto()) }

func (p *colleague) chooses(label string) bool {
	number, ok := chooser(p.sees(), label)
	switch {
	case !ok:
	case number != "":
		p.says(number)
	default:
		p.Press(label)
	}
	return ok
}

// sightsOf is what messages of WeCom show: a card with its buttons, unless they
// are grey, and words with numbered choices.
func sightsOf(messages []wecomtest.Message) []sight {
	var out []sight
	for _, m := range messages {
		s := sight{text: m.Text, picture: m.Kind == "image"}
		switch {
		case m.Recalled:
			continue
		case m.Card != nil:
			s.text = strings.Join([]string{m.Card.Title.Title, m.Card.Title.Desc, m.Card.Text, m.Card.ReplaceText}, "\n")
			for _, b := range m.Card.Buttons {
				if m.Card.ReplaceText == "" {
					s.labels = append(s.labels, b.Text)
				}
			}
		default:
			s.figures, s.labels = numberedIn(m.Text)
			s.numbers = len(s.labels) > 0
		}
		out = append(out, s)
	}
	return out
}

var numberedLine = regexp.MustCompile(`(?m)^([0-9]+)\. (.+)$`)

// numberedIn are the choices below a text, with their numbers.
func numberedIn(text string) (figures, labels []string) {
	for _, match := range numberedLine.FindAllStringSubmatch(text, -1) {
		figures, labels = append(figures, match[1]), append(labels, match[2])
	}
	return figures, labels
}

// customer is somebody with ordinary WeChat.
type customer struct {
	server     *wecomtest.Server
	id, called string
}

// customer lets somebody with ordinary WeChat exist.
func (w *corpTown) customer(id, name string) *customer {
	w.AddCustomer(id, name)
	return &customer{server: w.Server, id: id, called: name}
}

func (p *customer) name() string     { return p.called }
func (p *customer) says(text string) { p.server.KFSay(p.id, text) }
func (p *customer) photo()           { p.server.KFPhoto(p.id, aPhoto()) }

func (p *customer) sees() []sight {
	var out []sight
	for _, m := range p.server.KFTold(p.id) {
		s := sight{text: m.Text, picture: m.Kind == "image"}
		s.figures, s.labels = numberedIn(m.Text)
		s.numbers = len(s.labels) > 0
		for _, item := range m.Items {
			if item.ID != "" {
				s.labels = append(s.labels, item.Label)
			}
		}
		out = append(out, s)
	}
	return out
}

func (p *customer) chooses(label string) bool {
	number, ok := chooser(p.sees(), label)
	switch {
	case !ok:
	case number != "":
		p.says(number)
	default:
		p.server.KFTap(p.id, label)
	}
	return ok
}

// aPhoto is a small photo as a phone takes it.
var aPhoto = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		panic(err)
	}
	return b.Bytes()
})

// user is somebody on Telegram.
type user struct{ *telegramtest.Person }

func (p user) name() string     { return p.Name() }
func (p user) says(text string) { p.Say(text) }
func (p user) photo()           { p.Photo("", "") }

func (p user) sees() []sight { return sightsOnTelegram(p.Screen()) }

func sightsOnTelegram(screen []telegramtest.Message) []sight {
	var out []sight
	for _, m := range screen {
		if m.ByBot {
			out = append(out, sight{text: m.Text, labels: m.Labels()})
		}
	}
	return out
}

func (p user) chooses(label string) bool {
	_, ok := p.TryPress(label)
	return ok
}

// groupSees is what is posted in the engineers' group.
func (w *corpTown) groupSees() []sight { return sightsOf(w.SeenIn(corpChatID)) }

// does lets somebody choose one thing after another, with time for each to work.
func (w *corpTown) does(p someone, labels ...string) {
	w.t.Helper()
	for _, label := range labels {
		if !p.chooses(label) {
			w.t.Fatalf("%s sees no %q:\n%s", p.name(), label, screenOf(p.sees()))
		}
		w.rest()
	}
}

// say lets somebody say sentences one after another.
func (w *corpTown) say(p someone, texts ...string) {
	for _, text := range texts {
		p.says(text)
		w.rest()
	}
}

// seen is the newest message with these words.
func seen(screen []sight, words string) (sight, bool) {
	for _, s := range slices.Backward(screen) {
		if s.has(words) {
			return s, true
		}
	}
	return sight{}, false
}

// must is seen, where it must be.
func (w *corpTown) must(screen []sight, words string) sight {
	w.t.Helper()
	s, ok := seen(screen, words)
	if !ok {
		w.t.Fatalf("nobody was told %q:\n%s", words, screenOf(screen))
	}
	return s
}

// never wants nobody to have been told these words.
func (w *corpTown) never(screen []sight, words string) {
	w.t.Helper()
	if s, ok := seen(screen, words); ok {
		w.t.Errorf("somebody was told %q, with %q in it", s.text, words)
	}
}

// offers wants the newest message with these words to offer these choices.
func (w *corpTown) offers(screen []sight, words string, labels ...string) sight {
	w.t.Helper()
	s := w.must(screen, words)
	if !slices.Equal(s.labels, labels) {
		w.t.Fatalf("%q offers %q, want %q:\n%s", s.text, s.labels, labels, screenOf(screen))
	}
	return s
}

// times is how many messages have these words.
func times(screen []sight, words string) (n int) {
	for _, s := range screen {
		if s.has(words) {
			n++
		}
	}
	return n
}
