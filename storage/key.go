package storage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Key joins parts into one key that sorts as the list of parts does and is
// never equal to the key of another list. Each part is ended by a byte that
// sorts before all others, so Key("a") is a prefix of Key("a", "b") but not of
// Key("ab"): it is what Range.Prefix wants. Key contains no NUL byte.
func Key(parts ...string) string {
	var b strings.Builder
	for _, part := range parts {
		for i := range len(part) {
			// 0x01 ends a part; 0x00 is kept free for index rows. Both, and the
			// escape itself, are escaped in a way that keeps their order.
			if c := part[i]; c <= 0x02 {
				b.WriteByte(0x02)
				b.WriteByte(c + 0x10)
			} else {
				b.WriteByte(c)
			}
		}
		b.WriteByte(0x01)
	}
	return b.String()
}

// timeKeyLayout has a fixed width, so that keys sort as instants do.
const timeKeyLayout = "2006-01-02T15:04:05.000000000Z"

// TimeKey writes an instant in UTC with a fixed width, so that keys sort as
// instants do. Years outside 0 to 9999 become the first or the last instant.
func TimeKey(t time.Time) string {
	t = t.UTC()
	if t.Year() < 0 {
		t = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if t.Year() > 9999 {
		t = time.Date(10000, 1, 1, 0, 0, 0, -1, time.UTC)
	}
	return t.Format(timeKeyLayout)
}

// checkSite returns ErrBadSite unless the name can be a prefix of keys.
func checkSite(site string) error {
	if len(site) < 1 || len(site) > MaxSite {
		return fmt.Errorf("%w: %q", ErrBadSite, site)
	}
	for _, c := range site {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return fmt.Errorf("%w: %q", ErrBadSite, site)
		}
	}
	return nil
}

// checkKey returns ErrKeyEmpty or ErrKeyTooLong.
func checkKey(key string) error {
	if key == "" {
		return ErrKeyEmpty
	}
	if len(key) > MaxKey {
		return fmt.Errorf("%w: %d", ErrKeyTooLong, len(key))
	}
	return nil
}

// checkValue returns ErrValueTooLarge, ErrNUL or ErrNotJSON.
func checkValue(value []byte) error {
	if len(value) > MaxValue {
		return fmt.Errorf("%w: %d", ErrValueTooLarge, len(value))
	}
	if hasNUL(value) {
		return ErrNUL
	}
	if !utf8.Valid(value) || !json.Valid(value) {
		return ErrNotJSON
	}
	return nil
}

var escapedNUL = []byte(`\u0000`)

// hasNUL finds U+0000 in a JSON text, raw or escaped. A backslash that is
// itself escaped does not begin an escape: "\\u0000" is harmless.
func hasNUL(value []byte) bool {
	if bytes.IndexByte(value, 0) >= 0 {
		return true
	}
	for at := 0; ; {
		i := bytes.Index(value[at:], escapedNUL)
		if i < 0 {
			return false
		}
		before := 0
		for j := at + i - 1; j >= 0 && value[j] == '\\'; j-- {
			before++
		}
		if before%2 == 0 {
			return true
		}
		at += i + len(escapedNUL)
	}
}

// prefixEnd returns the first key after all keys with the prefix, or "" when
// there is no such key.
func prefixEnd(prefix string) string {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			return prefix[:i] + string([]byte{prefix[i] + 1})
		}
	}
	return ""
}
