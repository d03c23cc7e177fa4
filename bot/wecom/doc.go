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
//
// The access token and the key of a robot are part of URLs, and errors of
// net/http print URLs. Therefore no error of net/http leaves this package.
//
// What WeCom promises is in https://developer.work.weixin.qq.com/document; a
// number in this package has the page it is from.
package wecom
