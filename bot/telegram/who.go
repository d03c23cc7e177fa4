package telegram

import "context"

// Ask asks Telegram who the bot is, so that Link can be given, and changes
// nothing there: a desk that runs with the same token goes on. The error is a
// *bot.SendError.
func (c *Channel) Ask(ctx context.Context) error {
	me, err := c.calls.GetMe(ctx)
	if err != nil {
		return classify(err, chatNone)
	}
	c.identity.Store(&Identity{ID: me.ID, Name: me.Username})
	return nil
}
