package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"frontdesk"
	"frontdesk/bot/telegram/telegramtest"
)

// premises is the whole program as the command line starts it: its process, its
// sockets, its files; Telegram is a server on another port.
type premises struct {
	t      *testing.T
	server *telegramtest.Server
	dir    string
	path   string // of the configuration
	web    string
	fig    string
	ended  chan int
	log    lockedBuffer
	stop   context.CancelFunc
}

// open starts serve, and waits until it takes updates.
func open(t *testing.T, edit ...string) *premises {
	t.Helper()
	// Not t.TempDir: the path of a socket has at most 100 characters.
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := &premises{t: t, dir: dir, path: filepath.Join(dir, "config.yaml"), server: telegramtest.New(telegramtest.Options{})}
	api := httptest.NewServer(p.server)
	t.Cleanup(api.Close)
	p.web, p.fig = freeAddress(t), freeAddress(t)
	t.Setenv("TELEGRAM_TOKEN", p.server.Token())
	p.write(append([]string{
		"https://api.telegram.org ", api.URL + " ", "./data/", dir + "/",
		"listen: 127.0.0.1:8080", "listen: " + p.web,
		"# metrics:\n#   listen: 127.0.0.1:9090", "metrics:\n  listen: " + p.fig,
	}, edit...)...)
	p.start()
	return p
}

// write writes the example's configuration, with replacements in pairs.
func (p *premises) write(edit ...string) {
	p.t.Helper()
	text := string(frontdesk.ExampleConfig)
	if old, err := os.ReadFile(p.path); err == nil {
		text = string(old)
	}
	for i := 0; i < len(edit); i += 2 {
		if !strings.Contains(text, edit[i]) {
			p.t.Fatalf("the configuration has no %q", edit[i])
		}
		text = strings.Replace(text, edit[i], edit[i+1], -1)
	}
	if err := os.WriteFile(p.path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

func (p *premises) start() {
	p.t.Helper()
	ctx, stop := context.WithCancel(p.t.Context())
	p.stop, p.ended = stop, make(chan int, 1)
	go func() { p.ended <- runWith(ctx, []string{"serve", "--config", p.path}, io.Discard, &p.log) }()
	p.t.Cleanup(func() {
		stop()
		select {
		case <-p.ended:
		case <-time.After(20 * time.Second):
			p.t.Error("the desk does not stop")
		}
	})
	p.until("polling", func() bool {
		code, _ := p.command("status")
		return code == 0 && strings.Contains(p.log.String(), "telegram is ready")
	})
}

// until waits for something that takes some moments.
func (p *premises) until(what string, is func() bool) {
	p.t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	late := time.After(30 * time.Second)
	for !is() {
		select {
		case <-tick.C:
		case code := <-p.ended:
			p.t.Fatalf("serve ended with %d:\n%s", code, p.log.String())
		case <-late:
			p.t.Fatalf("after 30 s still not %s:\n%s", what, p.log.String())
		}
	}
}

// command runs another command of the program on the same configuration.
func (p *premises) command(args ...string) (code int, text string) {
	var out lockedBuffer
	args = append(args[:1:1], append([]string{"--config", p.path}, args[1:]...)...)
	code = runWith(p.t.Context(), args, &out, &out)
	return code, out.String()
}

// does wants a command to exit with a code and to say something.
func (p *premises) does(code int, words string, args ...string) {
	p.t.Helper()
	got, text := p.command(args...)
	if got != code || !strings.Contains(text, words) {
		p.t.Errorf("%s: exit %d, want %d with %q:\n%s", strings.Join(args, " "), got, code, words, text)
	}
}

func (p *premises) get(address, path string) (int, string) {
	p.t.Helper()
	response, err := http.Get("http://" + address + path) //nolint:noctx // A test.
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// files files a repair from its first words to its number.
func (p *premises) files() {
	p.t.Helper()
	zhang := p.server.Person(5001, "张同学", "zh")
	sees := func(words string) func() bool {
		return func() bool { _, ok := find(zhang.Screen(), words); return ok }
	}
	zhang.Say("水龙头漏水,3栋502,随时可以进")
	p.until("asked", sees("请核对"))
	zhang.Press("提交")
	p.until("registered", sees("已登记"))
}

// TestServe is a day with the running program: it is looked at, changed, copied
// and stopped.
func TestServe(t *testing.T) {
	p := open(t)
	p.files()

	if code, text := p.get(p.web, "/healthz"); code != http.StatusOK || text != "ok\n" {
		t.Errorf("/healthz: %d %q", code, text)
	}
	if code, text := p.get(p.web, "/readyz"); code != http.StatusOK || strings.Count(text, " ok ") != 5 {
		t.Errorf("/readyz: %d %q", code, text)
	}
	p.does(0, "open tickets: 1 (engineering 1)", "status")
	p.does(0, "R-1001", "find", "R-1001")
	p.does(0, "R-1001", "find", "3-502", "漏水")
	p.does(0, "nothing was found", "find", "空调")
	p.does(0, "the store of the running desk is consistent: 1 tickets", "check")
	info, err := os.Stat(filepath.Join(p.dir, "frontdesk.sock"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is for %v, %v", info.Mode().Perm(), err)
	}
	p.does(exitInUse, "in use", "serve")

	p.does(0, "verified backup", "backup")
	p.does(0, "1 tickets", "restore-drill")
	p.does(0, "last restore drill: 20", "status")

	p.does(0, "stopped", "stop")
	if code := <-p.ended; code != 0 {
		t.Errorf("serve ended with %d", code)
	}
	p.ended <- 0
	p.does(exitFailed, "does not run", "stop")
	p.does(exitFailed, "does not run", "status")
	p.does(0, "the desk does not run", "check")
	p.does(0, "verified backup", "backup", filepath.Join(p.dir, "idle.db"))
}

// TestReload changes the configuration under the running program.
func TestReload(t *testing.T) {
	p := open(t)
	p.files()
	p.does(0, "nothing has changed", "reload")

	p.write("chase_every: 10m", "chase_every: soon")
	p.does(exitFailed, "limits.chase_every", "reload")
	p.does(0, "open tickets: 1", "status") // It needs nothing of the file but where the socket is.
	p.write("chase_every: soon", "chase_every: 20m", "listen: "+p.web, "listen: 127.0.0.2:81", "id: example-campus", "id: another")
	p.does(0, "in force: limits\nneeds a restart, unchanged until then: site.id, http.listen", "reload")
	p.does(0, "needs a restart: site.id, http.listen", "check")

	// What an open ticket needs stays, unless it is retired.
	p.write("- id: leak\n", "- id: drip\n", "[leak]", "[drip]", "category: leak", "category: other")
	p.does(exitFailed, "category leak (R-1001)", "reload")
	p.does(exitFailed, "category leak (R-1001)", "check")
	p.write("- id: drip\n", "- id: leak\n    retired: true\n", "[drip]", "[leak]")
	p.does(0, "in force: categories", "reload")

	// A signal does the same, and the log says how it went.
	p.write("chase_every: 20m", "chase_every: 30m")
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	p.until("reloaded", func() bool { return strings.Contains(p.log.String(), "changed=[limits]") })
	p.until("reloaded by the signal", func() bool { return strings.Count(p.log.String(), "changed=[limits]") == 2 })
	p.write("chase_every: 30m", "chase_every: never")
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	p.until("refused by the signal", func() bool {
		return strings.Count(p.log.String(), "the configuration was refused, the old one stays") == 3
	})
	p.does(0, "open tickets: 1", "status")
}

// freeAddress is an address at which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
