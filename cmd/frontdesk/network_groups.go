package main

import (
	"context"
	"slices"

	"frontdesk/desk"
	"frontdesk/storage"
)

// byConfig is who binds a group that the configuration names.
const byConfig = "config"

// bindGroups binds the departments' groups that the configuration names, and ends
// the binding of those that it names no more. A group that an administrator bound
// stays. It is done at the start and after each change of the configuration.
func (s *server) bindGroups(ctx context.Context) error {
	site := s.app.Site()
	var wanted []desk.Group
	for _, n := range s.networks {
		wanted = append(wanted, n.Groups(site)...)
	}
	return s.app.Store.Update(ctx, func(tx *storage.Tx) error {
		wr := s.app.writer()
		w := storage.NewWorld(tx, wr.Site)
		var out desk.Effects
		for _, g := range wanted {
			old, bound := w.GroupAt(g.Address)
			if bound && old.Dead == "" && old.Department == g.Department && old.Title == g.Title {
				continue
			}
			g.At = tx.Now()
			out.Groups = append(out.Groups, g)
		}
		for _, g := range w.AllGroups() {
			named := slices.ContainsFunc(wanted, func(o desk.Group) bool { return o.Address == g.Address })
			if g.By == byConfig && !named {
				out.Unbound = append(out.Unbound, g.Address.String())
			}
		}
		if w.Err() != nil || len(out.Groups)+len(out.Unbound) == 0 {
			return w.Err()
		}
		return wr.Apply(tx, out)
	})
}
