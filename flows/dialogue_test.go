package flows

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what the desk says into the dialogues")

const (
	headZh = "== 中文 =="
	headEn = "== English =="
)

// Every dialogue says in both languages what its file says it does, with the
// same turns in both.
func TestDialogues(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir("testdata", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".txt" {
			return err
		}
		seen[filepath.Base(filepath.Dir(path))] = true
		t.Run(strings.TrimSuffix(filepath.ToSlash(path), ".txt"), func(t *testing.T) { testDialogue(t, path) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range All {
		if !seen[f.Name] {
			t.Errorf("no dialogue for %s: write testdata/%s/happy.txt", f.Name, f.Name)
		}
	}
}

func testDialogue(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	script, _, _ := strings.Cut(string(data), headZh)
	var b strings.Builder
	b.WriteString(strings.TrimSpace(script) + "\n")
	var turns [][]string
	for _, language := range []struct{ lang, head string }{{"zh", headZh}, {"en", headEn}} {
		d := newDialogue(t, language.lang)
		for line := range strings.Lines(strings.TrimSpace(script)) {
			if line = strings.TrimSpace(line); line != "" {
				d.run(line)
			}
		}
		b.WriteString("\n" + language.head + "\n" + d.out.String())
		turns = append(turns, d.turns)
	}
	if diff := cmp.Diff(turns[0], turns[1]); diff != "" {
		t.Errorf("the languages differ (-zh +en):\n%s", diff)
	}
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(data), b.String()); diff != "" {
		t.Errorf("run go test ./flows -update and read the change (-file +said):\n%s", diff)
	}
}
