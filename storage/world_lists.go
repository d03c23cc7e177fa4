package storage

import "frontdesk/desk"

// edition is the edition in force of the residents' list, or empty.
func (w *World) edition() string {
	row, _, err := Edition(w.tx, ListResidents)
	w.fail(err)
	return row.Current
}

// Listed implements desk.ResidentList.
func (w *World) Listed() bool { return w.edition() != "" }

// Resident implements desk.ResidentList.
func (w *World) Resident(number string) (desk.Resident, bool) {
	edition, number := w.edition(), desk.NumberKey(number)
	if edition == "" || number == "" {
		return desk.Resident{}, false
	}
	row, ok := read(w, Residents, Key(edition, number))
	return row.Resident, ok
}

// ResidentsByPhone implements desk.ResidentList.
func (w *World) ResidentsByPhone(phone string) []desk.Resident {
	edition := w.edition()
	if edition == "" {
		return nil
	}
	var found []desk.Resident
	for _, digits := range desk.PhoneKeys(phone) {
		for _, row := range list(w, Residents, "phone", Range{Equal: Key(edition, digits), Limit: 20}) {
			found = append(found, row.Resident)
		}
	}
	return found
}

// PersonByNumber implements desk.ResidentList.
func (w *World) PersonByNumber(number string) (desk.Person, bool) {
	number = desk.NumberKey(number)
	if number == "" {
		return desk.Person{}, false
	}
	row, ok, err := People.First(w.tx, "number", Range{Equal: Key(number)})
	w.fail(err)
	if !ok {
		return desk.Person{}, false
	}
	return w.Person(row.ID)
}
