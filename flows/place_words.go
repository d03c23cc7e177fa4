package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// placeWords understands a place in words. ok is false when the text names none.
func (e *engine) placeWords(q Question, text string) (s step, ok bool) {
	places := e.c.site().Places
	if q.Several {
		if ids, unknown := places.Each(text); len(ids) > 1 || len(ids) == 1 && unknown != "" && strings.ContainsAny(text, "、,,;;") {
			return e.several(q, ids, unknown), true
		}
	}
	found := places.FindIn(e.conv.Partial["building"], text)
	said := text[found.Start:found.End]
	switch {
	case found.Place != nil:
		s := e.accept(q, found.Place.ID)
		if e.answers().Has(q.Name) {
			e.merge(q, e.sentence(text), false)
		}
		return s, true
	case len(found.Suggestions) > 0:
		e.suggest(found.Suggestions, said)
	case found.Building != "" && found.Named && q.Wide:
		id := found.Building
		if floor, ok := places.Get(id + "-" + found.Floor + "-floor"); ok {
			id = floor.ID
		}
		return e.accept(q, id), true
	case found.Building != "" && found.Named:
		s = e.enterBuilding(q, found.Building, found.Floor)
	case found.Named:
		e.unsettled(said)
	default:
		return stepAsk, false
	}
	if rest := strings.TrimSpace(text[:found.Start] + text[found.End:]); rest != "" {
		partial := e.conv.Partial
		e.merge(Question{}, without(e.sentence(text), "place", "place_said"), false)
		e.conv.Partial = partial
	}
	return s, true
}

// maxPlaces is how many places may be named at once.
const maxPlaces = 30

// several takes more than one place, or says which of them there is not.
func (e *engine) several(q Question, ids []string, unknown string) step {
	switch {
	case unknown != "":
		return e.told(desk.T("place.unknown", "said", short(unknown, 20)))
	case len(ids) > maxPlaces:
		return e.told(desk.T("place.too_many", "limit", maxPlaces))
	}
	for n, id := range ids {
		value, err := e.checked(q, id)
		if refusal, ok := desk.AsUserError(err); ok {
			return e.told(refusal.Text)
		}
		ids[n] = value
	}
	e.answer(q.Name, ids...)
	return stepAsk
}

// suggest keeps the places that may have been meant. Where the number exists in
// several buildings nothing was wrong with what was said.
func (e *engine) suggest(list []desk.Place, said string) {
	var ids []string
	number := strings.Trim(desk.Fold(said), "室房间号 rom#.")
	exact := true
	for _, p := range list {
		ids = append(ids, p.ID)
		exact = exact && (p.Area != "" || desk.Fold(p.Room) == number)
	}
	e.partial("suggest", strings.Join(ids, ","))
	delete(e.conv.Partial, "page")
	delete(e.conv.Partial, "said")
	if !exact {
		e.partial("said", short(said, 20))
	}
}

// recall uses what a sentence said of the place before the question came up: a
// building, or a room that does not exist.
func (e *engine) recall(q Question) {
	said := e.answers().Get("place_said")
	if said == "" || len(e.conv.Partial) > 0 {
		return
	}
	delete(e.conv.Answers, "place_said")
	found := e.c.site().Places.Find(said)
	switch {
	case len(found.Suggestions) > 0:
		e.suggest(found.Suggestions, said)
	case found.Place == nil && found.Building != "":
		if places := e.c.site().Places; len(places.Floors(found.Building)) > 0 {
			e.enterBuilding(q, found.Building, found.Floor)
		}
	case found.Place == nil && found.Named:
		e.unsettled(said)
	}
}

// unsettled asks for the building of a room that several have, and otherwise
// says that there is no such place.
func (e *engine) unsettled(said string) {
	places := e.c.site().Places
	for _, b := range places.Buildings() {
		if places.FindIn(b.ID, said).Place != nil {
			e.conv.Partial = nil
			e.partial("room", short(said, 20))
			return
		}
	}
	e.lead = append(e.lead, desk.T("place.unknown", "said", short(said, 20)))
}

func without(got map[string][]string, names ...string) map[string][]string {
	kept := map[string][]string{}
	for name, values := range got {
		if !slices.Contains(names, name) {
			kept[name] = values
		}
	}
	return kept
}
