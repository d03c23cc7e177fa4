package wecom

import (
	"context"
	"errors"
	"io"

	"frontdesk/bot"
	"frontdesk/desk"
)

// Name is the name of the app chat in addresses: wecom:<userid>.
const Name = "wecom"

// App is the channel to members of the corp, in the chat of the application.
type App struct{ corp *Corp }

var _ bot.Channel = (*App)(nil)

// Name is wecom.
func (a *App) Name() string { return Name }

// Capabilities tells what the chat of an application can do.
func (a *App) Capabilities() desk.Capabilities { return desk.Capabilities{} }

// Limits are those that WeCom names.
func (a *App) Limits() bot.LimitNumbers { return bot.LimitNumbers{} }

// Send sends a message, or replaces the one named by m.Edit.
func (a *App) Send(ctx context.Context, chat desk.Address, m desk.Drawn) (string, error) {
	return "", refused(errors.New("not yet"))
}

// Answer answers a press.
func (a *App) Answer(ctx context.Context, pressID, text, url string, alert bool) error { return nil }

// Fetch opens the bytes of a file that came in.
func (a *App) Fetch(ctx context.Context, f desk.File) (io.ReadCloser, error) {
	return nil, refused(errors.New("not yet"))
}

// Chat tells about a group: the app chat has none.
func (a *App) Chat(ctx context.Context, address desk.Address) (bot.ChatInfo, error) {
	return bot.ChatInfo{}, &bot.SendError{Reason: bot.Gone, Err: errors.New("the app chat has no groups")}
}

// Commands sets the menu.
func (a *App) Commands(ctx context.Context, scope bot.CommandScope) error { return nil }
