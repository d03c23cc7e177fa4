package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// archiveSize is how many tickets are searched; FRONTDESK_BENCH_TICKETS makes it
// another.
func archiveSize() int {
	if n, err := strconv.Atoi(os.Getenv("FRONTDESK_BENCH_TICKETS")); err == nil {
		return n
	}
	return 200_000
}

// archiveNow is the day on which is searched; the archive is two years old then.
var archiveNow = time.Date(2026, 11, 24, 10, 20, 0, 0, time.FixedZone("CST", 8*60*60))

// BenchmarkFind searches an archive on bbolt, from the words that are typed to
// the eight tickets of the first page.
func BenchmarkFind(b *testing.B) {
	site, err := benchSite()
	if err != nil {
		b.Fatal(err)
	}
	store := archive(b, site, archiveSize())
	boss := desk.Person{ID: "boss", Roles: []desk.Role{{Name: desk.RoleDutyManager}}}
	worker := desk.Person{ID: "w", Roles: []desk.Role{{Name: desk.RoleTechnician, Departments: []string{"d3"}}}}
	for _, q := range []struct {
		name, text string
		by         desk.Person
	}{
		{"number", "R-101042", boss}, {"phone", "13800001234", boss}, {"name", "张伟明12", boss},
		{"room", "3-502", boss}, {"bare room", "502", boss}, {"floor", "3号楼5层", boss}, {"building", "3号楼", boss},
		{"rare word", "吊扇", boss}, {"common word", "漏水", boss}, {"two common words", "漏水 很急", boss},
		{"words never together", "没热水 门锁", boss}, {"english", "leaking tap", boss}, {"no hit", "直升机", boss},
		{"yesterday", "昨天", boss}, {"last week", "上周", boss}, {"range", "2026-01-01..2026-11-20", boss},
		{"open", "未完", boss}, {"overdue", "超时", boss}, {"room word week", "3-502 漏水 上周", boss},
		{"building word", "3号楼 漏水", boss}, {"word month", "漏水 上个月", boss}, {"own department", "漏水", worker},
	} {
		b.Run(q.name, func(b *testing.B) {
			hits := desk.Hits{}
			for b.Loop() {
				err := store.View(context.Background(), func(tx *storage.Tx) error {
					w := storage.NewWorld(tx, site)
					hits = w.Find(desk.ParseSearch(w, q.by, q.text), 0, 8)
					return w.Err()
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(hits.Count), "hits")
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/op")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// archive fills a store, oldest ticket first.
func archive(tb testing.TB, site *desk.Site, n int) *storage.Store {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "archive.db")
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	store, err := storage.Open(engine, "bench", storage.Options{Now: func() time.Time { return archiveNow }})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		store.Close() //nolint:errcheck // The bench is over.
		engine.Close()
	})
	random := rand.New(rand.NewPCG(1, 2))
	const people = 20_000
	put := func(from, to int, one func(*storage.Tx, int) error) {
		err := store.Update(context.Background(), func(tx *storage.Tx) error {
			for i := from; i < to; i++ {
				if err := one(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	for i := 0; i < people; i += 2000 {
		put(i, i+2000, func(tx *storage.Tx, i int) error {
			return storage.People.Put(tx, desk.Person{
				ID: fmt.Sprintf("p%d", i), Name: names[i%len(names)] + strconv.Itoa(i/len(names)), Phone: fmt.Sprintf("1380000%04d", i), Home: home(i),
			})
		})
	}
	for i := 0; i < n; i += 4000 {
		put(i, min(i+4000, n), func(tx *storage.Tx, i int) error {
			return storage.Tickets.Put(tx, archived(random, i, n, people))
		})
	}
	if info, err := os.Stat(path); err == nil {
		tb.Logf("%d tickets, %d MB", n, info.Size()>>20)
	}
	return store
}

var names = []string{"张伟明", "李敏", "王芳", "刘洋", "陈晓东", "Anna Schmidt", "杨静", "赵强", "黄磊", "John Miller"}

var faults = []string{
	"水龙头漏水", "马桶堵了一直漏水", "没热水洗澡", "空调不制冷", "门锁打不开", "灯不亮", "插座没电", "网络断了", "吊扇异响", "窗户关不上",
	"Tap leaking in the bathroom", "No hot water since morning", "Air con drips on my bed", "The door lock is jammed",
}

// categories are those of the faults.
var categories = []string{
	"leak", "leak", "hot_water", "air_con", "door", "power", "power", "other", "other", "other", "leak", "hot_water", "air_con", "door",
}

var remarks = []string{"很急,请尽快", "下午在宿舍", "已经第二次了", "麻烦师傅带梯子", "please come after five", "随时可以进", "室友在睡觉,轻一点", ""}

// archived is a ticket of the archive: one in three hundred is still open.
func archived(random *rand.Rand, i, n, people int) desk.Ticket {
	fault := random.IntN(len(faults))
	if fault == 8 && random.IntN(50) > 0 {
		fault = 0 // A fan is rare.
	}
	created := archiveNow.Add(-time.Duration(n-i) * (2 * 365 * 24 * time.Hour / time.Duration(n)))
	person := random.IntN(people)
	t := desk.Ticket{
		ID: fmt.Sprintf("t%011d", i), Number: fmt.Sprintf("R-%d", 1001+i), Kind: desk.KindRepair, Category: categories[fault],
		Summary: faults[fault], Place: home(person), Department: fmt.Sprintf("d%d", building(person)),
		Requester: fmt.Sprintf("p%d", person), Created: created, SaidAt: created, Since: created, Seq: 4,
		State: desk.StateClosed, ClosedBy: "resident", Taker: fmt.Sprintf("p%d", random.IntN(40)), Rating: "good",
		Clocks: desk.Clocks{Done: created.Add(24 * time.Hour)},
		Words:  []desk.Words{{By: fmt.Sprintf("p%d", person), At: created, Text: remarks[random.IntN(len(remarks))]}},
	}
	if random.IntN(300) == 0 || n-i < 200 {
		t.State = desk.StateTaken
	}
	return t
}
