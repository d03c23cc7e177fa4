package wecom

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/storage"
)

// GroupsName is the name of the groups in addresses: wecom-group:<department>.
const GroupsName = "wecom-group"

// Groups is the channel to the groups of departments. It only tells: what
// people write there never comes to the desk, buttons never come back, and
// nothing that was posted changes.
type Groups struct{ corp *Corp }

var _ bot.Channel = (*Groups)(nil)

// Name is wecom-group.
func (g *Groups) Name() string { return GroupsName }

// Capabilities tells what a group can do.
func (g *Groups) Capabilities() desk.Capabilities {
	return desk.Capabilities{NoPrivate: true, MakesGroups: true, NoReply: true, MaxText: MaxText, TextInBytes: true}
}

// Limits are those of a robot, which are the narrower ones.
// https://developer.work.weixin.qq.com/document/path/99110
func (g *Groups) Limits() bot.LimitNumbers {
	return bot.LimitNumbers{
		PrivateEvery: 3 * time.Second, PrivateBurst: 3,
		GroupWindow: 61 * time.Second, GroupMost: 20, GroupBelow: 15,
		Window: 1100 * time.Millisecond, Most: 50, Below: 40,
	}
}

// place is where a department's notices go.
type place struct {
	chat  string // A group chat of the application, or
	robot string // the key of a robot.
}

// placeOf finds the place of an address. It is Gone when the department has
// none.
func (g *Groups) placeOf(ctx context.Context, a desk.Address) (place, error) {
	if a.Channel != GroupsName || a.ID == "" {
		return place{}, refused(fmt.Errorf("%s is no group", a))
	}
	set := g.corp.config.Groups[a.ID]
	if set.ChatID != "" || set.RobotKey != "" {
		return place{chat: set.ChatID, robot: set.RobotKey}, nil
	}
	row, found, err := g.corp.chatOf(ctx, a.ID)
	if err != nil {
		return place{}, err
	}
	if !found {
		return place{}, &bot.SendError{Reason: bot.Gone, Err: errors.New("the department has no group")}
	}
	return place{chat: row.ChatID}, nil
}

// Send posts a notice. Buttons are dropped, except that those with an address
// are written out; a robot posts no photos. A notice cannot be replaced.
func (g *Groups) Send(ctx context.Context, chat desk.Address, m desk.Drawn) (string, error) {
	if m.Edit != "" {
		return "", noMessage("what stands in a group stays")
	}
	at, err := g.placeOf(ctx, chat)
	if err != nil {
		return "", err
	}
	marks, err := checkMarks(m.Buttons)
	if err != nil {
		return "", refused(err)
	}
	var links []desk.DrawnMark
	for _, b := range marks {
		if b.URL != "" {
			links = append(links, b)
		}
	}
	text, _ := numberedText(cleanText(m.Text), "", links)
	if at.chat != "" {
		if err := g.sendPhotos(ctx, at, m, text); err != nil {
			return "", err
		}
	}
	if text == "" && len(m.Photos) == 0 && m.File == nil {
		return "", refused(errors.New("the message is empty"))
	}
	for _, part := range splitBytes(text, MaxText) {
		if err := g.post(ctx, at, chatMessage{MsgType: "text", Text: &textPart{part}}); err != nil {
			return "", err
		}
	}
	// WeCom gives such messages no name. This one only says that it was sent.
	if m.Key != "" {
		return m.Key, nil
	}
	return strings.ToLower(rand.Text()), nil
}

// sendPhotos posts the photos and the file of a message. One that cannot be sent
// does not stop the words.
func (g *Groups) sendPhotos(ctx context.Context, at place, m desk.Drawn, text string) error {
	for _, f := range m.Photos {
		kind, id, err := g.corp.mediaOf(ctx, f)
		if err == nil {
			err = g.post(ctx, at, mediaMessage(kind, id))
		}
		if refusedAs(err) && text != "" {
			g.corp.log.Warn("a photo is left out of a group", "error", err)
			continue
		}
		if err != nil {
			return err
		}
	}
	if m.File == nil {
		return nil
	}
	kind := kindOf(m.File)
	id, err := g.corp.upload(ctx, kind, m.File.Name, m.File.MIME, m.File.Body)
	if err != nil {
		return err
	}
	return g.post(ctx, at, mediaMessage(kind, id))
}

func mediaMessage(kind, id string) chatMessage {
	if kind == mediaImage {
		return chatMessage{MsgType: kind, Image: &mediaPart{id}}
	}
	return chatMessage{MsgType: kind, File: &mediaPart{id}}
}

// chatMessage is the body of appchat/send, and of a robot's webhook.
type chatMessage struct {
	ChatID  string     `json:"chatid,omitempty"`
	MsgType string     `json:"msgtype"`
	Text    *textPart  `json:"text,omitempty"`
	Image   *mediaPart `json:"image,omitempty"`
	File    *mediaPart `json:"file,omitempty"`
}

// post posts one message. The error is a *bot.SendError.
// https://developer.work.weixin.qq.com/document/path/90248
func (g *Groups) post(ctx context.Context, at place, m chatMessage) error {
	if at.chat != "" {
		m.ChatID = at.chat
		return classify(g.corp.call(ctx, "appchat/send", m, nil))
	}
	body, err := encode(m)
	if err != nil {
		return refused(err)
	}
	return classify(g.corp.exchange(ctx, "webhook/send", url.Values{"key": {at.robot}}, "application/json", body, nil))
}

// Answer does nothing: a group has no buttons.
func (g *Groups) Answer(context.Context, string, string, string, bool) error { return nil }

// Fetch finds nothing: nothing comes in from a group.
func (g *Groups) Fetch(context.Context, desk.File) (io.ReadCloser, error) {
	return nil, refused(errors.New("nothing comes in from a group"))
}

// Commands does nothing: a group has no menu.
func (g *Groups) Commands(context.Context, bot.CommandScope) error { return nil }

// Chat tells about a department's group. Of the group of a robot nothing can be
// asked.
func (g *Groups) Chat(ctx context.Context, a desk.Address) (bot.ChatInfo, error) {
	at, err := g.placeOf(ctx, a)
	if err != nil || at.chat == "" {
		return bot.ChatInfo{}, err
	}
	info, err := g.corp.chatInfo(ctx, at.chat)
	if err != nil {
		return bot.ChatInfo{}, classify(err)
	}
	return bot.ChatInfo{Title: info.Name, Members: len(info.Members)}, nil
}

// chatOf reads the group chat that was made for a department. The error is a
// *bot.SendError.
func (c *Corp) chatOf(ctx context.Context, department string) (row chatRow, found bool, err error) {
	store := c.store.Load()
	if store == nil {
		return row, false, nil
	}
	err = store.View(ctx, func(tx *storage.Tx) error {
		row, found, err = chats.Get(tx, department)
		return err
	})
	if err != nil {
		return row, false, &bot.SendError{Reason: bot.Network, Err: err}
	}
	return row, found, nil
}
