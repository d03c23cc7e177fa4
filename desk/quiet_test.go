package desk

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestQuiet(t *testing.T) {
	night, err := ParseQuietHours("22:00-08:00")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct {
		zone, at, release string
	}{
		{"Asia/Shanghai", "2026-09-29 21:59", "2026-09-29 21:59"},
		{"Asia/Shanghai", "2026-09-29 22:00", "2026-09-30 08:00"},
		{"Asia/Shanghai", "2026-09-30 00:00", "2026-09-30 08:00"},
		{"Asia/Shanghai", "2026-09-30 07:59", "2026-09-30 08:00"},
		{"Asia/Shanghai", "2026-09-30 08:00", "2026-09-30 08:00"},
		{"Europe/Berlin", "2026-03-29 01:30", "2026-03-29 08:00"},
		{"Europe/Berlin", "2026-10-24 23:30", "2026-10-25 08:00"},
	} {
		c := Calendar{Zone: zoneOf(t, s.zone)}
		at, want := c.at(t, s.at), c.at(t, s.release)
		if got := night.Release(at, c.Zone); !got.Equal(want) || night.Quiet(at, c.Zone) == at.Equal(want) {
			t.Errorf("%s: %v, quiet %v", s.at, got, night.Quiet(at, c.Zone))
		}
	}
	if (QuietHours{}).Quiet(time.Unix(0, 0), time.UTC) {
		t.Error("no quiet hours are quiet")
	}
}

func TestWindow(t *testing.T) {
	c := Calendar{Zone: zoneOf(t, "Asia/Shanghai")}
	for _, s := range []struct{ at, want string }{
		{"2026-09-29 08:59", "2026-09-29 09:00"},
		{"2026-09-29 09:00", "2026-09-29 09:00"},
		{"2026-09-29 21:29", "2026-09-29 21:29"},
		{"2026-09-29 21:30", "2026-09-30 09:00"},
		{"2026-12-31 23:00", "2027-01-01 09:00"},
	} {
		if got := Window(c.at(t, s.at), 9*60, 21*60+30, c.Zone); !got.Equal(c.at(t, s.want)) {
			t.Errorf("%s: %v", s.at, got)
		}
	}
	at := c.at(t, "2026-09-29 08:59")
	if !Window(at, 0, 0, c.Zone).Equal(at) || !Window(at, 0, EndOfDay, c.Zone).Equal(at) || Window(at, 22*60, 9*60, c.Zone) != at {
		t.Error("the time lies inside, but was moved")
	}
}

// What is released is not quiet, unless the quiet hours begin again at once; and
// it is never held for longer than a day and its change of clocks.
func TestReleaseProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := drawZone(t)
		q := QuietHours{From: ClockTime(rapid.IntRange(0, 1439).Draw(t, "from")), To: ClockTime(rapid.IntRange(0, 1439).Draw(t, "to"))}
		at := drawTime(t, zone)
		got := q.Release(at, zone)
		if got.Before(at) || got.Sub(at) > 25*time.Hour || q.Quiet(got, zone) && got.Sub(q.From.On(DateOf(got, zone), zone)).Abs() > time.Hour {
			t.Fatalf("%v: %v is released at %v", q, at, got)
		}
		window := Window(at, q.From, q.To, zone)
		if window.Before(at) || window.Sub(at) > 49*time.Hour {
			t.Fatalf("%v: %v waits until %v", q, at, window)
		}
	})
}
