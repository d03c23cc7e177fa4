package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"time"

	tg "github.com/go-telegram/bot"

	"frontdesk/bot"
	"frontdesk/desk"
)

const (
	// WebhookPath is where updates are pushed to.
	WebhookPath = "/telegram/webhook"
	// maxUpdate is the most bytes of a pushed update.
	maxUpdate = 1 << 20
	// maxConnections is how many updates Telegram pushes side by side; it never
	// pushes two of one chat. https://core.telegram.org/bots/api#setwebhook
	maxConnections = 40
	// secretHeader is where Telegram shows the secret.
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
)

// Webhook makes the handler of WebhookPath. It answers
//
//   - 200 only after the receiver committed the update, or when there is
//     nothing for the desk in it, or when nobody could ever read it (logged);
//   - 401, without a word, to a caller who does not know the secret;
//   - 405 and 413 to what is no update;
//   - 503 with Retry-After when the receiver failed: Telegram then delivers the
//     update again, for up to 24 hours.
//
// It fails without a secret, because then anybody could send updates.
func (c *Channel) Webhook(receiver bot.Receiver) (http.Handler, error) {
	w := &webhook{channel: c, receiver: receiver}
	for _, secret := range []string{c.config.WebhookSecret, c.config.OldWebhookSecret} {
		if secret != "" {
			w.secrets = append(w.secrets, sha256.Sum256([]byte(secret)))
		}
	}
	if c.config.WebhookSecret == "" {
		return nil, errors.New("telegram: no webhook without a webhook secret")
	}
	return w, nil
}

type webhook struct {
	channel  *Channel
	receiver bot.Receiver
	secrets  [][sha256.Size]byte
}

func (w *webhook) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		rw.Header().Set("Allow", http.MethodPost)
		rw.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	if !w.knows(r.Header.Get(secretHeader)) {
		rw.WriteHeader(http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxUpdate))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			rw.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		rw.WriteHeader(http.StatusBadRequest)
		return
	}
	if w.channel.Identity().Name == "" {
		// Before Start the bot does not know its name, nor which commands are its own.
		rw.Header().Set("Retry-After", "2")
		rw.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	in, ok := w.channel.read(raw)
	if !ok {
		rw.WriteHeader(http.StatusOK)
		return
	}
	if err := w.receiver.Handle(r.Context(), []desk.Input{in}, nil); err != nil {
		w.channel.logger.Warn("update not taken, it will come again", "update", in.UpdateID,
			"error", w.channel.mask.text(err.Error()))
		rw.Header().Set("Retry-After", "2")
		rw.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	rw.WriteHeader(http.StatusOK)
}

// knows compares digests of equal length in constant time, so that the time of
// an answer tells nothing about the secret.
func (w *webhook) knows(shown string) bool {
	digest := sha256.Sum256([]byte(shown))
	known := 0
	for _, secret := range w.secrets {
		known |= subtle.ConstantTimeCompare(digest[:], secret[:])
	}
	return known == 1
}

// setWebhook tells Telegram where to push. Telegram allows one such call a
// second and says how long to wait.
func (c *Channel) setWebhook(ctx context.Context) error {
	params := &tg.SetWebhookParams{
		URL: c.config.PublicURL + WebhookPath, MaxConnections: maxConnections,
		AllowedUpdates: AllowedUpdates, SecretToken: c.config.WebhookSecret, DropPendingUpdates: false,
	}
	_, err := c.calls.SetWebhook(ctx, params)
	var api *apiError
	if !errors.As(err, &api) || api.code != http.StatusTooManyRequests {
		return err
	}
	timer := time.NewTimer(min(max(api.retryAfter, time.Second), 5*time.Second))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	}
	_, err = c.calls.SetWebhook(ctx, params)
	return err
}

// WebhookInfo is what Telegram says about its pushing: a growing Pending means
// that updates do not arrive.
type WebhookInfo struct {
	URL       string // empty when none is set
	Pending   int
	LastError string
	LastAt    time.Time
}

// WebhookInfo asks how the pushing goes. An error is a *bot.SendError.
func (c *Channel) WebhookInfo(ctx context.Context) (WebhookInfo, error) {
	info, err := c.calls.GetWebhookInfo(ctx)
	if err != nil {
		return WebhookInfo{}, classify(err, chatNone)
	}
	return WebhookInfo{
		URL: info.URL, Pending: info.PendingUpdateCount, LastError: c.mask.text(info.LastErrorMessage),
		LastAt: unix(int64(info.LastErrorDate)),
	}, nil
}

// ServerLimits sets the time and size limits that a server on the open
// internet needs, against callers who send slowly or never.
func ServerLimits(s *http.Server) {
	s.ReadHeaderTimeout = 5 * time.Second
	s.ReadTimeout = 15 * time.Second
	s.WriteTimeout = 15 * time.Second
	s.IdleTimeout = 60 * time.Second
	s.MaxHeaderBytes = 16 << 10
}

// fingerprint names an update in the log without saying what is in it.
func fingerprint(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:6])
}
