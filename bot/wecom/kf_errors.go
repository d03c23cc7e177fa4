package wecom

import (
	"errors"

	"frontdesk/bot"
)

// What WeCom says when a message to a customer cannot be sent.
// https://developer.work.weixin.qq.com/document/path/90313
const (
	codeKFAccount    = 95000 // the account is not one
	codeKFUsedUp     = 95001 // five messages were sent
	codeKFTooLate    = 95002 // 48 hours are over
	codeKFNoAccount  = 95004 // the account does not exist
	codeKFBadToken   = 95007 // the token of the callback is too old
	codeKFNotHere    = 95011 // 微信客服 is not used in WeCom, or used elsewhere
	codeKFNotInUse   = 95012
	codeKFOver       = 95013 // the session was ended
	codeKFNoAPI      = 95017 // the application may not use 微信客服
	codeKFState      = 95018 // an employee has the session, or it was ended
	codeNoSuchPerson = 40096 // the customer does not exist
)

// classifyKF is classify with the codes of 微信客服.
func classifyKF(err error) error {
	var api *apiError
	if !errors.As(err, &api) {
		return classify(err)
	}
	switch api.Code {
	case codeKFUsedUp, codeKFTooLate, codeKFOver, codeKFState:
		return &bot.SendError{Reason: bot.Closed, Err: err}
	case codeNoSuchPerson:
		return &bot.SendError{Reason: bot.Gone, Err: err}
	case codeKFAccount, codeKFNoAccount, codeKFNotHere, codeKFNotInUse, codeKFNoAPI:
		return &bot.SendError{Reason: bot.Auth, Err: err}
	}
	return classify(err)
}

// reasonOf is the reason in an error of classify; empty for nil.
func reasonOf(err error) bot.Reason {
	var send *bot.SendError
	if errors.As(err, &send) {
		return send.Reason
	}
	return ""
}

// unsent tells that a message with this outcome was certainly not sent.
func unsent(reason bot.Reason) bool { return reason != "" && reason != bot.Unknown }
