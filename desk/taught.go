package desk

import (
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Unclear is a sentence that the desk was not sure of: what was written, without
// who wrote it, so that an administrator can say what it means.
type Unclear struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"` // numbers of people and phones masked
	Lang    string   `json:"lang"`
	Guesses []string `json:"guesses,omitempty"`
	// Pressed is the intent that the person then chose; none when they said that it
	// was neither, empty when they chose nothing.
	Pressed string    `json:"pressed,omitempty"`
	At      time.Time `json:"at"`
}

// Taught is an example that an administrator gave in chat.
type Taught struct {
	ID    string    `json:"id"`
	Text  string    `json:"text"`
	Means string    `json:"means"` // an intent
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// UnclearOf makes the record of a sentence. The same words are the same record.
func UnclearOf(text, lang string, guesses []string, at time.Time) Unclear {
	text = Masked(text)
	h := fnv.New64a()
	_, _ = h.Write([]byte(Fold(text))) // a hash never fails
	return Unclear{ID: strconv.FormatUint(h.Sum64(), 36), Text: text, Lang: lang, Guesses: guesses, At: at}
}

// personal are rows of five figures and more, which are phones and numbers of
// students, and addresses of mail.
var personal = regexp.MustCompile(`[+0-9０-９][0-9０-９ -]{3,}[0-9０-９]|[^\s,，。;；]+@[^\s,，。;；]+`)

// maxUnclear is how many characters of a sentence are kept.
const maxUnclear = 120

// Masked is a text without what tells who wrote it.
func Masked(text string) string {
	text = personal.ReplaceAllString(strings.Join(strings.Fields(text), " "), "***")
	if runes := []rune(text); len(runes) > maxUnclear {
		text = string(runes[:maxUnclear]) + "…"
	}
	return text
}
