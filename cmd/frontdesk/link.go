package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"time"

	"frontdesk/bot/telegram"
	"frontdesk/desk"
	"frontdesk/flows"
)

// LinkCmd prints a link that opens the chat with answers filled in.
type LinkCmd struct {
	Config string            `help:"The configuration file." default:"config.yaml" type:"path"`
	Flow   string            `help:"What the link begins: repair, request, log." default:"repair"`
	Answer map[string]string `help:"An answer that is filled in: place=3-502, category=leak. Can be given several times." mapsep:"none"`
	Bot    string            `help:"The bot's name at Telegram, without asking Telegram for it."`
}

// Run prints it.
func (cmd *LinkCmd) Run(ctx context.Context) error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	if err := addListedPlaces(ctx, config); err != nil {
		return err
	}
	link := desk.Link{Flow: cmd.Flow, Answers: cmd.Answer}
	if err := checkLink(config.Site, link); err != nil {
		return &codeError{exitUsage, err}
	}
	base, err := linkBase(ctx, config, cmd.Bot)
	if err != nil {
		return err
	}
	if _, err := ensureLinkKey(config); err != nil {
		return err
	}
	payload, err := config.Site.SignLink(link)
	if err != nil {
		return err
	}
	_, err = fmt.Println(base + payload)
	return err
}

// checkLink says what a link cannot fill in, while somebody can still mend it.
func checkLink(site *desk.Site, l desk.Link) error {
	f, ok := flows.Find(l.Flow)
	if !ok {
		return fmt.Errorf("--flow %s: there is no such conversation", l.Flow)
	}
	if !flows.Linkable(f, l.Answers) {
		var can []string
		for _, q := range f.Questions {
			if flows.Linkable(f, map[string]string{q.Name: ""}) {
				can = append(can, q.Name)
			}
		}
		if len(can) == 0 {
			return fmt.Errorf("--flow %s: a link cannot fill this in", l.Flow)
		}
		return fmt.Errorf("--answer: %s can have %s filled in", l.Flow, strings.Join(can, ", "))
	}
	if id, given := l.Answers["place"]; given {
		place, ok := site.Places.Offered(id)
		if !ok {
			return fmt.Errorf("--answer place=%s: the site has no such place", id)
		}
		l.Answers["place"] = place.ID
	}
	if id, given := l.Answers["category"]; given {
		c, ok := site.Category(id)
		if !ok || c.Retired || c.Kind != l.Flow && (l.Flow == desk.KindRepair || l.Flow == desk.KindRequest) {
			return fmt.Errorf("--answer category=%s: %s has no such category", id, l.Flow)
		}
	}
	return nil
}

var botName = regexp.MustCompile(`^@?([A-Za-z0-9_]{3,64})$`)

// linkBase is what a payload is put behind: the address of the bot. Unless its
// name is given Telegram is asked, which disturbs no desk that runs.
func linkBase(ctx context.Context, config *Config, name string) (string, error) {
	if name != "" {
		match := botName.FindStringSubmatch(name)
		if match == nil {
			return "", &codeError{exitUsage, fmt.Errorf("--bot %s: want the bot's name, such as ExampleCampusBot", name)}
		}
		return "https://t.me/" + match[1] + "?start=", nil
	}
	if config.Telegram.Token == "" {
		return "", errors.New("the configuration has no telegram.token: give the bot's name with --bot")
	}
	channel, err := telegram.New(telegramConfig(config), slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := channel.Ask(ctx); err != nil {
		return "", fmt.Errorf("telegram does not say what the bot is called (give its name with --bot): %w", err)
	}
	return channel.Link(), nil
}
