package wecom

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"frontdesk/bot"
	"frontdesk/desk"
)

// Send sends a message, or replaces the card named by m.Edit. The result names
// the card, or the message with the last of the words.
//
// Few buttons with short labels become a card; more, or longer ones, are written
// below the text with numbers. Words that have no room on a card come before it.
// A message that becomes several is repeated as a whole when a part of it fails:
// WeCom recognises the parts that it has.
func (a *App) Send(ctx context.Context, chat desk.Address, m desk.Drawn) (string, error) {
	user, serr := member(chat)
	if serr != nil {
		return "", serr
	}
	marks, err := checkMarks(m.Buttons)
	if err != nil {
		return "", refused(err)
	}
	d := delivery{app: a, user: user, chat: chat.Chat().String(), text: cleanText(m.Text), marks: marks, key: m.Key}
	if m.Edit != "" {
		return d.edit(ctx, m.Edit)
	}
	if d.text == "" && len(m.Photos) == 0 && m.File == nil {
		return "", refused(errors.New("the message is empty"))
	}
	ref, err := d.sendFiles(ctx, m)
	if err != nil || d.text == "" {
		return ref, err
	}
	return d.sendWords(ctx)
}

// delivery is one message on its way to one person.
type delivery struct {
	app   *App
	user  string
	chat  string // The written address.
	text  string
	marks []desk.DrawnMark
	key   string
}

// sendWords sends the text with its buttons.
func (d *delivery) sendWords(ctx context.Context) (string, error) {
	words := d.app.corp.wordsFor(d.text)
	if len(d.marks) == 0 {
		return d.sendText(ctx, d.text)
	}
	if !onCard(d.marks) {
		text, options := numberedText(d.text, words.Choose, d.marks)
		ref, err := d.sendText(ctx, text)
		if err != nil {
			return "", err
		}
		d.app.corp.keepAsked(ctx, Asked{Chat: d.chat, Ref: ref, Options: options, Numbered: true})
		return ref, nil
	}
	card, fits := layCard(d.text)
	if !fits {
		if _, err := d.sendText(ctx, d.text); err != nil {
			return "", err
		}
		card, _ = layCard(words.Below)
	}
	return d.sendCard(ctx, card)
}

// sendText sends words, in several messages if need be, and returns the name of
// the last.
func (d *delivery) sendText(ctx context.Context, text string) (string, error) {
	var last sentReply
	for i, part := range splitBytes(text, MaxText) {
		var err error
		last, err = d.app.post(ctx, message{ToUser: d.user, MsgType: "text", Text: &textPart{part}}, partKey(d.key, "t", i))
		if err != nil {
			return "", err
		}
	}
	return last.MsgID, nil
}

// sendCard sends a card and keeps what replaces it. Its name is its task id,
// which is unique for ever: that it was used means that this very message was
// sent before.
func (d *delivery) sendCard(ctx context.Context, card buttonCard) (string, error) {
	card.TaskID, card.Buttons = d.key, drawButtons(d.marks)
	if card.TaskID == "" {
		card.TaskID = "r" + strings.ToLower(rand.Text())
	}
	reply, err := d.app.post(ctx, message{ToUser: d.user, MsgType: "template_card", Card: &card}, partKey(d.key, "c", 0))
	var api *apiError
	if errors.As(err, &api) && api.Code == codeTaskUsed && d.key != "" {
		return card.TaskID, nil
	}
	if err != nil {
		return "", err
	}
	d.app.corp.keepCard(ctx, d.user, card.TaskID, reply)
	d.app.corp.keepAsked(ctx, Asked{Chat: d.chat, Ref: card.TaskID, Options: optionsOf(d.marks)})
	return card.TaskID, nil
}

func optionsOf(marks []desk.DrawnMark) []Option {
	_, options := numberedText("", "", marks)
	return options
}

// Recall takes a message of the last 24 hours back, which the person then no
// longer sees. An error is a *bot.SendError: NoMessage when it is not there.
// https://developer.work.weixin.qq.com/document/path/94867
func (a *App) Recall(ctx context.Context, ref string) error {
	row, found, err := a.corp.cardAt(ctx, ref)
	if err != nil {
		return err
	}
	if found {
		ref = row.MsgID
	}
	if ref == "" {
		return noMessage("the message has no name")
	}
	err = a.corp.call(ctx, "message/recall", map[string]string{"msgid": ref}, nil)
	var api *apiError
	if errors.As(err, &api) && (api.Code == codeBadParameter || api.Code == codeRecallLate) {
		return noMessage("too late to recall it")
	}
	return classify(err)
}

func noMessage(why string) *bot.SendError {
	return &bot.SendError{Reason: bot.NoMessage, Err: errors.New(why)}
}
