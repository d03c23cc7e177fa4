package scheduler

import (
	"time"

	"frontdesk/desk"
	"frontdesk/storage"
)

// How long the records about rooms, emergencies and decisions are kept.
const (
	keepBook         = 400 * 24 * time.Hour // decisions, what was changed by hand, ladders, incidents
	keepCertificates = 90 * 24 * time.Hour  // after they count no longer
	keepStays        = 400 * 24 * time.Hour // whose they were, after they ended
)

// sweepDecisions leaves projects that are not done.
func sweepDecisions(tx *storage.Tx) (int, error) {
	old := storage.Range{To: storage.TimeKey(tx.Now().Add(-keepBook))}
	return remove(tx, storage.Decisions, func(found func(string) error) error {
		return storage.Decisions.By(tx, "at", old, func(d desk.Decision) error {
			if d.Running() {
				return nil
			}
			return found(storage.Key(d.Issue.Key(), storage.TimeKey(d.At)))
		})
	})
}

func sweepHandActs(tx *storage.Tx) (int, error) {
	old := storage.Range{To: storage.TimeKey(tx.Now().Add(-keepBook)), Limit: cleanAtOnce}
	return remove(tx, storage.HandActs, func(found func(string) error) error {
		return storage.HandActs.Scan(tx, old, func(a desk.HandAct) error {
			return found(storage.Key(storage.TimeKey(a.At), a.ID))
		})
	})
}

func sweepCertificates(tx *storage.Tx) (int, error) {
	before := tx.Now().Add(-keepCertificates)
	return remove(tx, storage.Certificates, func(found func(string) error) error {
		return storage.Certificates.Scan(tx, storage.Range{}, func(c desk.Certificate) error {
			if c.ValidUntil.After(before) {
				return nil
			}
			return found(c.Code)
		})
	})
}

// sweepLadders leaves those for which somebody is still sought.
func sweepLadders(tx *storage.Tx) (int, error) {
	before := tx.Now().Add(-keepBook)
	return remove(tx, storage.Ladders, func(found func(string) error) error {
		return storage.Ladders.Scan(tx, storage.Range{}, func(l desk.Ladder) error {
			if l.Running() || l.Began.After(before) {
				return nil
			}
			return found(l.ID)
		})
	})
}

func sweepIncidents(tx *storage.Tx) (int, error) {
	before := tx.Now().Add(-keepBook)
	return remove(tx, storage.Incidents, func(found func(string) error) error {
		return storage.Incidents.Scan(tx, storage.Range{}, func(i desk.Incident) error {
			if i.Open() || i.Ended.After(before) {
				return nil
			}
			return found(i.ID)
		})
	})
}

func sweepStays(tx *storage.Tx) (int, error) {
	return storage.RetireStays(tx, tx.Now().Add(-keepStays), cleanAtOnce)
}
