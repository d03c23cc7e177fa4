package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// expectation is something that a chat should receive in a certain minute, or,
// with never, must not receive from then on.
type expectation struct {
	what  string
	chat  desk.Address
	at    time.Time
	kinds []playground.EntryKind
	words []*regexp.Regexp
	to    string // the presser who is answered
	pdf   bool   // a file comes with it that is a PDF
	never time.Time
}

// words are what a text must hold: a key of the catalogue with some of its
// values, or literal words. A value that is not given may be anything.
type words struct {
	key   string
	pairs []any
}

// has is a text of the catalogue. It may leave out values.
func has(key string, pairs ...any) words { return words{key, pairs} }

// holds is words as they are.
func holds(literal string) words { return words{key: literal} }

var placeholder = regexp.MustCompile(`\\\{[a-z_0-9]+\\\}`)

// pattern finds the words in a message that a chat receives at a time.
func (d *demo) pattern(chat desk.Address, w words, at time.Time) *regexp.Regexp {
	text := w.key
	if d.config.Texts.Has(d.lang(chat), w.key) {
		text = d.config.Texts.Render(d.lang(chat), desk.T(w.key, w.pairs...), at)
	}
	return regexp.MustCompile(placeholder.ReplaceAllString(regexp.QuoteMeta(dense(text)), `[\s\S]+?`))
}

// dense leaves out the spaces, which depend on what stands beside them.
func dense(text string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "\u2009", "").Replace(text)
}

func (d *demo) expect(e expectation, list []words) {
	if d.stuck != nil {
		return
	}
	reader := e.chat
	if e.to != "" {
		reader.ID = e.to // A notice is in the presser's own language.
	}
	for _, w := range list {
		e.words = append(e.words, d.pattern(reader, w, e.at))
	}
	d.expectations = append(d.expectations, e)
}

// gets expects a new message in a chat.
func (d *demo) gets(chat desk.Address, at time.Time, list ...words) {
	d.expect(expectation{what: "a message", chat: chat, at: at, kinds: []playground.EntryKind{playground.Sent}}, list)
}

// sees expects a card in a chat to change in place, or a new one.
func (d *demo) sees(chat desk.Address, at time.Time, list ...words) {
	kinds := []playground.EntryKind{playground.Sent, playground.Edited}
	d.expect(expectation{what: "a card", chat: chat, at: at, kinds: kinds}, list)
}

// told expects the answer to a press, which only the presser sees.
func (d *demo) told(p *playground.Person, chat desk.Address, at time.Time, list ...words) {
	kinds := []playground.EntryKind{playground.Answered}
	d.expect(expectation{what: "a notice to " + p.Name(), chat: chat, at: at, kinds: kinds, to: p.ID()}, list)
}

// spared expects that a chat gets no such message between two times.
func (d *demo) spared(chat desk.Address, from, to time.Time, list ...words) {
	kinds := []playground.EntryKind{playground.Sent}
	d.expect(expectation{what: "no message", chat: chat, at: from, never: to, kinds: kinds}, list)
}

// meets tells whether an entry of the log is the expected one.
func (e expectation) meets(x playground.Entry) bool {
	text := x.Text
	if x.Message.Ref != "" {
		text = x.Message.Text
	}
	kind := false
	for _, k := range e.kinds {
		kind = kind || k == x.Kind
	}
	switch {
	case !kind || x.Chat != e.chat || e.to != "" && x.Person != e.to:
		return false
	case e.pdf && (x.Message.File == nil || !bytes.HasPrefix(x.Message.File.Body, []byte("%PDF-"))):
		return false
	case e.never.IsZero() && !x.At.Truncate(time.Minute).Equal(e.at.Truncate(time.Minute)):
		return false
	case !e.never.IsZero() && (x.At.Before(e.at) || x.At.After(e.never)):
		return false
	}
	for _, w := range e.words {
		if !w.MatchString(dense(text)) {
			return false
		}
	}
	return true
}

// expected looks for everything that should have been received.
func (d *demo) expected(log []playground.Entry) {
	for _, e := range d.expectations {
		met := false
		for _, x := range log {
			if e.meets(x) {
				met = true
				break
			}
		}
		if met != e.never.IsZero() {
			d.wrong("%s", d.describe(e))
		} else {
			d.right()
		}
	}
}

func (d *demo) describe(e expectation) string {
	var list []string
	for _, w := range e.words {
		list = append(list, fmt.Sprintf("%q", w))
	}
	about := strings.Join(list, ", ")
	at := e.at.In(d.zone).Format("15:04")
	if e.never.IsZero() {
		return fmt.Sprintf("%s %s: expected %s with %s", at, d.channel.Title(e.chat), e.what, about)
	}
	return fmt.Sprintf("%s %s: expected no message with %s", at, d.channel.Title(e.chat), about)
}

// right and wrong count what was checked.
func (d *demo) right() { d.checked++ }

func (d *demo) wrong(format string, args ...any) {
	d.checked++
	d.failures = append(d.failures, fmt.Sprintf(format, args...))
}
