package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"frontdesk/bot/telegram/telegramtest"
)

// again delivers every update one to five times, side by side, and keeps it so
// that it can come once more much later.
type again struct {
	hook http.Handler
	// loose answers before the update is handled, so that the updates of one
	// person run side by side too.
	loose bool

	mu     sync.Mutex
	rand   *rand.Rand
	all    []*http.Request
	bodies [][]byte
	twice  int
}

func (a *again) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	a.mu.Lock()
	copies := 1 + a.rand.IntN(5)
	a.all, a.bodies = append(a.all, r), append(a.bodies, body)
	if copies > 1 {
		a.twice++
	}
	a.mu.Unlock()
	var delivered sync.WaitGroup
	for range copies {
		delivered.Go(func() { a.once(r, body) })
	}
	if !a.loose {
		delivered.Wait()
	}
}

// once delivers an update until it is taken, as Telegram does.
func (a *again) once(r *http.Request, body []byte) {
	for range 100 {
		request := r.Clone(r.Context())
		if a.loose {
			request = r.Clone(context.WithoutCancel(r.Context()))
		}
		request.Body = io.NopCloser(bytes.NewReader(body))
		rec := httptest.NewRecorder()
		a.hook.ServeHTTP(rec, request)
		if rec.Code == http.StatusOK {
			return
		}
		time.Sleep(time.Second)
	}
}

// replay delivers everything that ever came once more, mixed.
func (a *again) replay() {
	a.mu.Lock()
	order := a.rand.Perm(len(a.all))
	a.mu.Unlock()
	for _, i := range order {
		a.once(a.all[i].WithContext(context.WithoutCancel(a.all[i].Context())), a.bodies[i])
	}
}

func (w *town) deliverAgain(seed uint64, loose bool) *again {
	w.t.Helper()
	hook, err := w.channel.Webhook(w.app.Handler)
	if err != nil {
		w.t.Fatal(err)
	}
	a := &again{hook: hook, loose: loose, rand: rand.New(rand.NewPCG(seed, 0))}
	w.PushTo(a)
	return a
}

// TestRedelivery lets many people report at once while every update comes up
// to five times, side by side, and once more at the end.
func TestRedelivery(t *testing.T) {
	visit(t, townOptions{webhook: true}, func(w *town) {
		c := w.hire()
		redelivered := w.deliverAgain(7, false)
		residents := w.manyReport()
		redelivered.replay()
		w.wait(10 * time.Minute)
		w.eachOnce(c, residents)
		if redelivered.twice < people {
			t.Errorf("only %d updates came more than once", redelivered.twice)
		}
	})
}

// TestRedeliveryByPolling has every update three times in its batch, mixed with
// those of others.
func TestRedeliveryByPolling(t *testing.T) {
	visit(t, townOptions{telegram: telegramtest.Options{Redeliver: 3, Shuffle: 5}}, func(w *town) {
		c := w.hire()
		w.eachOnce(c, w.manyReport())
	})
}

// people is how many report at once.
const people = 60

// manyReport lets them all report, and waits until everything was said.
func (w *town) manyReport() []*telegramtest.Person {
	residents := make([]*telegramtest.Person, people)
	var reports sync.WaitGroup
	for i := range people {
		residents[i] = w.Person(int64(6000+i), fmt.Sprintf("住户%d", i), "zh")
		reports.Go(func() {
			residents[i].Say(fmt.Sprintf("水龙头漏水,%d栋%d%02d,随时可以进", 1+i%8, 1+i/8, 1+i%12))
			waitFor(func() bool { _, ok := residents[i].TryPress("提交"); return ok })
		})
	}
	reports.Wait()
	w.wait(10 * time.Minute)
	return residents
}

// eachOnce wants every resident to have been told one number of their own, and
// the group to have one card of each.
func (w *town) eachOnce(c *crew, residents []*telegramtest.Person) {
	w.t.Helper()
	var numbers []string
	for _, p := range residents {
		if n := count(p.Screen(), "已登记"); n != 1 {
			w.t.Errorf("%s was told %d numbers:\n%s", p.Name(), n, p.Transcript())
			continue
		}
		numbers = append(numbers, number(w.must(p.Screen(), "已登记").Text))
	}
	slices.Sort(numbers)
	if n := len(slices.Compact(slices.Clone(numbers))); n != len(residents) {
		w.t.Errorf("%d numbers for %d people", n, len(residents))
	}
	for _, number := range numbers {
		if n := count(c.group.Screen(), number+" 漏水或堵水"); n != 1 {
			w.t.Errorf("%d cards of %s", n, number)
		}
	}
}

// TestAlbumSideBySide delivers ten photos of one album at once, each several
// times: one ticket, and whoever takes it gets ten photos.
func TestAlbumSideBySide(t *testing.T) {
	visit(t, townOptions{webhook: true}, func(w *town) {
		c := w.hire()
		w.deliverAgain(3, true)
		zhang := w.Person(5001, "张同学", "zh")
		zhang.Start("")
		w.rest()
		for range 10 {
			zhang.Photo("", "album")
		}
		w.wait(time.Minute)
		if n := count(zhang.Screen(), "照片收到了"); n > 1 {
			t.Errorf("%d prompts for one album:\n%s", n, zhang.Transcript())
		}
		w.files(zhang, "水龙头漏水,3栋502,随时可以进")
		w.presses(c.wang, "接单")
		w.wait(time.Minute)
		photos := 0
		for _, m := range c.wang.Screen() {
			if m.ByBot && m.File != "" {
				photos++
			}
		}
		if photos != 10 {
			t.Errorf("the taker got %d photos, want 10:\n%s", photos, c.wang.Transcript())
		}
		if n := count(c.group.Screen(), "漏水或堵水"); n != 1 {
			t.Errorf("%d cards", n)
		}
	})
}

// waitFor waits in the bubble until something is so, at most some minutes.
func waitFor(so func() bool) {
	for range 600 {
		if so() {
			return
		}
		time.Sleep(time.Second)
	}
	synctest.Wait()
}
