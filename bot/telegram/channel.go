package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"

	"frontdesk/bot"
	"frontdesk/desk"
)

// Name is the channel's name in addresses.
const Name = "telegram"

// Channel is the Telegram channel of one bot. It is used by several goroutines
// at once.
type Channel struct {
	config   Config
	logger   *slog.Logger
	now      func() time.Time
	mask     masker
	api      *transport
	calls    *tg.Bot
	identity atomic.Pointer[Identity]
	files    atomic.Pointer[openFile]
}

// openFile opens a file that the desk keeps.
type openFile func(ctx context.Context, f desk.File) (io.ReadCloser, error)

var _ bot.Channel = (*Channel)(nil)

// Option changes how a channel works.
type Option func(*Channel)

// WithTransport makes all calls go through rt, such as the one of a fake
// server, instead of a transport of the channel's own.
func WithTransport(rt http.RoundTripper) Option {
	return func(c *Channel) { c.api.client.Transport = rt }
}

// WithClock sets the clock that Poller.LastSuccess is told by.
func WithClock(now func() time.Time) Option { return func(c *Channel) { c.now = now } }

// New makes the channel. It calls nobody: Start does. An error names a mistake
// in the configuration.
func New(config Config, logger *slog.Logger, options ...Option) (*Channel, error) {
	config, err := config.check()
	if err != nil {
		return nil, err
	}
	c := &Channel{config: config, logger: logger.With("channel", Name), now: time.Now, mask: newMasker(config)}
	c.api = newTransport(c.mask)
	for _, option := range options {
		option(c)
	}
	c.identity.Store(&Identity{ID: config.botID()})
	c.calls, err = tg.New(config.Token, tg.WithSkipGetMe(), tg.WithServerURL(config.APIURL),
		tg.WithHTTPClient(pollTimeout, c.api), tg.WithErrorsHandler(func(err error) {
			c.logger.Warn("telegram library", "error", c.mask.text(err.Error()))
		}))
	if err != nil {
		return nil, errors.New("telegram: " + c.mask.text(err.Error()))
	}
	return c, nil
}

// Start asks Telegram who the bot is, and registers how updates are to come:
// it sets the webhook in webhook mode and removes it in polling mode. Updates
// that wait at Telegram are kept in either case. It may be called again after
// an error, which is a *bot.SendError.
func (c *Channel) Start(ctx context.Context) error {
	me, err := c.calls.GetMe(ctx)
	if err != nil {
		return classify(err, chatNone)
	}
	c.identity.Store(&Identity{ID: me.ID, Name: me.Username})
	if c.config.Mode == ModeWebhook {
		err = c.setWebhook(ctx)
	} else {
		_, err = c.calls.DeleteWebhook(ctx, &tg.DeleteWebhookParams{DropPendingUpdates: false})
	}
	if err != nil {
		return classify(err, chatNone)
	}
	c.logger.Info("telegram is ready", "bot", me.Username, "mode", c.config.Mode)
	return nil
}

// SetFiles says how the bytes of a file are opened that came in on another
// channel. Without, such files are left out.
func (c *Channel) SetFiles(open func(ctx context.Context, f desk.File) (io.ReadCloser, error)) {
	files := openFile(open)
	c.files.Store(&files)
}

// Name is telegram.
func (c *Channel) Name() string { return Name }

// Identity is who the bot is. Its name is known only after Start.
func (c *Channel) Identity() Identity { return *c.identity.Load() }

// Bot is the bot's id as it stands in desk.Input.Bot.
func (c *Channel) Bot() string { return strconv.FormatInt(c.Identity().ID, 10) }

// Link opens a private chat with the bot when a payload of at most 64
// characters A-Z, a-z, 0-9, _ and - is put behind it. It is empty before Start.
// https://core.telegram.org/bots/features#deep-linking
func (c *Channel) Link() string {
	name := c.Identity().Name
	if name == "" {
		return ""
	}
	return "https://t.me/" + name + "?start="
}

// PressLife is how long Telegram keeps a press for a bot that does not fetch
// it, and how long it can be answered. Telegram documents no number; it is the
// one of its own server (github.com/tdlib/telegram-bot-api, Client.cpp).
const PressLife = 150 * time.Second

// MaxText is the most UTF-16 units of a message.
// https://core.telegram.org/bots/api#sendmessage
const MaxText = 4096

// Capabilities tells what Telegram can do. Telegram documents no limit for the
// number of buttons; 100 and 8 in a row are what its apps show well.
func (c *Channel) Capabilities() desk.Capabilities {
	return desk.Capabilities{
		EditAnytime: true, GroupButtons: true, MaxText: MaxText,
		MaxButtons: maxButtons, ButtonsPerRow: maxPerRow, PressLife: PressLife,
	}
}

// Limits are those that Telegram names.
func (c *Channel) Limits() bot.LimitNumbers { return bot.TelegramLimits }

// chatID reads the id of an address.
func chatID(a desk.Address) (int64, *bot.SendError) {
	id, err := strconv.ParseInt(a.ID, 10, 64)
	if a.Channel != Name || err != nil || id == 0 {
		return 0, refused(fmt.Errorf("%s is no chat of telegram", a))
	}
	return id, nil
}

// messageID reads a message's name.
func messageID(ref string) (int, *bot.SendError) {
	id, err := strconv.Atoi(ref)
	if err != nil || id <= 0 {
		return 0, &bot.SendError{Reason: bot.NoMessage, Err: fmt.Errorf("%q is no message of telegram", ref)}
	}
	return id, nil
}
