package bot

import (
	"context"
	"errors"
	"fmt"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Menus sets the menus of commands that people see: by scope, role and
// language.
type Menus struct {
	store    *storage.Store
	writer   func() storage.Writer
	channels []Channel
}

// NewMenus makes it.
func NewMenus(store *storage.Store, writer func() storage.Writer, channels []Channel) *Menus {
	return &Menus{store: store, writer: writer, channels: channels}
}

// lines are the commands that somebody may give, in their language.
func (m *Menus) lines(p desk.Person, group bool, lang string) []CommandLine {
	wr := m.writer()
	var list []CommandLine
	for _, c := range Commands {
		if c.Hidden || !c.May(p) || !c.fits(wr.Site) || group != c.Group && group || !group && c.onlyGroups(wr.Site) {
			continue
		}
		what := wr.Texts.Render(lang, desk.T("command."+c.Name), zeroTime)
		list = append(list, CommandLine{Name: c.Name, Description: what})
	}
	return list
}

// Everybody sets the menus of residents in private and of groups, in every
// language of the site, on some channels or on all. A channel that fails does not
// stop the others.
func (m *Menus) Everybody(ctx context.Context, on ...Channel) error {
	if len(on) == 0 {
		on = m.channels
	}
	site := m.writer().Site
	employee := desk.Person{ID: "x", Roles: []desk.Role{{Name: desk.RoleAdministrator}}}
	var failed error
channels:
	for _, c := range on {
		for i, lang := range site.Languages {
			codes := []string{lang}
			if i == 0 {
				codes = append(codes, "")
			}
			for _, code := range codes {
				private := CommandScope{Lang: code, Commands: m.lines(desk.Person{}, false, lang)}
				groups := CommandScope{Groups: true, Lang: code, Commands: m.lines(employee, true, lang)}
				for _, scope := range []CommandScope{private, groups} {
					if err := c.Commands(ctx, scope); err != nil {
						failed = errors.Join(failed, fmt.Errorf("%s: %w", c.Name(), err))
						continue channels
					}
				}
			}
		}
	}
	return failed
}

// Person sets the menu of one employee, which follows their roles.
func (m *Menus) Person(ctx context.Context, job desk.Job) error {
	var p desk.Person
	err := m.store.View(ctx, func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, m.writer().Site)
		p, _ = w.Person(job.Subject)
		return w.Err()
	})
	if err != nil || p.ID == "" || p.Unreachable != "" {
		return err
	}
	lang := m.writer().Site.Language(p.Lang)
	var failed error
	for _, c := range m.channels {
		for _, a := range p.Reached() {
			if a.Channel == c.Name() {
				failed = errors.Join(failed, c.Commands(ctx, CommandScope{Chat: a, Commands: m.lines(p, false, lang)}))
			}
		}
	}
	return failed
}
