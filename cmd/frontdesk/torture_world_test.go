package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// The size of the campus: each building has a department of its own, because a
// group takes only 15 messages a minute.
const (
	firstBuilding = 11
	buildings     = 24
)

// residents is how many people file at once.
func residents() int {
	if torture() {
		return 50
	}
	return 14
}

// world is a campus around the program: a fake server on a socket, people who
// file repairs without a pause, and technicians who take them.
type world struct {
	t      *testing.T
	dir    string
	binary string
	mode   string
	listen string // the webhook's address
	url    string
	front  *front
	config *Config
	rand   *rand.Rand

	number  int // of the newest life
	slowest time.Duration
	tripped int // lives that ended at their kill point

	people []*resident
	staff  []*technician
	still  chan struct{} // closed when nobody begins anything new
	hard   context.Context
	hush   context.CancelFunc // ends hard: nobody waits any longer
	acting sync.WaitGroup
}

func newWorld(t *testing.T, binary, mode string, seed uint64) *world {
	t.Helper()
	server := telegramtest.New(telegramtest.Options{})
	w := &world{
		t: t, dir: t.TempDir(), binary: binary, mode: mode, front: newFront(server),
		rand: rand.New(rand.NewPCG(seed, 5)), still: make(chan struct{}),
	}
	api := httptest.NewServer(w.front)
	t.Cleanup(func() { api.CloseClientConnections(); api.Close() })
	w.url = api.URL
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.listen = free.Addr().String()
	free.Close()

	if w.config, err = LoadConfig(w.writeConfig(0), os.LookupEnv); err != nil {
		t.Fatal(err)
	}
	w.bindGroups()
	if mode == ModeWebhook {
		server.PushTo(w.front.pusher("http://" + w.listen + "/telegram/webhook"))
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { server.RunPush(ctx); close(done) }()
		t.Cleanup(func() { stop(); <-done })
	}
	return w
}

// writeConfig writes the configuration of a life. Each has an address of its own
// at the server, so that it is known who called.
func (w *world) writeConfig(life int) string {
	w.t.Helper()
	var departments, routes, staff strings.Builder
	for b := firstBuilding; b < firstBuilding+buildings; b++ {
		fmt.Fprintf(&departments, "  - {id: d%d, label: {zh: %d部, en: Team %d}, hours: \"00:00-24:00\", every_day: true}\n", b, b, b)
		fmt.Fprintf(&routes, "  - {places: [\"%d\"], department: d%d}\n", b, b)
		fmt.Fprintf(&staff, "      d%d: [telegram:%d]\n", b, 2000+b)
	}
	path := filepath.Join(w.dir, fmt.Sprintf("config%d.yaml", life))
	config := fmt.Sprintf(tortureConfig, w.dir, w.dir, w.listen, w.dir, w.front.server.Token(), w.url, life, w.mode,
		departments.String(), firstBuilding, firstBuilding+buildings-1, routes.String(), firstBuilding, staff.String())
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

const tortureConfig = `
site: {id: torture, name: {zh: 校区, en: Campus}, timezone: Asia/Shanghai, languages: [zh, en]}
storage: {url: "bolt:%s/desk.db", files: %s/files}
http: {listen: %s, public_url: "https://desk.example.org"}
admin: {socket: %s/desk.sock}
admins: [telegram:1000]
telegram: {token: "%s", api_url: %s/life/%d, mode: %s, webhook_secret: torture-secret}
departments:
%scategories:
  - {id: leak, kind: repair, label: {zh: 漏水堵水, en: Leak}, words: {zh: [漏水], en: [leak, leaking]}}
  - {id: hot_water, kind: repair, label: {zh: 没热水, en: Hot water}, words: {zh: [没热水, 热水], en: [hot water]}}
  - {id: power, kind: repair, label: {zh: 没电灯坏, en: Power}, words: {zh: [没电], en: [power]}}
places:
  buildings:
    - {ids: %d-%d, floors: [{ids: 1-6, rooms: 01-12}]}
routes:
%s  - {department: d%d}
roster:
  - name: always
    label: {zh: 全天, en: All day}
    from: "00:00"
    to: "24:00"
    staff:
%sdeadlines: {take: 8h}
limits: {new_per_day: 1000, taken_at_once: 1000, chase_every: 1m}
quiet_hours: {from: "00:00", to: "00:00"}
`

// groupOf is the group of a building's department.
func groupOf(building int) int64 { return -1_000_000_000_000 - int64(building) }

// bindGroups makes the groups and binds them, before the first life.
func (w *world) bindGroups() {
	w.t.Helper()
	engine, err := bolt.Open(filepath.Join(w.dir, "desk.db"), bolt.Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	defer engine.Close()
	store, err := storage.Open(engine, w.config.Site.ID, storage.Options{Migrations: storage.Migrations})
	if err != nil {
		w.t.Fatal(err)
	}
	defer store.Close()
	err = store.Update(context.Background(), func(tx *storage.Tx) error {
		for b := firstBuilding; b < firstBuilding+buildings; b++ {
			group := desk.Group{
				Address:    desk.Address{Channel: "telegram", ID: fmt.Sprint(groupOf(b))},
				Department: fmt.Sprintf("d%d", b), Title: fmt.Sprintf("Team %d", b), Lang: "zh", At: tx.Now(),
			}
			if err := storage.Groups.Put(tx, group); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// label is a label of the program in a language, now.
func (w *world) label(lang, key string) string {
	return w.config.Texts.Render(lang, desk.T(key), time.Now())
}

// populate lets everybody act until the context ends; when still is closed they
// end what they are at.
func (w *world) populate(ctx context.Context) {
	w.hard = ctx
	for b := firstBuilding; b < firstBuilding+buildings; b++ {
		p := w.front.server.Person(int64(2000+b), fmt.Sprintf("技工%d", b), "zh")
		w.front.server.Group(groupOf(b), fmt.Sprintf("Team %d", b), p)
		p.Start("")
		tech := &technician{w: w, p: p, group: groupOf(b), pressed: map[int]bool{}, rand: rand.New(rand.NewPCG(w.rand.Uint64(), 1))}
		w.staff = append(w.staff, tech)
	}
	for i := range residents() {
		lang := []string{"zh", "en"}[i%2]
		p := w.front.server.Person(int64(5001+i), fmt.Sprintf("P%02d", i), lang)
		r := &resident{w: w, p: p, lang: lang, numbers: map[string]bool{}, rand: rand.New(rand.NewPCG(w.rand.Uint64(), 2))}
		w.people = append(w.people, r)
	}
	for _, tech := range w.staff {
		w.acting.Go(tech.live)
	}
	for _, r := range w.people {
		w.acting.Go(r.live)
	}
}
