package bot

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// DefaultWorkers is how many messages below emergency are under way at once in
// production.
const DefaultWorkers = 8

// OutboxOptions are what an outbox takes from its surroundings.
type OutboxOptions struct {
	// Workers is how many messages below emergency are under way at once;
	// emergencies and answers to presses may use as many again, so that they never
	// wait for a slow server. Zero sends within Step, one after the other: that is
	// for simulations.
	Workers int
	// Logger gets ids and reasons, never words or names; nil means slog.Default.
	Logger *slog.Logger
	// Now is the clock of Run; nil means time.Now.
	Now func() time.Time
	// SendTimeout and AnswerTimeout bound one attempt; zero means 15 and 5 s.
	SendTimeout   time.Duration
	AnswerTimeout time.Duration
	// Observe, if set, is told of every attempt; it counts, and does nothing else.
	Observe func(Attempt)
	// Picture draws a chart; nil, or an error, sends the words without it.
	Picture func(desk.DrawnChart) ([]byte, error)
	// Workbook makes the file of a spreadsheet; nil, or an error, sends the words
	// without it.
	Workbook func(desk.DrawnBook) ([]byte, error)
	// Page makes the PDF of a paper.
	Page func(desk.DrawnPaper) ([]byte, error)
	// Limits, by channel, count instead of what the channel says, to measure what
	// the desk itself can do.
	Limits map[string]LimitNumbers
}

// DrawFunc draws a post in its newest state. DrawPost is the one of the program.
type DrawFunc func(w *storage.World, wr storage.Writer, p desk.Post) desk.Drawn

// Outbox sends what commits have queued: it claims rows in a short transaction,
// sends them outside of any, and writes what became of them in another one.
//
// Between lanes the higher goes first; within a chat and a lane the order of
// commits is kept, with one message under way at a time, so that also a retry
// keeps its place. Only emergencies and answers to presses pass a message that
// is under way in their chat. A post is drawn when it is claimed: however often a card
// changed meanwhile, its newest state goes out, once.
//
// What is claimed when the program dies may or may not have arrived. After a
// restart such a row is sent again if its class says so, and given up with the
// reason unknown otherwise (see desk.Class.Repeats). One process sends at a
// time: the rows that Recover finds claimed are taken for those of a dead one.
type Outbox struct {
	store    *storage.Store
	writer   func() storage.Writer
	draw     DrawFunc
	channels map[string]Channel
	opts     OutboxOptions
	logger   *slog.Logger

	// What follows is used by the goroutine of Step only.
	recovered bool
	limits    map[string]*Limits
	lines     map[string]*line
	held      map[string]time.Time // chats that said 429, until when
	flying    map[string]sending   // by row
	ordinary  int                  // how many are flying in lanes below answers
	alarmed   map[string]bool      // emergency rows whose delay was told

	mu       sync.Mutex // For finished.
	finished []outcome
	done     chan struct{} // filled when something finished
	flights  sync.WaitGroup
	counts   counters
}

// NewOutbox returns an outbox over a store. writer is asked for the texts and
// the site at each transaction, because both can be reloaded.
func NewOutbox(
	store *storage.Store, writer func() storage.Writer, draw DrawFunc, channels []Channel, opts OutboxOptions,
) *Outbox {
	if opts.Logger == nil {
		opts.Logger = slog.Default()
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.SendTimeout == 0 {
		opts.SendTimeout = 15 * time.Second
	}
	if opts.AnswerTimeout == 0 {
		opts.AnswerTimeout = 5 * time.Second
	}
	o := &Outbox{
		store: store, writer: writer, draw: draw, channels: map[string]Channel{}, opts: opts,
		logger: opts.Logger.With("part", "outbox"),
		limits: map[string]*Limits{}, lines: map[string]*line{}, held: map[string]time.Time{},
		flying: map[string]sending{}, alarmed: map[string]bool{},
		done: make(chan struct{}, 1),
	}
	for _, c := range channels {
		o.channels[c.Name()] = c
	}
	return o
}

// Step does all that can be done now and returns when there will be more to do
// by itself; the zero time means not before a commit or the end of a sending.
// The first step also recovers. Its context is that of the sends too: when it
// ends, nobody knows what became of them. It returns an error of the store, and
// then everything is still to be done.
//
// Steps run one after the other: Step and Recover are not to be called from
// several goroutines.
func (o *Outbox) Step(ctx context.Context, now time.Time) (next time.Time, err error) {
	if err := o.Recover(ctx); err != nil {
		return time.Time{}, err
	}
	for {
		if err := o.markFinished(ctx, now); err != nil {
			return time.Time{}, err
		}
		choice, err := o.choose(ctx, now)
		if err != nil {
			return time.Time{}, err
		}
		if err := o.alarm(ctx, now, choice); err != nil {
			o.settle(choice.picks, nil)
			return time.Time{}, err
		}
		if len(choice.picks) == 0 && len(choice.late) == 0 {
			return choice.next, nil
		}
		claimed, err := o.claim(ctx, now, choice.picks)
		if err != nil {
			return time.Time{}, err
		}
		for _, s := range claimed {
			o.start(ctx, s)
		}
	}
}

// rescan is the longest time without looking, whatever the timer says: a
// machine that was suspended has slept through its timers.
const rescan = 15 * time.Second

// retryStore is the wait after an error of the store.
const retryStore = time.Second

// grace is how long Run waits at its end for what is under way.
const grace = 5 * time.Second

// Run steps until ctx ends: after commits that queued something, after finished
// sends, and when a step said so. At the end it claims nothing more, waits a
// little for what is under way and marks it. It returns nil.
func (o *Outbox) Run(ctx context.Context) error {
	work, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	timer := time.NewTimer(rescan)
	defer timer.Stop()
	woken := o.store.Woken(storage.WakeOutbox)
	for ctx.Err() == nil {
		now := o.opts.Now()
		next, err := o.Step(work, now)
		wait := rescan
		if err != nil {
			o.logger.Warn("outbox step failed", "error", err)
			wait = retryStore
		} else if !next.IsZero() {
			wait = min(wait, max(next.Sub(o.opts.Now()), time.Millisecond))
		}
		timer.Reset(wait)
		if err != nil {
			// What finishes meanwhile cannot be marked either: do not spin.
			select {
			case <-ctx.Done():
			case <-timer.C:
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-woken:
		case <-o.done:
		case <-timer.C:
		}
	}
	o.finish(abort)
	if err := o.markFinished(context.WithoutCancel(ctx), o.opts.Now()); err != nil {
		o.logger.Warn("what was sent last could not be marked", "error", err)
	}
	return nil
}

// finish waits for what is under way, and in the end no longer.
func (o *Outbox) finish(abort context.CancelFunc) {
	landed := make(chan struct{})
	go func() {
		o.flights.Wait()
		close(landed)
	}()
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-landed:
		return
	case <-timer.C:
	}
	abort()
	<-landed
}
