package bot

import (
	"encoding/json"
	"strings"
	"testing"

	"frontdesk/desk"
)

// TestExportStay: a person reads where they lived, what they confirmed and reported,
// and not who of the desk gave them the keys.
func TestExportStay(t *testing.T) {
	data, err := json.Marshal(exportStay(desk.Stay{
		ID: "s1", Place: "3-502", Bed: "A", State: desk.StayIn, Agreed: []desk.Agreed{{Text: desk.TextSafety, Version: "2026-09", By: "wu"}},
		Keys: &desk.KeysGiven{Kinds: []string{"door"}, By: "wu"}, Condition: []desk.Condition{{Item: "bed", Words: "cracked", Files: make([]desk.File, 2)}},
	}))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"place":"3-502"`, `"version":"2026-09"`, `"keys":["door"]`, `"words":"cracked"`, `"photos":2`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is missing in %s", want, data)
		}
	}
	if strings.Contains(string(data), "wu") {
		t.Errorf("it names who gave the keys: %s", data)
	}
}
