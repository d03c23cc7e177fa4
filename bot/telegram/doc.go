// Package telegram is the Telegram channel: it turns updates of the Bot API
// into desk.Input and sends what the desk has to say.
//
// The library github.com/go-telegram/bot gives the wire types and makes the
// calls. Its two ways to receive are not used: both tell Telegram that an
// update was received before anybody handled it, so a crash loses updates.
// Poller and the webhook handler here acknowledge an update only after
// bot.Receiver.Handle returned nil.
//
// The parts, in the order of an update's life:
//
//	poll.go, webhook.go   receive, acknowledge after the commit
//	decode.go, command.go an update becomes a desk.Input (pure, fuzzed)
//	send.go, edit.go      a desk.Drawn becomes calls
//	errors.go             an error becomes a bot.SendError with its reason
//	transport.go          all calls go through it: replayable bodies, time
//	                      limits, size limits, and no token in any error
//
// Texts are sent without parse_mode: no name and no word of a resident can ever
// become markup, and no message is refused for a stray bracket.
//
// The token is part of every URL of the Bot API, and errors of net/http print
// URLs. Therefore no error of net/http leaves this package: transport.go makes
// errors of its own, and mask.go takes the token out of every text.
package telegram
