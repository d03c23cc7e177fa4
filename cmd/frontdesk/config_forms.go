package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"frontdesk/desk"
)

// maxLabel is how long a label may be so that it fits a button of every channel.
const maxLabel = 10

const (
	wantTerm     = "a duration such as 15m, 3d or 3wd"
	wantDuration = "a duration such as 90s, 15m or 24h"
	wantClock    = "a time of day such as 08:30"
	wantAddress  = "a person's address such as telegram:1001 or wecom:zhangsan"
	wantID       = "an id of small letters, digits, - and _, at most 24, such as hot_water"
)

var (
	idForm     = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,23}$`)
	telegramID = regexp.MustCompile(`^[1-9][0-9]{0,15}$`)
	wecomID    = regexp.MustCompile(`^[A-Za-z0-9_@.-]{1,64}$`)
)

func (v value) text(expected string) string {
	return read(v, expected, "", func(s string) (string, bool) { return strings.TrimSpace(s), true })
}

func (v value) id() string {
	return read(v, wantID, "", func(s string) (string, bool) { return s, idForm.MatchString(s) })
}

func (v value) yes() bool {
	return read(v, "true or false", false, func(s string) (bool, bool) { return s == "true", s == "true" || s == "false" })
}

func (v value) number(least, fallback int) int {
	return read(v, fmt.Sprintf("a whole number from %d", least), fallback, func(s string) (int, bool) {
		n, err := strconv.Atoi(s)
		return n, err == nil && n >= least && n < 1e9
	})
}

// oneOf reads one of a few words.
func (v value) oneOf(what, fallback string, words ...string) string {
	s, ok := v.scalar("one of " + strings.Join(words, ", "))
	if !ok {
		return fallback
	}
	if !contains(words, s) {
		v.fail(unknown(what, v.node.Value, words))
		return fallback
	}
	return s
}

// parseTerm reads what desk.ParseTerm reads, and fractions as Go writes them.
func parseTerm(s string) (desk.Term, bool) {
	if t, err := desk.ParseTerm(s); err == nil {
		return t, true
	}
	d, err := time.ParseDuration(strings.TrimSpace(s))
	return desk.Term{Duration: d}, err == nil && d >= 0 && d < 100*365*24*time.Hour
}

func (v value) term(fallback desk.Term) desk.Term { return read(v, wantTerm, fallback, parseTerm) }

// someTerm is a term that is not zero.
func (v value) someTerm(fallback desk.Term) desk.Term {
	before := len(v.c.problems)
	t := v.term(fallback)
	if t.IsZero() && !v.missing() && len(v.c.problems) == before {
		v.bad("a duration of more than nothing, such as 15m, 3d or 3wd")
		return fallback
	}
	return t
}

// duration is a length of time on the clock, not on the calendar: days are 24 hours.
func (v value) duration(fallback time.Duration) time.Duration {
	return read(v, wantDuration, fallback, func(s string) (time.Duration, bool) {
		t, ok := parseTerm(s)
		d := t.Duration + time.Duration(t.Days)*24*time.Hour
		return d, ok && t.Workdays == 0 && d > 0
	})
}

func (v value) clock(fallback desk.ClockTime) desk.ClockTime {
	return read(v, wantClock, fallback, func(s string) (desk.ClockTime, bool) {
		t, err := desk.ParseClockTime(s)
		return t, err == nil
	})
}

func (v value) span() desk.Span {
	return read(v, "two times of day such as 12:00-14:00", desk.Span{}, func(s string) (desk.Span, bool) {
		span, err := desk.ParseSpan(s)
		return span, err == nil
	})
}

// address reads the address of a person: a group has no role.
func (v value) address() (desk.Address, bool) {
	a := read(v, wantAddress, desk.Address{}, func(s string) (desk.Address, bool) {
		a, ok := desk.ParseAddress(s)
		switch {
		case !ok || strings.Contains(s, "/"):
			return desk.Address{}, false
		case a.Channel == "telegram":
			return a, telegramID.MatchString(a.ID)
		}
		// The playground is for trying a configuration without any account.
		return a, (a.Channel == "wecom" || a.Channel == "playground") && wecomID.MatchString(a.ID)
	})
	return a, !a.IsZero()
}

func (v value) url(fallback string) string {
	return read(v, "an address such as https://desk.example.edu", fallback, func(s string) (string, bool) {
		u, err := url.Parse(s)
		return strings.TrimRight(s, "/"), err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
	})
}

func (v value) listen(fallback string) string {
	return read(v, "a host and a port such as 127.0.0.1:8080 or :8080", fallback, func(s string) (string, bool) {
		_, port, err := net.SplitHostPort(s)
		n, bad := strconv.ParseUint(port, 10, 16)
		return s, err == nil && bad == nil && strconv.FormatUint(n, 10) == port
	})
}

// secret reads a value that is never shown, from a file if it says so.
func (v value) secret(expected string) string {
	s, ok := v.scalar(expected)
	path, fromFile := strings.CutPrefix(s, "file:")
	if !ok || !fromFile {
		return s
	}
	data, err := os.ReadFile(path)
	if err != nil {
		v.fail(fmt.Sprintf("expected a file that can be read, %s: %s", quoted(v.node.Value), reason(err)))
		return ""
	}
	if s = strings.TrimSpace(string(data)); s == "" {
		v.fail(fmt.Sprintf("expected %s in the file, it is empty", expected))
	}
	return s
}

// reason says why a file cannot be read, without its name, which may have come out of a variable.
func reason(err error) string {
	if os.IsNotExist(err) {
		return "there is no such file"
	}
	if os.IsPermission(err) {
		return "permission is denied"
	}
	return "it cannot be read"
}

// label reads a text in every language of the site; most is its greatest length, 0 for any.
func (v value) label(most int) desk.Label {
	c := v.c
	if v.missing() || isNull(v.node) || v.node.Kind != yaml.MappingNode || len(c.languages) == 0 {
		if !v.missing() && len(c.languages) == 0 {
			return nil // The languages are a problem already.
		}
		v.bad("a text in every language: " + strings.Join(c.languages, ", "))
		return nil
	}
	label := desk.Label{}
	s := c.section(v, c.languages...)
	for _, lang := range c.languages {
		text := s.get(lang)
		if text.missing() {
			v.fail(fmt.Sprintf("the language %s is missing", lang))
			continue
		}
		label[lang] = text.text("a text")
		if n := utf8.RuneCountInString(label[lang]); most > 0 && n > most {
			text.fail(fmt.Sprintf("expected at most %d characters so that it fits a button, got %d", most, n))
		}
	}
	return label
}

// words reads a list of words for some of the languages.
func (v value) words() map[string][]string {
	if v.missing() {
		return nil
	}
	words := map[string][]string{}
	s := v.c.section(v, v.c.languages...)
	for _, lang := range v.c.languages {
		if list := s.get(lang); !list.missing() {
			words[lang] = list.texts("words")
		}
	}
	return words
}

// texts reads a list of texts.
func (v value) texts(expected string) []string {
	if v.missing() {
		return nil
	}
	var list []string
	for _, item := range v.list("a list of " + expected) {
		if s := item.text("a text"); s != "" {
			list = append(list, s)
		}
	}
	return list
}
