package desk

import "time"

// Text is something to say, before it is put into a language: a key of the
// catalogue with its arguments, or words passed on as they were written, or
// several texts on lines of their own.
//
// Arguments may be string, int, time.Time (said relative to now, with the
// site's zone: "14:00", "tomorrow 10:20"), Label, Place, Term, time.Duration,
// Text, or []Text (joined with a comma).
type Text struct {
	Key  string         `json:"key,omitempty"`
	Args map[string]any `json:"-"`
	// Literal is passed on as written; used when Key is empty.
	Literal string `json:"literal,omitempty"`
	// Lines are texts on lines of their own; used when Key and Literal are empty.
	Lines []Text `json:"lines,omitempty"`
}

// T makes a text from a key and pairs of argument name and value. It panics on
// an odd number of pairs or a name that is not a string: that is a mistake in
// the program.
func T(key string, pairs ...any) Text {
	t := Text{Key: key}
	if len(pairs)%2 != 0 {
		panic("desk.T: odd pairs for " + key)
	}
	for i := 0; i < len(pairs); i += 2 {
		if t.Args == nil {
			t.Args = make(map[string]any, len(pairs)/2)
		}
		t.Args[pairs[i].(string)] = pairs[i+1]
	}
	return t
}

// Literal makes a text of words that are passed on as they are.
func Literal(s string) Text { return Text{Literal: s} }

// Lines puts texts on lines of their own, leaving out the empty ones.
func Lines(texts ...Text) Text {
	var kept []Text
	for _, t := range texts {
		if !t.IsZero() {
			kept = append(kept, t)
		}
	}
	return Text{Lines: kept}
}

// IsZero tells whether there is nothing to say.
func (t Text) IsZero() bool { return t.Key == "" && t.Literal == "" && len(t.Lines) == 0 }

// Texts puts a text into words. The catalogue of package locale is one.
type Texts interface {
	// Render never fails: a missing text shows its key, and a test finds it.
	Render(lang string, t Text, now time.Time) string
}

// Button is one thing that a person can press. Data is at most 64 bytes (a
// limit of Telegram's callback_data) and is a token, never words; a button with
// a URL opens it instead.
type Button struct {
	Label Text   `json:"label"`
	Data  string `json:"data,omitempty"`
	URL   string `json:"url,omitempty"`
}

// MaxButtonData is the length limit of Button.Data in bytes.
// https://core.telegram.org/bots/api#inlinekeyboardbutton
const MaxButtonData = 64

// Row puts buttons beside each other.
func Row(buttons ...Button) []Button { return buttons }
