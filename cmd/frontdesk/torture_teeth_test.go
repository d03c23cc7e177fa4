package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sourceChange is other lines for some of a file.
type sourceChange struct{ file, old, replacement string }

// early are the two places that acknowledge, changed so that they do it before
// the commit. Many bots are written like this.
var early = []sourceChange{
	{
		file: "webhook.go",
		old:  "	if err := w.receiver.Handle(r.Context(), []desk.Input{in}, nil); err != nil {\n",
		replacement: "	rw.WriteHeader(http.StatusOK)\n" +
			"	_ = http.NewResponseController(rw).Flush()\n" +
			"	if err := w.receiver.Handle(context.WithoutCancel(r.Context()), []desk.Input{in}, nil); err != nil {\n",
	},
	{
		file: "poll.go",
		old: "	if len(batch) > 0 {\n" +
			"		if err := p.receiver.Handle(ctx, batch, nil); err != nil {\n" +
			"			return err\n" +
			"		}\n" +
			"	}\n" +
			"	p.offset = next\n",
		replacement: "	p.offset = next\n" +
			"	if len(batch) > 0 {\n" +
			"		go func() { _ = p.receiver.Handle(ctx, batch, nil) }()\n" +
			"	}\n",
	},
}

// buildEarly builds the program with the acknowledgement moved before the commit.
func buildEarly(t *testing.T) string { return buildChanged(t, "telegram", early) }

// buildChanged builds the program with changes in the package of a channel.
func buildChanged(t *testing.T, channel string, changes []sourceChange) string {
	t.Helper()
	folder, err := filepath.Abs(filepath.Join("..", "..", "bot", channel))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for _, change := range changes {
		original := filepath.Join(folder, change.file)
		source, err := os.ReadFile(original)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(string(source), change.old) != 1 {
			t.Fatalf("%s no longer has these lines: change this test with it\n%s", change.file, change.old)
		}
		changed := filepath.Join(dir, change.file)
		text := strings.Replace(string(source), change.old, change.replacement, 1)
		if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[original] = changed
	}
	path := filepath.Join(dir, "overlay.json")
	data, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return build(t, "-overlay", path)
}

// TestTortureHasTeeth sees that the campaign finds what it is for: a program
// that acknowledges before it commits loses what people said.
func TestTortureHasTeeth(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	t.Parallel()
	seed, binary := tortureSeed(t), buildEarly(t)
	for _, mode := range []string{ModePolling, ModeWebhook} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, binary, mode, seed)
			ctx, stop := context.WithCancel(context.Background())
			w.hush = stop
			defer stop()
			w.populate(ctx)
			const kills = 6
			for range kills {
				w.killed(atAck)
			}
			w.waitReady(w.start(atRandom))
			w.settle(4 * time.Second)
			lost := 0
			for _, r := range w.people {
				if r.stuck {
					lost++
				}
			}
			t.Logf("%s: %d kills, %d people wait for ever", mode, kills, lost)
			if lost == 0 {
				t.Errorf("%d kills of a program that acknowledges too early, and nothing was lost: the campaign proves nothing", kills)
			}
		})
	}
}
