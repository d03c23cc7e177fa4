package flows

import "frontdesk/desk"

// The residents' list of a fake world; nil means that there is none.

func (w *fakeWorld) Listed() bool { return w.residents != nil }

func (w *fakeWorld) Resident(number string) (desk.Resident, bool) {
	r, ok := w.residents[desk.NumberKey(number)]
	return r, ok
}

func (w *fakeWorld) ResidentsByPhone(phone string) []desk.Resident {
	var list []desk.Resident
	for _, r := range w.residents {
		if phone != "" && desk.Digits(r.Phone) == desk.Digits(phone) {
			list = append(list, r)
		}
	}
	return list
}

func (w *fakeWorld) PersonByNumber(number string) (desk.Person, bool) {
	for _, p := range w.people {
		if p.Number == desk.NumberKey(number) && p.Joined == "" {
			return p, true
		}
	}
	return desk.Person{}, false
}
