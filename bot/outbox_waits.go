package bot

import (
	"strconv"
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// countMost bounds how many rows of a lane are counted.
const countMost = 10000

// LaneWait is how the rows of a lane wait.
type LaneWait struct {
	// Count is how many there are, at most ten thousand.
	Count int
	// Since is from when on the one that has waited longest could have been
	// sent; zero when none could. A row that is for later does not wait yet, one
	// that its chat has put off does not wait meanwhile; the tries of one that
	// the channel could not take all count.
	Since time.Time
}

// Waits tells how the rows of each lane wait, those too that are being sent. It
// reads the first row of each chat. It returns an error of the store.
func Waits(tx *storage.Tx, now time.Time) (map[desk.Lane]LaneWait, error) {
	waits := map[desk.Lane]LaneWait{}
	add := func(row storage.Outgoing) {
		w := waits[row.Lane]
		if since := sendableSince(row); !since.After(now) && (w.Since.IsZero() || since.Before(w.Since)) {
			w.Since = since
		}
		waits[row.Lane] = w
	}
	for _, lane := range lanes {
		heads, err := laneHeads(tx, lane)
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			row, found, err := storage.Outbox.Get(tx, h.id)
			if err != nil {
				return nil, err
			}
			if found {
				add(row)
			}
		}
		r := storage.Range{Prefix: storage.Key(strconv.Itoa(int(lane))), Limit: countMost}
		n, err := storage.Outbox.Count(tx, "waiting", r)
		if err != nil {
			return nil, err
		}
		w := waits[lane]
		w.Count = n
		waits[lane] = w
	}
	err := storage.Outbox.By(tx, "claimed", storage.Range{Limit: countMost}, func(row storage.Outgoing) error {
		add(row)
		w := waits[row.Lane]
		w.Count++
		waits[row.Lane] = w
		return nil
	})
	return waits, err
}

// sendableSince is from when on nothing but the channel held a row back.
func sendableSince(row storage.Outgoing) time.Time {
	if row.Reason != "" && Reason(row.Reason) != Limited {
		return row.Created
	}
	return laterOf(row.Created, row.NotBefore)
}
