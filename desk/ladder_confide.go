package desk

import "time"

// ConfideFor is for how long what a person at risk writes goes to those who look after
// them.
const ConfideFor = 6 * time.Hour

// Confidants are who reads what a person at risk goes on to write: whoever said that
// they get in touch, and until then everybody who was called.
func (l Ladder) Confidants(w World) []Person {
	var ids []string
	for _, a := range l.Answers {
		ids = append(ids, a.Person)
	}
	if len(ids) == 0 {
		for _, c := range l.Called {
			ids = append(ids, c.Person)
		}
	}
	var list []Person
	for _, id := range ids {
		if p, ok := w.Person(id); ok && reachable(p) && !p.Is(l.Reporter) {
			list = append(list, p)
		}
	}
	return list
}

// Confided passes on, in private, what a person at risk goes on to write. It is kept
// nowhere else. No answer withdraws it as it does a call: whoever answers needs the
// words.
func Confided(w World, l Ladder, words string, files []File) Effects {
	var out Effects
	reporter, _ := w.Person(l.Reporter)
	row := Row(Button{Label: T("button.comfort"), Data: LadderData(l.ID, "say")})
	if l.Running() {
		row = append(Row(Button{Label: T("button.contact"), Data: LadderData(l.ID, "go")}), row...)
	}
	said := quoted(words)
	if words == "" {
		said = T("ladder.confided_files")
	}
	for _, p := range l.Confidants(w) {
		out.Say(Message{
			Person: p.ID, Lane: LaneEmergency, Class: ClassEmergency, Photos: photosOf(files),
			Text: Lines(T("ladder.confided", "name", reporter.Called()), said), Buttons: [][]Button{row},
		})
	}
	return out
}

func photosOf(files []File) []File {
	var list []File
	for _, f := range files {
		if f.Kind == FilePhoto {
			list = append(list, f)
		}
	}
	return list
}

// MayComfort tells whether somebody may write to the person at risk through the desk:
// those who read what the person writes, and nobody else.
func (l Ladder) MayComfort(w World, p Person) bool {
	if !l.private() || l.Drill || p.Suspended {
		return false
	}
	for _, c := range l.Confidants(w) {
		if p.Is(c.ID) {
			return true
		}
	}
	return false
}

// Comfort passes a word on to the person at risk, as it was written. It is refused
// with a *UserError to anybody else than those who look after them.
func Comfort(w World, l Ladder, by Person, words string) (Effects, error) {
	if !l.MayComfort(w, by) {
		return Effects{}, Refuse("ladder.refused")
	}
	return l.tellReporter(w, Lines(T("ladder.comfort", "name", by.Called()), quoted(words))), nil
}
