package telegramtest

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	"github.com/google/go-cmp/cmp"
)

// reply is an answer of the server.
type reply struct {
	OK          bool
	Code        int `json:"error_code"`
	Description string
	Result      json.RawMessage
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	}
}

// call calls a method with a form.
func call(t *testing.T, s *Server, method string, pairs ...string) reply {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://api/bot"+s.Token()+"/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := s.Transport().RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, _ := io.ReadAll(resp.Body)
	var r reply
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatalf("%s: %s", err, data)
	}
	return r
}

func TestPrivateRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		s.Person(7, "Alice", "en").Start("")
		send := func() reply { return call(t, s, "sendMessage", "chat_id", "7", "text", "x") }
		for range 5 {
			if r := send(); !r.OK {
				t.Fatalf("within the burst: %+v", r)
			}
		}
		if r := send(); r.Code != 429 || r.Parameters.RetryAfter != 1 {
			t.Errorf("beyond the burst: %+v", r)
		}
		if len(s.Violations()) != 0 {
			t.Errorf("a first 429 is no violation: %q", s.Violations())
		}
		if r := send(); r.Code != 429 || len(s.Violations()) != 1 {
			t.Errorf("before retry_after: %+v, %q", r, s.Violations())
		}
		time.Sleep(time.Second)
		for range 50 {
			if r := send(); !r.OK {
				t.Fatalf("one a second: %+v", r)
			}
			time.Sleep(time.Second)
		}
	})
}

func TestGroupRateCountsEdits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		s.Group(-1001234567890, "Repairs")
		chat := "-1001234567890"
		for i := range 20 {
			method, args := "sendMessage", []string{"chat_id", chat, "text", strings.Repeat("x", i+1)}
			if i%2 == 1 {
				method, args = "editMessageText", append(args, "message_id", "2")
			}
			if r := call(t, s, method, args...); !r.OK {
				t.Fatalf("%d: %+v", i, r)
			}
			time.Sleep(time.Second)
		}
		r := call(t, s, "sendMessage", "chat_id", chat, "text", "x")
		if r.Code != 429 || r.Parameters.RetryAfter != 40 {
			t.Errorf("21st in a minute: %+v", r)
		}
		time.Sleep(40 * time.Second)
		if r := call(t, s, "sendMessage", "chat_id", chat, "text", "x"); !r.OK {
			t.Errorf("after retry_after: %+v", r)
		}
		if v := s.Violations(); len(v) != 0 {
			t.Errorf("%q", v)
		}
	})
}

func TestOverallRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		for i := range 31 {
			s.Person(int64(i+1), "P", "en").Start("")
			r := call(t, s, "sendMessage", "chat_id", jsonInt(int64(i+1)), "text", "x")
			if r.OK != (i < 30) {
				t.Errorf("%d: %+v", i, r)
			}
		}
	})
}

func jsonInt(n int64) string { return strconv.FormatInt(n, 10) }

// Each limit of Telegram is refused with its words, and is a violation where
// the program could have known.
func TestStrictness(t *testing.T) {
	keyboard := func(button string) string { return `{"inline_keyboard":[[` + button + `]]}` }
	row := strings.TrimSuffix(strings.Repeat(`{"text":"a","callback_data":"b"},`, 9), ",")
	many := strings.TrimSuffix(strings.Repeat(`[{"text":"a","callback_data":"b"}],`, 101), ",")
	tests := []struct {
		want string
		args []string
	}{
		{"message text is empty", []string{"text", " \n"}},
		{"message is too long", []string{"text", strings.Repeat("😀", 2049)}},
		{"UTF-8", []string{"text", "\xff"}},
		{"BUTTON_DATA_INVALID", []string{"text", "x", "reply_markup", keyboard(`{"text":"a","callback_data":"` + strings.Repeat("x", 65) + `"}`)}},
		{"text must be non-empty", []string{"text", "x", "reply_markup", keyboard(`{"text":" ","callback_data":"b"}`)}},
		{"BUTTON_COPY_TEXT_INVALID", []string{"text", "x", "reply_markup", keyboard(`{"text":"a","copy_text":{"text":""}}`)}},
		{"BUTTON_URL_INVALID", []string{"text", "x", "reply_markup", keyboard(`{"text":"a","url":"javascript:x"}`)}},
		{"too many buttons in a row", []string{"text", "x", "reply_markup", keyboard(row)}},
		{"reply markup is too long", []string{"text", "x", "reply_markup", `{"inline_keyboard":[` + many + `]}`}},
		{"object expected", []string{"text", "x", "reply_markup", `{"inline_keyboard":null}`}},
	}
	s := New(Options{NoLimits: true})
	s.Person(7, "Alice", "en").Start("")
	for i, tt := range tests {
		r := call(t, s, "sendMessage", append([]string{"chat_id", "7"}, tt.args...)...)
		if r.Code != 400 || !strings.Contains(r.Description, tt.want) {
			t.Errorf("%s: %+v", tt.want, r)
		}
		if n := len(s.Violations()); n != i+1 {
			t.Errorf("%s: %d violations, want %d", tt.want, n, i+1)
		}
	}
}

func TestWhoCanBeWrittenTo(t *testing.T) {
	s := New(Options{NoLimits: true})
	alice, bob := s.Person(7, "Alice", "en"), s.Person(8, "Bob", "en")
	g := s.Group(-9, "Repairs", alice)
	send := func(chat string) string { return call(t, s, "sendMessage", "chat_id", chat, "text", "x").Description }
	check := func(chat, want string) {
		t.Helper()
		if got := send(chat); !strings.Contains(got, want) || (want == "") != (got == "") {
			t.Errorf("to %s: %q, want %q", chat, got, want)
		}
	}
	check("7", "can't initiate conversation")
	alice.Start("")
	check("7", "")
	alice.Block()
	check("7", "blocked by the user")
	alice.Unblock()
	check("7", "")
	bob.Delete()
	check("8", "deactivated")
	check("99", "chat not found")
	check("-9", "")
	g.RemoveBot(alice)
	check("-9", "kicked from the group chat")
	g.AddBot(alice)
	s.Migrate(g)
	if r := call(t, s, "sendMessage", "chat_id", "-9", "text", "x"); r.Parameters.MigrateTo != g.ID() {
		t.Errorf("migrated: %+v", r)
	}
	g.Mute(true)
	check(jsonInt(g.ID()), "not enough rights")
}

func TestPressExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		alice := s.Person(7, "Alice", "en")
		alice.Start("")
		call(t, s, "sendMessage", "chat_id", "7", "text", "card", "reply_markup", `{"inline_keyboard":[[{"text":"Take","callback_data":"t"}]]}`)
		press := alice.Press("Take")
		time.Sleep(149 * time.Second)
		if s.Pending() != 2 {
			t.Errorf("%d updates wait", s.Pending())
		}
		time.Sleep(2 * time.Second)
		if diff := cmp.Diff([]string{"callback_query"}, s.Expired()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		if r := call(t, s, "answerCallbackQuery", "callback_query_id", press.ID); r.Code != 400 {
			t.Errorf("late answer: %+v", r)
		}
		want := "1 Alice: /start\n2 bot: card\n    [Take]\nAlice presses [Take] of 2\n"
		if diff := cmp.Diff(want, alice.Transcript()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

// The library's ways of sending are accepted: chunked multipart, empty bodies,
// an empty copy_text with every button.
func TestLibraryIsUnderstood(t *testing.T) {
	s := New(Options{NoLimits: true})
	alice := s.Person(7, "Alice", "en")
	alice.Start("")
	b, err := tg.New(s.Token(), tg.WithHTTPClient(time.Minute, &http.Client{Transport: s.Transport()}))
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.SendPhoto(t.Context(), &tg.SendPhotoParams{
		ChatID: 7, Photo: &models.InputFileUpload{Filename: "x.jpg", Data: strings.NewReader("jpeg")}, Caption: "up",
		ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "a", CallbackData: "b"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	sent, err := b.SendMediaGroup(t.Context(), &tg.SendMediaGroupParams{ChatID: 7, Media: []models.InputMedia{
		&models.InputMediaPhoto{Media: "attach://one", MediaAttachment: strings.NewReader("1")},
		&models.InputMediaPhoto{Media: "attach://two", MediaAttachment: strings.NewReader("2"), Caption: "two"},
	}})
	if err != nil || len(sent) != 2 {
		t.Fatal(len(sent), err)
	}
	_, err = b.EditMessageReplyMarkup(t.Context(), &tg.EditMessageReplyMarkupParams{
		ChatID: 7, MessageID: 2, ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{}},
	})
	if err != nil {
		t.Error(err)
	}
	if m := alice.Screen(); m[1].Edits != 1 || len(m[1].Buttons) != 0 || m[2].Album == "" || m[2].Album != m[3].Album {
		t.Errorf("%+v", m)
	}
	if v := s.Violations(); len(v) != 0 {
		t.Errorf("%q", v)
	}
}

func TestPrivacyMode(t *testing.T) {
	s := New(Options{NoLimits: true})
	alice := s.Person(7, "Alice", "en")
	g := s.Group(-1001234567890, "Repairs", alice)
	call(t, s, "sendMessage", "chat_id", "-1001234567890", "text", "card")
	card, _ := g.Last()
	for _, step := range []struct {
		do   func()
		want int
	}{
		{func() { alice.SayIn(g, "nice weather") }, 0},
		{func() { alice.PhotoIn(g, "", "") }, 0},
		{func() { alice.SayIn(g, "/help@other_bot") }, 0},
		{func() { alice.SayIn(g, "/help") }, 1},
		{func() { alice.SayIn(g, "/help@frontdesk_bot x") }, 2},
		{func() { alice.SayIn(g, "hello @frontdesk_bot") }, 3},
		{func() { alice.ReplyPhoto(card, "done") }, 4},
		{func() { g.SayAnonymously("/link eng") }, 5},
	} {
		step.do()
		if got := s.Pending(); got != step.want {
			t.Errorf("%d updates, want %d", got, step.want)
		}
	}
}

func TestSlowAndOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{})
		s.Slow(3 * time.Second)
		start := time.Now()
		call(t, s, "getMe")
		if d := time.Since(start); d != 3*time.Second {
			t.Errorf("took %v", d)
		}
		s.Heal()
		s.Hang("getMe", 1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		req, _ := http.NewRequestWithContext(ctx, http.MethodPost, "http://api/bot"+s.Token()+"/getMe", nil)
		if _, err := s.Transport().RoundTrip(req); err == nil || time.Since(start) != 63*time.Second {
			t.Errorf("hanging: %v after %v", err, time.Since(start))
		}
		synctest.Wait()
	})
}
