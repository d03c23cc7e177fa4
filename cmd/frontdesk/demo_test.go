package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheDemoPlaysADay plays the day with several seeds: other names, rooms and
// times, and all of it good.
func TestTheDemoPlaysADay(t *testing.T) {
	seeds := int64(3)
	if testing.Short() {
		seeds = 1
	}
	for seed := int64(1); seed <= seeds; seed++ {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			if err := playDay(t.Context(), seed, "zh", &out, &errs); err != nil {
				_, wrong, _ := strings.Cut(out.String(), "\nchecked: ")
				t.Fatalf("%v\nchecked: %s\n%s", err, wrong, errs.String())
			}
			if !strings.HasSuffix(out.String(), "things, all good\n") {
				t.Error("the day does not end with its verdict")
			}
			if seed > 1 || testing.Short() {
				return
			}
			var again bytes.Buffer
			if err := playDay(t.Context(), seed, "zh", &again, &errs); err != nil || again.String() != out.String() {
				t.Error("the same seed gave another day")
			}
		})
	}
}

// TestTheDemoPlaysADayInEnglish plays it with a staff that reads English.
func TestTheDemoPlaysADayInEnglish(t *testing.T) {
	var out, errs bytes.Buffer
	if err := playDay(t.Context(), 1, "en", &out, &errs); err != nil {
		_, wrong, _ := strings.Cut(out.String(), "\nchecked: ")
		t.Fatalf("%v\nchecked: %s\n%s", err, wrong, errs.String())
	}
}

// demoBreaks are programs with one rule broken. The first two are tried in the long form alone.
var demoBreaks = []struct{ name, file, good, broken string }{
	{
		"work cannot be finished", "desk/action.go",
		"{from: atWork, action: Finish, who: []capacity{asTaker}, to: StateDone, then: finish, undo: true},", "",
	},
	{
		"a pause goes back to new", "desk/action.go",
		"action: PauseWork, who: []capacity{asTaker}, to: StatePaused,", "action: PauseWork, who: []capacity{asTaker}, to: StateArrived,",
	},
	{
		"the callback comes late", "desk/chat_window.go",
		"s.callbackWindow(s.Calendar.After(t.DoneAt, s.Callback.AskAfter))", "s.callbackWindow(s.Calendar.After(t.DoneAt, s.Callback.AskAfter).Add(60e9))",
	},
	{
		"the term for taking is short", "desk/clocks.go",
		"return s.inHours(d, from, term)", "return s.inHours(d, from, term).Add(-60e9)",
	},
	{
		"a certificate is words without a page", "cmd/frontdesk/app.go", ", Page: paper.Page,", ",",
	},
}

// TestTheDemoNotices builds the program with one thing broken in it: the demo
// must see it from what people receive.
func TestTheDemoNotices(t *testing.T) { demoNotices(t, 2, len(demoBreaks)) }

// TestTortureTheDemoNotices are the other broken rules: each is a program to be built.
func TestTortureTheDemoNotices(t *testing.T) {
	if !torture() {
		t.Skip("its short form is TestTheDemoNotices")
	}
	demoNotices(t, 0, 2)
}

func demoNotices(t *testing.T, from, to int) {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds the program several times")
	}
	for _, c := range demoBreaks[from:to] {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			program := buildBroken(t, c.file, c.good, c.broken)
			out, err := exec.CommandContext(t.Context(), program, "demo", "--play", "--seed", "1").CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
				t.Fatalf("the demo did not notice: %v\n%s", err, theEnd(out))
			}
			if !bytes.Contains(out, []byte(" wrong:\n- ")) {
				t.Errorf("the demo does not say what is wrong:\n%s", theEnd(out))
			}
		})
	}
}

// buildBroken builds the program with a part of one file replaced.
func buildBroken(t *testing.T, file, good, broken string) (program string) {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(source, []byte(good)) != 1 {
		t.Fatalf("%s does not hold %q once: the test has to follow the program", file, good)
	}
	dir := t.TempDir()
	changed := filepath.Join(dir, "changed.go")
	if err := os.WriteFile(changed, bytes.Replace(source, []byte(good), []byte(broken), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(dir, "frontdesk.exe")
	build := exec.CommandContext(t.Context(), "go", "build", "-overlay", list, "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// theEnd is the end of an output.
func theEnd(out []byte) []byte { return out[max(0, len(out)-2000):] }
