package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/bot/telegram"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// Every prompt of every dialogue is shown on every channel, in both languages, and
// whoever reads it there can choose each of its options. A flow knows no channel:
// what it asks has to fit all of them.
func TestEveryPromptIsShownOnEveryChannel(t *testing.T) {
	prompts := promptsOfDialogues(t)
	t.Logf("%d different prompts", len(prompts))
	if len(prompts) < 300 {
		t.Fatalf("only %d prompts were found in the dialogues", len(prompts))
	}
	for name, open := range viewers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := open(t)
			for _, p := range prompts {
				if t.Failed() {
					return
				}
				p.shown(t, v)
			}
		})
	}
}

// viewer is somebody in front of one channel.
type viewer interface {
	// show sends a message, and is everything that they then read of it: words, and
	// labels of buttons.
	show(t *testing.T, m desk.Drawn) string
	// choose does what they do to choose an option of that message: a press, or a
	// number. It gives what the desk receives.
	choose(t *testing.T, label string) desk.Input
}

// viewers are by channel.
var viewers = map[string]func(*testing.T) viewer{
	telegram.Name:        func(t *testing.T) viewer { return newTelegramViewer(t) },
	playground.Name:      func(*testing.T) viewer { return newPlaygroundViewer(false) },
	playground.CardsName: func(*testing.T) viewer { return newPlaygroundViewer(true) },
}

// prompt is a message of a dialogue.
type prompt struct {
	from string
	desk.Drawn
}

func (p prompt) shown(t *testing.T, v viewer) {
	t.Helper()
	seen := v.show(t, p.Drawn)
	for _, line := range strings.Split(p.Text, "\n") {
		if !strings.Contains(seen, strings.TrimSpace(line)) {
			t.Errorf("%s: %q is not shown:\n%s", p.from, line, seen)
		}
	}
	var labels []string
	for _, row := range p.Buttons {
		for _, b := range row {
			if !strings.Contains(seen, b.Label) {
				t.Errorf("%s: the option %q is not shown:\n%s", p.from, b.Label, seen)
			}
			if slices.Contains(labels, b.Label) {
				t.Errorf("%s: two options are called %q", p.from, b.Label)
			}
			labels = append(labels, b.Label)
		}
	}
	for i, label := range labels {
		if in := v.choose(t, label); in.Kind != desk.InputPress || in.Press.Data != fmt.Sprintf("data %d", i) {
			t.Errorf("%s: choosing %q of\n%s\nis %+v", p.from, label, seen, in)
		}
	}
}

// promptsOfDialogues reads what the desk says in the dialogues of the flows.
func promptsOfDialogues(t *testing.T) (list []prompt) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join("..", "..", "flows", "testdata"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".txt" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var said []string
		end := func(line int) {
			if said != nil {
				list = append(list, promptOf(fmt.Sprintf("%s:%d", filepath.Base(filepath.Dir(path))+"/"+entry.Name(), line), said))
			}
			said = nil
		}
		for n, line := range strings.Split(string(data), "\n") {
			first, begins := strings.CutPrefix(line, "台: ")
			if changed, ok := strings.CutPrefix(line, "✎ "); ok {
				first, begins = changed, true
			}
			more, goesOn := strings.CutPrefix(line, "    ")
			switch {
			case begins:
				end(n)
				said = []string{first}
			case goesOn && said != nil:
				said = append(said, more)
			default:
				end(n)
			}
		}
		return nil
	})
	must(t, err)
	// What is said in several dialogues is shown once.
	known := map[string]bool{}
	return slices.DeleteFunc(list, func(p prompt) bool {
		key := fmt.Sprint(p.Text, p.Buttons)
		again := known[key]
		known[key] = true
		return again
	})
}

// promptOf takes the rows of buttons off the end of the lines.
func promptOf(from string, lines []string) prompt {
	p := prompt{from: from}
	first := len(lines)
	for first > 1 && strings.HasPrefix(lines[first-1], "[") && strings.HasSuffix(lines[first-1], "]") {
		first--
	}
	n := 0
	for _, line := range lines[first:] {
		var row []desk.DrawnMark
		for label := range strings.SplitSeq(strings.Trim(line, "[]"), "] [") {
			row = append(row, desk.DrawnMark{Label: label, Data: fmt.Sprintf("data %d", n)})
			n++
		}
		p.Buttons = append(p.Buttons, row)
	}
	p.Text = strings.Join(lines[:first], "\n")
	return p
}

// playgroundViewer is on one of the networks of the playground.
type playgroundViewer struct {
	channel *playground.Channel
	send    bot.Channel
	person  *playground.Person
}

func newPlaygroundViewer(cards bool) viewer {
	v := &playgroundViewer{channel: playground.New(func() time.Time { return time.Date(2026, 11, 24, 10, 20, 0, 0, time.UTC) })}
	if cards {
		v.send, v.person = v.channel.Cards(), v.channel.CardsPerson("lin", "林同学", "zh")
		return v
	}
	v.send, v.person = v.channel, v.channel.Person("lin", "林同学", "zh")
	v.person.Say(v.person.Private(), "/start")
	return v
}

func (v *playgroundViewer) show(t *testing.T, m desk.Drawn) string {
	t.Helper()
	_, err := v.send.Send(t.Context(), v.person.Private(), m)
	must(t, err)
	return v.seen()
}

func (v *playgroundViewer) seen() string {
	m, _ := v.channel.Find(v.person.Private(), "")
	text := m.Text
	for _, row := range m.Buttons {
		for _, b := range row {
			text += "\n[" + b.Label + "]"
		}
	}
	return text
}

func (v *playgroundViewer) choose(t *testing.T, label string) desk.Input {
	t.Helper()
	in, err := v.person.Press(v.person.Private(), label)
	must(t, err)
	return in
}

// telegramViewer is on Telegram, through its whole way: call, press, update.
type telegramViewer struct {
	channel *telegram.Channel
	poller  *telegram.Poller
	person  *telegramtest.Person
	last    desk.Input
}

func newTelegramViewer(t *testing.T) viewer {
	t.Helper()
	server := telegramtest.New(telegramtest.Options{Token: "1000001:unused", NoLimits: true})
	channel, err := telegram.New(telegram.Config{Token: server.Token()}, slog.New(slog.DiscardHandler), telegram.WithTransport(server.Transport()))
	must(t, err)
	must(t, channel.Start(t.Context()))
	v := &telegramViewer{channel: channel, person: server.Person(7, "Lin", "zh")}
	v.poller = channel.Poller(v)
	v.person.Start("")
	v.step(t)
	t.Cleanup(func() {
		for _, violation := range server.Violations() {
			t.Error("violation:", violation)
		}
	})
	return v
}

// Handle implements bot.Receiver.
func (v *telegramViewer) Handle(_ context.Context, inputs []desk.Input, _ func(*storage.Tx) error) error {
	v.last = inputs[len(inputs)-1]
	return nil
}

func (v *telegramViewer) step(t *testing.T) {
	t.Helper()
	_, err := v.poller.Step(t.Context())
	must(t, err)
}

func (v *telegramViewer) show(t *testing.T, m desk.Drawn) string {
	t.Helper()
	_, err := v.channel.Send(t.Context(), desk.Address{Channel: telegram.Name, ID: "7"}, m)
	must(t, err)
	last, _ := v.person.Last()
	return last.Text + "\n" + strings.Join(last.Labels(), "\n")
}

func (v *telegramViewer) choose(t *testing.T, label string) desk.Input {
	t.Helper()
	press := v.person.Press(label)
	v.step(t)
	must(t, v.channel.Answer(t.Context(), press.ID, "", "", false))
	return v.last
}
