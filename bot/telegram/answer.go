package telegram

import (
	"context"
	"errors"

	tg "github.com/go-telegram/bot"
)

// maxAnswer is the longest answer to a press.
// https://core.telegram.org/bots/api#answercallbackquery
const maxAnswer = 200

// Answer answers a press with a short text, as a line on the screen or, with
// alert, in a window; an empty text only ends the waiting. url may open the chat
// with this bot (Channel.Link). An answer that comes too late is a success:
// nobody waits for it any more.
func (c *Channel) Answer(ctx context.Context, pressID, text, url string, alert bool) error {
	_, err := c.calls.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{
		CallbackQueryID: pressID, Text: cutText(cleanText(text), maxAnswer), URL: url, ShowAlert: alert,
	})
	var api *apiError
	if errors.As(err, &api) && api.says("query is too old", "query id is invalid") {
		return nil
	}
	return classify(err, chatNone)
}
