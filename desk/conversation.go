package desk

import "time"

// Conversation is an unfinished form: the four plain fields from which the
// engine of package flows derives its position, and what it needs to recognise
// old buttons. It survives restarts, and code that adds a question.
type Conversation struct {
	// Key is the chat and person that it belongs to; each has one at most.
	Key    string  `json:"key"`
	ID     string  `json:"id"` // part of every button's token
	Person string  `json:"person"`
	Chat   Address `json:"chat"`

	Flow    string              `json:"flow"`
	Answers map[string][]string `json:"answers"`
	Order   []string            `json:"order"`
	Asked   string              `json:"asked"`
	Partial map[string]string   `json:"partial,omitempty"` // inside one question, such as building and floor
	Files   []File              `json:"files,omitempty"`
	// Count grows with every prompt; a button of an older prompt is stale.
	Count int `json:"count"`
	// Album is the album now being collected: one prompt an album.
	Album string `json:"album,omitempty"`
	// Ref is the message of the last prompt, where known.
	Ref      string    `json:"ref,omitempty"`
	SaidAt   time.Time `json:"said_at"`
	Started  time.Time `json:"started"`
	Updated  time.Time `json:"updated"`
	Reminded bool      `json:"reminded,omitempty"`
}
