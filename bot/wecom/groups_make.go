package wecom

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"frontdesk/bot"
	"frontdesk/storage"
)

// The size of a group chat of an application.
// https://developer.work.weixin.qq.com/document/path/90245
const (
	leastMembers = 2
	mostMembers  = 2000
	maxChatName  = 50
)

var _ bot.GroupMaker = (*Groups)(nil)

// MembersFrom is the app chat: a group of the application has members of the corp
// alone.
func (g *Groups) MembersFrom() string { return Name }

// CreateChat makes the group chat of a department and remembers it. Members are
// userids; the owner, who is one of them, may be empty for the first. Members of
// the corp only, at least two, and the application must be visible to the whole
// corp: otherwise the error is a *bot.SendError with the reason Outside or
// Refused. A chat shows up for people with its first message.
func (g *Groups) CreateChat(ctx context.Context, department, name, owner string, members []string) error {
	c := g.corp
	store := c.store.Load()
	switch {
	case store == nil || department == "":
		return refused(errors.New("nothing remembers the group"))
	case len(members) < leastMembers || len(members) > mostMembers:
		return refused(errors.New("a group has 2 to 2000 members"))
	case owner != "" && !slices.Contains(members, owner):
		return refused(errors.New("the owner is not among the members"))
	}
	body := struct {
		Name    string   `json:"name"`
		Owner   string   `json:"owner,omitempty"`
		Members []string `json:"userlist"`
	}{shorten(name, maxChatName), owner, members}
	var reply struct {
		ChatID string `json:"chatid"`
	}
	if err := c.call(ctx, "appchat/create", body, &reply); err != nil {
		return classify(err)
	}
	row := chatRow{Department: department, ChatID: reply.ChatID, Name: name, Created: c.now()}
	if err := store.Update(ctx, func(tx *storage.Tx) error { return chats.Put(tx, row) }); err != nil {
		return &bot.SendError{Reason: bot.Unknown, Err: err}
	}
	return nil
}

// ChangeChat lets people join and leave the group chat of a department. The
// error is a *bot.SendError: Gone when there is no such chat.
// https://developer.work.weixin.qq.com/document/path/98913
func (g *Groups) ChangeChat(ctx context.Context, department string, join, leave []string) error {
	if len(join) == 0 && len(leave) == 0 {
		return nil
	}
	id := g.corp.config.Groups[department].ChatID
	if id == "" {
		row, found, err := g.corp.chatOf(ctx, department)
		if err != nil {
			return err
		}
		if !found {
			return &bot.SendError{Reason: bot.Gone, Err: errors.New("the department has no group chat")}
		}
		id = row.ChatID
	}
	body := struct {
		ChatID string   `json:"chatid"`
		Join   []string `json:"add_user_list,omitempty"`
		Leave  []string `json:"del_user_list,omitempty"`
	}{id, join, leave}
	return classify(g.corp.call(ctx, "appchat/update", body, nil))
}

// chatInfo is what WeCom tells of a group chat.
type chatInfo struct {
	Name    string   `json:"name"`
	Owner   string   `json:"owner"`
	Members []string `json:"userlist"`
}

// chatInfo asks about a group chat of the application.
// https://developer.work.weixin.qq.com/document/path/98914
func (c *Corp) chatInfo(ctx context.Context, id string) (chatInfo, error) {
	var reply struct {
		Info chatInfo `json:"chat_info"`
	}
	err := c.call(ctx, "appchat/get?chatid="+url.QueryEscape(id), nil, &reply)
	return reply.Info, err
}
