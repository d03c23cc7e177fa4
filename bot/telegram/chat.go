package telegram

import (
	"context"

	tg "github.com/go-telegram/bot"

	"frontdesk/bot"
	"frontdesk/desk"
)

// Chat tells about a group, as Telegram knows it now. An error is a
// *bot.SendError; Gone when the bot is not in the group.
func (c *Channel) Chat(ctx context.Context, a desk.Address) (bot.ChatInfo, error) {
	id, serr := chatID(a)
	if serr != nil {
		return bot.ChatInfo{}, serr
	}
	full, err := c.calls.GetChat(ctx, &tg.GetChatParams{ChatID: id})
	if err != nil {
		return bot.ChatInfo{}, classify(err, sortOf(id))
	}
	members, err := c.calls.GetChatMemberCount(ctx, &tg.GetChatMemberCountParams{ChatID: id})
	if err != nil {
		return bot.ChatInfo{}, classify(err, sortOf(id))
	}
	return bot.ChatInfo{
		Title: full.Title, Members: members, Forum: full.IsForum,
		Public: full.Username != "" || len(full.ActiveUsernames) > 0,
	}, nil
}
