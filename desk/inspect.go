package desk

import (
	"slices"
	"time"
)

// MarkState is how an item of the checklist was found. The names are stored and
// never reused.
type MarkState string

// The states of an item.
const (
	MarkOK      MarkState = "ok" // there and whole; of a meter: read; of a duty: done
	MarkMissing MarkState = "missing"
	MarkDamaged MarkState = "damaged"
)

// Mark is what the inspector found of one item. The last one of an item counts.
type Mark struct {
	Item  string    `json:"item"`
	State MarkState `json:"state"`
	By    string    `json:"by,omitempty"`
	At    time.Time `json:"at"`
	// Price is the line of the list that was picked, Fen its sum; a sum entered by
	// hand has no line.
	Price string `json:"price,omitempty"`
	Fen   int64  `json:"fen,omitempty"`
	// Owner is the stay whose doing it is; empty when the room shares it.
	Owner string `json:"owner,omitempty"`
	// Reading is the number of a meter, as it was written.
	Reading string `json:"reading,omitempty"`
	Files   []File `json:"files,omitempty"`
	// Before says that it was so when the resident moved in: nothing is charged.
	Before bool `json:"before,omitempty"`
	// Damage is the damage of the room that it is: one found in an earlier checkout
	// stands here from the start.
	Damage string `json:"damage,omitempty"`
}

// Charge is what the resident is asked for, as it was when the inspection ended.
type Charge struct {
	Item  string    `json:"item"`
	Label Label     `json:"label"`
	State MarkState `json:"state"`
	// Fen is what this resident pays, Whole what all pay together; Of among how many
	// it is shared, zero when it is not.
	Fen   int64 `json:"fen"`
	Whole int64 `json:"whole"`
	Of    int   `json:"of,omitempty"`
	// From is the room of which it is, when the resident has moved since.
	From string `json:"from,omitempty"`
	// Before says that it was reported at check-in: shown, and nothing is charged.
	Before bool   `json:"before,omitempty"`
	Files  []File `json:"files,omitempty"`
}

// LeftGood is something that was left behind.
type LeftGood struct {
	What  string    `json:"what"`
	Files []File    `json:"files,omitempty"`
	At    time.Time `json:"at"`
	// Until is how long it is kept.
	Until time.Time `json:"until"`
	// Told is when the office was reminded, Gone when it was dealt with, by whom.
	Told time.Time `json:"told,omitzero"`
	Gone time.Time `json:"gone,omitzero"`
	By   string    `json:"by,omitempty"`
}

// What a manager can decide about an objection. The names are stored.
const (
	DecideKeep   = "keep"
	DecideChange = "change" // another sum, not above the first
	DecideWaive  = "waive"
)

// Objection is what the resident does not agree with, and what was decided. One
// without words was made by the desk, because nobody answered in time.
type Objection struct {
	At    time.Time `json:"at"`
	Words string    `json:"words,omitempty"`
	Files []File    `json:"files,omitempty"`
	// Decision, with Why and Fen, the sum that holds from then on.
	Decision  string    `json:"decision,omitempty"`
	Why       string    `json:"why,omitempty"`
	Fen       int64     `json:"fen,omitempty"`
	DecidedBy string    `json:"decided_by,omitempty"`
	DecidedAt time.Time `json:"decided_at,omitzero"`
}

// Open tells whether nobody has decided yet.
func (o *Objection) Open() bool { return o != nil && o.DecidedAt.IsZero() }

// Inspection is what was found when somebody moved out, and who has signed it.
type Inspection struct {
	By      string    `json:"by,omitempty"`
	Started time.Time `json:"started,omitzero"`
	// KeyAt is when the resident said that the key is left.
	KeyAt time.Time `json:"key_at,omitzero"`
	// Last says that nobody else lives there: the duties are on the list.
	Last  bool       `json:"last,omitempty"`
	Marks []Mark     `json:"marks,omitempty"`
	Goods []LeftGood `json:"goods,omitempty"`
	// Finished is when the list was closed: Charges, Before and Fen are as they were
	// then.
	Finished time.Time `json:"finished,omitzero"`
	Charges  []Charge  `json:"charges,omitempty"`
	Fen      int64     `json:"fen,omitempty"`

	// Signed is when the inspector signed, Agreed when the resident did; Lapsed says
	// that they did not object in time after leaving the key.
	Signed time.Time  `json:"signed,omitzero"`
	Agreed time.Time  `json:"agreed,omitzero"`
	Lapsed bool       `json:"lapsed,omitempty"`
	Object *Objection `json:"object,omitempty"`
	// AnswerBy is until when the resident has to answer.
	AnswerBy time.Time `json:"answer_by,omitzero"`
	// Nudged is whom the desk has reminded of what is unfinished.
	Nudged InspectionNudged `json:"nudged,omitzero"`

	// Finance is the department that confirms, empty for a manager.
	Finance     string    `json:"finance,omitempty"`
	Confirmed   time.Time `json:"confirmed,omitzero"`
	ConfirmedBy string    `json:"confirmed_by,omitempty"`
	// Certificate is the code, Follow the tickets that followed.
	Certificate string   `json:"certificate,omitempty"`
	Follow      []string `json:"follow,omitempty"`
}

// Owed is what the resident is asked for now: the sum of the list, or what a
// manager decided.
func (i *Inspection) Owed() int64 {
	if i.Object != nil && !i.Object.DecidedAt.IsZero() {
		return i.Object.Fen
	}
	return i.Fen
}

// Settled tells whether the list stands: agreed, decided, or not objected to in
// time.
func (i *Inspection) Settled() bool {
	return !i.Agreed.IsZero() || i.Lapsed || i.Object != nil && !i.Object.DecidedAt.IsZero()
}

// Mark finds what was found of an item.
func (i *Inspection) Mark(item string) (Mark, bool) {
	n := slices.IndexFunc(i.Marks, func(m Mark) bool { return m.Item == item })
	if n < 0 {
		return Mark{}, false
	}
	return i.Marks[n], true
}

// marked is the inspection with a mark in the place of the item's earlier one.
func (i Inspection) marked(m Mark) Inspection {
	i.Marks = append(slices.DeleteFunc(slices.Clone(i.Marks), func(old Mark) bool { return old.Item == m.Item }), m)
	return i
}
