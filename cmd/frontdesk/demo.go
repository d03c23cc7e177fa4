package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"frontdesk"
	"frontdesk/bot"
	"frontdesk/bot/playground"
	"frontdesk/desk"
	"frontdesk/storage/bolt"
)

// DemoCmd plays a day of a campus: everybody in it is made up, the desk is the
// real one. It needs no token, no server and no network.
type DemoCmd struct {
	Play bool  `help:"Play a day by itself, print what everybody sees, and check it. This is all that the demo does so far."`
	Seed int64 `help:"Other names, rooms and times of day." default:"1"`
}

// Run plays the day. The error says that the desk did something else than it
// should have.
func (cmd *DemoCmd) Run(ctx context.Context) error {
	return playDay(ctx, cmd.Seed, os.Stdout, os.Stderr)
}

// demoDay is a Tuesday, ten minutes before the day shift.
var demoDay = desk.Date{Year: 2026, Month: time.November, Day: 24}

const (
	demoBegins = desk.ClockTime(7*60 + 50)
	demoEnds   = desk.ClockTime(9*60 + 15) // of the next day
)

// playDay plays a day on a desk of its own, prints what the channel received,
// and checks it.
func playDay(ctx context.Context, seed int64, out, errs io.Writer) error {
	dir, err := os.MkdirTemp("", "frontdesk-demo-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	config, err := demoConfig(dir)
	if err != nil {
		return err
	}
	engine, err := bolt.Open(filepath.Join(dir, "demo.db"), bolt.Options{})
	if err != nil {
		return err
	}
	defer engine.Close()

	d := &demo{ctx: ctx, out: out, config: config, zone: config.Site.Zone, rand: rand.New(rand.NewPCG(uint64(seed), 24))}
	d.now = demoBegins.On(demoDay, d.zone)
	d.channel = playground.New(d.clock)
	log := &loudest{Handler: slog.NewTextHandler(errs, &slog.HandlerOptions{Level: slog.LevelWarn})}
	var ids [32]byte
	copy(ids[:], fmt.Sprintf("frontdesk demo %d", seed))
	d.app, err = NewApp(config, engine, []bot.Channel{d.channel}, AppOptions{
		Now: d.clock, Rand: rand.NewChaCha8(ids), Log: slog.New(log),
	})
	if err != nil {
		return err
	}
	defer d.app.Close()
	d.app.SetLinks(map[string]string{playground.Name: playground.Link})

	d.cast = newCast(d)
	d.stories()
	if err := d.play(demoEnds.On(demoDay.AddDays(1), d.zone)); err != nil {
		return err
	}
	if n := log.errors.Load(); n > 0 {
		d.wrong("%d errors were logged", n)
	}
	d.check()
	return d.verdict()
}

// demoConfig is the example's configuration with its people on the playground,
// and with nothing outside of a folder.
func demoConfig(dir string) (*Config, error) {
	path := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(path, frontdesk.ExampleConfig, 0o600); err != nil {
		return nil, err
	}
	config, err := LoadConfig(path, func(string) (string, bool) { return "123:unused", true })
	if err != nil {
		return nil, err
	}
	config.FilesDir = filepath.Join(dir, "files")
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
