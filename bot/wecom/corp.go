package wecom

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Options are what a corp takes from its surroundings.
type Options struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Log is never told a secret; nil means slog.Default.
	Log *slog.Logger
	// Transport makes the calls, such as the one of a fake server; nil means one of
	// the corp's own.
	Transport http.RoundTripper
	// Words are the few texts of the channels themselves, in the site's language.
	// Latin, if set, are those for messages without any Chinese character.
	Words, Latin Words
	// CallbackWindow is how far the time of a callback may be from Now, either way;
	// zero means DefaultCallbackWindow.
	CallbackWindow time.Duration
}

// Corp is one corp with one application. Its channels are used by several
// goroutines at once.
type Corp struct {
	config Config
	now    func() time.Time
	log    *slog.Logger
	words  Words
	latin  Words
	mask   masker
	client *http.Client
	tokens *tokenSource
	store  atomic.Pointer[storage.Store]
	files  atomic.Pointer[openFile]
	app    *App
	groups *Groups
	weixin *Weixin // nil without an account
	window time.Duration
	// onKF, if set, is told that there is something to fetch for an account of
	// 微信客服; the token is good for fetching it.
	onKF func(token, openKFID string)
}

// openFile opens a file that the desk keeps.
type openFile func(ctx context.Context, f desk.File) (io.ReadCloser, error)

// New makes a corp. It calls nobody. An error names a mistake in the
// configuration.
func New(config Config, options Options) (*Corp, error) {
	config, err := config.check()
	if err != nil {
		return nil, err
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Log == nil {
		options.Log = slog.Default()
	}
	c := &Corp{
		config: config, now: options.Now, log: options.Log.With("channel", Name), words: options.Words, latin: options.Latin,
		mask: newMasker(config), client: newClient(options.Transport),
	}
	if c.window = options.CallbackWindow; c.window <= 0 {
		c.window = DefaultCallbackWindow
	}
	c.tokens = newTokenSource(c)
	c.app, c.groups = &App{corp: c}, &Groups{corp: c}
	if c.weixin = newWeixin(c); c.weixin != nil {
		c.onKF = c.weixin.told
	}
	return c, nil
}

// Bind gives the corp the store in which it keeps its tables (Tables). Before,
// it remembers nothing but its token, in memory.
func (c *Corp) Bind(store *storage.Store) { c.store.Store(store) }

// SetFiles says how the bytes of a file are opened that came in on another
// channel. Without, such files are left out.
func (c *Corp) SetFiles(open func(ctx context.Context, f desk.File) (io.ReadCloser, error)) {
	files := openFile(open)
	c.files.Store(&files)
}

// App is the channel to members of the corp.
func (c *Corp) App() *App { return c.app }

// Groups is the channel to groups of departments.
func (c *Corp) Groups() *Groups { return c.groups }

// Config is the configuration, completed.
func (c *Corp) Config() Config { return c.config }
