package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/paper"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// App is the desk, wired: a store, the handler of what comes in, the outbox of
// what goes out, and the scheduler of what is due. serve runs its loops; demo
// and the tests step them one after another under a clock of their own.
type App struct {
	Store     *storage.Store
	Handler   *bot.Handler
	Outbox    *bot.Outbox
	Scheduler *scheduler.Scheduler
	Menus     *bot.Menus
	Files     *bot.Files

	channels []bot.Channel
	log      *slog.Logger
	now      func() time.Time
	backups  *backups // nil when the engine cannot

	swap    sync.Mutex // one swap at a time
	learn   sync.Mutex // one learns at a time
	present atomic.Pointer[present]
	// extend adds to the site of a configuration what the channels can do and what
	// the store has: the imported places.
	extend func(ctx context.Context, base *desk.Site) (*desk.Site, error)

	started time.Time
	beaten  atomic.Int64 // when beat last committed, in nanoseconds
}

// AppOptions are what an App takes from its surroundings. Only Log is needed in
// production.
type AppOptions struct {
	Now  func() time.Time // nil: the real clock
	Rand io.Reader        // nil: crypto/rand
	// Transport carries the calls of the webhook; nil: the usual one.
	Transport http.RoundTripper
	Workers   int // of the outbox; 0 sends in Step
	Log       *slog.Logger
	// Understand reads sentences at first; nil learns from the examples.
	Understand flows.Understander
	// CopyStore makes a backup of the store, as bolt's BackupWith; nil when the
	// engine cannot.
	CopyStore copyStore
	// Observe are told what happens.
	Observe Observers
}

// Observers count what happens; each may be nil.
type Observers struct {
	Turn    func(bot.Turn)
	Attempt func(bot.Attempt)
	Commit  func(storage.Commit)
}

// NewApp wires the desk over an engine and channels.
func NewApp(config *Config, engine storage.Engine, channels []bot.Channel, opts AppOptions) (*App, error) {
	store, err := storage.Open(engine, config.Site.ID, storage.Options{
		Now: opts.Now, Rand: opts.Rand, Migrations: storage.Migrations, Observe: opts.Observe.Commit,
	})
	if err != nil {
		return nil, err
	}
	a := &App{Store: store, channels: channels, log: opts.Log, now: opts.Now}
	if a.now == nil {
		a.now = time.Now
	}
	a.started = a.now()
	can := map[string]desk.Capabilities{}
	for _, c := range channels {
		can[c.Name()] = c.Capabilities()
	}
	a.extend = func(ctx context.Context, base *desk.Site) (*desk.Site, error) {
		site, err := withListedPlaces(ctx, store, base)
		site.Channels = can
		return site, err
	}
	site, err := a.extend(context.Background(), config.Site) //nolint:forbidigo // Opening is not cut short.
	if err != nil {
		// A desk without the imported places is better than none.
		opts.Log.Error("the imported places do not fit the configuration: they are left out until the next import", "error", err)
	}
	if opts.Understand != nil {
		a.present.Store(&present{config: config, site: site, understand: opts.Understand})
	} else {
		a.present.Store(newPresent(config, site))
	}
	a.Handler = bot.NewHandler(store, a.writer, a.understand, channels, opts.Log)
	a.Handler.Observe = opts.Observe.Turn
	a.Outbox = bot.NewOutbox(store, a.writer, bot.DrawPost, withWebhook(channels, config.Escalation, opts), bot.OutboxOptions{
		Workers: opts.Workers, Logger: opts.Log, Now: opts.Now, Observe: opts.Observe.Attempt,
		Picture: paper.Chart, Workbook: paper.Workbook, Page: paper.Page,
	})
	a.Menus = bot.NewMenus(store, a.writer, channels)
	a.Files = bot.NewFiles(store, a.writer, channels, config.FilesDir)
	tasks := []scheduler.Task{
		{Name: desk.JobFetch, Run: a.Files.Fetch},
		{Name: desk.JobFetchStay, Run: a.Files.FetchStay},
		{Name: desk.JobCommands, Run: a.Menus.Person},
		{Name: desk.JobMakeGroup, Run: bot.NewGroupMaking(store, a.writer, channels).Run},
		scheduler.Cleanup(store),
		a.forgetFilesTask(),
		a.reportTask(),
	}
	if opts.CopyStore != nil {
		a.backups = &backups{config: a.Config, copy: opts.CopyStore, now: a.now}
		tasks = append(tasks, a.backups.task(), a.drillTask())
	}
	kinds := append(append([]desk.JobKind{}, desk.JobKinds...), flows.JobKinds...)
	a.Scheduler = scheduler.New(store, a.writer, kinds, tasks, scheduler.Options{Now: opts.Now, Log: opts.Log})
	return a, nil
}

// Step does everything that can be done now, in one goroutine: what is due, and
// what is to be sent, until nothing changes. It returns when there will be more.
func (a *App) Step(ctx context.Context, now time.Time) (next time.Time, err error) {
	due, err := a.Scheduler.Step(ctx, now)
	if err != nil {
		return time.Time{}, err
	}
	out, err := a.Outbox.Step(ctx, now)
	if err != nil {
		return time.Time{}, err
	}
	if due.IsZero() || !out.IsZero() && out.Before(due) {
		return out, nil
	}
	return due, nil
}

// Run runs the loops until ctx ends or one of them can go on no longer.
func (a *App) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	loops := []func(context.Context) error{a.Outbox.Run, a.Scheduler.Run, a.beat, a.watchEmergencies}
	ended := make(chan error, len(loops)+1)
	for _, loop := range loops {
		go func() { ended <- loop(ctx) }()
	}
	var failed error
	for range loops {
		select {
		case err := <-ended:
			failed = errors.Join(failed, err)
			stop()
		case err := <-a.Store.Fatal():
			failed = errors.Join(failed, err)
			stop()
			failed = errors.Join(failed, <-ended)
		}
	}
	return failed
}

// beat notes again and again that the desk lives. While the disk is full it tries
// more often, which is also what finds out that there is room again, and gives
// the alarm.
func (a *App) beat(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	full := 0
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		err := bot.Alive(ctx, a.Store)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, storage.ErrFull):
			if full%60 == 0 {
				a.log.Error("the disk is full: nothing is accepted until there is room")
				a.tellAdministrators(ctx, desk.T("alarm.full"))
			}
			full++
			timer.Reset(5 * time.Second)
			continue
		case err != nil:
			return err
		}
		a.beaten.Store(a.now().UnixNano())
		if full > 0 {
			full = 0
			a.log.Info("there is room again")
			a.tellAdministrators(ctx, desk.T("alarm.room"))
		}
		timer.Reset(beatEvery)
	}
}

// tellAdministrators tells them directly. It goes past the store and its
// outbox, because it is about the store.
func (a *App) tellAdministrators(ctx context.Context, text desk.Text) {
	site := a.Site()
	words := a.Config().Texts.Render(site.Languages[0], text, time.Time{})
	for _, c := range a.channels {
		for _, admin := range site.Admins {
			if admin.Channel != c.Name() {
				continue
			}
			if _, err := c.Send(ctx, admin, desk.Drawn{Text: words}); err != nil {
				a.log.Error("an alarm could not be sent", "to", admin.String(), "error", err)
			}
		}
	}
}

// Close closes the store; the engine is the caller's.
func (a *App) Close() error { return a.Store.Close() }
