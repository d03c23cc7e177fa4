package desk

import (
	"slices"
	"time"
)

// Damage is something of a room that is missing or broken and is to be paid for.
// Those who lived there when it was found share it, unless one of them owns it.
// What somebody who leaves pays is frozen then, and nothing changes it later.
type Damage struct {
	ID    string    `json:"id"`
	Place string    `json:"place"`
	Item  string    `json:"item"`
	State MarkState `json:"state"`
	// Price is the line of the list, empty for a sum entered by hand; Fen is all of
	// it.
	Price string    `json:"price,omitempty"`
	Fen   int64     `json:"fen"`
	At    time.Time `json:"at"`
	// Ticket is the checkout in which it was found.
	Ticket string `json:"ticket"`
	// Owner is the stay whose doing it is; empty when it is shared.
	Owner  string  `json:"owner,omitempty"`
	Shares []Share `json:"shares"`
}

// Share is what one stay has to do with a damage.
type Share struct {
	Stay string `json:"stay"`
	// Fen is what it came to, once it is Frozen.
	Fen    int64     `json:"fen,omitempty"`
	Frozen time.Time `json:"frozen,omitzero"`
}

// Split divides a sum among n so evenly that no two differ by more than one fen;
// the sum is exact. Nobody gets nothing to divide.
func Split(fen int64, n int) []int64 {
	if n <= 0 {
		return nil
	}
	parts := make([]int64, n)
	for i := range parts {
		parts[i] = fen / int64(n)
		if int64(i) < fen%int64(n) {
			parts[i]++
		}
	}
	return parts
}

// Rest is what nobody who left has paid.
func (d Damage) Rest() int64 {
	rest := d.Fen
	for _, s := range d.Shares {
		if !s.Frozen.IsZero() {
			rest -= s.Fen
		}
	}
	return rest
}

// ShareOf is what a stay pays if it ends now, or paid when it ended.
func (d Damage) ShareOf(stay string) int64 {
	var open []string
	for _, s := range d.Shares {
		if s.Stay == stay && !s.Frozen.IsZero() {
			return s.Fen
		}
		if s.Frozen.IsZero() {
			open = append(open, s.Stay)
		}
	}
	if d.Owner != "" {
		if d.Owner == stay {
			return d.Rest()
		}
		return 0
	}
	i := slices.Index(open, stay)
	if i < 0 {
		return 0
	}
	return Split(d.Rest(), len(open))[i]
}

// Concerns tells whether a stay shares the damage and has not left yet.
func (d Damage) Concerns(stay string) bool {
	return slices.ContainsFunc(d.Shares, func(s Share) bool { return s.Stay == stay && s.Frozen.IsZero() })
}

// Open tells whether somebody who shares it has not left yet.
func (d Damage) Open() bool {
	return slices.ContainsFunc(d.Shares, func(s Share) bool { return s.Frozen.IsZero() })
}

// Sharers counts who shares it.
func (d Damage) Sharers() int { return len(d.Shares) }

// Freeze keeps what a stay pays that ends now. It changes nothing for one that does
// not share the damage or has left.
func (d Damage) Freeze(stay string, at time.Time) Damage {
	if !d.Concerns(stay) {
		return d
	}
	fen := d.ShareOf(stay)
	d.Shares = slices.Clone(d.Shares)
	for i, s := range d.Shares {
		if s.Stay == stay {
			d.Shares[i].Fen, d.Shares[i].Frozen = fen, at
		}
	}
	return d
}

// Owned says whose doing it is, or with an empty stay that it is shared. One who
// has left cannot be given it any more, nor one who does not share it.
func (d Damage) Owned(stay string) (Damage, bool) {
	if stay != "" && !d.Concerns(stay) {
		return d, false
	}
	d.Owner = stay
	return d, true
}
