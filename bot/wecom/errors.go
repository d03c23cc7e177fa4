package wecom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"frontdesk/bot"
)

// apiError is a refusal: WeCom, or a gateway before it, answered. Code is
// WeCom's errcode, or 0 and Status the status of a gateway.
// https://developer.work.weixin.qq.com/document/path/90313
type apiError struct {
	Method  string
	Code    int
	Status  int
	Message string
}

func (e *apiError) Error() string {
	if e.Status != 0 {
		return fmt.Sprintf("%s: HTTP %d %s", e.Method, e.Status, e.Message)
	}
	return fmt.Sprintf("%s: %d %s", e.Method, e.Code, e.Message)
}

// The codes that the desk tells apart.
const (
	codeBadSecret    = 40001
	codeBadCorp      = 40013
	codeBadToken     = 40014
	codeTokenExpired = 42001
	codeBadAgent     = 40056
	codeTooOften     = 45009
	codeTooMany      = 45033
	codeBusy         = -1
	codeForbiddenAPI = 48002
	codeNotOwnChat   = 86008
	codeNoRobotKey   = 93000
	codeNoRobot      = 93008
	codeOutsideIP    = 60020
	codeNotVisible   = 60011
	codeNoUser       = 60111
	codeNobody       = 81013
	codeNoAppRight   = 301002
	codeNotBound     = 43004
	codeNoChat       = 86003
	codeTaskUsed     = 42014
	codeUsed         = 42022
	codeEnded        = 42003
	codeRecallLate   = 42052
	codeNoTarget     = 82101
	codeNotReceiver  = 82102
	codeBadParameter = 40058
)

// tokenRefused tells whether the token was not accepted. 40001 also means a
// wrong secret, but then no token would have been given.
func (e *apiError) tokenRefused() bool {
	return e.Code == codeBadToken || e.Code == codeTokenExpired || e.Code == codeBadSecret && e.Method != "gettoken"
}

// lineError is a call without an answer. It holds no error of net/http, whose
// text has the token; its cause is at most an error of package context.
type lineError struct {
	Method string
	Sent   bool // It may have arrived.
	text   string
	cause  error
}

func (e *lineError) Error() string { return e.Method + ": " + e.text }

// Unwrap gives context.Canceled or context.DeadlineExceeded, if it was that.
func (e *lineError) Unwrap() error { return e.cause }

// defaultRetry is the wait after a limit that does not say how long: WeCom
// blocks a call for a minute.
// https://developer.work.weixin.qq.com/document/path/90312
const defaultRetry = 61 * time.Second

// classify turns any error of a call into a *bot.SendError. It returns nil for
// nil, as an error that can be compared with nil.
func classify(err error) error {
	if err == nil {
		return nil
	}
	var send *bot.SendError
	if errors.As(err, &send) {
		return err
	}
	var api *apiError
	if errors.As(err, &api) {
		return classifyAPI(api)
	}
	var line *lineError
	if errors.As(err, &line) && !line.Sent {
		return &bot.SendError{Reason: bot.Network, Err: err}
	}
	if line != nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &bot.SendError{Reason: bot.Unknown, Err: err}
	}
	return refused(err)
}

func classifyAPI(e *apiError) *bot.SendError {
	out := &bot.SendError{Reason: bot.Refused, Err: e}
	switch {
	case e.Status == http.StatusTooManyRequests:
		out.Reason, out.RetryAfter = bot.Limited, defaultRetry
	case e.Status == http.StatusGatewayTimeout:
		out.Reason = bot.Unknown
	case e.Status != 0:
		out.Reason = bot.Server
	}
	switch e.Code {
	case codeBadSecret, codeBadToken, codeTokenExpired, codeBadAgent, codeNoAppRight, codeForbiddenAPI:
		out.Reason = bot.Auth
	case codeOutsideIP:
		out.Reason = bot.Untrusted
	case codeNobody, codeNotVisible, codeNotBound:
		out.Reason = bot.Outside
	case codeNotOwnChat, codeNoChat, codeNoRobotKey, codeNoRobot:
		out.Reason = bot.Gone
	case codeTooOften, codeTooMany:
		out.Reason, out.RetryAfter = bot.Limited, defaultRetry
	case codeBusy:
		out.Reason = bot.Server
	}
	return out
}

// refused is the error of a message that this package itself does not send.
func refused(err error) *bot.SendError { return &bot.SendError{Reason: bot.Refused, Err: err} }
