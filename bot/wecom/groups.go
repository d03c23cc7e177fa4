package wecom

import (
	"context"
	"errors"
	"io"

	"frontdesk/bot"
	"frontdesk/desk"
)

// GroupsName is the name of the groups in addresses: wecom-group:<department>.
const GroupsName = "wecom-group"

// Groups is the channel to the groups of departments. It only tells: what
// people write there never comes to the desk.
type Groups struct{ corp *Corp }

var _ bot.Channel = (*Groups)(nil)

// Name is wecom-group.
func (g *Groups) Name() string { return GroupsName }

// Capabilities tells what a group can do.
func (g *Groups) Capabilities() desk.Capabilities { return desk.Capabilities{NoPrivate: true} }

// Limits are those that WeCom names.
func (g *Groups) Limits() bot.LimitNumbers { return bot.LimitNumbers{} }

// Send posts a notice.
func (g *Groups) Send(ctx context.Context, chat desk.Address, m desk.Drawn) (string, error) {
	return "", refused(errors.New("not yet"))
}

// Answer does nothing: a group has no buttons.
func (g *Groups) Answer(context.Context, string, string, string, bool) error { return nil }

// Fetch finds nothing: nothing comes in from a group.
func (g *Groups) Fetch(context.Context, desk.File) (io.ReadCloser, error) {
	return nil, refused(errors.New("nothing comes in from a group"))
}

// Chat tells about a department's group.
func (g *Groups) Chat(ctx context.Context, a desk.Address) (bot.ChatInfo, error) {
	return bot.ChatInfo{}, refused(errors.New("not yet"))
}

// Commands does nothing: a group has no menu.
func (g *Groups) Commands(context.Context, bot.CommandScope) error { return nil }
