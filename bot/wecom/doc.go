// Package wecom is WeCom (企业微信): one corp and one self-built application, on
// which the desk has three channels. App talks with members of the corp, Groups
// posts notices in the groups of departments, Weixin talks with people who have
// ordinary WeChat, through 微信客服.
//
// The parts of sending:
//
//	corp.go, config.go    what the channels share
//	client.go, token.go   all calls go through them: time limits, size limits,
//	                      one token for all, and no secret in any error
//	errors.go             an error becomes a bot.SendError with its reason
//	app.go, card.go       a desk.Drawn becomes messages and template cards
//	groups.go             notices to a group of the application, or to a robot
//	check.go              whether the settings work, asked from the live API
//
// The parts of receiving:
//
//	callback.go           the address that WeCom calls: 200 after the commit
//	envelope.go           who signed it, and when: before anything is decoded
//	crypto.go             what is sealed in it
//	xml.go                the one form of XML that is accepted
//	decode*.go            what it says, as a desk.Input
//	choice.go             the option behind a number or a label
//	names.go              what a member is called
//
// The parts of 微信客服:
//
//	kf_pull.go            reading: woken by the callback, from a kept place
//	kf_decode.go          an entry of sync_msg becomes a desk.Input, or nothing
//	weixin_window.go      48 hours and five messages, counted before sending
//	weixin_send.go        a desk.Drawn becomes texts, menus to tap, files
//	weixin_asked.go       numbers and labels that are written instead of tapped
//	weixin_merge.go       several messages as one
//
// What is decided there, because the documents leave it open or the window asks
// for it:
//
//   - The account must be received by the API alone (接待方式: no employees): a
//     session that an employee has, or that waits for one, takes no message from
//     the desk (95018). The window is then shut until the person writes again.
//   - Tapping an item of a menu counts as writing. If it does not for some account,
//     Config.KFTapsAreSilent says so.
//   - What code WeCom gives for a msgid that was used before is not documented. Any
//     refusal of a message that may have arrived before, and for which there is no
//     reason of its own, is taken for it.
//   - The first start ever answers what is at most an hour old, although WeCom gives
//     three days. Any later start answers everything.
//   - A message that somebody takes back stays said; they can cancel in words.
//   - Who enters by a link can be told one thing within 20 seconds, and then nothing
//     until they write.
//
// The access token and the key of a robot are part of URLs, and errors of
// net/http print URLs. Therefore no error of net/http leaves this package.
//
// What WeCom promises is in https://developer.work.weixin.qq.com/document; a
// number in this package has the page it is from.
package wecom
