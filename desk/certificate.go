package desk

import (
	"strings"
	"time"
	"unicode"
)

// Certificate says that somebody has left a room and that fees and deposit were
// confirmed. It stands as it was issued, whatever is changed later.
type Certificate struct {
	// Code is the canonical form: CodeLength signs, without dashes.
	Code   string `json:"code"`
	Stay   string `json:"stay"`
	Person string `json:"person,omitempty"`
	Name   string `json:"name"`
	Number string `json:"number,omitempty"`
	Place  string `json:"place"`
	Bed    string `json:"bed,omitempty"`
	Ticket string `json:"ticket"`
	// From and Out bound the stay, At is when it was issued.
	From       time.Time         `json:"from,omitzero"`
	Out        time.Time         `json:"out"`
	At         time.Time         `json:"at"`
	ValidUntil time.Time         `json:"valid_until"`
	Fees       int64             `json:"fees"`
	Lines      []CertificateLine `json:"lines,omitempty"`
}

// CertificateLine is one thing that was charged.
type CertificateLine struct {
	Item  Label     `json:"item"`
	State MarkState `json:"state"`
	Fen   int64     `json:"fen"`
	// Of is among how many it was shared.
	Of int `json:"of,omitempty"`
}

// Valid tells whether it can still be confirmed.
func (c Certificate) Valid(now time.Time) bool { return c.Code != "" && now.Before(c.ValidUntil) }

// CodeLength is how many signs a certificate's code has: 60 random bits.
const CodeLength = 12

// codeSigns are those of a code: no sign looks or sounds like another. O is read as
// 0, I and L as 1.
// https://www.crockford.com/base32.html
const codeSigns = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// signOf gives each sign of World.NewID its own sign of a code.
var signOf = func() map[rune]byte {
	signs := map[rune]byte{}
	for i, r := range "abcdefghijklmnopqrstuvwxyz234567" {
		signs[r] = (codeSigns[10:] + codeSigns[:10])[i]
	}
	return signs
}()

// newCode makes a code that nobody can guess. It has a letter, so that it is never
// taken for a student's number.
func newCode(w World) string {
	for range 8 {
		id := w.NewID()
		for len(id) < CodeLength {
			id += w.NewID()
		}
		code := strings.Map(func(r rune) rune {
			if sign, ok := signOf[r]; ok {
				return rune(sign)
			}
			return '0'
		}, id[len(id)-CodeLength:])
		if _, ok := ParseCode(code); ok {
			return code
		}
	}
	return "" // Ids without a letter, eight times: there is no randomness.
}

// ParseCode reads a code as people write it: small letters, spaces, dashes, O for 0.
// ok is false for what cannot be one.
func ParseCode(text string) (code string, ok bool) {
	letter := false
	code = strings.Map(func(r rune) rune {
		switch r = unicode.ToUpper(r); {
		case r == '-' || r == '–' || unicode.IsSpace(r):
			return -1
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case r > 'Z' || !strings.ContainsRune(codeSigns, r):
			return '?'
		}
		letter = letter || r >= 'A'
		return r
	}, strings.TrimSpace(Fold(text)))
	return code, letter && len(code) == CodeLength && !strings.Contains(code, "?")
}

// ShownCode is a code as it is read aloud: in groups of four.
func ShownCode(code string) string {
	var groups []string
	for len(code) > 4 {
		groups, code = append(groups, code[:4]), code[4:]
	}
	return strings.Join(append(groups, code), "-")
}

// MaskName is a name of which a stranger learns only how it begins: 张**, E*** W***.
func MaskName(name string) string {
	var parts []string
	for _, word := range strings.Fields(name) {
		first, rest := []rune(word)[0], "***"
		if unicode.Is(unicode.Han, first) {
			rest = "**"
		}
		parts = append(parts, string(first)+rest)
	}
	if len(parts) == 0 {
		return "***"
	}
	return strings.Join(parts, " ")
}
