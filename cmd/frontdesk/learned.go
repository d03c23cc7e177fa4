package main

import (
	"sync"

	"frontdesk/flows"
	"frontdesk/flows/examples"
	"frontdesk/storage"
)

// learned is what the desk has learned so far: from the examples in files, and
// from what was taught in chat.
type learned struct {
	mu      sync.Mutex
	now     flows.Understander
	version int64 // of what was taught
}

// understand gives what has been learned as of a transaction. It learns anew when
// something was taught since, in whatever process.
func (a *App) understand(tx *storage.Tx) (flows.Understander, error) {
	version, err := storage.TaughtVersion(tx)
	if err != nil {
		return nil, err
	}
	a.learned.mu.Lock()
	defer a.learned.mu.Unlock()
	if version == a.learned.version {
		return a.learned.now, nil
	}
	w := storage.NewWorld(tx, a.Config.Site)
	set := a.Config.Examples
	set.Sentences = append([]examples.Sentence{}, set.Sentences...)
	for _, t := range w.Taught() {
		set.Sentences = append(set.Sentences, examples.Sentence{Means: t.Means, Text: t.Text, Own: true})
	}
	if w.Err() != nil {
		return nil, w.Err()
	}
	a.learned.now, a.learned.version = flows.NewListener(a.Config.Site, set), version
	return a.learned.now, nil
}
