package desk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Link is what a link to the desk says before the person has said anything: a
// conversation to begin, and answers that are filled in. A sticker on a door is
// the repair of that room. It never submits anything.
type Link struct {
	Flow    string
	Answers map[string]string // by question
}

// A link's payload is written as
//
//	q <signature> <flow> [_<question><value>]…
//
// in the letters that a start payload may have. The signature is 14 characters,
// 80 bits of an HMAC-SHA256: nobody makes the link of the next room from the one
// they have. What it says is not hidden, because it stands on the door as well.
//
// Flows and questions that are common have a letter; a capital says that the
// value is in base64, because it has other characters. All else is written out:
// -flow, and 0question-value or 1question-base64. A _ within is doubled.
const (
	// LinkType is the first letter of a payload that is a Link.
	LinkType = 'q'
	// MaxPayload is how long a start payload may be, its first letter included.
	// https://core.telegram.org/bots/features#deep-linking
	MaxPayload = 64

	signatureBytes = 10
	signatureChars = 14
)

// The letters are stored on walls: none is ever used for something else.
var (
	linkFlows     = map[byte]string{'r': "repair", 'q': "request", 'l': "log"}
	linkQuestions = map[byte]string{'p': "place", 'c': "category", 'w': "when", 't': "what"}
)

var linkBase64 = base64.RawURLEncoding

// ErrNoLinkKey says that the site has no key to sign links with.
var ErrNoLinkKey = errors.New("there is no key to sign links with")

// SignLink makes the payload of a link, signed with the site's first key. The
// same link and key give the same payload. The error says what cannot be
// written, or by how much it is too long.
func (s *Site) SignLink(l Link) (string, error) {
	if len(s.LinkKeys) == 0 || len(s.LinkKeys[0]) == 0 {
		return "", ErrNoLinkKey
	}
	content, err := l.write()
	if err != nil {
		return "", err
	}
	payload := string(LinkType) + s.signature(s.LinkKeys[0], content) + content
	if over := len(payload) - MaxPayload; over > 0 {
		return "", fmt.Errorf("the link is %d characters too long: a payload has at most %d, of which %d are for what it fills in",
			over, MaxPayload, MaxPayload-1-signatureChars)
	}
	return payload, nil
}

// ReadLink reads a payload that one of the site's keys has signed. ok is false
// for any other, whatever is wrong with it.
func (s *Site) ReadLink(payload string) (l Link, ok bool) {
	if len(payload) <= 1+signatureChars || len(payload) > MaxPayload || payload[0] != LinkType {
		return Link{}, false
	}
	signature, content := payload[1:1+signatureChars], payload[1+signatureChars:]
	for _, key := range s.LinkKeys {
		if len(key) > 0 && hmac.Equal([]byte(s.signature(key, content)), []byte(signature)) {
			return readLink(content)
		}
	}
	return Link{}, false
}

// signature covers the site's id, so that a key that two sites share does not
// make one's stickers work at the other.
func (s *Site) signature(key []byte, content string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("frontdesk link 1\n" + s.ID + "\n" + content))
	return linkBase64.EncodeToString(h.Sum(nil)[:signatureBytes])
}

func (l Link) write() (string, error) {
	if !isLinkName(l.Flow) {
		return "", fmt.Errorf("%q is no conversation", l.Flow)
	}
	content := "-" + doubled(l.Flow)
	if letter, ok := letterOf(linkFlows, l.Flow); ok {
		content = string(letter)
	}
	for _, question := range slices.Sorted(maps.Keys(l.Answers)) {
		value := l.Answers[question]
		if !isLinkName(question) {
			return "", fmt.Errorf("%q is no question", question)
		}
		plain := isPlain(value)
		if !plain {
			value = linkBase64.EncodeToString([]byte(value))
		}
		letter, short := letterOf(linkQuestions, question)
		switch {
		case short && plain:
			content += "_" + string(letter)
		case short:
			content += "_" + string(letter-'a'+'A')
		case plain:
			content += "_0" + doubled(question) + "-"
		default:
			content += "_1" + doubled(question) + "-"
		}
		content += doubled(value)
	}
	return content, nil
}

func readLink(content string) (Link, bool) {
	parts := linkParts(content)
	l := Link{Answers: map[string]string{}}
	if name, long := strings.CutPrefix(parts[0], "-"); long {
		l.Flow = name
	} else if len(parts[0]) == 1 {
		l.Flow = linkFlows[parts[0][0]]
	}
	for _, part := range parts[1:] {
		letter, value := part[0], part[1:]
		question, plain := linkQuestions[letter], true
		switch {
		case letter == '0' || letter == '1':
			question, value, _ = strings.Cut(value, "-")
			plain = letter == '0'
		case letter >= 'A' && letter <= 'Z':
			question, plain = linkQuestions[letter-'A'+'a'], false
		}
		if !plain {
			decoded, err := linkBase64.DecodeString(value)
			if err != nil {
				return Link{}, false
			}
			value = string(decoded)
		}
		if question == "" {
			return Link{}, false // of a newer program
		}
		l.Answers[question] = value
	}
	return l, l.Flow != ""
}

// linkParts cuts at each single _ and makes one of each double. Every part but
// the first has at least its letter.
func linkParts(content string) []string {
	parts := []string{""}
	for i := 0; i < len(content); i++ {
		last := &parts[len(parts)-1]
		switch {
		case content[i] != '_':
			*last += content[i : i+1]
		case i+1 == len(content):
			return []string{""} // never written: a single _ is followed by a letter
		case content[i+1] == '_':
			*last += "_"
			i++
		default:
			i++
			parts = append(parts, content[i:i+1])
		}
	}
	return parts
}

func doubled(s string) string { return strings.ReplaceAll(s, "_", "__") }

func letterOf(letters map[byte]string, name string) (byte, bool) {
	for letter, n := range letters {
		if n == name {
			return letter, true
		}
	}
	return 0, false
}

// isLinkName tells whether s can be the name of a flow or a question.
func isLinkName(s string) bool { return s != "" && isPlain(s) && !strings.Contains(s, "-") }

// isPlain tells whether s has only letters that a payload may have.
func isPlain(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	}) < 0
}
