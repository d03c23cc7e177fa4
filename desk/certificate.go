package desk

import "time"

// Certificate says that somebody left a room in order. Its code proves it to
// others.
type Certificate struct {
	Code  string    `json:"code"`
	Stay  string    `json:"stay"`
	Name  string    `json:"name"`
	Place string    `json:"place"`
	At    time.Time `json:"at"`
	// Fees are what was owed, in fen.
	Fees       int64     `json:"fees,omitempty"`
	ValidUntil time.Time `json:"valid_until"`
	Ticket     string    `json:"ticket"`
}
