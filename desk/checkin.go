package desk

import (
	"slices"
	"strings"
	"time"
)

// The texts that are confirmed at check-in.
const (
	TextAgreement = "agreement"
	TextSafety    = "safety"
)

// SignedTexts are the texts that the site wants confirmed, in their order.
func (r CheckInRule) SignedTexts() []string {
	var list []string
	for _, id := range []string{TextAgreement, TextSafety} {
		if r.Signed(id).Version != "" {
			list = append(list, id)
		}
	}
	return list
}

// Signed is a text that is confirmed; the zero one is not asked for.
func (r CheckInRule) Signed(id string) SignedText {
	switch id {
	case TextAgreement:
		return r.Agreement
	case TextSafety:
		return r.Safety
	}
	return SignedText{}
}

// Confirmed tells whether a text was confirmed in its present version.
func (s Stay) Confirmed(id, version string) bool {
	return slices.ContainsFunc(s.Agreed, func(a Agreed) bool { return a.Text == id && a.Version == version })
}

// AllConfirmed tells whether nothing is left to confirm.
func (s Stay) AllConfirmed(r CheckInRule) bool {
	for _, id := range r.SignedTexts() {
		if !s.Confirmed(id, r.Signed(id).Version) {
			return false
		}
	}
	return true
}

// OwnStay is where a person lives or will move in: by their account, or because the
// desk knows them by the number and the name of the roster.
func OwnStay(w World, p Person) (Stay, bool) {
	list := w.StaysOf(p.ID)
	if _, entitled := Entitled(w, p); entitled && p.Number != "" {
		for _, s := range w.StaysByNumber(p.Number) {
			if s.Person == "" && NameKey(s.Name) == NameKey(p.Name) {
				list = append(list, s)
			}
		}
	}
	return current(list)
}

// current is the stay that matters of several: where the person is, else the next.
func current(list []Stay) (Stay, bool) {
	var next Stay
	for _, s := range list {
		switch {
		case s.State.Here():
			return s, true
		case s.State == StayExpected && (next.ID == "" || s.From.Before(next.From)):
			next = s
		}
	}
	return next, next.ID != ""
}

// StayNamed finds the stay of a number and a name that both must be those of one entry.
// Somebody who tried too often today finds nothing.
func StayNamed(w World, p Person, number, name string) (Stay, bool) {
	if p.TriedOn == DateOf(w.Now(), w.Site().Zone) && p.Tries >= VerifyTries {
		return Stay{}, false
	}
	var list []Stay
	for _, s := range w.StaysByNumber(number) {
		if NameKey(s.Name) == NameKey(name) && NameKey(name) != "" {
			list = append(list, s)
		}
	}
	return current(list)
}

// ClaimStay ties a stay to the person who says that it is theirs, by number and name.
// Nobody learns whether a number exists; a stay that another account has is the
// desk's to decide.
func ClaimStay(w World, p Person, number, name string) (Effects, Person, Stay, VerifyResult) {
	today := DateOf(w.Now(), w.Site().Zone)
	if p.TriedOn != today {
		p.TriedOn, p.Tries = today, 0
	}
	if p.Tries >= VerifyTries {
		return Effects{}, p, Stay{}, VerifyMany
	}
	s, ok := StayNamed(w, p, number, name)
	if !ok {
		p.Tries++
		out := Effects{People: []Person{p}}
		if p.Tries == VerifyTries {
			out.Add(askDesk(w, T("verify.tries", "name", p.Called(), "n", VerifyTries), handButton(p)))
		}
		return out, p, s, VerifyWrong
	}
	if other, known := w.Person(s.Person); known && s.Person != "" && other.ID != p.ID && other.inUse() {
		p.Tries++
		out := Effects{People: []Person{p}}
		out.Add(askDesk(w, T("checkin.two", "name", p.Called(), "number", s.Number, "other", other.Called())))
		return out, p, s, VerifyTaken
	}
	out, p, s := TieStay(w, p, s)
	return out, p, s, VerifyDone
}

// TieStay makes a stay the person's, and their name and home those of it.
func TieStay(w World, p Person, s Stay) (Effects, Person, Stay) {
	var out Effects
	p.Name, p.NameAsked = s.Name, true
	if s.State.Here() {
		p.Home = s.Place
	}
	out.People = append(out.People, p)
	if p.Is(s.Person) {
		return out, p, s
	}
	before := s
	s.Person = p.ID
	tied, s := PutStay(w, before, s, "tied", p.ID, nil)
	out.Add(tied)
	return out, p, s
}

// Confirm notes that a person confirmed texts of the site, each in its present
// version.
func Confirm(w World, s Stay, by Person, ids ...string) (Effects, Stay) {
	before, rule := s, w.Site().CheckIn
	s.Agreed = slices.Clone(s.Agreed)
	var said []string
	for _, id := range ids {
		if t := rule.Signed(id); t.Version != "" && !s.Confirmed(id, t.Version) {
			s.Agreed = append(s.Agreed, Agreed{Text: id, Version: t.Version, At: w.Now()})
			said = append(said, id+" "+t.Version)
		}
	}
	if said == nil {
		return Effects{}, s
	}
	return PutStay(w, before, s, "confirmed", by.ID, map[string]string{"texts": strings.Join(said, ", ")})
}

// GiveKeys is the press of who receives the person, after comparing the card with
// them: these keys are handed over. The person presses that they have them, and then
// lives there; whoever signs on paper has them at once.
func GiveKeys(w World, s Stay, kinds []string, paper bool, by Person) (Effects, Stay, error) {
	rule := w.Site().CheckIn
	p, known := w.Person(s.Person)
	switch {
	case !by.Receives(buildingOf(w.Site(), s.Place)):
		return Effects{}, s, Refuse("checkin.may_not")
	case s.State != StayExpected && !(s.State == StayIn && s.Keys == nil):
		return Effects{}, s, Refuse("checkin.not_expected", "name", s.Name, "state", s.State.Text())
	case s.State == StayExpected && !s.Due(w) && !daysAhead(w, s, 1):
		return Effects{}, s, Refuse("checkin.too_early", "name", s.Name, "from", s.From)
	case !paper && (!known || s.Person == "" || !reachable(p)):
		return Effects{}, s, Refuse("checkin.no_account", "name", s.Name)
	case !paper && !s.AllConfirmed(rule):
		return Effects{}, s, Refuse("checkin.not_confirmed", "name", s.Name)
	}
	for _, kind := range kinds {
		if !slices.ContainsFunc(rule.Keys, func(k KeyKind) bool { return k.ID == kind }) {
			return Effects{}, s, Refuse("press.unknown")
		}
	}
	before := s
	s.Keys = &KeysGiven{Kinds: kinds, By: by.ID, At: w.Now(), Paper: paper}
	details := map[string]string{"keys": strings.Join(kinds, ",")}
	if paper || len(kinds) == 0 {
		s.Keys.Taken = w.Now()
		if paper {
			s.Agreed = slices.Clone(s.Agreed)
			for _, id := range rule.SignedTexts() {
				if version := rule.Signed(id).Version; !s.Confirmed(id, version) {
					s.Agreed = append(s.Agreed, Agreed{Text: id, Version: version, At: w.Now(), By: by.ID})
				}
			}
			details["paper"] = "yes"
		}
		return arrived(w, before, s, "keys", by, details)
	}
	out, s := PutStay(w, before, s, "keys", by.ID, details)
	out.Say(Message{
		Person: p.ID, Class: ClassRegistration, Lane: LaneInteractive,
		Text: T("checkin.got", "by", by.Called(), "keys", keyNames(w.Site(), kinds), "place", w.Site().PlaceLabel(s.Place), "bed", s.BedText()),
		Buttons: [][]Button{Row(
			Button{Label: T("button.got_keys"), Data: CheckInData("y." + s.ID)},
			Button{Label: T("button.no_keys"), Data: CheckInData("n." + s.ID)})},
	})
	return out, s, nil
}

// daysAhead tells whether the first day is at most so many days away.
func daysAhead(w World, s Stay, days int) bool { return daysUntil(w.Site(), w.Now(), s.From) <= days }

// arrived moves somebody in, or only notes their keys when they live there already.
func arrived(w World, before, s Stay, what string, by Person, details map[string]string) (Effects, Stay, error) {
	if before.State == StayIn {
		out, s := PutStay(w, before, s, what, by.ID, details)
		return out, s, nil
	}
	return moveIn(w, before, s, what, by, details)
}

// TakeKeys is the person's own press: they have the keys, or not.
func TakeKeys(w World, s Stay, by Person, got bool) (Effects, Stay, error) {
	switch {
	case !by.Is(s.Person):
		return Effects{}, s, Refuse("press.unknown")
	case s.Keys == nil:
		return Effects{}, s, Refuse("checkin.no_keys_now")
	case !s.Keys.Taken.IsZero():
		return Effects{}, s, Refuse("checkin.keys_taken")
	}
	before, keys := s, *s.Keys
	s.Keys = &keys
	if !got {
		s.Keys = nil
		out, s := PutStay(w, before, s, "keys_denied", by.ID, nil)
		out.Say(Message{
			Person: keys.By, Class: ClassNotice, Lane: LaneInteractive,
			Text:    T("checkin.keys_denied", "name", s.Name, "place", w.Site().PlaceLabel(s.Place), "bed", s.BedText()),
			Buttons: [][]Button{Row(Button{Label: T("button.stay"), Data: CheckInData("s." + s.ID)})},
		})
		return out, s, nil
	}
	keys.Taken = w.Now()
	s.Keys = &keys
	return arrived(w, before, s, "keys_taken", by, nil)
}

// keyNames are the kinds of keys in words.
func keyNames(s *Site, kinds []string) []Text {
	var list []Text
	for _, k := range s.CheckIn.Keys {
		if slices.Contains(kinds, k.ID) {
			list = append(list, T("label", "label", k.Label))
		}
	}
	return list
}

// KeyNames are the keys of a stay in words.
func (s Stay) KeyNames(site *Site) []Text {
	if s.Keys == nil {
		return nil
	}
	return keyNames(site, s.Keys.Kinds)
}

// beforeQuiet is t, or if that disturbs a resident some minutes before the quiet hours
// in which it lies.
func beforeQuiet(s *Site, t time.Time) time.Time {
	if !s.Quiet.Quiet(t, s.Zone) {
		return t
	}
	date := DateOf(t, s.Zone)
	start := s.Quiet.From.On(date, s.Zone)
	if start.After(t) {
		start = s.Quiet.From.On(date.AddDays(-1), s.Zone)
	}
	return start.Add(-10 * time.Minute)
}
