package main

import (
	"context"

	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/storage"
)

// present is what the desk works by now: the site with its imported places, and
// what understands sentences about it. It is swapped as a whole, between two
// inputs.
type present struct {
	site       *desk.Site
	understand flows.Understander
}

// SetSite makes a site the present one: that of a configuration, whose places
// are the base to which the imported ones are added. It counts from the next
// input on. If the imported places do not fit, the base counts alone, and the
// error says why.
func (a *App) SetSite(ctx context.Context, base *desk.Site) error {
	a.swap.Lock()
	defer a.swap.Unlock()
	return a.setSite(ctx, base)
}

func (a *App) setSite(ctx context.Context, base *desk.Site) error {
	site, err := withListedPlaces(ctx, a.Store, base)
	if old := a.present.Load(); old != nil && site.Links == nil {
		site.Links = old.site.Links
	}
	a.base = base
	a.present.Store(&present{site: site, understand: flows.NewWordList(site)})
	return err
}

// placesChanged is called when other places were imported.
func (a *App) placesChanged(ctx context.Context) error {
	a.swap.Lock()
	defer a.swap.Unlock()
	return a.setSite(ctx, a.base)
}

// Site is the present site. Nobody changes it.
func (a *App) Site() *desk.Site { return a.present.Load().site }

func (a *App) baseSite() *desk.Site {
	a.swap.Lock()
	defer a.swap.Unlock()
	return a.base
}

// SetLinks tells the site how a private chat is opened on each channel.
func (a *App) SetLinks(links map[string]string) {
	a.swap.Lock()
	defer a.swap.Unlock()
	old := a.present.Load()
	site := *old.site
	site.Links = links
	a.present.Store(&present{site: &site, understand: old.understand})
}

// withListedPlaces is the site with the imported places. It is a copy; with an
// error it is the site as it is.
func withListedPlaces(ctx context.Context, store *storage.Store, base *desk.Site) (*desk.Site, error) {
	site := *base
	list, _, err := storage.AllPlaces(ctx, store)
	if err != nil {
		return &site, err
	}
	places, err := base.Places.With(list)
	if err == nil {
		site.Places = places
	}
	return &site, err
}
