package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"frontdesk/desk"
)

// finding is one thing that was asked from a network, and what to do about it.
type finding struct {
	what string // such as wecom.token
	ok   bool
	text desk.Text
}

// onlineFor is how long the networks have to answer.
const onlineFor = time.Minute

// checkOnline asks the networks about every setting, says what it found, and
// fails when something is to be done. It changes nothing and disturbs no desk that
// runs.
func checkOnline(ctx context.Context, config *Config, o networkOptions, out io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, onlineFor)
	defer cancel()
	o.log = slog.New(slog.DiscardHandler)
	networks, err := newNetworks(config, o)
	if err != nil {
		return err
	}
	wrong := 0
	for _, n := range networks {
		for _, f := range n.Check(ctx) {
			mark := "ok "
			if !f.ok {
				mark = "NO "
				wrong++
			}
			// The command line speaks English, as all of it.
			said := config.Texts.Render("en", f.text, time.Time{})
			if _, err := fmt.Fprintf(out, "%s %-20s %s\n", mark, f.what, said); err != nil {
				return err
			}
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%d of the settings do not work", wrong)
	}
	return nil
}

// Check asks Telegram who the bot is, and how it gets on with the webhook.
func (n *telegramNetwork) Check(ctx context.Context) []finding {
	if err := n.channel.Ask(ctx); err != nil {
		return []finding{{what: under(n.Name(), "token"), text: desk.T("telegram.check.token", "why", err.Error())}}
	}
	list := []finding{{what: under(n.Name(), "token"), ok: true, text: desk.T("telegram.check.token_ok", "name", n.channel.Identity().Name)}}
	info, err := n.channel.WebhookInfo(ctx)
	switch {
	case err != nil:
		return append(list, finding{what: under(n.Name(), "mode"), text: desk.T("telegram.check.token", "why", err.Error())})
	case n.mode != ModeWebhook && info.URL != "":
		list = append(list, finding{what: under(n.Name(), "mode"), text: desk.T("telegram.check.hooked")})
	case n.mode != ModeWebhook:
		list = append(list, finding{what: under(n.Name(), "mode"), ok: true, text: desk.T("telegram.check.polling_ok")})
	case info.URL == "":
		list = append(list, finding{what: under(n.Name(), "webhook"), text: desk.T("telegram.check.not_hooked")})
	case info.LastError != "" && info.Pending > 0:
		list = append(list, finding{what: under(n.Name(), "webhook"), text: desk.T("telegram.check.unreached", "n", info.Pending, "why", info.LastError)})
	default:
		list = append(list, finding{what: under(n.Name(), "webhook"), ok: true, text: desk.T("telegram.check.webhook_ok", "n", info.Pending)})
	}
	return list
}

// Check asks WeCom about every setting.
func (n *weComNetwork) Check(ctx context.Context) []finding {
	var list []finding
	for _, f := range n.corp.Check(ctx) {
		list = append(list, finding{what: under(n.Name(), f.What), ok: f.OK, text: desk.T(f.Say, f.Args...)})
	}
	return list
}
