package desk

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestGrams(t *testing.T) {
	for text, want := range map[string][]string{
		"水龙头漏水":               {"水龙", "龙头", "头漏", "漏水"},
		"Tap leaking, LEAKS ": {"tap", "leak"},
		"空调drips":             {"空调", "drip"},
		"漏":                   nil,
		"３号楼 WiFi-6":          {"号楼", "wifi"},
		"moving moved move":   {"mov"},
		"漏水 漏水漏水":             {"漏水", "水漏"},
		"isn't":               {"isnt"},
		"":                    nil,
	} {
		if diff := cmp.Diff(want, Grams(text)); diff != "" {
			t.Errorf("%q:\n%s", text, diff)
		}
	}
	if n := len(Grams(strings.Repeat("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳", 50))); n != gramsMost {
		t.Errorf("a long text has %d pieces", n)
	}
	if got := Grams(strings.Repeat("x", 5000)); len(got) != 1 || len(got[0]) > gramLongest {
		t.Errorf("a long word: %v", got)
	}
}

// reading is a town that can be searched; it has no lists, and knows nobody by
// name.
type reading struct{ *town }

func (reading) Open(string) []Ticket                       { return nil }
func (reading) Between(time.Time, time.Time) []Ticket      { return nil }
func (reading) EventsBetween(time.Time, time.Time) []Event { return nil }
func (reading) CallTasks() []CallTask                      { return nil }
func (reading) History(string) []Event                     { return nil }
func (reading) Find(Search, int, int) Hits                 { return Hits{} }
func (reading) PeopleNamed(string, int) []Person           { return nil }
func (reading) PeopleByPhone(string, int) []Person         { return nil }
func (reading) Undelivered(time.Time, time.Time) int       { return 0 }
func (reading) Counted(time.Time) (Counts, bool)           { return Counts{}, false }

// TestSearchPeriods reads dates on Tuesday 24 November 2026.
func TestSearchPeriods(t *testing.T) {
	w := newTown(t)
	day := func(s string) time.Time {
		d, err := ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return ClockTime(0).On(d, w.site.Zone)
	}
	for _, tt := range []struct{ text, from, to string }{
		{"今天", "2026-11-24", "2026-11-25"}, {"Yesterday", "2026-11-23", "2026-11-24"}, {"前天 漏水", "2026-11-22", "2026-11-23"},
		{"本周", "2026-11-23", "2026-11-30"}, {"上周", "2026-11-16", "2026-11-23"}, {"LAST WEEK", "2026-11-16", "2026-11-23"},
		{"上个月", "2026-10-01", "2026-11-01"}, {"this month", "2026-11-01", "2026-12-01"},
		{"11-20", "2026-11-20", "2026-11-21"}, {"12-31", "2025-12-31", "2026-01-01"}, {"11/24", "2026-11-24", "2026-11-25"},
		{"11月5号", "2026-11-05", "2026-11-06"}, {"2025-02-28", "2025-02-28", "2025-03-01"},
		{"2026-11-01..2026-11-20", "2026-11-01", "2026-11-21"}, {"11-20 到 11-01", "2026-11-01", "2026-11-21"}, {"11-01~11-03 漏水", "2026-11-01", "2026-11-04"},
		{"最近3天", "2026-11-22", "2026-11-25"}, {"last 7 days", "2026-11-18", "2026-11-25"},
		{"3-502", "", ""}, {"13-40", "", ""}, {"2-30", "", ""}, {"2026-11-31", "", ""}, {"138-0000-1111", "", ""},
	} {
		s := ParseSearch(reading{w}, w.people["dm"], tt.text)
		var from, to time.Time
		if tt.from != "" {
			from, to = day(tt.from), day(tt.to)
		}
		if !s.From.Equal(from) || !s.To.Equal(to) {
			t.Errorf("%q: from %v to %v, want %s to %s", tt.text, s.From, s.To, tt.from, tt.to)
		}
	}
	for _, nothing := range []string{"", "  ", "漏", "。", "the", "的"} {
		if s := ParseSearch(reading{w}, w.people["wang"], nothing); !s.Empty() {
			t.Errorf("%q looks for %+v", nothing, s)
		}
	}
}
