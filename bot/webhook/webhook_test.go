package webhook

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
)

// serve is a receiver, and the channel that calls it.
func serve(t *testing.T, handle http.HandlerFunc) *Channel {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	return New(Config{URL: server.URL + "/ring?token=secret-in-the-address", Secret: "a-long-shared-secret", Now: func() time.Time {
		return time.Unix(1796000000, 0)
	}})
}

func someCall(t *testing.T) desk.Drawn {
	t.Helper()
	body, err := json.Marshal(desk.HookCall{Type: "emergency", Kind: "fire", Number: "E-1001", Place: "3号楼502"})
	if err != nil {
		t.Fatal(err)
	}
	return desk.Drawn{Key: "00000000001a-0123456789abcdef", Text: "【紧急】E-1001", File: &desk.Attachment{MIME: "application/json", Body: body}}
}

// The receiver can check who calls, that nothing was changed, and that it has not
// had the call before.
func TestCallIsSigned(t *testing.T) {
	var got http.Header
	var body []byte
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		got = r.Header
		body, _ = io.ReadAll(r.Body)
	})
	m := someCall(t)
	ref, err := c.Send(t.Context(), desk.WebhookAddress, m)
	if err != nil || ref != m.Key {
		t.Fatalf("%q, %v", ref, err)
	}
	id, at := got.Get("Webhook-Id"), got.Get("Webhook-Timestamp")
	if id != m.Key || at != "1796000000" || got.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("headers %v", got)
	}
	if want := Sign("a-long-shared-secret", id, at, body); got.Get("Webhook-Signature") != want {
		t.Errorf("signature %q, want %q", got.Get("Webhook-Signature"), want)
	}
	if Sign("another secret", id, at, body) == got.Get("Webhook-Signature") || Sign("a-long-shared-secret", id, "1796000001", body) == got.Get("Webhook-Signature") {
		t.Error("the signature does not depend on the secret or the time")
	}
	var said map[string]any
	if err := json.Unmarshal(body, &said); err != nil || said["id"] != m.Key || said["kind"] != "fire" || said["text"] != "【紧急】E-1001" || said["place"] != "3号楼502" {
		t.Errorf("body %s, %v", body, err)
	}
}

// The signature is that of the example in docs/operation.md, computed there with
// openssl.
func TestSignatureOfTheDocument(t *testing.T) {
	got := Sign("0123456789abcdef", "00000000001a-0123456789abcdef", "1796000000", []byte(`{"type":"drill"}`))
	if want := "v1,F5XjaPh5pkzSwu9RW+Z97461GZCkU+HvkZm5kpilsSA="; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Only 2xx counts; all else is tried again, is not followed elsewhere, and says
// nothing of the address.
func TestFailures(t *testing.T) {
	for _, status := range []int{301, 302, 400, 401, 404, 429, 500, 503} {
		followed := false
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/elsewhere" {
				followed = true
			}
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
		})
		_, err := c.Send(t.Context(), desk.WebhookAddress, someCall(t))
		var e *bot.SendError
		if !errors.As(err, &e) || !e.Retry() || followed || strings.Contains(err.Error(), "secret") {
			t.Errorf("%d: %v, followed %v", status, err, followed)
		}
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	_, err := New(Config{URL: gone.URL + "/secret"}).Send(t.Context(), desk.WebhookAddress, someCall(t))
	var e *bot.SendError
	if !errors.As(err, &e) || e.Reason != bot.Network || strings.Contains(err.Error(), "secret") {
		t.Errorf("an address where nobody is: %v", err)
	}
}
