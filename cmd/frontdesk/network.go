package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/telegram"
	"frontdesk/bot/wecom"
	"frontdesk/desk"
	"frontdesk/storage"
)

// network is one of the networks on which people write to the desk. serve treats
// all alike: which there are is the configuration's matter.
type network interface {
	// Name is what the log and status call it.
	Name() string
	// Channels are the channels of the network.
	Channels() []bot.Channel
	// Bind is told the desk before anything comes in.
	Bind(a *App)
	// Start makes it ready to receive. It is called again after an error, until it
	// succeeds; cannot keeps why it did not.
	Start(ctx context.Context) error
	cannot(why string)
	// Run receives until ctx ends, after Start.
	Run(ctx context.Context)
	// Serve adds the paths at which the network calls this program.
	Serve(mux *http.ServeMux) error
	// Links open a private chat when a payload is put behind them, by the channel's
	// name. They are known after Start.
	Links() map[string]string
	// Keeps is how long the network keeps what people press while the desk is away.
	Keeps() time.Duration
	// Parts tell whether what people write comes in.
	Parts(now, started time.Time) []Part
	// Groups are the groups that the configuration binds to departments.
	Groups(site *desk.Site) []desk.Group
	// Check asks the network whether the settings work. It needs neither Bind nor
	// Start.
	Check(ctx context.Context) []finding
	// Pending is how many updates wait there; -1 when it is not known.
	Pending() int
}

// errNoNetwork is a configuration with which nobody could write to the desk.
var errNoNetwork = errors.New("the configuration has neither telegram nor wecom: one of them is needed")

// newNetworks makes the networks that the configuration names. It calls none of
// them.
func newNetworks(config *Config, o networkOptions) ([]network, error) {
	var list []network
	if config.Telegram.Token != "" {
		channel, err := telegram.New(telegramConfig(config), o.log, o.telegram...)
		if err != nil {
			return nil, err
		}
		list = append(list, &telegramNetwork{channel: channel, mode: config.Telegram.Mode})
	}
	if config.WeCom.CorpID != "" {
		n, err := newWeCom(config, o)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	if len(list) == 0 {
		return nil, errNoNetwork
	}
	return list, nil
}

// networkOptions are what networks take from their surroundings.
type networkOptions struct {
	log *slog.Logger
	now func() time.Time // nil: the real clock
	// telegram and wecom lead calls to the fake servers of tests.
	telegram []telegram.Option
	wecom    http.RoundTripper
}

// channelsOf are the channels of all networks.
func channelsOf(networks []network) []bot.Channel {
	var list []bot.Channel
	for _, n := range networks {
		list = append(list, n.Channels()...)
	}
	return list
}

// allTables are the tables of every store, whatever networks it has been used
// with.
func allTables() *storage.Schema {
	return storage.NewSchema(append(storage.Tables.Tables(), wecom.Tables...)...)
}

// reach keeps why a network could not be reached at the start.
type reach struct{ why atomic.Pointer[string] }

func (r *reach) cannot(why string) { r.why.Store(&why) }

// reason is why it could not be reached; empty if it could.
func (r *reach) reason() string {
	if why := r.why.Load(); why != nil {
		return *why
	}
	return ""
}
