package main

import (
	"context"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// noteReload writes into the audit list which sections of the configuration changed. Who
// did it has no name: whoever may reach the socket or the process.
func (a *App) noteReload(ctx context.Context, changed []string) error {
	return a.Store.Update(ctx, func(tx *storage.Tx) error {
		return a.writer().Apply(tx, desk.Effects{Morning: desk.MorningEntries{Acts: []desk.HandAct{{
			ID: tx.NewID(), At: tx.Now(), What: desk.HandConfig, Facts: map[string]string{"changed": strings.Join(changed, ",")},
		}}}})
	})
}
