package bot

import (
	"testing"
	"time"

	"frontdesk/desk"
	"frontdesk/locale"
)

// TestTheDutyLogNamesEveryAct: whatever can be done to a ticket has words in the
// duty log.
func TestTheDutyLogNamesEveryAct(t *testing.T) {
	texts, err := locale.Load(time.UTC, nil)
	if err != nil {
		t.Fatal(err)
	}
	actions := map[desk.Action]bool{desk.Opened: true}
	for _, kind := range []string{desk.KindRepair, desk.KindComplaint, desk.KindSuggestion, desk.KindPraise, desk.KindEmergency} {
		for _, cell := range desk.Table(kind) {
			actions[cell.Action] = true
		}
	}
	for a := range actions {
		for _, lang := range texts.Languages() {
			if key := "dutylog.act." + string(a); !texts.Has(lang, key) {
				t.Errorf("%s.yaml lacks %s", lang, key)
			}
		}
	}
}

// TestLastDay reads days as who looks back means them. 2026-11-24 is a Tuesday.
func TestLastDay(t *testing.T) {
	today := desk.Date{Year: 2026, Month: 11, Day: 24}
	for said, want := range map[string]string{
		"昨天": "2026-11-23", "yesterday": "2026-11-23", "今天": "2026-11-24", "11-20": "2026-11-20", "12-01": "2025-12-01", "2026-10-01": "2026-10-01", "明天": "", "tomorrow": "", "周五": "2026-11-20", "Wednesday": "2026-11-18",
	} {
		got := ""
		if d, ok := lastDay(said, today); ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}
