package bot

import (
	"time"

	"frontdesk/desk"
)

// exportedStay is where somebody lived or will, as they may read it.
type exportedStay struct {
	Place     string              `json:"place"`
	Bed       string              `json:"bed,omitempty"`
	From      time.Time           `json:"from"`
	To        time.Time           `json:"to,omitzero"`
	State     desk.StayState      `json:"state"`
	In        time.Time           `json:"in,omitzero"`
	Out       time.Time           `json:"out,omitzero"`
	Agreed    []desk.Agreed       `json:"agreed,omitempty"`
	Keys      []string            `json:"keys,omitempty"`
	Condition []exportedCondition `json:"condition,omitempty"`
}

type exportedCondition struct {
	Item   string    `json:"item"`
	Words  string    `json:"words,omitempty"`
	Photos int       `json:"photos,omitempty"`
	At     time.Time `json:"at"`
}

// exportStays are a person's stays. Who of the desk gave keys or has a paper is not
// theirs to read.
func exportStays(stays []desk.Stay) []exportedStay {
	var list []exportedStay
	for _, s := range stays {
		one := exportedStay{Place: s.Place, Bed: s.Bed, From: s.From, To: s.To, State: s.State, In: s.InAt, Out: s.OutAt}
		for _, a := range s.Agreed {
			one.Agreed = append(one.Agreed, desk.Agreed{Text: a.Text, Version: a.Version, At: a.At})
		}
		if s.Keys != nil {
			one.Keys = s.Keys.Kinds
		}
		for _, c := range s.Condition {
			one.Condition = append(one.Condition, exportedCondition{Item: c.Item, Words: c.Words, Photos: len(c.Files), At: c.At})
		}
		list = append(list, one)
	}
	return list
}
