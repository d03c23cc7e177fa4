package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/flows"
)

// RouteCmd says where a sentence would go.
type RouteCmd struct {
	Config string   `help:"The configuration file." default:"config.yaml" type:"path"`
	Lang   string   `help:"The language of the sentence and of the answer; by default the site's first."`
	Text   []string `arg:"" help:"What somebody writes, such as \"3-502 水龙头漏水\"."`
}

// Run says it.
func (cmd *RouteCmd) Run(context.Context) error { return cmd.run(os.Stdout, time.Now()) }

func (cmd *RouteCmd) run(out io.Writer, now time.Time) error {
	config, err := LoadConfig(cmd.Config, anyEnv)
	if err != nil {
		return err
	}
	lang := config.Site.Language(cmd.Lang)
	text := strings.Join(cmd.Text, " ")
	r, ok := bot.Route(config.Site, flows.NewListener(config.Site, config.Examples), text, lang, now)
	if !ok {
		return errors.New(config.Texts.Render(lang, desk.T("route.not_understood", "said", text), now))
	}
	// Without the store nobody is known by name: the roster's addresses stand for
	// them.
	var names []desk.Text
	for _, written := range config.Site.Roster.OnDuty(r.Department.ID, now, config.Site.Calendar) {
		names = append(names, desk.Literal(written))
	}
	_, err = fmt.Fprintln(out, config.Texts.Render(lang, r.Text(config.Site, names), now))
	return err
}
