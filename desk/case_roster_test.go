package desk

import (
	"slices"
	"testing"
	"time"
)

// TestTheManLastNight: who was on duty then is told by the roster with its
// changes: whoever took the shift over may be meant, and who was at home is not
// asked to keep away.
func TestTheManLastNight(t *testing.T) {
	w := newTown(t)
	last := DateOf(w.now, w.site.Zone).AddDays(-1)
	night := About{Kind: AboutPerson, From: w.now.Add(-12 * time.Hour), To: w.now.Add(-11 * time.Hour)}
	if got := accusedOf(w, CaseDraft{About: night}).people; !slices.Contains(got, "nm") || slices.Contains(got, "dm") {
		t.Errorf("by the pattern: %q", got)
	}
	w.duty.changes = append(w.duty.changes, RosterChange{
		ID: "s", Kind: ChangeSwap, Who: "nm", With: "dm", Shift: "night", Duty: "duty_manager", Dates: DateRange{From: last},
		At: w.now.AddDate(0, 0, -3), Accepted: w.now.AddDate(0, 0, -2),
	})
	if got := accusedOf(w, CaseDraft{About: night}).people; !slices.Contains(got, "dm") || slices.Contains(got, "nm") {
		t.Errorf("after a swap: %q", got)
	}
}
