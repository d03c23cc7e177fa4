package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/memory"
)

const aCode = "K7QM3XNPV4TR"

// certified is a desk with one certificate.
func certified(t *testing.T, c desk.Certificate) *server {
	t.Helper()
	config := loadExample(t)
	a, err := NewApp(config, memory.New(), nil, AppOptions{Log: slog.New(slog.DiscardHandler), Understand: exampleListener()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	c.Code, c.Place = aCode, "3-502"
	if err := a.Store.Update(t.Context(), func(tx *storage.Tx) error { return storage.Certificates.Put(tx, c) }); err != nil {
		t.Fatal(err)
	}
	return &server{app: a, config: a.Config()}
}

func aCertificate() desk.Certificate {
	now := time.Now()
	return desk.Certificate{
		Name: `张<script>alert(1)</script>三`, Number: "20230001", Person: "p1", Bed: "A", Ticket: "t1", Fees: 13500,
		Out: now.AddDate(0, 0, -1), At: now, ValidUntil: now.AddDate(0, 0, 90),
	}
}

// Whatever is asked for: a stranger learns what the certificate says and nothing
// else, what none has is answered alike, and nothing that is written is code.
func TestVerifyOnTheWeb(t *testing.T) {
	s := certified(t, aCertificate())
	status, page := lookUp(t, s, "/verify/"+aCode, "192.0.2.1:1")
	if status != http.StatusOK || !strings.Contains(page, "张**") || !strings.Contains(page, "Building 3, 502") {
		t.Errorf("%d: %s", status, page)
	}
	for _, secret := range []string{"script>alert", "20230001", "13500", "135.00", "t1", "p1", "三"} {
		if strings.Contains(page, secret) {
			t.Errorf("the page shows %q", secret)
		}
	}
	status, unknown := lookUp(t, s, "/verify/K7QM3XNPV4TS", "192.0.2.1:1")
	if status != http.StatusNotFound {
		t.Errorf("an unknown code: %d", status)
	}
	for _, path := range []string{"/verify/x", "/verify/%3Cscript%3E", "/verify/" + strings.Repeat("A", 2000), "/verify/..%2f..%2fetc", "/verify/" + aCode + "%00", "/verify/202312345678"} {
		if status, page := lookUp(t, s, path, "192.0.2.1:1"); status != http.StatusNotFound || page != unknown {
			t.Errorf("%.60s is answered otherwise than an unknown code: %d", path, status)
		}
	}
	// As it is shown and as it is read aloud.
	for _, path := range []string{"/verify/k7qm-3xnp-v4tr", "/verify/K7QM%203XNP%20V4TR"} {
		if status, _ := lookUp(t, s, path, "192.0.2.1:1"); status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestVerifyExpiresPolitely(t *testing.T) {
	c := aCertificate()
	c.ValidUntil = time.Now().AddDate(0, 0, -1)
	status, page := lookUp(t, certified(t, c), "/verify/"+aCode, "192.0.2.1:1")
	if status != http.StatusNotFound || !strings.Contains(page, "已过期") || strings.Contains(page, "张**") || strings.Contains(page, "502") {
		t.Errorf("%d: %s", status, page)
	}
}

// Who asks too often waits, and others do not wait with them; a minute later it is
// over.
func TestVerifyIsLimited(t *testing.T) {
	var l limiter
	now := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	for i := range verifyEach {
		if !l.allow("a", now) {
			t.Fatalf("refused after %d", i)
		}
	}
	if l.allow("a", now.Add(59*time.Second)) || !l.allow("b", now) || !l.allow("a", now.Add(time.Minute)) {
		t.Error("the limit is not one of a minute and an address")
	}
	l = limiter{}
	allowed := 0
	for i := range 2 * verifyAll {
		if l.allow(strings.Repeat("x", i+1), now) {
			allowed++
		}
	}
	if allowed != verifyAll {
		t.Errorf("%d of all are allowed in a minute", allowed)
	}
	if !l.allow("a", now.Add(-time.Hour)) {
		t.Error("a clock that was set back shuts everybody out")
	}
}

func TestCallers(t *testing.T) {
	for a, b := range map[string]string{"[2001:db8:1:2::1]:5": "[2001:db8:1:2:ffff::9]:6", "192.0.2.1:5": "192.0.2.1:6"} {
		if callerOf(&http.Request{RemoteAddr: a}, nil) != callerOf(&http.Request{RemoteAddr: b}, nil) {
			t.Errorf("%s and %s are two callers", a, b)
		}
	}
	if callerOf(&http.Request{RemoteAddr: "[2001:db8:1:2::1]:5"}, nil) == callerOf(&http.Request{RemoteAddr: "[2001:db8:1:3::1]:5"}, nil) {
		t.Error("two networks are one caller")
	}
}

// What a trusted proxy says counts, and what anybody else says does not: nobody is
// another caller for having written a header.
func TestCallersBehindProxies(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"127.0.0.1:5", "203.0.113.7", "203.0.113.7"},
		{"[::ffff:127.0.0.1]:5", "203.0.113.7:4000", "203.0.113.7"},
		{"127.0.0.1:5", "198.51.100.1, 203.0.113.7", "203.0.113.7"},           // The caller wrote the first one.
		{"127.0.0.1:5", "198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"}, // Two proxies.
		{"127.0.0.1:5", "10.1.2.3", "10.1.2.3"},
		{"127.0.0.1:5", "203.0.113.7, unknown", "127.0.0.1"},
		{"127.0.0.1:5", "", "127.0.0.1"},
		{"192.0.2.1:5", "203.0.113.7", "192.0.2.1"}, // Nobody's proxy.
	} {
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{"X-Forwarded-For": {c.forwarded}}}
		if got := callerOf(r, trusted); got != c.want {
			t.Errorf("from %s, for %q: %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
	r := &http.Request{RemoteAddr: "127.0.0.1:5", Header: http.Header{"X-Forwarded-For": {"203.0.113.7", "198.51.100.1"}}}
	if got := callerOf(r, trusted); got != "198.51.100.1" {
		t.Errorf("of two lines the last one counts, not %s", got)
	}
}

// Behind a proxy who asks too often waits alone, once the proxy is trusted.
func TestVerifyBehindAProxy(t *testing.T) {
	s := certified(t, aCertificate())
	ask := func(caller string) int {
		r := httptest.NewRequest(http.MethodGet, "/verify/"+aCode, nil)
		r.RemoteAddr = "127.0.0.1:9"
		r.Header.Set("X-Forwarded-For", caller)
		rec := httptest.NewRecorder()
		h, err := s.webHandler()
		if err != nil {
			t.Fatal(err)
		}
		h.ServeHTTP(rec, r)
		return rec.Code
	}
	s.app.Config().TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	for range verifyEach {
		if code := ask("203.0.113.7"); code != http.StatusOK {
			t.Fatalf("refused: %d", code)
		}
	}
	if code := ask("203.0.113.7"); code != http.StatusTooManyRequests {
		t.Errorf("one too many: %d", code)
	}
	if code := ask("203.0.113.8"); code != http.StatusOK {
		t.Errorf("another caller behind the same proxy: %d", code)
	}
	s.app.Config().TrustedProxies = nil
	for range verifyEach {
		ask("203.0.113.9")
	}
	if code := ask("203.0.113.10"); code != http.StatusTooManyRequests {
		t.Errorf("a header that nobody vouches for makes another caller: %d", code)
	}
}
