package storage

import (
	"encoding/json"

	"frontdesk/desk"
)

// MaxTaught is how many examples can be taught in chat; more belong into files.
const MaxTaught = 500

// taughtCounter counts the changes to what was taught, so that whoever learned
// from it sees with one read that there is more.
const taughtCounter = "taught"

func (a *applying) teaching(e desk.Effects) error {
	for _, u := range e.Unclear {
		if err := Unclear.Put(a.tx, u); err != nil {
			return err
		}
	}
	for _, id := range e.Cleared {
		if err := Unclear.Delete(a.tx, id); err != nil {
			return err
		}
	}
	for _, t := range e.Taught {
		if err := Taught.Put(a.tx, t); err != nil {
			return err
		}
	}
	for _, id := range e.Untaught {
		if err := Taught.Delete(a.tx, id); err != nil {
			return err
		}
	}
	if len(e.Taught)+len(e.Untaught) == 0 {
		return nil
	}
	_, err := a.tx.Next(taughtCounter)
	return err
}

// TaughtVersion changes whenever something was taught, or taken back.
func TaughtVersion(tx *Tx) (n int64, err error) {
	value, err := tx.Get(counterPrefix + taughtCounter)
	if err != nil || value == nil {
		return 0, err
	}
	return n, json.Unmarshal(value, &n)
}
