package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"

	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
	"frontdesk/storage"
)

// leaver is somebody with a bed, and the checkout that they have booked.
type leaver struct {
	number, person, name, bed string
	express                   bool
}

// seedVisits puts stays in a room and their checkouts into a store. Booking them is
// tried elsewhere.
func seedVisits(t *testing.T, app *App, place string, leavers []leaver) {
	t.Helper()
	err := app.Store.Update(t.Context(), func(tx *storage.Tx) error {
		var e desk.Effects
		from := tx.Now().AddDate(-1, 0, 0)
		for _, l := range leavers {
			e.House.Stays = append(e.House.Stays, desk.Stay{
				ID: "stay-" + l.bed, Person: l.person, Name: l.name, Number: "2023000" + l.bed, Kind: "student", Place: place, Bed: l.bed, From: from,
				InAt: from, State: desk.StayLeaving,
			})
			e.Tickets = append(e.Tickets, desk.Ticket{
				ID: "visit-" + l.bed, Number: l.number, Kind: desk.KindCheckout, Place: place, State: desk.StateNew, Seq: 1, Created: tx.Now(), Since: tx.Now(),
				SaidAt: tx.Now(), Requester: l.person, Checkout: &desk.Checkout{Stay: "stay-" + l.bed, Building: desk.PlaceHead(place), Bed: l.bed, Express: l.express, Day: desk.DateOf(tx.Now(), app.Site().Zone)},
			})
		}
		return app.writer().Apply(tx, e)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// personAt is the id of whoever has an address.
func personAt(t *testing.T, app *App, address desk.Address) string {
	t.Helper()
	var id string
	err := app.Store.View(t.Context(), func(tx *storage.Tx) error {
		p, _ := storage.NewWorld(tx, app.Site()).PersonAt(address)
		id = p.ID
		return nil
	})
	if err != nil || id == "" {
		t.Fatalf("nobody is at %v (%v)", address, err)
	}
	return id
}

// pageWords are the words of a PDF of one page.
func pageWords(t *testing.T, body []byte) string {
	t.Helper()
	r, err := pdf.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	if r.NumPage() != 1 {
		t.Errorf("%d pages", r.NumPage())
	}
	plain, err := r.GetPlainText()
	if err != nil {
		t.Fatal(err)
	}
	words, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	return string(words)
}

var shownCode = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}`)

// over lets the days of a certificate be over.
func over(t *testing.T, app *App, shown string) {
	t.Helper()
	err := app.Store.Update(t.Context(), func(tx *storage.Tx) error {
		code, _ := desk.ParseCode(shown)
		c, ok, err := storage.Certificates.Get(tx, code)
		if err != nil || !ok {
			t.Errorf("no certificate %s (%v)", code, err)
			return err
		}
		c.ValidUntil = tx.Now()
		return storage.Certificates.Put(tx, c)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// lookUp asks the web for a code.
func lookUp(t *testing.T, s *server, path, from string) (status int, page string) {
	t.Helper()
	h, err := (&server{app: s.app, config: s.config, log: s.log}).webHandler()
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = from
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec.Code, rec.Body.String()
}

// A whole visit: the caretaker looks at the room on the phone, the resident agrees,
// a manager confirms, and the certificate can be confirmed by anybody, in chat and on
// the web; what follows is opened by itself, and no group hears that a bed is free.
func TestVisitOnTelegram(t *testing.T) {
	t.Parallel()
	o := townOptions{start: "2026-11-24 09:00", config: func(c *Config) {
		c.Site.Inspection.VerifyURL = "https://desk.example.edu/verify/"
		c.Site.Inspection.ObjectIn = desk.Term{Duration: 2 * time.Hour}
		c.Site.Roster.Shifts[0].Staff["caretaker"] = []string{"telegram:3001"}
	}}
	visit(t, o, func(w *town) {
		t, c := w.t, w.hire()
		zhou := w.Person(3001, "周楼管", "zh")
		emma, liu := w.Person(5001, "Emma Watson", "en"), w.Person(5002, "刘同学", "zh")
		for _, p := range []*telegramtest.Person{zhou, emma, liu} {
			p.Start("")
			w.rest()
		}
		seedVisits(t, w.app, "3-502", []leaver{
			{"B-1001", personAt(t, w.app, desk.Address{Channel: "telegram", ID: "5001"}), "Emma Watson", "A", false},
			{"B-1002", personAt(t, w.app, desk.Address{Channel: "telegram", ID: "5002"}), "刘小雨", "B", true},
		})
		groupBefore := len(c.group.Screen())

		w.says(zhou, "/ticket B-1001")
		w.presses(zhou, "开始检查")
		w.must(zhou.Screen(), "B-1001 3号楼502,A床 · 已看 0/13")
		w.presses(zhou, "门钥匙", "缺少", "门锁换芯", "没有照片")
		w.presses(zhou, "空调", "损坏", "空调外壳", "大家分摊")
		zhou.Photo("", "")
		w.rest()
		w.must(zhou.Screen(), "空调:损坏,共 150.00 元,2 人分摊,本人 75.00 元")
		w.halt() // A restart in the middle loses nothing.
		w.run()
		w.presses(zhou, "其余完好", "水表")
		w.says(zhou, "128.5")
		w.presses(zhou, "电表")
		w.says(zhou, "4021")
		w.presses(zhou, "核对签字")
		w.must(zhou.Screen(), "合计 135.00 元")
		w.presses(zhou, "签字")

		list := w.shows(emma.Screen(), "B-1001 Checkout of Building 3, 502, bed A", "Agree", "I object")
		for _, line := range []string{"Door key: missing, ¥60.00", "Air con: damaged, ¥150.00 shared by 2, own share ¥75.00", "Total ¥135.00"} {
			if !includes(list.Text, line) {
				t.Errorf("the list does not say %q:\n%s", line, list.Text)
			}
		}
		if strings.Contains(list.Text, "刘") {
			t.Errorf("the list names a room-mate:\n%s", list.Text)
		}
		if _, ok := find(emma.Screen(), "Photos for B-1001"); !ok {
			t.Errorf("the photos are missing:\n%s", emma.Transcript())
		}
		w.presses(emma, "Agree")
		w.must(emma.Screen(), "You agreed at")
		w.must(c.manager.Screen(), "B-1001 请核对费用和押金:Emma Watson(2023000A),3号楼502,A床")
		w.presses(c.manager, "已核对")
		paper := w.must(emma.Screen(), "B-1001: your checkout is complete")
		body := w.FileData(paper.File)
		words := pageWords(t, body)
		code := shownCode.FindString(words)
		for _, want := range []string{"退宿证明", "Emma Watson", "Building 3, 502, bed A", "135.00", code} {
			if want == "" || !strings.Contains(words, want) {
				t.Errorf("%q is not on the certificate:\n%s", want, words)
			}
		}
		w.must(zhou.Screen(), "R-1001") // The tickets that followed.
		if followed := w.ticket("B-1001").Checkout.Inspection.Follow; len(followed) != 2 {
			t.Errorf("followed: %v", followed)
		}
		for _, m := range c.group.Screen()[groupBefore:] {
			for _, secret := range []string{"退宿", "空房", "空着", "B-1001", "Emma", "床位", "checkout", "vacant"} {
				if includes(m.Text, secret) {
					t.Errorf("the group reads %q: %s", secret, m.Text)
				}
			}
		}

		// Anybody can confirm the code: in chat, in any writing, and on the web.
		stranger := w.Person(7001, "路人", "zh")
		stranger.Start("")
		w.rest()
		w.says(stranger, "/verify "+strings.ToLower(code))
		valid := w.told(stranger, "证明有效:E*** W***,3号楼502,2026-11-24 退宿")
		if strings.Contains(valid.Text, "Emma") {
			t.Error(valid.Text)
		}
		flipped := "0"
		if code[0] == '0' {
			flipped = "1"
		}
		w.says(stranger, "/verify "+flipped+code[1:])
		w.told(stranger, "没有这个证明码")
		w.says(stranger, "/verify")
		w.told(stranger, "核实") // The old meaning stays.
		status, page := lookUp(t, w.server, "/verify/"+code, "192.0.2.1:1")
		if status != http.StatusOK || !strings.Contains(page, "E*** W***") || strings.Contains(page, "Emma") || strings.Contains(page, "135") {
			t.Errorf("%d: %s", status, page)
		}

		// Express: nobody is there, and nobody objects in time. The last has the duties.
		w.says(zhou, "/ticket B-1002")
		w.presses(zhou, "开始检查")
		w.must(zhou.Screen(), "已看 1/17")
		w.presses(zhou, "其余完好")
		for _, meter := range []string{"水表", "电表", "交回钥匙"} {
			w.presses(zhou, meter)
			w.says(zhou, "7")
		}
		w.presses(zhou, "核对签字", "签字")
		w.shows(liu.Screen(), "您选了快速退宿", "同意", "有异议")
		w.wait(2*time.Hour + time.Minute)
		w.must(c.manager.Screen(), "应收 75.00 元,快速退宿,到期没有异议")
		w.presses(c.manager, "已核对")
		w.must(liu.Screen(), "B-1002 退宿办好了")
		w.must(zhou.Screen(), "保洁")

		// Who has left can still fetch it, for its days.
		w.says(emma, "B-1001")
		w.presses(emma, "Get it")
		again := w.must(emma.Screen(), "The certificate for B-1001")
		if !bytes.Equal(w.FileData(again.File), body) {
			t.Error("the certificate that is fetched is another")
		}
		over(t, w.app, code)
		w.presses(emma, "Get it")
		if toasts := emma.Toasts(); !includes(toasts[len(toasts)-1], "The certificate expired on") {
			t.Errorf("%q", toasts)
		}
		status, page = lookUp(t, w.server, "/verify/"+code, "192.0.2.1:1")
		if status != http.StatusNotFound || !strings.Contains(page, "已过期") {
			t.Errorf("%d: %s", status, page)
		}
	})
}

// checkPaper reads the certificate of a bed as it would be made again, and gives its
// code.
func checkPaper(t *testing.T, w *corpTown, bed, sum string) string {
	t.Helper()
	var c desk.Certificate
	err := w.app.Store.View(t.Context(), func(tx *storage.Tx) error {
		ticket, _, err := storage.Tickets.Get(tx, "visit-"+bed)
		if err != nil || ticket.Checkout.Inspection.Certificate == "" {
			t.Fatalf("bed %s has no certificate (%v)", bed, err)
		}
		c, _, err = storage.Certificates.Get(tx, ticket.Checkout.Inspection.Certificate)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if desk.Yuan(c.Fees) != sum {
		t.Errorf("bed %s: the certificate is over %s, want %s", bed, desk.Yuan(c.Fees), sum)
	}
	return desk.ShownCode(c.Code)
}

// From the booking to the certificate: the resident books an hour, the caretaker finds
// it on the list of the day, and the checkout is closed.
func TestVisitIsBooked(t *testing.T) {
	t.Parallel()
	o := townOptions{start: "2026-11-24 20:00", config: func(c *Config) {
		c.Site.Roster.Shifts[0].Staff["caretaker"] = []string{"telegram:3001"}
		c.Site.Inspection.Inventories[0].Items = c.Site.Inspection.Inventories[0].Items[:2]
		c.Site.Inspection.Last = nil
	}}
	visit(t, o, func(w *town) {
		t := w.t
		zhou, emma := w.Person(3001, "周楼管", "zh"), w.Person(5001, "张小雨", "zh")
		for _, p := range []*telegramtest.Person{zhou, emma} {
			p.Start("")
			w.rest()
		}
		person := personAt(t, w.app, desk.Address{Channel: "telegram", ID: "5001"})
		err := w.app.Store.Update(t.Context(), func(tx *storage.Tx) error {
			return storage.Stays.Put(tx, desk.Stay{ID: "stay-A", Person: person, Name: "张小雨", Kind: "student", Place: "3-502", Bed: "A", From: tx.Now(), State: desk.StayIn})
		})
		if err != nil {
			t.Fatal(err)
		}
		w.says(emma, "/checkout")
		w.presses(emma, "在场,约时间", "11-25 周三", "10:00", "提交")
		w.must(emma.Screen(), "B-1001")
		w.until("10:00")
		w.says(zhou, "/ticket B-1001")
		w.presses(zhou, "开始检查", "全部完好", "核对签字", "签字")
		w.shows(emma.Screen(), "东西都在,都完好。", "同意", "有异议")
		w.presses(emma, "同意")
		paper := w.must(emma.Screen(), "B-1001 退宿办好了")
		if code := shownCode.FindString(pageWords(t, w.FileData(paper.File))); code == "" {
			t.Error("the certificate has no code")
		}
		w.says(emma, "/mydata")
		w.told(emma, "住过:3号楼502,A床(2026-11-24起,已退宿)")
	})
}
