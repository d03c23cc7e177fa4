package desk

import "testing"

func TestLabelIn(t *testing.T) {
	for _, c := range []struct {
		label Label
		want  string
	}{
		{Label{"zh": "楼", "en": "hall", "de": "Haus"}, "Haus"},
		{Label{"zh": "楼", "en": "hall"}, "楼"},
		{Label{"en": "hall", "fr": "maison"}, "hall"},
		{Label{"fr": "maison", "es": "casa", "ar": ""}, "casa"},
		{Label{"de": "", "zh": "楼"}, "楼"},
		{nil, ""},
	} {
		if got := c.label.In("de"); got != c.want {
			t.Errorf("%v: %q, want %q", c.label, got, c.want)
		}
	}
}
