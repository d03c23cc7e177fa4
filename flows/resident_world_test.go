package flows

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"frontdesk/desk"
)

// The residents' list of a fake world; nil means that there is none.

func (w *fakeWorld) Listed() bool { return w.residents != nil }

func (w *fakeWorld) Resident(number string) (desk.Resident, bool) {
	r, ok := w.residents[desk.NumberKey(number)]
	return r, ok
}

func (w *fakeWorld) ResidentsByPhone(phone string) []desk.Resident {
	var list []desk.Resident
	for _, r := range w.residents {
		if phone != "" && slices.Contains(desk.PhoneKeys(phone), desk.Digits(r.Phone)) {
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

func (w *fakeWorld) TicketsOf(person string, n int) []desk.Ticket {
	var list []desk.Ticket
	for _, id := range slices.Sorted(maps.Keys(w.tickets)) {
		if w.tickets[id].Requester == person {
			list = append(list, w.tickets[id])
		}
	}
	return list[:min(n, len(list))]
}

// residentsOfScripts is the list that scripts have.
func residentsOfScripts() map[string]desk.Resident {
	list := map[string]desk.Resident{}
	for _, r := range []desk.Resident{
		{Number: "20230001", Name: "王五", Room: "3-502", Phone: "13800002222", Kind: desk.ResidentStudent},
		{Number: "20230002", Name: "李雷", Room: "3-503", Kind: desk.ResidentStudent},
		{Number: "G-17", Name: "Ann Lee", Room: "5-203", Kind: desk.ResidentGuest, Until: desk.Date{Year: 2026, Month: 11, Day: 23}},
	} {
		list[desk.NumberKey(r.Number)] = r
	}
	return list
}

func atoi(t testing.TB, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
