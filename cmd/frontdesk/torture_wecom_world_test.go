package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/wecom"
	"frontdesk/bot/wecom/wecomtest"
)

// corpWorld is a corp around the program: a fake server on a socket, which calls
// the program over another, and members and people with ordinary WeChat who file
// repairs without a pause.
type corpWorld struct {
	*wecomtest.Server
	t           *testing.T
	dir, binary string
	listen, url string
	callbacks   *wecomtest.Callbacks
	rand        *rand.Rand

	mu      sync.Mutex
	number  int
	lives   map[int]*life
	current *life
	resent  int // callbacks that came again after a commit
	tripped int

	only   kinds
	filers []*filer
	still  chan struct{}
	acting sync.WaitGroup
}

// kinds says who files.
type kinds int

const (
	everybody kinds = iota
	membersOnly
	weixinOnly
)

// corpTeams is how many departments share the work, each with one technician: a
// member takes only so many messages a minute.
const corpTeams = 6

func newCorpWorld(t *testing.T, binary string, seed uint64) *corpWorld {
	t.Helper()
	w := &corpWorld{
		Server: wecomtest.New(wecomtest.Options{}), t: t, dir: t.TempDir(), binary: binary,
		rand: rand.New(rand.NewPCG(seed, 6)), lives: map[int]*life{}, still: make(chan struct{}),
	}
	api := httptest.NewServer(http.HandlerFunc(w.serveAPI))
	t.Cleanup(func() { api.CloseClientConnections(); api.Close() })
	w.url = api.URL
	free, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	w.listen = free.Addr().String()
	must(t, free.Close())
	w.callbacks = w.Callbacks(townToken, townKey, wecom.CallbackPath, http.HandlerFunc(w.forward))
	w.OnKF(func(token, account string) { w.callbacks.Waiting(account, token) })
	for i := range corpTeams {
		w.Member(fmt.Sprintf("tech%d", i), fmt.Sprintf("技工%d", i), w.callbacks)
		w.Member(fmt.Sprintf("other%d", i), "某人", w.callbacks)
		w.AddChat(wecomtest.Chat{ID: fmt.Sprintf("chat%d", i), Name: "群", Owner: fmt.Sprintf("tech%d", i), Members: []string{fmt.Sprintf("tech%d", i), fmt.Sprintf("other%d", i)}})
	}
	return w
}

const corpTortureConfig = `
site: {id: torture, name: {zh: 校区, en: Campus}, timezone: Asia/Shanghai, languages: [zh, en]}
storage: {url: "bolt:%[1]s/desk.db", files: %[1]s/files}
http: {listen: %[2]s, public_url: "https://desk.example.org"}
admin: {socket: %[1]s/desk.sock}
admins: [wecom:admin]
wecom: {corp_id: %[3]s, agent_id: 1000002, secret: %[4]s, token: %[5]s, aes_key: %[6]s, api_url: %[7]s/life/%[8]d, kf: {open_kfid: %[9]s}}
departments:
%[10]scategories:
  - {id: hot_water, kind: repair, label: {zh: 没热水, en: Hot water}, words: {zh: [没热水, 热水], en: [hot water]}}
places:
  buildings:
    - {ids: 1-%[11]d, floors: [{ids: 1-6, rooms: 01-12}]}
routes:
%[12]s  - {department: d0}
roster:
  - name: always
    label: {zh: 全天, en: All day}
    from: "00:00"
    to: "24:00"
    staff:
%[13]sdeadlines: {take: 8h}
limits: {new_per_day: 1000, taken_at_once: 1000, chase_every: 1m}
quiet_hours: {from: "00:00", to: "00:00"}
`

// begin runs the program on the world's store.
func (w *corpWorld) begin(end killPoint) *life {
	w.t.Helper()
	w.number++
	l := &life{number: w.number, end: end, ready: make(chan struct{}), ended: make(chan struct{})}
	var departments, routes, staff strings.Builder
	for i := range corpTeams {
		fmt.Fprintf(&departments, "  - {id: d%d, label: {zh: %d部, en: Team %d}, hours: \"00:00-24:00\", every_day: true, wecom: {chat_id: chat%d}}\n", i, i, i, i)
		fmt.Fprintf(&routes, "  - {places: [\"%d\"], department: d%d}\n", i+1, i)
		fmt.Fprintf(&staff, "      d%d: [wecom:tech%d]\n", i, i)
	}
	path := filepath.Join(w.dir, fmt.Sprintf("config%d.yaml", l.number))
	text := fmt.Sprintf(corpTortureConfig, w.dir, w.listen, w.CorpID(), w.Secret(), townToken, townKey, w.url, l.number, w.KFID(),
		departments.String(), corpTeams, routes.String(), staff.String())
	must(w.t, os.WriteFile(path, []byte(text), 0o600))
	l.cmd = exec.Command(w.binary, "serve", "--config", path)
	l.cmd.Dir = w.dir
	l.cmd.Stdout, l.cmd.Stderr = &l.log, &l.log
	w.mu.Lock()
	w.lives[l.number], w.current = l, l
	w.mu.Unlock()
	must(w.t, l.cmd.Start())
	go func() {
		_ = l.cmd.Wait()
		close(l.ended)
	}()
	w.t.Cleanup(l.kill)
	return l
}

// up waits until a life answers; it is false when the life has ended, or when that
// takes too long.
func (w *corpWorld) up(l *life) bool {
	for range 1500 {
		if resp, err := http.Get("http://" + w.listen + "/healthz"); err == nil {
			_ = resp.Body.Close()
			return true
		}
		select {
		case <-l.ended:
			return false
		case <-time.After(20 * time.Millisecond):
		}
	}
	return false
}

// serveAPI takes the calls of all lives: each has an address of its own.
func (w *corpWorld) serveAPI(rw http.ResponseWriter, r *http.Request) {
	number, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/life/"), "/")
	n, _ := strconv.Atoi(number)
	w.mu.Lock()
	l := w.lives[n]
	w.mu.Unlock()
	if l == nil {
		http.NotFound(rw, r)
		return
	}
	r.URL.Path = "/" + rest
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r.WithContext(context.WithoutCancel(r.Context())))
	sent := strings.HasSuffix(rest, "/send") || strings.HasSuffix(rest, "/send_msg") || strings.HasSuffix(rest, "/update_template_card")
	read := strings.HasSuffix(rest, "/sync_msg") && strings.Contains(rec.Body.String(), `"msgid"`)
	switch {
	case sent && (l.trips(atSend) || l.trips(atCard)):
		l.kill()
		panic(http.ErrAbortHandler) // It happened, and nobody knows.
	case read && l.trips(atReceive):
		l.killSoon()
	}
	copyAnswer(rw, rec)
}

// forward takes a callback to the life that runs. While none does it waits a little,
// so that the few tries of WeCom last.
func (w *corpWorld) forward(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		rw.WriteHeader(http.StatusBadRequest)
		return
	}
	w.mu.Lock()
	l := w.current
	w.mu.Unlock()
	for range 500 {
		if l != nil && !l.over() && w.up(l) {
			break
		}
		<-time.After(20 * time.Millisecond)
		w.mu.Lock()
		l = w.current
		w.mu.Unlock()
	}
	if l.trips(atReceive) {
		l.killSoon()
	}
	target := "http://" + w.listen + wecom.CallbackPath + "?" + r.URL.RawQuery
	resp, err := (&http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}).Post(target, "text/xml", bytes.NewReader(body))
	if err != nil {
		rw.WriteHeader(http.StatusBadGateway)
		return
	}
	_ = resp.Body.Close()
	if resp.StatusCode == http.StatusOK && l.trips(atLostAck) {
		l.kill()
		w.mu.Lock()
		w.resent++
		w.mu.Unlock()
		rw.WriteHeader(http.StatusBadGateway)
		return
	}
	if resp.StatusCode == http.StatusOK && l.trips(atAck) {
		l.kill()
	}
	rw.WriteHeader(resp.StatusCode)
}
