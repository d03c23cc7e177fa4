package main

import (
	"frontdesk/flows"
	"frontdesk/flows/examples"
	"frontdesk/storage"
)

// understand gives what has been learned as of a transaction: from the examples
// in files, and from what was taught in chat. It learns anew when something was
// taught since, in whatever process.
func (a *App) understand(tx *storage.Tx) (flows.Understander, error) {
	version, err := storage.TaughtVersion(tx)
	if err != nil {
		return nil, err
	}
	if now := a.present.Load(); now.taught == version {
		return now.understand, nil
	}
	a.learn.Lock()
	defer a.learn.Unlock()
	old := a.present.Load()
	if old.taught == version {
		return old.understand, nil
	}
	w := storage.NewWorld(tx, old.site)
	set := old.config.Examples
	set.Sentences = append([]examples.Sentence{}, set.Sentences...)
	for _, t := range w.Taught() {
		set.Sentences = append(set.Sentences, examples.Sentence{Means: t.Means, Text: t.Text, Own: true})
	}
	if w.Err() != nil {
		return nil, w.Err()
	}
	now := *old
	now.understand, now.taught = flows.NewListener(old.site, set), version
	// Where the configuration changed meanwhile, the next transaction learns for it.
	a.present.CompareAndSwap(old, &now)
	return now.understand, nil
}
