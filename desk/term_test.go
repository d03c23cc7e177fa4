package desk

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseTerm(t *testing.T) {
	for _, c := range []struct {
		text string
		want Term
		said string
	}{
		{"15m", Term{Duration: 15 * time.Minute}, "15m"},
		{"24h", Term{Duration: 24 * time.Hour}, "24h"},
		{"90s", Term{Duration: 90 * time.Second}, "1m30s"},
		{"3d", Term{Days: 3}, "3d"},
		{"3wd", Term{Workdays: 3}, "3wd"},
		{"1h30m", Term{Duration: 90 * time.Minute}, "1h30m"},
		{" 1d12h ", Term{Days: 1, Duration: 12 * time.Hour}, "1d12h"},
		{"0m", Term{}, "0m"},
	} {
		got, err := ParseTerm(c.text)
		if err != nil || got != c.want || got.String() != c.said {
			t.Errorf("%q: %+v %q %v", c.text, got, got, err)
		}
	}
	for _, text := range []string{"", "3", "d", "-3d", "+3d", "3 d", "3w", "1.5h", "3D", "99999999999d", "36501d", "2147483647h2147483647h", "９d", "3wdx"} {
		if got, err := ParseTerm(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestTermRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		term := Term{
			Duration: time.Duration(rapid.IntRange(0, 1e6).Draw(t, "seconds")) * time.Second,
			Days:     rapid.IntRange(0, 1000).Draw(t, "days"),
			Workdays: rapid.IntRange(0, 1000).Draw(t, "workdays"),
		}
		text, _ := term.MarshalText()
		var back Term
		if err := back.UnmarshalText(text); err != nil || back != term {
			t.Fatalf("%+v became %+v by way of %s: %v", term, back, text, err)
		}
		if term.IsZero() != (string(text) == "0m") {
			t.Fatalf("%s: only no time is zero", text)
		}
	})
}

func FuzzParseTerm(f *testing.F) {
	f.Add("1wd2d3h4m5s")
	f.Fuzz(func(t *testing.T, text string) {
		term, err := ParseTerm(text)
		if err != nil {
			return
		}
		if back, err := ParseTerm(term.String()); err != nil || back != term {
			t.Fatalf("%q: %v became %v: %v", text, term, back, err)
		}
	})
}
