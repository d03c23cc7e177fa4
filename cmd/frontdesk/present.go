package main

import (
	"context"
	"maps"

	"frontdesk/desk"
	"frontdesk/flows"
	"frontdesk/storage"
)

// present is what the desk works by now: a configuration, its site with what the
// store adds to it, and what understands sentences about it. It is swapped as a
// whole, and nobody changes it: a transaction sees one of them.
type present struct {
	config     *Config
	site       *desk.Site
	understand flows.Understander
	// taught is the version of what was taught in chat that understand knows.
	taught int64
}

func newPresent(config *Config, site *desk.Site) *present {
	return &present{config: config, site: site, understand: flows.NewListener(site, config.Examples)}
}

// Config is the configuration in force. Nobody changes it.
func (a *App) Config() *Config { return a.present.Load().config }

// Site is the site in force. Nobody changes it.
func (a *App) Site() *desk.Site { return a.present.Load().site }

func (a *App) writer() storage.Writer {
	now := a.present.Load()
	return storage.Writer{Texts: now.config.Texts, Site: now.site}
}

// SetConfig makes a configuration the one in force, from the next transaction
// on. It returns a *StillUsedError, and changes nothing, when the configuration
// lacks something that open tickets or groups of the present one need.
func (a *App) SetConfig(ctx context.Context, config *Config) error {
	a.swap.Lock()
	defer a.swap.Unlock()
	return a.change(ctx, config)
}

// Refresh makes the site anew, of the same configuration: what the store adds
// to it has changed.
func (a *App) Refresh(ctx context.Context) error {
	a.swap.Lock()
	defer a.swap.Unlock()
	return a.change(ctx, a.Config())
}

func (a *App) change(ctx context.Context, config *Config) error {
	old := a.present.Load()
	site, err := a.extend(ctx, config.Site)
	if err != nil {
		return err
	}
	if site.Links == nil {
		site.Links = old.site.Links
	}
	if err := a.Store.View(ctx, func(tx *storage.Tx) error { return stillUsed(tx, old.site, site) }); err != nil {
		return err
	}
	a.present.Store(newPresent(config, site))
	// The configuration counts already. Menus are a convenience, and schedules are
	// looked at a quarter of a minute later in any case.
	if err := a.Store.Update(ctx, func(tx *storage.Tx) error { return follow(tx, old.site, site) }); err != nil {
		a.log.Warn("menus could not follow the configuration", "error", err)
	}
	return nil
}

// AddLinks tells the site how a private chat is opened on some channels.
func (a *App) AddLinks(links map[string]string) {
	a.swap.Lock()
	defer a.swap.Unlock()
	now := *a.present.Load()
	site := *now.site
	site.Links = maps.Clone(site.Links)
	if site.Links == nil {
		site.Links = map[string]string{}
	}
	maps.Copy(site.Links, links)
	now.site = &site
	a.present.Store(&now)
}

// follow has the menus of those renewed whose configured roles have changed, and
// the scheduler look at its schedules.
func follow(tx *storage.Tx, old, site *desk.Site) error {
	tx.Wake(storage.WakeJobs)
	w := storage.NewWorld(tx, site)
	for _, a := range configuredPeople(old, site) {
		before := old.ConfiguredRoles([]desk.Address{a})
		if sameRoles(before, site.ConfiguredRoles([]desk.Address{a})) {
			continue
		}
		p, ok := w.PersonAt(a)
		if !ok {
			continue
		}
		job := desk.Job{Key: desk.JobCommands + "/" + p.ID, Kind: desk.JobCommands, Subject: p.ID, Due: tx.Now()}
		if err := storage.Jobs.Put(tx, job); err != nil {
			return err
		}
	}
	return w.Err()
}
