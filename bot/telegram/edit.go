package telegram

import (
	"context"
	"errors"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// edit replaces the words and buttons of a message; a message that already
// looks so is a success. A message with a photo has a caption instead of a text,
// and which of the two it has cannot be asked: the refusal of the one leads to
// the other.
func (d *delivery) edit(ctx context.Context, ref string) (string, error) {
	id, serr := messageID(ref)
	if serr != nil {
		return "", serr
	}
	first, second := d.editText, d.editCaption
	if len(d.files) > 0 {
		first, second = second, first
	}
	err := first(ctx, id)
	var api *apiError
	if errors.As(err, &api) && api.says("there is no text in the message", "there is no caption in the message") {
		err = second(ctx, id)
	}
	if errors.As(err, &api) && api.says("message is not modified") {
		err = nil
	}
	if err != nil {
		return "", classify(err, sortOf(d.chat))
	}
	return ref, nil
}

func (d *delivery) editText(ctx context.Context, id int) error {
	_, err := d.channel.calls.EditMessageText(ctx, &tg.EditMessageTextParams{
		ChatID: d.chat, MessageID: id, Text: cutText(d.text, MaxText),
		LinkPreviewOptions: noPreview(), ReplyMarkup: d.editKeyboard(),
	})
	return err
}

func (d *delivery) editCaption(ctx context.Context, id int) error {
	_, err := d.channel.calls.EditMessageCaption(ctx, &tg.EditMessageCaptionParams{
		ChatID: d.chat, MessageID: id, Caption: cutText(d.text, maxCaption), ReplyMarkup: d.editKeyboard(),
	})
	return err
}

// editKeyboard is the markup for a changed message. Without buttons it is an
// empty list, which takes the old ones away; null would be refused.
func (d *delivery) editKeyboard() models.ReplyMarkup {
	rows := d.buttons
	if rows == nil {
		rows = [][]models.InlineKeyboardButton{}
	}
	return &models.InlineKeyboardMarkup{InlineKeyboard: rows}
}
