package scheduler_test

import (
	"context"
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// TestCleanupByClass: what has served its time goes, each class after its own; what
// goes on is left alone however old it is, and whoever lived somewhere long ago is
// nobody any more, which the ledger says.
func TestCleanupByClass(t *testing.T) {
	const day = 24 * time.Hour
	c := newCampus(t, "2026-03-02 12:00")
	put := func(name string, age time.Duration, on bool) {
		t.Helper()
		err := c.store.Update(context.Background(), func(tx *storage.Tx) error {
			at := tx.Now().Add(-age)
			ended := at
			if on {
				ended = time.Time{}
			}
			stay := desk.Stay{
				ID: name, Name: "张三", Number: "20230001", Person: "p1", Place: "3-502", From: at.Add(-day), State: desk.StayOut, OutAt: at,
				Condition: []desk.Condition{{Item: "bed", Words: "cracked", Files: []desk.File{{ID: name, Hash: "h" + name}}}},
			}
			if on {
				stay.State, stay.OutAt = desk.StayIn, time.Time{}
			}
			for _, err := range []error{
				storage.Decisions.Put(tx, desk.Decision{Issue: desk.Issue{Kind: desk.IssueProject, Theme: name}, At: at, Done: ended}),
				storage.HandActs.Put(tx, desk.HandAct{ID: name, At: at}),
				storage.Certificates.Put(tx, desk.Certificate{Code: name, ValidUntil: at}),
				storage.Ladders.Put(tx, desk.Ladder{ID: name, Began: at, Ended: ended}),
				storage.Incidents.Put(tx, desk.Incident{ID: name, Began: at, Ended: ended}),
				storage.Stays.Put(tx, stay),
			} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put("old", 401*day, false)
	put("going on", 402*day, true)
	put("new", 10*day, false)
	if err := scheduler.Cleanup(c.store).Run(context.Background(), desk.Job{}); err != nil {
		t.Fatal(err)
	}
	c.view(func(tx *storage.Tx, _ desk.Reader) {
		for name, count := range map[string]struct {
			of   func() (int, error)
			want int
		}{
			"decisions":    {func() (int, error) { return storage.Decisions.Count(tx, "", storage.Range{}) }, 2},
			"acts":         {func() (int, error) { return storage.HandActs.Count(tx, "", storage.Range{}) }, 1},
			"certificates": {func() (int, error) { return storage.Certificates.Count(tx, "", storage.Range{}) }, 1},
			"ladders":      {func() (int, error) { return storage.Ladders.Count(tx, "", storage.Range{}) }, 2},
			"incidents":    {func() (int, error) { return storage.Incidents.Count(tx, "", storage.Range{}) }, 2},
			"stays":        {func() (int, error) { return storage.Stays.Count(tx, "", storage.Range{}) }, 3},
		} {
			if n, err := count.of(); err != nil || n != count.want {
				t.Errorf("%d %s are left, want %d (%v)", n, name, count.want, err)
			}
		}
		for name, nobody := range map[string]bool{"old": true, "going on": false, "new": false} {
			s, _, err := storage.Stays.Get(tx, name)
			if erased := s.Name == "" && s.Number == "" && s.Person == "" && len(s.Condition[0].Files) == 0; err != nil || erased != nobody {
				t.Errorf("%s: %+v (%v)", name, s, err)
			}
		}
		var ledger []desk.Erasure
		if err := storage.Erasures.Scan(tx, storage.Range{}, func(e desk.Erasure) error {
			ledger = append(ledger, e)
			return nil
		}); err != nil || len(ledger) != 1 || ledger[0].Stays != 1 || len(ledger[0].Hashes) != 1 || ledger[0].Pending() {
			t.Errorf("the ledger is %+v (%v)", ledger, err)
		}
	})
}
