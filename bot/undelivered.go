package bot

import "frontdesk/storage"

// Undelivered lists at most limit rows that were given up, newest first, each
// with its reason. It returns an error of the store.
func Undelivered(tx *storage.Tx, limit int) ([]storage.Outgoing, error) {
	var rows []storage.Outgoing
	err := storage.Outbox.By(tx, "dead", storage.Range{Reverse: true, Limit: limit}, func(row storage.Outgoing) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}
