package telegramtest

import (
	"encoding/json"
	"fmt"
	"regexp"
)

// Command is a line of a menu of commands.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

var commandForm = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

// menuKey names a menu: default, all_private_chats, all_group_chats or chat 7,
// then a slash and the language.
func menuKey(p params) string {
	var scope struct {
		Type string `json:"type"`
		Chat int64  `json:"chat_id"`
	}
	_ = json.Unmarshal([]byte(p.get("scope")), &scope)
	if scope.Type == "" {
		scope.Type = "default"
	}
	key := scope.Type
	if scope.Chat != 0 {
		key = fmt.Sprintf("chat %d", scope.Chat)
	}
	return key + "/" + p.get("language_code")
}

func (s *Server) setCommands(p params) (any, *failure) {
	var list []Command
	if json.Unmarshal([]byte(p.get("commands")), &list) != nil {
		return nil, bad("can't parse commands JSON object")
	}
	if len(list) > 100 {
		return nil, bad("too many commands")
	}
	for _, c := range list {
		if !commandForm.MatchString(c.Command) || c.Description == "" || length(c.Description) > 256 {
			s.violate("command %q with the description %q", c.Command, c.Description)
			return nil, bad("BOT_COMMAND_INVALID")
		}
	}
	if lang := p.get("language_code"); lang != "" && len(lang) != 2 {
		return nil, bad("invalid language code specified")
	}
	s.menus[menuKey(p)] = list
	return true, nil
}

func (s *Server) deleteCommands(p params) (any, *failure) {
	delete(s.menus, menuKey(p))
	return true, nil
}

func (s *Server) getCommands(p params) (any, *failure) {
	if list := s.menus[menuKey(p)]; list != nil {
		return list, nil
	}
	return []Command{}, nil
}

// Menu is the menu of a scope and a language, such as all_private_chats/zh or
// "chat 7/".
func (s *Server) Menu(key string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.menus[key]
}
