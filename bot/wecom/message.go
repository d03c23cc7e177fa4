package wecom

import (
	"context"
	"errors"
	"hash/fnv"
	"strconv"
	"strings"

	"frontdesk/bot"
)

// message is the body of message/send, for one person.
// https://developer.work.weixin.qq.com/document/path/90236
type message struct {
	ToUser  string      `json:"touser"`
	MsgType string      `json:"msgtype"`
	AgentID int64       `json:"agentid"`
	Text    *textPart   `json:"text,omitempty"`
	Image   *mediaPart  `json:"image,omitempty"`
	File    *mediaPart  `json:"file,omitempty"`
	Card    *buttonCard `json:"template_card,omitempty"`
	// Repeat makes WeCom drop a message that is the same, byte by byte, as one
	// within so many seconds before.
	Repeat   int `json:"enable_duplicate_check,omitempty"`
	Interval int `json:"duplicate_check_interval,omitempty"`
}

type textPart struct {
	Content string `json:"content"`
}

type mediaPart struct {
	MediaID string `json:"media_id"`
}

// sentReply is the answer to message/send.
type sentReply struct {
	MsgID      string `json:"msgid"`
	Code       string `json:"response_code"`
	Invalid    string `json:"invaliduser"`
	Unlicensed string `json:"unlicenseduser"`
}

// post sends a message to one person. The error is a *bot.SendError. key is the
// same in every attempt to send this part and in no other; empty when a
// repetition is not to be recognised.
func (a *App) post(ctx context.Context, m message, key string) (sentReply, error) {
	c := a.corp
	if wait := a.pace.take(c.now(), m.ToUser); wait > 0 {
		return sentReply{}, &bot.SendError{Reason: bot.Limited, RetryAfter: wait, Err: errors.New("enough for this person for now")}
	}
	m.AgentID = c.config.AgentID
	if key != "" {
		m.Repeat, m.Interval = 1, repeatInterval(key)
	}
	var reply sentReply
	if err := c.call(ctx, "message/send", m, &reply); err != nil {
		return reply, classify(err)
	}
	// WeCom writes the ids in lower case here.
	switch {
	case named(reply.Invalid, m.ToUser):
		return reply, &bot.SendError{Reason: bot.Outside, Err: errors.New("message/send: invaliduser")}
	case named(reply.Unlicensed, m.ToUser):
		return reply, &bot.SendError{Reason: bot.Unlicensed, Err: errors.New("message/send: unlicenseduser")}
	}
	return reply, nil
}

func named(list, user string) bool {
	for _, id := range strings.Split(list, "|") {
		if id != "" && strings.EqualFold(id, user) {
			return true
		}
	}
	return false
}

// The bounds of duplicate_check_interval, in seconds.
const (
	leastInterval = 1800
	mostInterval  = 4 * 3600
)

// repeatInterval is how long WeCom looks back for the same message. It compares
// the whole JSON, in which a text has no place for a key; two texts that happen
// to be the same must both arrive. The key therefore chooses the seconds: they
// are the same in every attempt and hardly ever in another message.
func repeatInterval(key string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	return leastInterval + int(h.Sum32()%(mostInterval-leastInterval))
}

// partKey is the key of one of the messages that a message becomes.
func partKey(key, part string, i int) string {
	if key == "" {
		return ""
	}
	return key + part + strconv.Itoa(i)
}
