package desk

// The residents' list of a town; nil means that there is none.

func (w *town) Listed() bool { return w.residents != nil }

func (w *town) Resident(number string) (Resident, bool) {
	r, ok := w.residents[NumberKey(number)]
	return r, ok
}

func (w *town) ResidentsByPhone(phone string) []Resident {
	var list []Resident
	for _, r := range w.residents {
		if phone != "" && Digits(r.Phone) == Digits(phone) {
			list = append(list, r)
		}
	}
	return list
}

func (w *town) PersonByNumber(number string) (Person, bool) {
	for _, p := range w.people {
		if p.Number == NumberKey(number) && p.Joined == "" {
			return p, true
		}
	}
	return Person{}, false
}
