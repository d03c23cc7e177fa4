package telegram

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"frontdesk/bot"
	"frontdesk/desk"
)

// maxCaption is the most UTF-16 units of the words below a photo.
// https://core.telegram.org/bots/api#sendphoto
const maxCaption = 1024

// Send sends a message, or replaces the one named by m.Edit. Its words are
// never markup. The result names the message with the buttons.
//
// Telegram has no message for all of it at once when there are several photos
// and buttons, or photos with a long text, or a text beyond 4096 UTF-16 units:
// then several messages are sent in order, the one with the buttons last, and
// when one of them fails for longer the whole is to be sent again, so that
// nothing is ever missing. A photo that Telegram refuses does not stop the words.
func (c *Channel) Send(ctx context.Context, chat desk.Address, m desk.Drawn) (string, error) {
	m, brought := c.bring(ctx, m)
	d, serr := newDelivery(c, chat, m)
	if serr != nil {
		return "", serr
	}
	d.brought = brought
	if m.Edit != "" {
		return d.edit(ctx, m.Edit)
	}
	if m.File != nil {
		return d.sendAttachment(ctx, *m.File)
	}
	if len(d.files) == 1 && d.files[0].Kind == desk.FilePhoto && textLength(d.text) <= maxCaption {
		ref, err := d.sendFile(ctx, d.files[0], d.text, d.keyboard())
		if err == nil || d.text == "" || !isRefused(err) {
			return ref, err
		}
		c.logger.Warn("photo refused, sent without it", "error", err)
		return d.sendText(ctx)
	}
	if d.captioned() {
		ref, err := d.sendAlbum(ctx, d.files, d.text)
		if err == nil || !isRefused(err) {
			return ref, err
		}
		c.logger.Warn("photos refused, sent without them", "error", err)
		return d.sendText(ctx)
	}
	ref, err := d.sendFiles(ctx)
	if err != nil && (d.text == "" || !isRefused(err)) {
		return "", err
	}
	if err != nil {
		c.logger.Warn("photos refused, sent without them", "error", err)
	}
	if d.text == "" {
		return ref, nil
	}
	return d.sendText(ctx)
}

// delivery is one message on its way to one chat.
type delivery struct {
	channel *Channel
	chat    int64
	thread  int
	text    string
	buttons [][]models.InlineKeyboardButton
	files   []desk.File
	brought map[string][]byte // of files that Telegram does not have, by their ids
	reply   *models.ReplyParameters
	silent  bool
	begun   bool // a part of it was sent
}

// patience is the longest wait for the next part of a message.
const patience = 10 * time.Second

// part sends one of the messages that a message becomes. When a part before it
// was sent and Telegram asks to wait a little, it waits: who tries again sends
// the whole again, and nobody should get ten photos twice.
func (d *delivery) part(ctx context.Context, send func() (string, error)) (string, error) {
	for {
		ref, err := send()
		var limited *bot.SendError
		if err == nil {
			d.begun = true
			return ref, nil
		}
		if !d.begun || !errors.As(err, &limited) || limited.Reason != bot.Limited || limited.RetryAfter > patience {
			return "", err
		}
		timer := time.NewTimer(limited.RetryAfter)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return "", err
		}
	}
}

// captioned tells whether all of it is one album with the words below it: an
// album takes no buttons.
func (d *delivery) captioned() bool {
	if len(d.files) < 2 || len(d.files) > maxAlbum || len(d.buttons) > 0 || textLength(d.text) > maxCaption {
		return false
	}
	return !slices.ContainsFunc(d.files, func(f desk.File) bool { return f.Kind != desk.FilePhoto })
}

func newDelivery(c *Channel, chat desk.Address, m desk.Drawn) (*delivery, *bot.SendError) {
	d := &delivery{channel: c, text: cleanText(m.Text), silent: m.Silent}
	var serr *bot.SendError
	if d.chat, serr = chatID(chat); serr != nil {
		return nil, serr
	}
	// The General topic has the number 1 and takes no thread id.
	if chat.Thread != "" && chat.Thread != "1" {
		thread, err := strconv.Atoi(chat.Thread)
		if err != nil {
			return nil, &bot.SendError{Reason: bot.TopicClosed, Err: errors.New("no topic " + chat.Thread)}
		}
		d.thread = thread
	}
	if d.buttons, serr = drawButtons(m.Buttons); serr != nil {
		return nil, serr
	}
	for _, f := range m.Photos {
		if f.ID != "" {
			d.files = append(d.files, f)
		}
	}
	if d.text == "" && (m.Edit != "" || len(d.files) == 0 && m.File == nil) {
		return nil, refused(errors.New("the message is empty"))
	}
	if m.ReplyTo != "" {
		// A reply to a message that is gone is still worth sending, and so is one to
		// a name that is no number.
		if id, serr := messageID(m.ReplyTo); serr == nil {
			d.reply = &models.ReplyParameters{MessageID: id, AllowSendingWithoutReply: true}
		}
	}
	return d, nil
}

// sendText sends the words, in several messages if need be.
func (d *delivery) sendText(ctx context.Context) (string, error) {
	parts := splitText(d.text, MaxText)
	var ref string
	for i, part := range parts {
		params := &tg.SendMessageParams{
			ChatID: d.chat, MessageThreadID: d.thread, Text: part,
			LinkPreviewOptions: noPreview(), DisableNotification: d.silent, ReplyParameters: d.reply,
		}
		if i == len(parts)-1 {
			params.ReplyMarkup = d.keyboard()
		}
		var err error
		ref, err = d.part(ctx, func() (string, error) {
			sent, err := d.channel.calls.SendMessage(ctx, params)
			if err != nil {
				return "", classify(err, sortOf(d.chat))
			}
			return strconv.Itoa(sent.ID), nil
		})
		if err != nil {
			return "", err
		}
	}
	return ref, nil
}

// keyboard is the markup for a new message: none without buttons.
func (d *delivery) keyboard() models.ReplyMarkup {
	if len(d.buttons) == 0 {
		return nil
	}
	return &models.InlineKeyboardMarkup{InlineKeyboard: d.buttons}
}

func noPreview() *models.LinkPreviewOptions {
	return &models.LinkPreviewOptions{IsDisabled: tg.True()}
}

// cleanText makes words acceptable: valid UTF-8 without NUL, and not only of
// spaces.
func cleanText(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

func isRefused(err error) bool {
	var send *bot.SendError
	return errors.As(err, &send) && send.Reason == bot.Refused
}
