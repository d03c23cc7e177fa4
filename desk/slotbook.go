package desk

import "time"

// SlotBook is what is written down about the hours of inspectors and who booked
// them.
type SlotBook interface {
	// SlotDay is what is booked in a building on a date; a day on which nothing is
	// has its name alone.
	SlotDay(building string, day Date) SlotDay
	// SlotRules lists what was entered in chat and touches a date from the given one
	// on, in the order of entry; those that no longer count too.
	SlotRules(from Date) []SlotRule
	SlotRule(id string) (SlotRule, bool)
	// CheckoutsOf lists the checkouts of a stay, newest first.
	CheckoutsOf(stay string) []Ticket
	Batch(id string) (Batch, bool)
	// BatchesOf lists the checkouts of a building as a whole, newest first.
	BatchesOf(building string) []Batch
	// BatchStay is what the desk did about one stay of a batch.
	BatchStay(batch, stay string) (BatchStay, bool)
}

// SlotLists are the lists of the slot book, for reads only.
type SlotLists interface {
	// SlotDays lists the days of a building (empty: of all) in a range on which
	// something is booked.
	SlotDays(building string, dates DateRange) []SlotDay
	// BatchStays lists the stays of a batch, by room and bed.
	BatchStays(batch string) []BatchStay
}

// SlotEntries are what a rule wants written into the slot book.
type SlotEntries struct {
	Days       []SlotDay
	Rules      []SlotRule
	Batches    []Batch
	BatchStays []BatchStay
}

func (e *SlotEntries) add(b SlotEntries) {
	e.Days = append(e.Days, b.Days...)
	e.Rules = append(e.Rules, b.Rules...)
	e.Batches = append(e.Batches, b.Batches...)
	e.BatchStays = append(e.BatchStays, b.BatchStays...)
}

// Batch is the checkout of a whole building between two dates: everybody who has a
// stay there is asked to book.
type Batch struct {
	ID       string `json:"id"`
	Building string `json:"building"`
	From     Date   `json:"from"`
	To       Date   `json:"to"`

	By string    `json:"by"`
	At time.Time `json:"at"`
	// Invited is when everybody had been asked.
	Invited time.Time `json:"invited,omitzero"`
	// Ended is when a manager ended it early.
	Ended   time.Time `json:"ended,omitzero"`
	EndedBy string    `json:"ended_by,omitempty"`
}

// Runs tells whether people can still book for it.
func (b Batch) Runs(today Date) bool { return b.Ended.IsZero() && today.Compare(b.To) <= 0 }

// BatchStay is what the desk did about one stay of a batch.
type BatchStay struct {
	Batch string `json:"batch"`
	Stay  string `json:"stay"`
	Place string `json:"place"`
	Bed   string `json:"bed,omitempty"`
	// Person is whom the desk asked; empty when the stay has no account.
	Person string `json:"person,omitempty"`
	// Asked is when they were asked, Reminded how often since.
	Asked    time.Time `json:"asked,omitzero"`
	Reminded int       `json:"reminded,omitempty"`
}
