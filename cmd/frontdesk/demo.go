package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"frontdesk"
	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage/bolt"
)

// DemoCmd lets anybody try the desk: everybody in it is made up, the desk is the
// real one. It needs no token, no server and no network.
type DemoCmd struct {
	Play   bool   `help:"Play a day by itself, print what everybody sees, and check it."`
	Seed   int64  `help:"Other names, rooms and times of day." default:"1"`
	Listen string `help:"Where the page is served: a loopback address. A busy port is passed over." default:"127.0.0.1:8100" placeholder:"HOST:PORT"`
	Lang   string `help:"What the staff speak: zh, or en. Residents speak both. On the page it is en when the environment (LANG) says so." enum:",zh,en" default:"" placeholder:"zh|en"`
}

// Run plays the day, and its error says that the desk did something else than it
// should have; or it serves the playground until the context ends.
func (cmd *DemoCmd) Run(ctx context.Context) error {
	lang := cmp.Or(cmd.Lang, "zh")
	if cmd.Play {
		return playDay(ctx, cmd.Seed, lang, os.Stdout, os.Stderr)
	}
	listener, err := playground.Listen(cmd.Listen)
	if err != nil {
		return &codeError{exitUsage, fmt.Errorf("--listen: %w", err)}
	}
	if environment := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")); strings.HasPrefix(environment, "en") {
		lang = cmp.Or(cmd.Lang, "en")
	}
	return servePlayground(ctx, cmd.Seed, lang, listener, os.Stdout, os.Stderr)
}

// demoDay is a Tuesday, ten minutes before the day shift. The day that is played in
// the terminal is the Sunday before, so that the next morning has the weekly report.
var (
	demoDay   = desk.Date{Year: 2026, Month: time.November, Day: 24}
	demoStory = demoDay.AddDays(-2)
)

const (
	demoBegins = desk.ClockTime(7*60 + 50)
	demoEnds   = desk.ClockTime(10*60 + 45) // of the next day
)

// playDay plays a day on a desk of its own, prints what the channel received,
// and checks it.
func playDay(ctx context.Context, seed int64, lang string, out, errs io.Writer) error {
	log := &loudest{Handler: slog.NewTextHandler(errs, &slog.HandlerOptions{Level: slog.LevelWarn})}
	d := &demo{ctx: ctx, out: out, day: demoStory, workPhoto: demoPhoto, faultPhoto: demoPhoto}
	closed, err := d.open(seed, lang, slog.New(log))
	if err != nil {
		return err
	}
	defer closed()
	d.cast = newCast(d)
	d.opening()
	d.shiftsStory(d.day)
	d.stories()
	if err := d.play(demoEnds.On(d.day.AddDays(1), d.zone)); err != nil {
		return err
	}
	if n := log.errors.Load(); n > 0 {
		d.wrong("%d errors were logged", n)
	}
	d.check()
	return d.verdict()
}

// open opens the desk on an empty store in a folder of its own, ten minutes
// before the day shift. closed removes it again.
func (d *demo) open(seed int64, lang string, log *slog.Logger) (closed func(), err error) {
	var undo []func()
	closed = func() {
		for _, f := range slices.Backward(undo) {
			f()
		}
	}
	defer func() {
		if err != nil {
			closed()
		}
	}()
	dir, err := os.MkdirTemp("", "frontdesk-demo-*")
	if err != nil {
		return nil, err
	}
	undo = append(undo, func() { os.RemoveAll(dir) }) //nolint:errcheck // It lies in the folder for temporary files.
	if d.config, err = demoConfig(dir, lang); err != nil {
		return nil, err
	}
	engine, err := bolt.Open(filepath.Join(dir, "demo.db"), bolt.Options{})
	if err != nil {
		return nil, err
	}
	undo = append(undo, func() { engine.Close() }) //nolint:errcheck // The file is removed.
	d.zone = d.config.Site.Zone
	d.rand = rand.New(rand.NewPCG(uint64(seed), 24))
	d.now = demoBegins.On(d.day, d.zone)
	d.channel = playground.New(d.clock)
	var ids [32]byte
	copy(ids[:], fmt.Sprintf("frontdesk demo %d", seed))
	d.app, err = NewApp(d.config, engine, []bot.Channel{d.channel, d.channel.Cards()}, AppOptions{
		Now: d.clock, Rand: rand.NewChaCha8(ids), Log: log,
	})
	if err != nil {
		return nil, err
	}
	undo = append(undo, func() { d.app.Close() }) //nolint:errcheck // The file is removed.
	d.app.AddLinks(map[string]string{playground.Name: playground.Link})
	return closed, nil
}

// demoConfig is the example's configuration with its people on the playground,
// with nothing outside of a folder, and with the language of the staff first.
func demoConfig(dir, lang string) (*Config, error) {
	path := filepath.Join(dir, "config.yaml")
	written := frontdesk.ExampleConfig
	if lang == "en" {
		written = bytes.Replace(written, []byte("languages: [zh, en]"), []byte("languages: [en, zh]"), 1)
	}
	if err := os.WriteFile(path, written, 0o600); err != nil {
		return nil, err
	}
	config, err := LoadConfig(path, func(string) (string, bool) { return "123:unused", true })
	if err != nil {
		return nil, err
	}
	config.FilesDir = filepath.Join(dir, "files")
	config.Site.Rounds = nil // Nobody of the cast walks at night, and missed rounds would be all that is told of it.
	config.Site.Checkout.EveryDay = true
	config.Site.Checkout.Lead = time.Hour // Whoever plays books for the same day.
	config.Site.Roster.Shifts[0].Staff[string(desk.RoleCaretaker)] = []string{"telegram:1007"}
	for i := range config.Site.Admins {
		config.Site.Admins[i].Channel = playground.Name
	}
	for _, shift := range config.Site.Roster.Shifts {
		for _, staff := range shift.Staff {
			for i, written := range staff {
				_, id, _ := strings.Cut(written, ":")
				staff[i] = desk.Address{Channel: playground.Name, ID: id}.String()
			}
		}
	}
	return config, nil
}

// verdict says whether the day went as it should have.
func (d *demo) verdict() error {
	if len(d.failures) == 0 {
		fmt.Fprintf(d.out, "\nchecked: %d things, all good\n", d.checked)
		return nil
	}
	fmt.Fprintf(d.out, "\nchecked: %d things, %d wrong:\n", d.checked, len(d.failures))
	for _, failure := range d.failures {
		fmt.Fprintln(d.out, "- "+failure)
	}
	return errors.New("the day did not go as it should have")
}
