package desk

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Ｂ３－５０２": "b3-502", "３＃５０２": "3#502", "ROOM\t5": "room 5", "3—5–0": "3-5-0", "a\u3000b": "a b", "三号楼": "三号楼", "，、！": ",,!",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestChineseNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"502": "502", "三": "3", "五零二": "502", "五〇二": "502", "一二零三": "1203", "零三": "03", "十": "10", "十二": "12", "二十": "20", "二十一": "21", "两百": "200",
		"五百零二": "502", "五百二": "520", "五百二十": "520", "一千二百零三": "1203", "一千零三": "1003", "两千": "2000",
		"百": "", "零十": "", "三四十": "", "十十": "", "二十百": "", "一一一一一一一一一一": "", "水": "", "": "",
	} {
		if got, _ := foldText(text).number(0); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 99).Draw(t, "n")
		if got, _ := foldText(chinese(n)).number(0); got != strconv.Itoa(n) {
			t.Fatalf("%d: %s was read as %s", n, chinese(n), got)
		}
	})
}

// Folding a folded text changes nothing, and every rune still knows where it
// stood.
func TestFoldProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if once := Fold(text); Fold(once) != once {
			t.Fatalf("%q folds to %q and then to %q", text, once, Fold(once))
		}
		f := foldText(text)
		if len(f.at) != len(f.runes)+1 || f.at[len(f.runes)] != len(text) || string(f.runes) != Fold(text) {
			t.Fatalf("%q: %v", text, f)
		}
	})
}
