package bot

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"frontdesk/desk"
	"frontdesk/storage"
)

// TestWaits says from when on a row could have been sent.
func TestWaits(t *testing.T) {
	d := newOutboxDesk(t)
	now := d.clock
	ago := func(n int) time.Time { return now.Add(-time.Duration(n) * time.Minute) }
	chat := func(id string) desk.Address { return desk.Address{Channel: "net", ID: id} }
	for _, c := range []struct {
		name string
		rows []storage.Outgoing
		want LaneWait
	}{
		{"nothing", nil, LaneWait{}},
		{"just queued", []storage.Outgoing{{Created: ago(3)}}, LaneWait{1, ago(3)}},
		{"for later", []storage.Outgoing{{Created: ago(3), NotBefore: ago(-1)}}, LaneWait{1, time.Time{}}},
		{"for now", []storage.Outgoing{{Created: ago(9), NotBefore: ago(2)}}, LaneWait{1, ago(2)}},
		{"tried in vain", []storage.Outgoing{{Created: ago(9), NotBefore: ago(-1), Reason: string(Network)}}, LaneWait{1, ago(9)}},
		{"put off by its chat", []storage.Outgoing{{Created: ago(9), NotBefore: ago(-1), Reason: string(Limited)}}, LaneWait{1, time.Time{}}},
		{"two chats", []storage.Outgoing{{Created: ago(2), Chat: chat("a")}, {Created: ago(5), Chat: chat("b")}}, LaneWait{2, ago(5)}},
		{"behind another", []storage.Outgoing{{Created: ago(2), NotBefore: ago(-9)}, {Created: ago(1)}}, LaneWait{2, time.Time{}}},
		{"being sent", []storage.Outgoing{{Created: ago(4), State: storage.OutClaimed}}, LaneWait{1, ago(4)}},
		{"given up", []storage.Outgoing{{Created: ago(4), State: storage.OutDead}}, LaneWait{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newOutboxDesk(t)
			err := d.store.Update(t.Context(), func(tx *storage.Tx) error {
				for i, row := range c.rows {
					row.ID, row.Lane = string(rune('a'+i)), desk.LaneInteractive
					if row.State == "" {
						row.State = storage.OutWaiting
					}
					if row.Chat.IsZero() {
						row.Chat = chat("a")
					}
					if err := storage.Outbox.Put(tx, row); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			var waits map[desk.Lane]LaneWait
			err = d.store.View(t.Context(), func(tx *storage.Tx) (err error) {
				waits, err = Waits(tx, now)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, waits[desk.LaneInteractive]); diff != "" {
				t.Error(diff)
			}
			if waits[desk.LaneRoutine] != (LaneWait{}) {
				t.Errorf("another lane has %+v", waits[desk.LaneRoutine])
			}
		})
	}
}
