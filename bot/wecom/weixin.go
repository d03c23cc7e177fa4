package wecom

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
)

// WeixinName is the channel's name in addresses: weixin:<external_userid>.
const WeixinName = "weixin"

// Weixin is the channel to people who have ordinary WeChat, through 微信客服.
//
// A person opens the chat by a link or its code (Link) and writes; then the desk
// has five messages within 48 hours, until they write again. Nothing that was
// sent can be changed.
type Weixin struct {
	corp   *Corp
	puller puller
}

var (
	_ bot.Channel  = (*Weixin)(nil)
	_ bot.Windowed = (*Weixin)(nil)
)

// Weixin is the channel to people with ordinary WeChat; nil without Config.KFID.
func (c *Corp) Weixin() *Weixin { return c.weixin }

func newWeixin(c *Corp) *Weixin {
	if c.config.KFID == "" {
		return nil
	}
	return &Weixin{corp: c, puller: newPuller()}
}

// Name is weixin.
func (w *Weixin) Name() string { return WeixinName }

// The sizes of a message, in bytes.
// https://developer.work.weixin.qq.com/document/path/94677
const (
	kfMaxHead   = 1024
	kfMaxItems  = 10
	kfMaxLabel  = 128
	kfMaxData   = 64
	kfMaxURL    = 2048
	kfMediaLife = 72 * time.Hour
)

// Capabilities tells what 微信客服 can do. An answer to a press is an ordinary
// message and can be sent as long as one can.
func (w *Weixin) Capabilities() desk.Capabilities {
	return desk.Capabilities{
		NoReply: true, MaxText: MaxText, TextInBytes: true, MaxButtons: kfMaxItems, ButtonsPerRow: 1,
		PressLife: kfWindow, AnswerIsMessage: true, PushWindow: kfWindow, PushMost: kfWindowMost, MediaLife: kfMediaLife,
	}
}

// Limits are how much the channel takes. WeCom names no pace for one person:
// the window is the limit. All calls of a kind share 10 000 a minute
// (https://developer.work.weixin.qq.com/document/path/90312), of which the desk
// takes a small part.
func (w *Weixin) Limits() bot.LimitNumbers {
	return bot.LimitNumbers{
		PrivateEvery: time.Second, PrivateBurst: kfWindowMost,
		Window: 1100 * time.Millisecond, Most: 50, Below: 40,
	}
}

// Chat tells about a group: there are none.
func (w *Weixin) Chat(context.Context, desk.Address) (bot.ChatInfo, error) {
	return bot.ChatInfo{}, &bot.SendError{Reason: bot.Gone, Err: errors.New("微信客服 has no groups")}
}

// Commands does nothing: the chat has no menu of commands.
func (w *Weixin) Commands(context.Context, bot.CommandScope) error { return nil }

// Fetch opens the bytes of a file that came in; the caller closes it. WeCom
// keeps them for three days. An error is a *bot.SendError.
func (w *Weixin) Fetch(ctx context.Context, f desk.File) (io.ReadCloser, error) {
	if f.Channel != WeixinName || f.ID == "" {
		return nil, refused(errors.New("no file of weixin"))
	}
	return w.corp.download(ctx, f.ID)
}

// Link makes a link that opens the chat, for a code on a door or a poster. scene
// tells where it is used, at most 32 of 0-9A-Za-z_-; param is what the desk is
// told when somebody comes through it (desk.Input.Arg), at most 128 bytes as it
// stands in a URL. A link with another param needs no other call: the same scene
// always has the same link, and WeCom keeps it. The error is a *bot.SendError.
// https://developer.work.weixin.qq.com/document/path/94665
func (w *Weixin) Link(ctx context.Context, scene, param string) (string, error) {
	escaped := url.QueryEscape(param)
	if len(escaped) > kfMaxParam {
		return "", refused(fmt.Errorf("what a link carries has %d bytes, at most %d", len(escaped), kfMaxParam))
	}
	var reply struct {
		URL string `json:"url"`
	}
	body := map[string]string{"open_kfid": w.corp.config.KFID, "scene": scene}
	if err := w.corp.call(ctx, kfLinkPath, body, &reply); err != nil {
		return "", classifyKF(err)
	}
	if reply.URL == "" {
		return "", &bot.SendError{Reason: bot.Unknown, Err: errors.New("the reply has no link")}
	}
	if param == "" {
		return reply.URL, nil
	}
	sign := "?"
	if strings.Contains(reply.URL, "?") {
		sign = "&"
	}
	return reply.URL + sign + "scene_param=" + escaped, nil
}

// kfMaxParam is the most bytes that a link can carry.
const kfMaxParam = 128
