package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdesk"
	"frontdesk/desk"
)

// qrSite is the example in a folder of its own, with some lines more.
func qrSite(t *testing.T, more string) (path, key string) {
	t.Helper()
	dir := t.TempDir()
	path = filepath.Join(dir, "config.yaml")
	text := strings.Replace(string(frontdesk.ExampleConfig), "bolt:./data/frontdesk.db", "bolt:"+filepath.Join(dir, "data", "frontdesk.db"), 1)
	if err := os.WriteFile(path, []byte(text+"\n"+more), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TELEGRAM_TOKEN", "1000001:TEST-token")
	return path, filepath.Join(dir, "data", "qr.key")
}

// printed runs the program and gives what it printed.
func printed(t *testing.T, args ...string) (string, int) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = write
	defer func() { os.Stdout = stdout }()
	code := run(t.Context(), args)
	write.Close()
	text, err := io.ReadAll(read)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text)), code
}

func TestLinkCommand(t *testing.T) {
	config, key := qrSite(t, "")
	args := []string{"link", "--config", config, "--bot", "ExampleCampusBot", "--flow", "repair", "--answer", "category=leak", "--answer", "place=3-502"}
	first, code := printed(t, args...)
	if code != 0 || !strings.HasPrefix(first, "https://t.me/ExampleCampusBot?start=q") || !strings.HasSuffix(first, "r_cleak_p3-502") {
		t.Fatalf("printed %q, %d", first, code)
	}
	if again, _ := printed(t, args...); again != first {
		t.Errorf("printed again it is %s, before %s", again, first)
	}
	info, err := os.Stat(key)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v, %v", info, err)
	}
	// Without the key the next one signs otherwise, and the desk takes it for none of its own.
	loaded, err := LoadConfig(config, os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	_, payload, _ := strings.Cut(first, "start=")
	if l, ok := loaded.Site.ReadLink(payload); !ok || l.Answers["category"] != "leak" {
		t.Errorf("the desk reads %v, %v", l, ok)
	}
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	if fresh, _ := printed(t, args...); fresh == first {
		t.Error("another key signs alike")
	}
	for _, wrong := range [][]string{
		{"--answer", "place=3-999"}, {"--answer", "category=nothing"}, {"--answer", "category=clean"}, {"--flow", "nothing"},
		{"--answer", "confirm=send"}, {"--flow", "cancel_ticket", "--answer", "note=x"}, {"--bot", "not a name"},
		{"--answer", "what=" + strings.Repeat("漏", 20)},
	} {
		if text, code := printed(t, append([]string{"link", "--config", config, "--bot", "ExampleCampusBot"}, wrong...)...); code == 0 {
			t.Errorf("%q printed %s", wrong, text)
		}
	}
}

func TestQRKeys(t *testing.T) {
	const fresh, old = "ffffffffffffffffffffffffffffffff", "00000000000000000000000000000000"
	load := func(more string) (*Config, error) {
		path, _ := qrSite(t, more)
		return LoadConfig(path, func(name string) (string, bool) {
			return map[string]string{"QR_KEY": fresh, "TELEGRAM_TOKEN": "1:x"}[name], true
		})
	}
	config, err := load("qr: {key: \"${QR_KEY}\", old_keys: [\"" + old + "\"]}")
	if err != nil {
		t.Fatal(err)
	}
	before := &desk.Site{ID: config.Site.ID, LinkKeys: [][]byte{[]byte(old)}}
	link := desk.Link{Flow: "repair", Answers: map[string]string{"place": "3-502"}}
	payload, _ := before.SignLink(link)
	if _, ok := config.Site.ReadLink(payload); !ok {
		t.Error("a sticker of the old key is refused")
	}
	if fresh, _ := config.Site.SignLink(link); fresh == payload {
		t.Error("the old key still signs")
	}
	// Old keys beside a key that is not made yet.
	if config, err = load("qr: {old_keys: [\"" + old + "\"]}"); err != nil {
		t.Fatal(err)
	}
	if _, err := config.Site.SignLink(link); err == nil {
		t.Error("signed without a key")
	}
	if made, err := ensureLinkKey(config); !made || err != nil {
		t.Fatal(made, err)
	}
	if _, ok := config.Site.ReadLink(payload); !ok {
		t.Error("making the key has lost the old one")
	}
	for _, wrong := range []string{"qr: {key: short}", "qr: {old_keys: [short]}", "qr: {keys: [x]}"} {
		_, err := load(wrong)
		if err == nil || !strings.Contains(err.Error(), "qr") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

// A broken key file is never replaced: what hangs on the walls would be dead.
func TestQRKeyFileBroken(t *testing.T) {
	path, key := qrSite(t, "")
	if err := errors.Join(os.MkdirAll(filepath.Dir(key), 0o700), os.WriteFile(key, []byte("cut\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if text, code := printed(t, "link", "--config", path, "--bot", "ExampleCampusBot"); code == 0 {
		t.Errorf("printed %s", text)
	}
	if data, _ := os.ReadFile(key); string(data) != "cut\n" {
		t.Errorf("the file was changed to %q", data)
	}
}

func TestQRCommand(t *testing.T) {
	config, _ := qrSite(t, "")
	pdf := filepath.Join(t.TempDir(), "out.pdf")
	for _, c := range []struct {
		args []string
		want string // empty: refused
	}{
		{[]string{"--building", "3", "--floor", "5"}, "14 stickers, 2 pages"},
		{[]string{"--building", "3", "--floor", "5", "--rooms"}, "12 stickers, 2 pages"},
		{[]string{"--building", "3", "--areas"}, "27 stickers, 4 pages"},
		{[]string{"--place", "3-lift-a", "--place", "3-502", "--place", "3-502", "--layout", "3x7"}, "2 stickers, 1 pages"},
		{[]string{"--building", "9"}, ""},
		{[]string{"--floor", "99"}, ""},
		{[]string{"--place", "3-999"}, ""},
		{[]string{"--place", "3-502", "--rooms"}, ""},
		{[]string{"--layout", "9x9"}, ""},
		{[]string{"--flow", "language"}, ""},
	} {
		os.Remove(pdf)
		text, code := printed(t, append([]string{"qr", "--config", config, "--bot", "ExampleCampusBot", "--to", pdf}, c.args...)...)
		data, err := os.ReadFile(pdf)
		if c.want == "" {
			if code == 0 || err == nil {
				t.Errorf("%q printed %s and wrote %d bytes", c.args, text, len(data))
			}
			continue
		}
		if code != 0 || !strings.Contains(text, c.want) || !bytes.HasPrefix(data, []byte("%PDF-")) {
			t.Errorf("%q printed %q, want %q", c.args, text, c.want)
		}
	}
}

// The bot's name is asked from Telegram, and nothing is changed there: the desk
// that runs with the same token keeps its webhook.
func TestLinkAsksForTheName(t *testing.T) {
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		asked = append(asked, path.Base(r.URL.Path))
		io.WriteString(rw, `{"ok":true,"result":{"id":1000001,"is_bot":true,"first_name":"Desk","username":"AskedBot"}}`)
	}))
	defer server.Close()
	file, _ := qrSite(t, "")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.Replace(data, []byte("https://api.telegram.org"), []byte(server.URL), 1)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	link, code := printed(t, "link", "--config", file, "--answer", "place=3-502")
	if code != 0 || !strings.HasPrefix(link, "https://t.me/AskedBot?start=q") {
		t.Errorf("printed %q, %d", link, code)
	}
	if want := []string{"getMe"}; !slices.Equal(asked, want) {
		t.Errorf("telegram was asked %q, want %q", asked, want)
	}
}

// A sticker hangs at imported places too.
func TestQRKnowsImportedPlaces(t *testing.T) {
	config, _ := qrSite(t, "")
	args := []string{"link", "--config", config, "--bot", "ExampleCampusBot", "--answer", "place=21-101"}
	if text, code := printed(t, args...); code == 0 {
		t.Fatalf("printed %s for a place that nobody knows", text)
	}
	csv := filepath.Join(t.TempDir(), "places.csv")
	if err := os.WriteFile(csv, []byte("building,floor,room\n21,1,01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, code := printed(t, "import", "places", "--config", config, csv); code != 0 {
		t.Fatalf("the import said %s, %d", text, code)
	}
	if text, code := printed(t, args...); code != 0 || !strings.HasSuffix(text, "_p21-101") {
		t.Errorf("printed %q, %d", text, code)
	}
}
