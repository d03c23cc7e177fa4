package desk

import (
	"slices"
	"strings"
	"time"
)

// walkers lists who is turned to for a round now: who is on duty for it and
// there; or else who is on duty for it and did not say so. Nobody off shift is
// asked.
func walkers(w World, by string) []Person {
	b := bookAt(w, w.Now())
	if list := present(b, by); len(list) > 0 {
		return list
	}
	return slices.DeleteFunc(rostered(b, by), func(p Person) bool { return !reachable(p) })
}

// MayWalk tells whether a person may do a round now: who holds what it is done by,
// or manages the desk, and is not off shift.
func (x Round) MayWalk(w World, p Person) bool {
	return !p.Suspended && (w.Site().MayDo(p, x.By) || p.Manages()) && !OffShift(w, p.ID)
}

// BeginRound is the press of who goes on a round, or goes on with one whose walker
// is off shift by now.
func BeginRound(w World, x Round, p Person) (Effects, Round, error) {
	switch {
	case !x.MayWalk(w, p):
		return Effects{}, x, Refuse("round.not_yours", "what", w.Site().DutyLabel(x.By))
	case !x.Ended.IsZero():
		return Effects{}, x, Refuse("round.ended", "name", nameOf(w, x.Walker), "at", x.Ended)
	case !w.Now().Before(x.Until):
		return Effects{}, x, Refuse("round.over", "until", x.Until)
	case x.Walker != "" && p.Is(x.Walker):
		return Effects{}, x, nil
	case x.Walker != "" && !OffShift(w, x.Walker):
		return Effects{}, x, Refuse("round.has", "name", nameOf(w, x.Walker), "at", x.Begun)
	}
	x.Walker = p.ID
	out := Effects{}
	if x.Begun.IsZero() {
		x.Begun = w.Now()
		out.Cancel = append(out.Cancel, remindRoundKey(x.ID), missRoundKey(x.ID))
		if slow := x.Begun.Add(x.Takes); x.Takes > 0 && slow.Before(x.Until) {
			out.Jobs = append(out.Jobs, Job{Key: slowRoundKey(x.ID), Kind: jobRoundSlow.Name, Subject: x.ID, Due: slow})
		}
	}
	out.Rounds.Rounds = append(out.Rounds.Rounds, x)
	return out, x, nil
}

// walks refuses what is done at a stop by somebody who does not walk the round, or
// at one that is not on it.
func (x Round) walks(w World, p Person, i int) error {
	switch {
	case i < 0 || i >= len(x.Stops):
		return Refuse("press.unknown")
	case x.Begun.IsZero():
		return Refuse("round.not_begun")
	case !p.Is(x.Walker) || !x.MayWalk(w, p):
		return Refuse("round.has", "name", nameOf(w, x.Walker), "at", x.Begun)
	case !w.Now().Before(x.Until):
		return Refuse("round.over", "until", x.Until)
	}
	return nil
}

// ReachStop says that the walker has arrived: by the sticker of the place, or by a
// photo.
func ReachStop(w World, x Round, i int, p Person, how string, proof []File) (Effects, Round, error) {
	if err := x.walks(w, p, i); err != nil {
		return Effects{}, x, err
	}
	if how == "photo" && len(proof) == 0 {
		return Effects{}, x, Refuse("round.photo")
	}
	x.Stops = slices.Clone(x.Stops)
	if s := &x.Stops[i]; s.At.IsZero() {
		s.At, s.How, s.Proof = w.Now(), how, proof
	}
	return Effects{Rounds: RoundEntries{Rounds: []Round{x}}}, x, nil
}

// CheckStop says how it is at a stop at which the walker has arrived; the last one
// ends the round. That a post is not as it should be is told at once.
func CheckStop(w World, x Round, i int, p Person, found, name string) (Effects, Round, error) {
	if err := x.walks(w, p, i); err != nil {
		return Effects{}, x, err
	}
	x.Stops = slices.Clone(x.Stops)
	s := &x.Stops[i]
	switch {
	case s.At.IsZero():
		return Effects{}, x, Refuse("round.not_there")
	case s.Done():
		return Effects{}, x, Refuse("round.checked", "place", w.Site().PlaceLabel(s.Place), "at", s.Checked)
	case !slices.Contains(x.Kind.finds(), found):
		return Effects{}, x, Refuse("press.unknown")
	}
	if found == FoundGood && len(s.Findings) > 0 {
		found = FoundFault
	}
	s.Found, s.Checked, s.By = found, w.Now(), p.ID
	if name = strings.TrimSpace(name); name != "" {
		s.Name = name
	}
	var out Effects
	if x.Next() < 0 {
		x.Ended = w.Now()
		out.Cancel = append(out.Cancel, slowRoundKey(x.ID))
	}
	if found == FoundAbsent || found == FoundUnfit {
		out.Add(x.tellPost(w, s, p))
	}
	out.Rounds.Rounds = append(out.Rounds.Rounds, x)
	return out, x, nil
}

// finds lists what can be found on a round of the kind.
func (k RoundKind) finds() []string {
	if k == RoundPost {
		return []string{FoundPresent, FoundAbsent, FoundUnfit}
	}
	return []string{FoundGood, FoundFault}
}

// NameAtPost writes down who stands at a post.
func NameAtPost(w World, x Round, i int, p Person, name string) (Effects, Round, error) {
	// The last post has ended the round, and its name can still be said.
	if err := x.walks(w, p, i); err != nil {
		return Effects{}, x, err
	}
	if x.Kind != RoundPost || !x.Stops[i].Done() {
		return Effects{}, x, Refuse("press.unknown")
	}
	x.Stops = slices.Clone(x.Stops)
	x.Stops[i].Name = strings.TrimSpace(name)
	return Effects{Rounds: RoundEntries{Rounds: []Round{x}}}, x, nil
}

// UndoCheck takes back what was last said of a stop, within the time in which a
// press of staff can be taken back. Tickets of findings stay: they are called off
// by themselves. Who was told of a post hears that it was a slip.
func UndoCheck(w World, x Round, i int, p Person) (Effects, Round, error) {
	if err := x.walks(w, p, i); err != nil {
		return Effects{}, x, err
	}
	s := w.Site()
	last := slices.IndexFunc(x.Stops, func(o RoundStop) bool { return o.Done() && o.Checked.After(x.Stops[i].Checked) })
	stop := x.Stops[i]
	if !stop.Done() || last >= 0 || !p.Is(stop.By) || w.Now().Sub(stop.Checked) > s.Limits.UndoFor {
		return Effects{}, x, Refuse("round.undo_late")
	}
	x.Stops = slices.Clone(x.Stops)
	x.Stops[i].Found, x.Stops[i].Checked, x.Stops[i].By, x.Stops[i].Name, x.Stops[i].Told = "", time.Time{}, "", "", nil
	if x.Kind == RoundPost {
		x.Stops[i].Findings = nil
	}
	x.Ended = time.Time{}
	out := Effects{Rounds: RoundEntries{Rounds: []Round{x}}}
	for _, id := range stop.Told {
		out.Say(Message{
			Person: id, Class: ClassNotice, Lane: LaneInteractive,
			Text: T("post.undone", "place", s.PlaceLabel(stop.Place), "by", p.Called()),
		})
	}
	return out, x, nil
}

// tellPost tells at once who answers for a post that it is not as it should be:
// the leads of its department that are not off shift; or else the duty manager,
// and one level up when it is the duty manager who has seen it.
func (x Round) tellPost(w World, stop *RoundStop, by Person) Effects {
	s := w.Site()
	d, _ := s.Department(x.Department)
	var people []Person
	for _, a := range x.Leads {
		if p, ok := w.PersonAt(a); ok && reachable(p) && !OffShift(w, p.ID) && !isAmong(people, p.ID) {
			people = append(people, p)
		}
	}
	for level := 0; len(people) == 0 && level < 2; level++ {
		people = slices.DeleteFunc(Managers(w, level), func(p Person) bool { return p.ID == by.ID })
	}
	key := "post.absent_told"
	if stop.Found == FoundUnfit {
		key = "post.unfit_told"
	}
	//locale:key post.absent_told post.unfit_told
	text := T(key, "department", d.Label, "place", s.PlaceLabel(stop.Place), "at", stop.Checked, "by", by.Called())
	if stop.Name != "" {
		text = Lines(text, T("post.name", "name", stop.Name))
	}
	for _, f := range stop.Findings {
		text = Lines(text, stop.finding(f))
	}
	m := Message{Class: ClassNotice, Lane: LaneInteractive, Text: text}
	if len(people) == 0 {
		return ToLevel(w, 1, m)
	}
	var out Effects
	for _, p := range people {
		m.Person = p.ID
		m.Key = "post/" + x.ID + "/" + stop.Place + "/" + stop.Checked.UTC().Format("150405") + "/" + p.ID
		stop.Told = append(stop.Told, p.ID)
		out.Say(m)
	}
	return out
}
