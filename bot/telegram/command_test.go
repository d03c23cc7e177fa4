package telegram

import (
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"
)

// Offsets of entities count UTF-16 units: an emoji has two, a Chinese character
// one.
func TestCommandInsideEntity(t *testing.T) {
	text := "😀水 /x /y"
	for offset, want := range map[int]string{4: "y", 7: "x", 0: "x"} {
		entities := []models.MessageEntity{{Type: models.MessageEntityTypeCode, Offset: offset, Length: 2}}
		if got, _ := findCommand(text, entities); got.Name != want {
			t.Errorf("code at %d: command %q, want %q", offset, got.Name, want)
		}
	}
	// Telegram's own marks, and hostile offsets, change nothing.
	for _, e := range []models.MessageEntity{
		{Type: models.MessageEntityTypeBold, Offset: 4, Length: 2},
		{Type: models.MessageEntityTypeCode, Offset: -5, Length: 3},
		{Type: models.MessageEntityTypeCode, Offset: 1 << 40, Length: 1 << 40},
		{Type: models.MessageEntityTypeCode, Offset: 4, Length: -2},
	} {
		if got, _ := findCommand(text, []models.MessageEntity{e}); got.Name != "x" {
			t.Errorf("%+v hides the command", e)
		}
	}
}

func TestSplitText(t *testing.T) {
	long := strings.Repeat("水", 4000) + "\n\n" + strings.Repeat("电", 3000)
	parts := splitText(long, 4096)
	if len(parts) != 2 || textLength(parts[0]) != 4000 || textLength(parts[1]) != 3000 {
		t.Errorf("split at the blank line: %d parts", len(parts))
	}
	emoji := strings.Repeat("😀", 5000)
	total := 0
	for _, p := range splitText(emoji, 4096) {
		if n := textLength(p); n > 4096 {
			t.Errorf("a part of %d units", n)
		}
		total += textLength(p)
	}
	if total != 10000 {
		t.Errorf("%d units left of 10000", total)
	}
	if got := cutText(emoji, 200); textLength(got) > 200 || !strings.HasSuffix(got, "…") {
		t.Errorf("cut to %d units", textLength(got))
	}
	if parts := splitText(strings.Repeat(" ", 9000)+"x", 4096); len(parts) != 1 || parts[0] != "x" {
		t.Errorf("spaces: %d parts", len(parts))
	}
}
