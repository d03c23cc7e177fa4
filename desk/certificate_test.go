package desk

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// However a code is written down or read aloud, it is the same one.
func TestCodesAreRead(t *testing.T) {
	for text, want := range map[string]string{
		"K7QM-3XNP-V4TR":     "K7QM3XNPV4TR",
		"k7qm3xnpv4tr":       "K7QM3XNPV4TR",
		" k7qm 3xnp v4tr ":   "K7QM3XNPV4TR",
		"K7QM–3XNP–V4TR":     "K7QM3XNPV4TR",
		"K7QM-3XNP-V4TＲ":     "K7QM3XNPV4TR", // full width
		"oooo-iiii-llla":     "00001111111A",
		"K7QM-3XNP-V4T":      "",
		"K7QM-3XNP-V4TRR":    "",
		"K7QM-3XNP-V4TU":     "", // not a sign of codes
		"202312345678":       "", // a student's number
		"张三":                 "",
		"":                   "",
		"K7QM-3XNP-V4T\x00":  "",
		"../../etc/passwd":   "",
		"K7QM3XNPV4T<script": "",
	} {
		if code, ok := ParseCode(text); ok != (want != "") || ok && code != want {
			t.Errorf("%q: %q, %v; want %q", text, code, ok, want)
		}
	}
}

func TestCodesAreShownAndReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &town{ids: rapid.IntRange(0, 1_000_000).Draw(t, "ids")}
		code := newCode(w)
		back, ok := ParseCode(strings.ToLower(ShownCode(code)))
		if !ok || back != code || len(code) != CodeLength {
			t.Fatalf("%q is read as %q, %v", code, back, ok)
		}
		// Whatever is typed, reading it never panics and gives signs of codes alone.
		if read, ok := ParseCode(rapid.String().Draw(t, "typed")); ok && strings.Trim(read, codeSigns) != "" {
			t.Fatalf("%q", read)
		}
	})
}

func TestNamesAreMasked(t *testing.T) {
	for name, want := range map[string]string{
		"张三": "张**", "欧阳小雨": "欧**", "Emma Watson": "E*** W***", "": "***", "  ": "***", "李": "李**", "阿依古丽·买买提": "阿**",
	} {
		if got := MaskName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestSumsAreRead(t *testing.T) {
	for text, want := range map[string]int64{
		"35": 3500, "35.5": 3550, "35.50": 3550, "¥35": 3500, "35元": 3500, "35.50 yuan": 3550, "0": 0, "100000": MaxFen,
		"３５": 3500, "0.01": 1,
		"": -1, "-1": -1, "35.": -1, "35.505": -1, "100000.01": -1, "三十五": -1, "1e3": -1, "1,000": -1, ".5": -1, "99999999999999999999": -1,
	} {
		if fen, ok := ParseYuan(text); ok != (want >= 0) || ok && fen != want {
			t.Errorf("%q: %d, %v; want %d", text, fen, ok, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64Range(0, MaxFen).Draw(t, "fen")
		if back, ok := ParseYuan(Yuan(fen)); !ok || back != fen {
			t.Fatalf("%d is %q is %d", fen, Yuan(fen), back)
		}
	})
}
