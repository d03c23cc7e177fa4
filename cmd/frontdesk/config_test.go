package main

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
)

var update = flag.Bool("update-config", false, "write the expected errors of the broken configurations anew")

// secretToken must never be seen in an error.
const secretToken = "1234567890:AAEhBP0av28iCgLjS6vT-secret-xyz"

func testEnv(name string) (string, bool) {
	value, ok := map[string]string{
		"TELEGRAM_TOKEN": secretToken, "SECRET": secretToken, "EMPTY": "", "PORT": "8081",
	}[name]
	return value, ok
}

func loadExample(t *testing.T) *Config {
	t.Helper()
	config, err := LoadConfig(filepath.Join("..", "..", "config.example.yaml"), testEnv)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func TestExampleConfig(t *testing.T) {
	config := loadExample(t)
	s := config.Site
	if config.Telegram.Token != secretToken || config.Telegram.Mode != ModePolling || s.Zone.String() != "Asia/Shanghai" {
		t.Errorf("the token, the mode or the zone is not as written")
	}
	for _, id := range []string{"3-502", "5-1203", "1-101", "8-1212", "canteen", "library", "3-lift-b", "3-5-corridor", "8-12-bathroom"} {
		if _, ok := s.Places.Get(id); !ok {
			t.Errorf("the place %s is missing", id)
		}
	}
	want := map[desk.Urgency]desk.Deadlines{
		desk.Normal:    {Take: minutes(15), FirstVisit: hours(12), Done: hours(24), Rework: hours(24)},
		desk.Urgent:    {OnSite: minutes(30), Arrive: minutes(15)},
		desk.Emergency: {Take: minutes(5), OnSite: minutes(30), Arrive: minutes(15)},
	}
	if diff := cmp.Diff(want, s.Deadlines); diff != "" {
		t.Error(diff)
	}
}

// TestExampleShowsTheDefaults keeps what the example calls a default one.
func TestExampleShowsTheDefaults(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "config.example.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	short, _, found := strings.Cut(string(data), "# The clocks.")
	if !found {
		t.Fatal("the sections with defaults do not begin with the clocks")
	}
	got, err := LoadConfig(writeConfig(t, short), testEnv)
	if err != nil {
		t.Fatal(err)
	}
	with, without := *loadExample(t).Site, *got.Site
	for name, pair := range map[string][2]any{
		"deadlines": {with.Deadlines, without.Deadlines}, "callback": {with.Callback, without.Callback},
		"pauses": {with.Pauses, without.Pauses}, "limits": {with.Limits, without.Limits},
		"schedules": {with.Schedules, without.Schedules}, "quiet_hours": {with.Quiet, without.Quiet}, "rooms": {with.Rooms, without.Rooms},
	} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Errorf("%s: the example and the default differ:\n%s", name, diff)
		}
	}
}

func TestExampleRemindsAtTenPastTwelve(t *testing.T) {
	s := loadExample(t).Site
	done := time.Date(2026, 11, 24, 14, 20, 0, 0, s.Zone)
	asked := s.Calendar.After(done, s.Callback.AskAfter)
	if got := s.Calendar.After(asked, s.Callback.RemindAfter).Format("01-02 15:04"); got != "11-25 12:10" {
		t.Errorf("work done at 14:20 is reminded of at %s, want the next day at 12:10", got)
	}
}

func TestExampleRoutes(t *testing.T) {
	s := loadExample(t).Site
	got := map[string]bool{}
	for _, cat := range s.Categories {
		for _, u := range []desk.Urgency{desk.Normal, desk.Urgent} {
			for _, at := range []desk.ClockTime{10 * 60, 23 * 60} {
				place, _ := s.Places.Get("3-502")
				department, _ := s.RouteTo(desk.Matter{Kind: cat.Kind, Category: cat.ID, Place: place, Urgency: u, At: at})
				got[department] = true
			}
		}
		for lang, label := range cat.Label {
			if utf8.RuneCountInString(label) > maxLabel || len(cat.Words[lang]) == 0 {
				t.Errorf("%s: the label %q is long, or words are missing", cat.ID, label)
			}
		}
	}
	for _, d := range s.Departments {
		if !got[d.ID] {
			t.Errorf("no category brings the department %s any work", d.ID)
		}
	}
}

func writeConfig(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestBrokenConfigs reads every configuration in testdata/config. Its expected errors stand in a file beside it, which go test -update-config writes and people read.
func TestBrokenConfigs(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "config", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no configurations", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			_, err := LoadConfig(file, testEnv)
			var broken *ConfigError
			if !errors.As(err, &broken) {
				t.Fatalf("got %v, want a ConfigError", err)
			}
			broken.Path = "config.yaml"
			got := broken.Error() + "\n"
			if strings.Contains(got, secretToken) || strings.Contains(got, "hunter2") {
				t.Errorf("a secret is shown:\n%s", got)
			}
			golden := strings.TrimSuffix(file, ".yaml") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestConfigFileMissing(t *testing.T) {
	if _, err := LoadConfig(filepath.Join(t.TempDir(), "none.yaml"), testEnv); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestSecretFromFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(secretToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := &checker{env: testEnv}
	v := func(s string) value { return scalarValue(c, s) }
	if got := v("file:" + file).secret("a token"); got != secretToken {
		t.Errorf("got %q", got)
	}
	if got := v("http://127.0.0.1:${PORT}/").url(""); got != "http://127.0.0.1:8081" {
		t.Errorf("got %q", got)
	}
	if len(c.problems) > 0 {
		t.Error(c.problems)
	}
}

func TestExpand(t *testing.T) {
	for s, want := range map[string]string{
		"1-3": "1 2 3", "01-03": "01 02 03", "8-11": "8 9 10 11", "B1-B2, 1-2,G": "B1 B2 1 2 G", "502": "502",
		"3-1": "!", "1-": "!", "-": "!", "": "!", "01-100": "!", "A1-B2": "!", "1-99999": "!", "1 2": "!", "一": "!",
	} {
		list, ok := expand(s)
		got := strings.Join(list, " ")
		if !ok {
			got = "!"
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

func TestFires(t *testing.T) {
	for s, want := range map[string]bool{
		"10 8 * * *": true, "@daily": true, "TZ=Asia/Shanghai": false, "CRON_TZ=UTC 1 2 3 4 5": false,
		"0 0 30 2 *": false, "61 * * * *": false, "often": false, "": false,
	} {
		if got := fires(s); got != want {
			t.Errorf("%q: got %v", s, got)
		}
	}
}

func TestTerms(t *testing.T) {
	for s, want := range map[string]desk.Term{
		"15m": minutes(15), "1.5h": minutes(90), "90s": {Duration: 90 * time.Second}, "3wd": {Workdays: 3}, "3d": {Days: 3}, "500ms": {Duration: time.Second / 2},
	} {
		if got, ok := parseTerm(s); !ok || got != want {
			t.Errorf("%q: got %v", s, got)
		}
	}
	for _, s := range []string{"", "soon", "-5m", "15", "3 days", "999999999h"} {
		if got, ok := parseTerm(s); ok {
			t.Errorf("%q: got %v, want none", s, got)
		}
	}
}

func FuzzLoadConfig(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "config", "*.yaml"))
	for _, file := range append(files, filepath.Join("..", "..", "config.example.yaml")) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		// file: may name anything of the machine; the parser is what is looked for here.
		if strings.Contains(string(data), "file:/") {
			return
		}
		config, err := LoadConfig(writeConfig(t, string(data)), testEnv)
		if err != nil {
			if strings.Contains(err.Error(), secretToken) {
				t.Errorf("a secret is shown: %v", err)
			}
			return
		}
		last := config.Site.Routes[len(config.Site.Routes)-1]
		if !last.Unconditional() || slices.Contains(config.Site.Languages, "") || len(config.Site.Admins) == 0 {
			t.Error("a configuration passes that is not complete")
		}
	})
}
