package telegram

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/telegram/telegramtest"
	"frontdesk/desk"
)

// Every refusal of the platform leads to its reason. The descriptions are those
// of the server behind api.telegram.org.
func TestReasons(t *testing.T) {
	tests := []struct {
		code        int
		description string
		chat        string
		want        bot.Reason
	}{
		{403, "Forbidden: bot was blocked by the user", "7", bot.Blocked},
		{403, "Forbidden: user is deactivated", "7", bot.Blocked},
		{403, "Forbidden: bot can't initiate conversation with a user", "7", bot.Blocked},
		{403, "Forbidden: bot can't send messages to bots", "7", bot.Blocked},
		{403, "Forbidden: something new", "7", bot.Blocked},
		{403, "Forbidden: something new", "-1001", bot.Gone},
		{403, "Forbidden: bot was kicked from the group chat", "-1001", bot.Gone},
		{403, "Forbidden: bot was kicked from the supergroup chat", "-1001", bot.Gone},
		{403, "Forbidden: bot is not a member of the supergroup chat", "-1001", bot.Gone},
		{403, "Forbidden: the group chat was deleted", "-1001", bot.Gone},
		{400, "Bad Request: chat not found", "7", bot.Gone},
		{400, "Bad Request: PEER_ID_INVALID", "7", bot.Gone},
		{400, "Bad Request: not enough rights to send text messages to the chat", "-1001", bot.Gone},
		{400, "Bad Request: CHAT_WRITE_FORBIDDEN", "-1001", bot.Gone},
		{400, "Bad Request: message thread not found", "-1001", bot.TopicClosed},
		{400, "Bad Request: TOPIC_CLOSED", "-1001", bot.TopicClosed},
		{400, "Bad Request: message to edit not found", "-1001", bot.NoMessage},
		{400, "Bad Request: message can't be edited", "-1001", bot.NoMessage},
		{400, "Bad Request: MESSAGE_ID_INVALID", "-1001", bot.NoMessage},
		{400, "Bad Request: message to be replied not found", "-1001", bot.NoMessage},
		{400, "Bad Request: can't parse entities: unexpected end tag", "7", bot.Refused},
		{400, "Bad Request: message is too long", "7", bot.Refused},
		{400, "Bad Request: BUTTON_DATA_INVALID", "7", bot.Refused},
		{413, "Request Entity Too Large", "7", bot.Refused},
		{401, "Unauthorized", "7", bot.Auth},
		{404, "Not Found", "7", bot.Auth},
		{500, "Internal Server Error: restart", "7", bot.Server},
		{429, "Too Many Requests", "7", bot.Limited},
	}
	w := newWorld(t, telegramtest.Options{NoLimits: true}, Config{})
	for _, tt := range tests {
		w.Refuse("sendMessage", tt.code, tt.description, 1)
		_, err := w.channel.Send(t.Context(), at(tt.chat), desk.Drawn{Text: "hi"})
		if got := reasonOf(err); got != tt.want {
			t.Errorf("%d %s in %s: %s, want %s", tt.code, tt.description, tt.chat, got, tt.want)
		}
	}
}

// What has no proper answer: whether it was sent decides.
func TestReasonsWithoutAnswer(t *testing.T) {
	tests := []struct {
		name string
		make func(*world)
		want bot.Reason
		sent int
	}{
		{"connection refused", func(w *world) { w.Outage(true) }, bot.Network, 0},
		{"answer lost", func(w *world) { w.Lose("sendMessage", 1) }, bot.Unknown, 1},
		{"no answer", func(w *world) { w.Hang("sendMessage", 1) }, bot.Unknown, 0},
		{"gateway 502", func(w *world) { w.Fail("sendMessage", 502, 1) }, bot.Server, 0},
		{"gateway 503", func(w *world) { w.Fail("sendMessage", 503, 1) }, bot.Server, 0},
		{"gateway gave up waiting", func(w *world) { w.Fail("sendMessage", 504, 1) }, bot.Unknown, 0},
		{"page of a captive portal", func(w *world) { w.Garble("sendMessage", 200, "<html>", 1) }, bot.Unknown, 0},
		{"result of another kind", func(w *world) { w.Garble("sendMessage", 200, `{"ok":true,"result":7}`, 1) }, bot.Unknown, 0},
		{"429", func(w *world) { w.Fail("sendMessage", 429, 1) }, bot.Limited, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, telegramtest.Options{}, Config{})
				alice := w.Person(7, "Alice", "en")
				alice.Start("")
				tt.make(w)
				_, err := w.channel.Send(t.Context(), at("7"), desk.Drawn{Text: "hi"})
				if got := reasonOf(err); got != tt.want {
					t.Errorf("%s, want %s: %v", got, tt.want, err)
				}
				if got := len(alice.Screen()) - 1; got != tt.sent {
					t.Errorf("%d messages arrived, want %d", got, tt.sent)
				}
			})
		})
	}
}

func TestErrorDetails(t *testing.T) {
	w := newWorld(t, telegramtest.Options{}, Config{})
	g := w.Group(-9, "Repairs")
	w.Migrate(g)
	_, err := w.channel.Send(t.Context(), at("-9"), desk.Drawn{Text: "hi"})
	var send *bot.SendError
	if !errors.As(err, &send) || send.Reason != bot.Moved || send.MovedTo != "-1000000000009" || send.Retry() {
		t.Errorf("migrated: %+v", err)
	}
	w.Fail("sendMessage", 429, 1)
	_, err = w.channel.Send(t.Context(), at("-1000000000009"), desk.Drawn{Text: "hi"})
	if !errors.As(err, &send) || send.RetryAfter != time.Second || !send.Retry() {
		t.Errorf("limited: %+v", err)
	}
	if classify(nil, chatNone) != nil {
		t.Error("no error became one")
	}
}
