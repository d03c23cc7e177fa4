package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/paper"
)

// QRCmd writes the stickers that hang at places.
type QRCmd struct {
	Config   string   `help:"The configuration file." default:"config.yaml" type:"path"`
	To       string   `help:"The PDF to write; it is replaced." default:"stickers.pdf" type:"path" short:"o"`
	Layout   string   `help:"Columns by rows on a page: 2x4, 3x7." default:"2x4"`
	Building []string `help:"Only these buildings (3, or 1,2,3)."`
	Floor    []string `help:"Only these floors."`
	Place    []string `help:"Only these places (3-502, 3-lift-a), each once."`
	Rooms    bool     `help:"Only rooms; with --areas both."`
	Areas    bool     `help:"Only public areas and equipment."`
	Flow     string   `help:"What the sticker begins." default:"repair"`
	Bot      string   `help:"The bot's name at Telegram, without asking Telegram for it."`
}

// Run writes the file, or nothing.
func (cmd *QRCmd) Run(ctx context.Context) error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	if err := addListedPlaces(ctx, config); err != nil {
		return err
	}
	layout, err := paper.ParseLayout(cmd.Layout)
	if err != nil {
		return &codeError{exitUsage, err}
	}
	places, err := cmd.choose(config.Site)
	if err != nil {
		return &codeError{exitUsage, err}
	}
	base, err := linkBase(ctx, config, cmd.Bot)
	if err != nil {
		return err
	}
	if _, err := ensureLinkKey(config); err != nil {
		return err
	}
	stickers, err := cmd.stickers(config.Site, base, places)
	if err != nil {
		return err
	}
	shown := newProgress(os.Stderr)
	err = written(cmd.To, func(w io.Writer) error {
		return paper.Stickers(w, config.Site, config.Texts, layout, stickers, func(done int) { shown.drawn(done, len(stickers)) })
	})
	shown.end()
	if err != nil {
		return err
	}
	pages := (len(stickers) + layout.PerPage() - 1) / layout.PerPage()
	_, err = fmt.Printf("%s: %d stickers, %d pages of A4\n%s\n", cmd.To, len(stickers), pages, keyNote(config))
	return err
}

// choose lists the places that were asked for, in the order of the site's list.
func (cmd *QRCmd) choose(site *desk.Site) ([]desk.Place, error) {
	if len(cmd.Place) > 0 {
		if len(cmd.Building)+len(cmd.Floor) > 0 || cmd.Rooms || cmd.Areas {
			return nil, errors.New("--place names places; --building, --floor, --rooms and --areas choose them: give one or the other")
		}
		var list []desk.Place
		for _, id := range cmd.Place {
			place, ok := site.Places.Offered(id)
			if !ok {
				return nil, fmt.Errorf("--place %s: the site has no such place", id)
			}
			if !slices.ContainsFunc(list, func(p desk.Place) bool { return p.ID == place.ID }) {
				list = append(list, place)
			}
		}
		return list, nil
	}
	var list []desk.Place
	buildings, floors := map[string]bool{}, map[string]bool{}
	add := func(places []desk.Place) {
		for _, p := range places {
			buildings[desk.Fold(p.Building)], floors[desk.Fold(p.Floor)] = true, true
			room := p.Room != ""
			if among(cmd.Building, p.Building) && among(cmd.Floor, p.Floor) && (cmd.Rooms == cmd.Areas || cmd.Rooms == room) {
				list = append(list, p)
			}
		}
	}
	for _, b := range site.Places.Buildings() {
		add(site.Places.Areas(b.ID, ""))
		for _, f := range site.Places.Floors(b.ID) {
			add(site.Places.Areas(b.ID, f.ID))
			add(site.Places.Rooms(b.ID, f.ID))
		}
	}
	add(site.Places.PublicAreas())
	for _, id := range cmd.Building {
		if !buildings[desk.Fold(id)] {
			return nil, fmt.Errorf("--building %s: the site has no such building", id)
		}
	}
	for _, id := range cmd.Floor {
		if !floors[desk.Fold(id)] {
			return nil, fmt.Errorf("--floor %s: no building has such a floor", id)
		}
	}
	if len(list) == 0 {
		return nil, errors.New("no place is left of what was chosen")
	}
	return list, nil
}

// among tells whether an id was chosen; without a choice every one is.
func among(chosen []string, id string) bool {
	return len(chosen) == 0 || slices.ContainsFunc(chosen, func(c string) bool { return desk.Fold(c) == desk.Fold(id) })
}

func (cmd *QRCmd) stickers(site *desk.Site, base string, places []desk.Place) ([]paper.Sticker, error) {
	f, ok := flows.Find(cmd.Flow)
	if !ok || !flows.Linkable(f, map[string]string{"place": ""}) {
		return nil, &codeError{exitUsage, fmt.Errorf("--flow %s: a place cannot be filled in there", cmd.Flow)}
	}
	list := make([]paper.Sticker, len(places))
	for i, p := range places {
		payload, err := site.SignLink(desk.Link{Flow: cmd.Flow, Answers: map[string]string{"place": p.ID}})
		if err != nil {
			return nil, fmt.Errorf("the place %s: %w", p.ID, err)
		}
		list[i] = paper.Sticker{Place: p, Link: base + payload}
	}
	return list, nil
}

// written writes a file whole or not at all: an old one stays until then.
func written(path string, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".frontdesk-*")
	if err != nil {
		return err
	}
	err = write(file)
	err = errors.Join(err, file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(file.Name()))
	}
	return err
}

// drawn tells on a terminal how many stickers are drawn; elsewhere the last line
// is enough.
func (p *progress) drawn(done, all int) {
	switch {
	case !p.terminal:
	case done < all:
		p.say("drawing %d of %d", done, all)
	default:
		p.say("writing the file")
	}
}
