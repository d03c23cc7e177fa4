package main

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

// TestSetConfigMovesSchedules gives the digest another hour while the desk runs.
func TestSetConfigMovesSchedules(t *testing.T) {
	config := loadExample(t)
	now := time.Date(2026, 11, 24, 6, 0, 0, 0, config.Site.Zone)
	app, err := NewApp(config, memory.New(), nil, AppOptions{Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	digest := func() string {
		t.Helper()
		if _, err := app.Scheduler.Step(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		row := desk.Job{}
		err := app.Store.View(t.Context(), func(tx *storage.Tx) (err error) {
			row, _, err = storage.Jobs.Get(tx, "digest")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return row.Due.In(config.Site.Zone).Format("15:04")
	}
	if got := digest(); got != "08:10" {
		t.Fatalf("the digest comes at %s", got)
	}
	changed := loadExample(t)
	changed.Site.Schedules.Digest = "45 7 * * *"
	if err := app.SetConfig(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	select {
	case <-app.Store.Woken(storage.WakeJobs):
	default:
		t.Error("the scheduler is not woken")
	}
	if got := digest(); got != "07:45" {
		t.Errorf("the digest comes at %s, want the new time", got)
	}
}

// TestSetConfigKeepsLinks and what the store adds.
func TestSetConfigKeepsLinks(t *testing.T) {
	config := loadExample(t)
	app, err := NewApp(config, memory.New(), nil, AppOptions{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	app.AddLinks(map[string]string{"telegram": "https://t.me/x?start="})
	app.extend = func(_ context.Context, base *desk.Site) (*desk.Site, error) {
		site := *base
		site.Hotlines = append(site.Hotlines[:len(site.Hotlines):len(site.Hotlines)], desk.Hotline{Number: "110"})
		return &site, nil
	}
	n := len(app.Site().Hotlines)
	if err := app.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := app.Site(); s.Links["telegram"] == "" || len(s.Hotlines) != n+1 {
		t.Errorf("links %v, %d hotlines", s.Links, len(s.Hotlines))
	}
	broken := errors.New("no such places")
	app.extend = func(context.Context, *desk.Site) (*desk.Site, error) { return nil, broken }
	if err := app.SetConfig(t.Context(), loadExample(t)); !errors.Is(err, broken) || len(app.Site().Hotlines) != n+1 {
		t.Errorf("got %v", err)
	}
}

// TestSetConfigTakesRoles takes somebody off the roster who is in the middle of
// their work.
func TestSetConfigTakesRoles(t *testing.T) {
	visit(t, townOptions{}, func(w *town) {
		operator := w.Person(1001, "李敏", "zh")
		w.says(operator, "/open")
		if m, _ := operator.Last(); includes(m.Text, "当班人员") || m.Text == "" {
			t.Fatalf("an operator is told %q", m.Text)
		}
		allowed, _ := operator.Last()
		changed := exampleTown(t)
		for _, shift := range changed.Site.Roster.Shifts {
			delete(shift.Staff, "operator")
		}
		if err := w.app.SetConfig(w.t.Context(), changed); err != nil {
			t.Fatal(err)
		}
		w.says(operator, "/open")
		if m, _ := operator.Last(); m.Text == allowed.Text {
			t.Errorf("somebody without a role is still told %q", m.Text)
		}
		w.wait(time.Minute)
		var menus []string
		for _, call := range w.Calls("setMyCommands") {
			if strings.Contains(call.Params["scope"], "1001") {
				menus = append(menus, call.Params["commands"])
			}
		}
		if len(menus) != 2 || !strings.Contains(menus[0], `"open"`) || strings.Contains(menus[1], `"open"`) {
			t.Errorf("the menu of somebody who lost their role does not follow: %q", menus)
		}
	})
}

// TestSetConfigRefusesWhatIsUsed takes away, one at a time, what an open ticket
// and a group need.
func TestSetConfigRefusesWhatIsUsed(t *testing.T) {
	config := loadExample(t)
	app, err := NewApp(config, memory.New(), nil, AppOptions{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer app.Close()
	err = app.Store.Update(t.Context(), func(tx *storage.Tx) error {
		return errors.Join(
			storage.Tickets.Put(tx, desk.Ticket{
				ID: "a", Number: "R-1001", State: desk.StatePaused, Department: "engineering", Offered: "cleaning", Category: "leak",
				Place: "3-502", Created: tx.Now(), Pause: &desk.Pause{Reason: "parts"},
			}),
			// Nobody needs anything for what has ended.
			storage.Tickets.Put(tx, desk.Ticket{
				ID: "b", Number: "R-1002", State: desk.StateClosed, Department: "engineering", Category: "door", Place: "5-101", Created: tx.Now(),
			}),
			storage.Groups.Put(tx, desk.Group{Address: desk.Address{Channel: "telegram", ID: "-100"}, Department: "security"}),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	without := func(id string) func(*desk.Site) {
		return func(s *desk.Site) {
			s.Departments = drop(s.Departments, func(d desk.Department) bool { return d.ID == id })
			s.Categories = drop(s.Categories, func(c desk.Category) bool { return c.ID == id })
			s.Pauses = drop(s.Pauses, func(p desk.PauseReason) bool { return p.ID == id })
		}
	}
	moved := func(s *desk.Site) {
		places, err := desk.NewPlaces([]desk.Building{{ID: "9", Floors: []desk.Floor{{ID: "1", Rooms: []string{"01"}}}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.Places = places
	}
	for _, c := range []struct {
		name   string
		change func(*desk.Site)
		want   string
	}{
		{"nothing", func(*desk.Site) {}, ""},
		{"a department", without("engineering"), "department engineering (R-1001)"},
		{"the other department", without("cleaning"), "department cleaning (R-1001)"},
		{"a group's department", without("security"), "department security (a group)"},
		{"a category", without("leak"), "category leak (R-1001)"},
		{"a category of closed tickets", without("door"), ""},
		{"a reason to wait", without("parts"), "pause parts (R-1001)"},
		{"a place", moved, "place 3-502 (R-1001)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := app.Site()
			changed := loadExample(t)
			c.change(changed.Site)
			err := app.SetConfig(t.Context(), changed)
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				if err := app.SetConfig(t.Context(), loadExample(t)); err != nil {
					t.Fatal(err)
				}
				return
			}
			var used *StillUsedError
			if !errors.As(err, &used) || strings.Join(used.Missing, "; ") != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if app.Site() != before {
				t.Error("something has changed")
			}
		})
	}
}

func drop[T any](list []T, is func(T) bool) (left []T) {
	for _, item := range list {
		if !is(item) {
			left = append(left, item)
		}
	}
	return left
}
