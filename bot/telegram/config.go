package telegram

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// DefaultAPIURL is the public Bot API server. Any other server that speaks the
// Bot API can be named instead, for example a local one.
// https://core.telegram.org/bots/api#using-a-local-bot-api-server
const DefaultAPIURL = "https://api.telegram.org"

// The ways to receive updates. They exclude each other: Telegram refuses
// getUpdates while a webhook is set.
const (
	ModePolling = "polling"
	ModeWebhook = "webhook"
)

// Config is what a site writes down about its bot.
type Config struct {
	// Token is what @BotFather gave: the bot's id, a colon, a secret.
	Token string
	// APIURL is the Bot API server; empty means DefaultAPIURL.
	APIURL string
	// Mode is ModePolling (also when empty) or ModeWebhook.
	Mode string
	// PublicURL is where Telegram reaches this program in webhook mode, without
	// path: https://desk.example.org.
	PublicURL string
	// WebhookSecret is what Telegram must show with each update: 1-256
	// characters A-Z, a-z, 0-9, _ and -. It is mandatory in webhook mode.
	// https://core.telegram.org/bots/api#setwebhook
	WebhookSecret string
	// OldWebhookSecret is still accepted, while a new secret is introduced.
	OldWebhookSecret string
}

var (
	tokenForm  = regexp.MustCompile(`^[0-9]{1,19}:[A-Za-z0-9_-]+$`)
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// check completes the configuration and finds its mistakes. No message says a
// secret.
func (c Config) check() (Config, error) {
	if !tokenForm.MatchString(c.Token) {
		return c, errors.New("telegram: the token must look like 123456:ABC-DEF")
	}
	if c.APIURL == "" {
		c.APIURL = DefaultAPIURL
	}
	c.APIURL = strings.TrimRight(c.APIURL, "/")
	if u, err := url.Parse(c.APIURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return c, errors.New("telegram: the API URL must look like https://host")
	}
	if c.Mode == "" {
		c.Mode = ModePolling
	}
	switch c.Mode {
	case ModePolling:
	case ModeWebhook:
		c.PublicURL = strings.TrimRight(c.PublicURL, "/")
		if u, err := url.Parse(c.PublicURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			return c, errors.New("telegram: webhook mode needs a public URL such as https://desk.example.org")
		}
		if c.WebhookSecret == "" {
			return c, errors.New("telegram: webhook mode needs a webhook secret, or anybody could send updates")
		}
	default:
		return c, fmt.Errorf("telegram: the mode is %s or %s, not %q", ModePolling, ModeWebhook, c.Mode)
	}
	for _, secret := range []string{c.WebhookSecret, c.OldWebhookSecret} {
		if secret != "" && !secretForm.MatchString(secret) {
			return c, errors.New("telegram: a webhook secret has 1-256 characters of A-Z a-z 0-9 _ -")
		}
	}
	return c, nil
}

// botID is the bot's id, which is the first part of its token.
func (c Config) botID() int64 {
	id, _, _ := strings.Cut(c.Token, ":")
	n, _ := strconv.ParseInt(id, 10, 64)
	return n
}

// String hides the secrets, so that a printed configuration tells nothing.
func (c Config) String() string {
	return fmt.Sprintf("telegram bot %d at %s, %s", c.botID(), c.APIURL, c.Mode)
}

// GoString hides the secrets from %#v.
func (c Config) GoString() string { return c.String() }

// LogValue hides the secrets in logs.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }
