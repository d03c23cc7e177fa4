package wecom

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
)

// Name is the name of the app chat in addresses: wecom:<userid>.
const Name = "wecom"

// App is the channel to members of the corp, in the chat of the application.
type App struct {
	corp *Corp
	pace pace
}

var _ bot.Channel = (*App)(nil)

// Name is wecom.
func (a *App) Name() string { return Name }

// Capabilities tells what the chat of an application can do. A card can be
// replaced for 72 hours, as often as there are codes: one came with it, one
// comes with each press. A press has no answer of its own.
func (a *App) Capabilities() desk.Capabilities {
	return desk.Capabilities{
		EditFor: codeLife, EditsLimited: true, NoReply: true,
		MaxText: MaxText, TextInBytes: true, MaxButtons: maxButtons, ButtonsPerRow: 2,
		PressLife: codeLife, AnswerIsMessage: true, WriteFirst: true, MediaLife: mediaLife,
	}
}

// Limits are those of one person; WeCom takes 10 000 calls a minute.
// https://developer.work.weixin.qq.com/document/path/90312
func (a *App) Limits() bot.LimitNumbers {
	return bot.LimitNumbers{
		PrivateEvery: time.Second, PrivateBurst: 6,
		PrivateWindow: minuteWindow, PrivateMost: minuteMost, PrivateBelow: 24,
		GroupWindow: minuteWindow, GroupMost: minuteMost, GroupBelow: 24,
		Window: 1100 * time.Millisecond, Most: 100, Below: 80,
	}
}

// userForm is how a userid is written; @all, everybody, is none.
var userForm = regexp.MustCompile(`^[A-Za-z0-9_.-][A-Za-z0-9_@.-]{0,63}$`)

// member reads the userid in an address.
func member(a desk.Address) (string, *bot.SendError) {
	if a.Channel != Name || !userForm.MatchString(a.ID) {
		return "", refused(fmt.Errorf("%s is no member", a))
	}
	return a.ID, nil
}

// Answer answers a press with an ordinary message to who pressed; nothing is
// sent without words.
func (a *App) Answer(ctx context.Context, pressID, text, url string, _ bool) error {
	user, _, found := strings.Cut(pressID, "/")
	text = cleanText(text)
	if url != "" {
		text = strings.TrimSpace(text + "\n" + url)
	}
	if text == "" {
		return nil
	}
	if !found || user == "" {
		return refused(errors.New("the press has no name"))
	}
	d := delivery{app: a, user: user, text: text, key: pressID}
	_, err := d.sendText(ctx, text)
	return err
}

// Chat tells about a group: the app chat has none.
func (a *App) Chat(context.Context, desk.Address) (bot.ChatInfo, error) {
	return bot.ChatInfo{}, &bot.SendError{Reason: bot.Gone, Err: errors.New("the app chat has no groups")}
}
