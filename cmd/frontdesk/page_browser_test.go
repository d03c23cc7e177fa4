package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// patienceForPages is how long a page may take for anything on a busy machine.
const patienceForPages = 30 * time.Second

// browser finds a Chromium. Without one the test is left out, unless
// FRONTDESK_CHROMIUM is set to "required", as `make test` does.
func browser(t *testing.T) (path string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing := "no browser was found: install chromium and a font with Chinese to have this test (" + strings.Join(names, ", ") + ")"
	if os.Getenv("FRONTDESK_CHROMIUM") == "required" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// reader is somebody who looks at the playground in a browser of their own.
type reader struct {
	t      *testing.T
	ctx    context.Context
	campus *campus
	lang   string // of the page

	mu     sync.Mutex
	errors []string // of the scripts
}

// newReader opens the page of a new campus in a window of a size.
func newReader(t *testing.T, lang string, width, height int) *reader {
	t.Helper()
	path := browser(t)
	campus, url := openCampus(t, lang)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", lang), chromedp.Flag("accept-lang", lang), chromedp.WindowSize(width, height))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, closed := chromedp.NewContext(allocator)
	t.Cleanup(closed)
	r := &reader{t: t, ctx: ctx, campus: campus, lang: lang}
	must(t, chromedp.Listen(ctx, func(ev any) {
		if thrown, ok := ev.(*runtime.EventExceptionThrown); ok {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.errors = append(r.errors, fmt.Sprintf("%+v", thrown.ExceptionDetails))
		}
	}))
	t.Cleanup(func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, e := range r.errors {
			t.Errorf("a script of the page failed: %s", e)
		}
	})
	r.size(width, height)
	_, err := chromedp.Call(ctx, emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: lang})
	must(t, err)
	must(t, chromedp.Do(ctx, chromedp.Navigate(url)))
	r.waits(`document.querySelector("#pane-student textarea")`)
	return r
}

// openCampus opens a campus with its history and serves its page.
func openCampus(t *testing.T, lang string) (*campus, string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	c, closed, err := newCampus(ctx, 1, lang, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.run() }()
	server := httptest.NewServer(playground.NewPage(c.channel, c).Handler())
	t.Cleanup(func() {
		server.CloseClientConnections()
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		server.Close()
		closed()
	})
	return c, server.URL + "/"
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// size sets the size of the window.
func (r *reader) size(width, height int) {
	r.t.Helper()
	must(r.t, chromedp.Do(r.ctx, chromedp.EmulateViewport(int64(width), int64(height))))
}

// prefers sets what the reader's system asks for, such as prefers-color-scheme.
func (r *reader) prefers(features map[string]string) {
	r.t.Helper()
	var media emulation.SetEmulatedMediaParams
	for name, value := range features {
		media.Features = append(media.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	_, err := chromedp.Call(r.ctx, emulation.SetEmulatedMedia, media)
	must(r.t, err)
}

// waits until an expression is true or something.
func (r *reader) waits(expression string) {
	r.t.Helper()
	_, err := chromedp.Run(r.ctx, chromedp.Poll[bool](`Boolean(`+expression+`)`, chromedp.WithPollingTimeout(patienceForPages)))
	if err != nil {
		r.t.Fatalf("%s: %v\n%s", expression, err, r.visible())
	}
}

// visible is what the page says, for a failure.
func (r *reader) visible() string {
	text, err := chromedp.Run(r.ctx, chromedp.Evaluate[string](`document.body.innerText.slice(-4000)`))
	if err != nil {
		return err.Error()
	}
	return text
}

// clicks on an element as soon as it is there, in its middle: what lies above it
// gets the click.
func (r *reader) clicks(element string) {
	r.t.Helper()
	// It is clicked where it stands still for a few frames: what is new may move it.
	at, err := chromedp.Run(r.ctx, chromedp.PollFunction[[]float64](`() => {
		const e = `+element+`;
		if (!e) return null;
		e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
		const box = e.getBoundingClientRect();
		const at = [box.x + box.width / 2, box.y + box.height / 2];
		const still = window.stillAt === at.join() ? window.still + 1 : 0;
		[window.stillAt, window.still] = [at.join(), still];
		if (still < 3) return null;
		const top = document.elementFromPoint(at[0], at[1]);
		window.still = 0;
		return top && (e.contains(top) || top.contains(e)) && box.width ? at : null;
	}`, chromedp.WithPollingTimeout(patienceForPages)))
	if err != nil {
		r.t.Fatalf("no click on %s: %v\n%s", element, err, r.visible())
	}
	must(r.t, chromedp.Do(r.ctx, chromedp.MouseClickXY(at[0], at[1])))
}

// types keys where the focus is.
func (r *reader) types(keys string, modifiers ...chromedp.Modifier) {
	r.t.Helper()
	must(r.t, chromedp.Do(r.ctx, chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...))))
}

// says gives the value of an expression in words.
func (r *reader) says(expression string) string {
	r.t.Helper()
	text, err := chromedp.Run(r.ctx, chromedp.Evaluate[string](`String(`+expression+`)`))
	must(r.t, err)
	return text
}

// text is a text of the desk in the language of the page, as far as its values
// are given.
func (r *reader) text(key string, pairs ...any) string {
	words, _, _ := strings.Cut(r.campus.Text(r.lang, desk.T(key, pairs...)), "{")
	return strings.TrimSpace(words)
}

// message is the newest message of a pane that holds all the words, as a
// JavaScript expression.
func message(pane string, words ...string) string {
	test := "true"
	for _, w := range words {
		test += ` && m.querySelector(".bubble").innerText.includes(` + strconv.Quote(w) + `)`
	}
	return `[...document.querySelectorAll("#pane-` + pane + ` .message")].filter((m) => ` + test + `).at(-1)`
}

// button is a button in an element, by its words.
func button(element, label string) string {
	return `[...((` + element + `)?.querySelectorAll("button") ?? [])].find((b) => b.innerText.trim() === ` + strconv.Quote(label) + `)`
}

// presses a button of the newest message of a pane that has it and holds the words.
func (r *reader) presses(pane, label string, words ...string) {
	r.t.Helper()
	r.clicks(button(message(pane, words...), label))
}

// pane is a column of the page.
func pane(id string) string { return `document.querySelector("#pane-` + id + `")` }
