package playground

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"io/fs"
	"net/http"
	"time"

	"frontdesk/desk"
)

// Stage is what stands behind the page: the desk, and the clock that is moved by
// hand. One goroutine steps both; the methods may be called from any.
type Stage interface {
	// Act lets somebody do something and the desk answer all of it, before
	// anything else happens. act runs in the goroutine of the desk.
	Act(ctx context.Context, act func() desk.Input) error
	// Move moves the clock forward and lets everything happen that comes due on
	// the way. It returns ErrBusy while the day plays by itself.
	Move(ctx context.Context, m Move) error
	// Play lets the day play by itself at a speed (1 is for reading along), or
	// pauses it. It returns at once.
	Play(ctx context.Context, on bool, speed int) error
	// State is how the clock stands.
	State() State
	// Scene is who is there, and how the page shows them. It does not change.
	Scene() Scene
	// Text is a text of the catalogue in a language; a placeholder that has no
	// value stays as it is.
	Text(lang string, t desk.Text) string
}

// ErrBusy is returned for a clock that moves by itself at present.
var ErrBusy = errors.New("the day plays by itself")

// Move says how far the clock is moved.
type Move string

// The moves of the clock.
const (
	MoveNext    Move = "next"    // until somebody sees something new
	MoveQuarter Move = "quarter" // 15 minutes
	MoveHour    Move = "hour"
	MoveDigest  Move = "digest" // to the next digest of the morning
)

var moves = []Move{MoveNext, MoveQuarter, MoveHour, MoveDigest}

// State is how the clock stands.
type State struct {
	Now     time.Time `json:"now"` // in the zone of the site
	Playing bool      `json:"playing"`
	Speed   int       `json:"speed"`
	// Begun says that a day was begun and is not at its end: playing goes on
	// with it.
	Begun bool `json:"begun"`
	// Over says that the day has been played to its end.
	Over bool `json:"over"`
}

// Scene is who is there, and how the page shows them.
type Scene struct {
	Site   desk.Label // the name of the site
	Zone   *time.Location
	Langs  []string // of the page; the first is the default
	Panes  []Pane
	People []Role
}

// Pane is one column of the page: a group, or a private chat of one of several
// people.
type Pane struct {
	ID    string
	Title desk.Text
	// Group is the group's id; empty for private chats.
	Group string
	// People are the ids of those who can act in it. The first that speaks the
	// reader's language is there at the beginning.
	People []string
	// Try are things to write, offered to somebody who has written nothing yet.
	Try []desk.Text
}

// Role is one person with a few words on who they are.
type Role struct {
	*Person
	Note desk.Text
}

// Page is the playground as a page in a browser. It shows what the channel holds
// and hands what people do to the stage.
type Page struct {
	channel *Channel
	stage   Stage
	// run tells this run from another one, whose numbers of entries mean nothing
	// here.
	run string
}

// NewPage makes the page of a channel.
func NewPage(c *Channel, s Stage) *Page { return &Page{channel: c, stage: s, run: rand.Text()[:8]} }

//go:embed page
var files embed.FS

// Handler serves the page. It answers only to a browser on the same machine that
// shows this very page: see guard.
func (p *Page) Handler() http.Handler {
	static, err := fs.Sub(files, "page")
	if err != nil {
		panic(err) // The folder is embedded above.
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(static))
	mux.HandleFunc("GET /events", p.events)
	mux.HandleFunc("GET /photo/{id}", p.photo)
	mux.HandleFunc("GET /file/{ref}/{name}", p.file)
	mux.HandleFunc("GET /menu/{person}", p.menu)
	mux.HandleFunc("POST /say", p.say)
	mux.HandleFunc("POST /press", p.press)
	mux.HandleFunc("POST /photo", p.sendPhoto)
	mux.HandleFunc("POST /clock", p.clock)
	mux.HandleFunc("POST /play", p.play)
	return guard(mux)
}
