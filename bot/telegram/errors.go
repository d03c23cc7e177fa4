package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"frontdesk/bot"
)

// apiError is a refusal: Telegram, or a gateway before it, answered.
type apiError struct {
	method      string
	code        int
	description string
	gateway     bool
	retryAfter  time.Duration
	migrateTo   int64
}

func (e *apiError) Error() string { return fmt.Sprintf("%s: %d %s", e.method, e.code, e.description) }

// says tells whether the description holds one of the words, in any case.
// Telegram gives no finer code than the status: the words are the code. They
// are those of its own server (github.com/tdlib/telegram-bot-api, Client.cpp).
func (e *apiError) says(words ...string) bool {
	description := strings.ToLower(e.description)
	for _, w := range words {
		if strings.Contains(description, w) {
			return true
		}
	}
	return false
}

// lineError is a call without an answer. It holds no error of net/http, whose
// text has the token; its cause is at most an error of package context.
type lineError struct {
	method string
	sent   bool // It may have arrived.
	text   string
	cause  error
}

func (e *lineError) Error() string { return e.method + ": " + e.text }

// Unwrap gives context.Canceled or context.DeadlineExceeded, if it was that.
func (e *lineError) Unwrap() error { return e.cause }

// chatSort is what kind of chat a call was for: it decides what a refusal means.
type chatSort int

const (
	chatNone chatSort = iota
	chatPerson
	chatGroup
)

// sortOf tells the kind of a chat by its id: groups have negative ones.
func sortOf(id int64) chatSort {
	if id < 0 {
		return chatGroup
	}
	return chatPerson
}

// defaultRetry is the wait after a 429 that does not say how long.
const defaultRetry = 3 * time.Second

// classify turns any error of a call into a *bot.SendError. It returns nil for
// nil, as an error that can be compared with nil.
func classify(err error, chat chatSort) error {
	if err == nil {
		return nil
	}
	var api *apiError
	if errors.As(err, &api) {
		return classifyAPI(api, chat)
	}
	var line *lineError
	if errors.As(err, &line) {
		if line.sent {
			return &bot.SendError{Reason: bot.Unknown, Err: line}
		}
		return &bot.SendError{Reason: bot.Network, Err: line}
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &bot.SendError{Reason: bot.Unknown, Err: err}
	}
	// What is left is the library's: a result that it could not decode. The call
	// was answered with ok.
	return &bot.SendError{Reason: bot.Unknown, Err: errors.New("the result could not be read")}
}

func classifyAPI(e *apiError, chat chatSort) *bot.SendError {
	out := &bot.SendError{Reason: bot.Refused, Err: e}
	switch {
	case e.migrateTo != 0:
		out.Reason, out.MovedTo = bot.Moved, strconv.FormatInt(e.migrateTo, 10)
	case e.code == http.StatusTooManyRequests || e.code == 420:
		out.Reason, out.RetryAfter = bot.Limited, max(e.retryAfter, 0)
		if out.RetryAfter == 0 {
			out.RetryAfter = defaultRetry
		}
	case e.code == http.StatusUnauthorized || e.code == http.StatusNotFound:
		out.Reason = bot.Auth
	case e.code == http.StatusGatewayTimeout && e.gateway:
		// A gateway gave up waiting: the server behind it may have done the call.
		out.Reason = bot.Unknown
	case e.code >= 500:
		out.Reason = bot.Server
	case e.code >= 300 && e.code < 400:
		out.Reason = bot.Server
	case e.code == http.StatusForbidden:
		out.Reason = forbidden(e, chat)
	case e.code == http.StatusBadRequest:
		out.Reason = badRequest(e)
	}
	return out
}

func forbidden(e *apiError, chat chatSort) bot.Reason {
	switch {
	case e.says("blocked by the user", "user is deactivated", "can't initiate conversation", "can't send messages to bots"):
		return bot.Blocked
	case e.says("kicked", "not a member", "chat was deleted", "chat_write_forbidden"):
		return bot.Gone
	case chat == chatPerson:
		return bot.Blocked
	}
	return bot.Gone
}

func badRequest(e *apiError) bot.Reason {
	switch {
	case e.says("message thread not found", "topic_closed", "topic_deleted", "topic is closed", "topic_id_invalid"):
		return bot.TopicClosed
	case e.says("message to edit not found", "message can't be edited", "message_id_invalid",
		"message to be replied not found", "message to reply not found", "replied message not found"):
		return bot.NoMessage
	case e.says("chat not found", "peer_id_invalid", "group chat was deactivated", "user not found",
		// The bot is in the group and may not speak there. For the desk that is the
		// same as not being there: another way must be found, and an administrator told.
		"not enough rights to send", "have no rights to send", "chat_write_forbidden", "chat_restricted",
		"chat_send_plain_forbidden", "chat_admin_required"):
		return bot.Gone
	}
	return bot.Refused
}

// refused is the error of a message that this package itself does not send.
func refused(err error) *bot.SendError { return &bot.SendError{Reason: bot.Refused, Err: err} }
