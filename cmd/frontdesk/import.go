package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
	"frontdesk/storage/memory"
)

// ImportCmd takes over lists of the campus.
type ImportCmd struct {
	People ImportPeopleCmd `cmd:"" help:"The residents' list: number, name, room, phone, kind, until."`
	Places ImportPlacesCmd `cmd:"" help:"Buildings, rooms, public areas and equipment."`

	Arrivals ImportArrivalsCmd `cmd:"" help:"Who moves in: number, name, room, bed, from, until, kind."`
}

// importFlags are what both imports know.
type importFlags struct {
	Config  string `help:"The configuration file." default:"config.yaml" type:"path"`
	DryRun  bool   `help:"Say what would change, and write nothing."`
	Sheet   string `help:"The sheet of a workbook; by default the first that is not empty."`
	Update  bool   `help:"Keep what the file does not name; this is the default." xor:"mode"`
	Replace bool   `help:"The file is the whole list: people it does not name have left, places are retired." xor:"mode"`
	File    string `arg:"" help:"A CSV file (UTF-8 or GBK) or a workbook (.xlsx)." type:"existingfile"`
}

// ImportPeopleCmd imports the residents' list.
type ImportPeopleCmd struct {
	importFlags `embed:""`
}

// ImportPlacesCmd imports places.
type ImportPlacesCmd struct {
	importFlags `embed:""`
}

// Run imports the file.
func (cmd *ImportPeopleCmd) Run(ctx context.Context) error {
	return cmd.run(ctx, importPeople, os.Stdout, newProgress(os.Stderr))
}

// Run imports the file.
func (cmd *ImportPlacesCmd) Run(ctx context.Context) error {
	return cmd.run(ctx, importPlaces, os.Stdout, newProgress(os.Stderr))
}

// anyEnv lets the configuration be read where its secrets are not at hand: whoever
// imports a list need not know the bot's token.
func anyEnv(name string) (string, bool) {
	if value, ok := os.LookupEnv(name); ok {
		return value, true
	}
	return "unset", true
}

func (cmd importFlags) run(ctx context.Context, kind string, out io.Writer, p *progress) error {
	config, err := LoadConfig(cmd.Config, anyEnv)
	if err != nil {
		return err
	}
	p.say("reading %s", cmd.File)
	t, err := readTable(cmd.File, cmd.Sheet)
	if err != nil {
		return err
	}
	request := requestOf(kind, t)
	request.Dry, request.Replace = cmd.DryRun, cmd.Replace
	p.say("checking %d rows", len(t.rows))
	report, err := importHere(ctx, config, request, p.rows)
	p.end()
	if err != nil {
		return err
	}
	if t.sheet != "" {
		fmt.Fprintf(out, "sheet: %s\n", t.sheet)
	}
	if _, err := io.WriteString(out, report.text(kind)); err != nil {
		return err
	}
	if len(report.Problems) > 0 {
		return errBadLines
	}
	return nil
}

// importHere has the running desk import, or opens the store itself when none
// runs.
func importHere(ctx context.Context, config *Config, request importRequest, progress func(int, int)) (importReport, error) {
	report, err := askImport(ctx, config.AdminSocket, request, progress)
	if !errors.Is(err, errNotRunning) {
		return report, err
	}
	engine, err := importEngine(config, request.Dry)
	if err != nil {
		return report, err
	}
	defer engine.Close() //nolint:errcheck // Every commit was answered.
	store, err := storage.Open(engine, config.Site.ID, storage.Options{Migrations: storage.Migrations})
	if err != nil {
		return report, err
	}
	defer store.Close()
	site, err := withListedPlaces(ctx, store, config.Site)
	if err != nil {
		slog.Warn("the imported places do not fit the configuration any more; the file is checked without them", "error", err)
	}
	im := importer{store: store, base: func() *desk.Site { return config.Site }, now: func() *desk.Site { return site }}
	return im.run(ctx, request, progress)
}

// importEngine opens the store, and makes it if there is none yet: lists may be
// imported before the first start. A dry run makes nothing.
func importEngine(config *Config, dry bool) (storage.Engine, error) {
	path, _ := strings.CutPrefix(config.StorageURL, "bolt:")
	if _, err := os.Stat(path); dry && errors.Is(err, os.ErrNotExist) {
		return memory.New(), nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	engine, err := bolt.Open(path, bolt.Options{})
	if errors.Is(err, bolt.ErrInUse) {
		return nil, &codeError{exitInUse, err}
	}
	return engine, err
}
