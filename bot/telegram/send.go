package telegram

import (
	"context"
	"errors"
	"strconv"
	"strings"

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
// Telegram has no message for all of it at once when there are several photos,
// or photos with a long text, or a text beyond 4096 UTF-16 units: then several
// messages are sent in order, the one with the buttons last, and when one of
// them fails the whole is to be sent again, so that nothing is ever missing. A
// photo that Telegram refuses does not stop the words.
func (c *Channel) Send(ctx context.Context, chat desk.Address, m desk.Drawn) (string, error) {
	d, serr := newDelivery(c, chat, m)
	if serr != nil {
		return "", serr
	}
	if m.Edit != "" {
		return d.edit(ctx, m.Edit)
	}
	if len(d.files) == 1 && d.files[0].Kind == desk.FilePhoto && textLength(d.text) <= maxCaption {
		ref, err := d.sendFile(ctx, d.files[0], d.text, d.keyboard())
		if err == nil || d.text == "" || !isRefused(err) {
			return ref, err
		}
		c.logger.Warn("photo refused, sent without it", "error", err)
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
	reply   *models.ReplyParameters
	silent  bool
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
		// A file of another channel is not known here: its place is in the ticket.
		if f.Channel == Name && f.ID != "" {
			d.files = append(d.files, f)
		}
	}
	if d.text == "" && (m.Edit != "" || len(d.files) == 0) {
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
		sent, err := d.channel.calls.SendMessage(ctx, params)
		if err != nil {
			return "", classify(err, sortOf(d.chat))
		}
		ref = strconv.Itoa(sent.ID)
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
