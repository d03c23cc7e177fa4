package telegram

import (
	"context"
	"strings"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"frontdesk/bot"
)

// maxDescription is the longest description of a command.
// https://core.telegram.org/bots/api#botcommand
const maxDescription = 256

// Commands sets the menu of commands of one audience in one language, or in no
// language: that one is shown where no other fits. No commands remove the menu.
// An error is a *bot.SendError.
func (c *Channel) Commands(ctx context.Context, scope bot.CommandScope) error {
	var to models.BotCommandScope = &models.BotCommandScopeAllPrivateChats{}
	sort := chatNone
	switch {
	case !scope.Chat.IsZero():
		id, serr := chatID(scope.Chat)
		if serr != nil {
			return serr
		}
		to, sort = &models.BotCommandScopeChat{ChatID: id}, sortOf(id)
	case scope.Groups:
		to = &models.BotCommandScopeAllGroupChats{}
	}
	lang := language(scope.Lang)
	if len(scope.Commands) == 0 {
		_, err := c.calls.DeleteMyCommands(ctx, &tg.DeleteMyCommandsParams{Scope: to, LanguageCode: lang})
		return classify(err, sort)
	}
	list := make([]models.BotCommand, 0, len(scope.Commands))
	for _, line := range scope.Commands {
		list = append(list, models.BotCommand{
			Command: strings.ToLower(line.Name), Description: cutText(cleanText(line.Description), maxDescription),
		})
	}
	_, err := c.calls.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: list, Scope: to, LanguageCode: lang})
	return classify(err, sort)
}

// language is the two-letter code that Telegram takes for a menu: zh for
// zh-hans. Telegram cannot tell scripts apart here.
// https://core.telegram.org/bots/api#setmycommands
func language(lang string) string {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	if len(lang) != 2 {
		return ""
	}
	return lang
}
