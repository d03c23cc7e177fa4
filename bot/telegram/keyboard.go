package telegram

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-telegram/bot/models"

	"frontdesk/bot"
	"frontdesk/desk"
)

const (
	maxButtons = 100
	maxPerRow  = 8
)

// drawButtons turns buttons into an inline keyboard. It refuses what Telegram
// would: a button without a label, with nothing to do, or with more than 64
// bytes of data. Rows of more than eight are broken.
// https://core.telegram.org/bots/api#inlinekeyboardbutton
func drawButtons(rows [][]desk.DrawnMark) ([][]models.InlineKeyboardButton, *bot.SendError) {
	var out [][]models.InlineKeyboardButton
	count := 0
	for _, row := range rows {
		var line []models.InlineKeyboardButton
		for _, b := range row {
			button, err := drawButton(b)
			if err != nil {
				return nil, refused(err)
			}
			if len(line) == maxPerRow {
				out, line = append(out, line), nil
			}
			line = append(line, button)
			count++
		}
		if len(line) > 0 {
			out = append(out, line)
		}
	}
	if count > maxButtons {
		return nil, refused(fmt.Errorf("%d buttons, at most %d", count, maxButtons))
	}
	return out, nil
}

func drawButton(b desk.DrawnMark) (models.InlineKeyboardButton, error) {
	label := cleanText(b.Label)
	switch {
	case label == "":
		return models.InlineKeyboardButton{}, errors.New("a button without a label")
	case b.URL != "":
		return models.InlineKeyboardButton{Text: label, URL: b.URL}, nil
	case b.Data == "":
		return models.InlineKeyboardButton{}, fmt.Errorf("the button %q does nothing", label)
	case len(b.Data) > desk.MaxButtonData:
		return models.InlineKeyboardButton{}, fmt.Errorf("the button %q has %d bytes of data, at most %d", label, len(b.Data), desk.MaxButtonData)
	case strings.ToValidUTF8(b.Data, "") != b.Data:
		return models.InlineKeyboardButton{}, fmt.Errorf("the data of the button %q is not UTF-8", label)
	}
	return models.InlineKeyboardButton{Text: label, CallbackData: b.Data}, nil
}
