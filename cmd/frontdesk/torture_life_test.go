package main

import (
	"bytes"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// killPoint is a named point at which a life ends.
type killPoint int

const (
	atRandom  killPoint = iota // a random time after its start or after it was ready
	atReceive                  // it was just given updates
	atLostAck                  // it confirms updates, and the confirmation does not arrive
	atAck                      // it confirms updates, and that is the last that it does
	atSend                     // the server accepted a message, and it does not learn so
	atCard                     // the same, of a card or a registration
)

func (m killPoint) String() string {
	return [...]string{"at random", "given updates", "before the confirmation", "after the confirmation", "message accepted", "card accepted"}[m]
}

// life is one run of the program.
type life struct {
	number int
	cmd    *exec.Cmd
	log    lockedBuffer
	ready  chan struct{}
	once   sync.Once
	ended  chan struct{} // closed when the process is gone

	polled atomic.Bool // it has asked for updates

	end   killPoint
	armed atomic.Bool
}

// isReady says that the life takes updates.
func (l *life) isReady() { l.once.Do(func() { close(l.ready) }) }

func (l *life) over() bool {
	select {
	case <-l.ended:
		return true
	default:
		return false
	}
}

// trips is true once, for the kill point for which the life is armed.
func (l *life) trips(at killPoint) bool { return l.end == at && l.armed.CompareAndSwap(true, false) }

// kill is kill -9. It returns when the process is gone.
func (l *life) kill() {
	_ = l.cmd.Process.Kill()
	<-l.ended
}

// killSoon is kill -9 some moments later.
func (l *life) killSoon() {
	go func() {
		<-time.After(time.Duration(rand.IntN(8000)) * time.Microsecond)
		_ = l.cmd.Process.Kill()
	}()
}

// start runs the program on the world's store.
func (w *world) start(end killPoint) *life {
	w.t.Helper()
	w.number++
	l := &life{number: w.number, end: end, ready: make(chan struct{}), ended: make(chan struct{})}
	path := w.writeConfig(l.number)
	l.cmd = exec.Command(w.binary, "serve", "--config", path)
	l.cmd.Dir = w.dir
	l.cmd.Stdout, l.cmd.Stderr = &l.log, &l.log
	w.front.mu.Lock()
	w.front.lives[l.number] = l
	w.front.mu.Unlock()
	if err := l.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	go func() {
		_ = l.cmd.Wait()
		close(l.ended)
	}()
	w.t.Cleanup(l.kill)
	w.front.mu.Lock()
	w.front.current = l
	w.front.mu.Unlock()
	return l
}

// waitReady waits until the life takes updates.
func (w *world) waitReady(l *life) {
	w.t.Helper()
	select {
	case <-l.ready:
	case <-l.ended:
	case <-time.After(30 * time.Second):
		w.t.Fatalf("life %d is not ready after 30 s:\n%s", l.number, l.log.String())
	}
}

// buried looks at how a life has ended.
func (w *world) buried(l *life, want string) {
	w.t.Helper()
	if got := l.cmd.ProcessState.String(); got != want {
		w.t.Errorf("life %d ended with %q, want %q:\n%s", l.number, got, want, l.log.String())
	}
	for line := range strings.Lines(l.log.String()) {
		if strings.Contains(line, "level=ERROR") || strings.Contains(line, "panic") {
			w.t.Errorf("life %d logged: %s", l.number, line)
		}
	}
}

// stop asks the program to end, and sees that it does.
func (w *world) stop(l *life) {
	w.t.Helper()
	begun := time.Now()
	_ = l.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-l.ended:
	case <-time.After(20 * time.Second):
		l.kill()
	}
	took := time.Since(begun)
	w.slowest = max(w.slowest, took)
	if took > 10*time.Second {
		w.t.Errorf("life %d took %s to stop:\n%s", l.number, took, l.log.String())
	}
	w.buried(l, "exit status 0")
}

// lockedBuffer is what a process wrote.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// build builds the program, with other contents for some of its files.
func build(t *testing.T, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command to build the program with")
	}
	path := filepath.Join(t.TempDir(), "frontdesk")
	args = append([]string{"build", "-ldflags=-s -w", "-o", path}, args...)
	if out, err := exec.Command("go", append(args, ".")...).CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return path
}
