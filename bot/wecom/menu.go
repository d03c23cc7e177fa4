package wecom

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"frontdesk/bot"
)

// The form of a menu: three entries with five below each, and the bytes of
// their names.
// https://developer.work.weixin.qq.com/document/path/90231
const (
	maxEntries   = 5
	maxEntryName = 40
	maxMenuName  = 16
)

// menu is the menu below the chat of the application, the same for everybody.
type menu struct {
	Buttons []menuButton `json:"button"`
}

type menuButton struct {
	Type string       `json:"type,omitempty"`
	Name string       `json:"name"`
	Key  string       `json:"key,omitempty"`
	Sub  []menuButton `json:"sub_button,omitempty"`
}

// CommandKey is how a menu's key of a command begins.
const CommandKey = "/"

// menuPlan says which commands stand below which of the three entries. A menu
// has no room for all of them, and no roles: what only staff may do is left out.
func (c *Corp) menuPlan() []struct {
	name     string
	commands []string
} {
	return []struct {
		name     string
		commands []string
	}{
		{c.words.Report, []string{"sos", "repair", "request"}},
		{c.words.Mine, []string{"my", "mydata", "language"}},
		{c.words.Help, []string{"human", "help", "cancel"}},
	}
}

// Commands sets the menu of the application. WeCom has one menu for everybody,
// in one language: only the scope of everybody in private without a language is
// heeded. No commands remove the menu. An error is a *bot.SendError.
func (a *App) Commands(ctx context.Context, scope bot.CommandScope) error {
	if scope.Groups || !scope.Chat.IsZero() || scope.Lang != "" {
		return nil
	}
	drawn := a.corp.drawMenu(scope.Commands)
	agent := fmt.Sprintf("?agentid=%d", a.corp.config.AgentID)
	if len(drawn.Buttons) == 0 {
		return classify(a.corp.call(ctx, "menu/delete"+agent, nil, nil))
	}
	return classify(a.corp.call(ctx, "menu/create"+agent, drawn, nil))
}

func (c *Corp) drawMenu(commands []bot.CommandLine) menu {
	described := map[string]string{}
	for _, line := range commands {
		described[line.Name] = line.Description
	}
	var out menu
	for _, entry := range c.menuPlan() {
		var list []menuButton
		for _, name := range entry.commands {
			if described[name] == "" || len(list) == maxEntries {
				continue
			}
			list = append(list, menuButton{Type: "click", Name: menuName(described[name], maxEntryName), Key: CommandKey + name})
		}
		if len(list) > 0 {
			out.Buttons = append(out.Buttons, menuButton{Name: menuName(entry.name, maxMenuName), Sub: list})
		}
	}
	return out
}

// menuName makes a description fit: what stands behind a colon explains it and
// is left out first.
func menuName(s string, limit int) string {
	s = strings.TrimSpace(cleanText(s))
	if len(s) > limit {
		for _, sep := range []string{":", "：", "("} {
			s, _, _ = strings.Cut(s, sep)
		}
		s = strings.TrimSpace(s)
	}
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return strings.TrimSpace(s[:limit])
}
