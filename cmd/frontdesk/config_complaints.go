package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"frontdesk/desk"
)

// complaints reads the clocks of complaints, suggestions and praise, and the key
// that keeps the anonymous secret.
func (c *checker) complaints(v value, s *desk.Site, storageURL string) {
	r := desk.ComplaintRule{
		Reply: minutes(15), ReplyFrom: desk.ClockTime(8 * 60), ReplyTo: desk.ClockTime(22 * 60), ReplyBy: desk.ClockTime(9 * 60),
		Done: desk.Term{Days: 3}, LeftOver: desk.Term{Days: 3}, Repeat: desk.Term{Days: 30}, Prominent: desk.Term{Days: 3},
		Suggestion: desk.Term{Workdays: 3},
	}
	sec := section{value: v}
	if !v.missing() {
		sec = c.section(v, "reply", "reply_from", "reply_to", "reply_by", "done", "left_over", "repeat", "prominent", "suggestion", "key")
	}
	r.Reply = sec.get("reply").someTerm(r.Reply)
	if r.Reply.Days+r.Reply.Workdays > 0 {
		sec.get("reply").bad("a duration in minutes or hours, such as 15m")
	}
	r.ReplyFrom = sec.get("reply_from").clock(r.ReplyFrom)
	r.ReplyTo = sec.get("reply_to").clock(r.ReplyTo)
	r.ReplyBy = sec.get("reply_by").clock(r.ReplyBy)
	r.Done = sec.get("done").someTerm(r.Done)
	r.LeftOver = sec.get("left_over").someTerm(r.LeftOver)
	r.Repeat = sec.get("repeat").plainDays(r.Repeat)
	r.Prominent = sec.get("prominent").plainDays(r.Prominent)
	r.Suggestion = sec.get("suggestion").someTerm(r.Suggestion)
	if r.ReplyFrom >= r.ReplyTo || r.ReplyBy < r.ReplyFrom {
		sec.fail(fmt.Sprintf("expected reply_from before reply_to and not after reply_by, got %s, %s and %s", r.ReplyFrom, r.ReplyTo, r.ReplyBy))
	}
	s.Complaints = r
	if key := sec.get("key"); key.missing() {
		s.SealKey = keyIn(sealFile(storageURL))
	} else {
		s.SealKey = key.linkKey()
	}
}

// plainDays is a term without working days: it looks back.
func (v value) plainDays(fallback desk.Term) desk.Term {
	t := v.someTerm(fallback)
	if t.Workdays > 0 {
		v.bad("a duration in days or hours, such as 30d")
		return fallback
	}
	return t
}

// sealFile is where the key of the anonymous is that nobody configured: beside the
// store, not in it.
func sealFile(storageURL string) string {
	return filepath.Join(filepath.Dir(strings.TrimPrefix(storageURL, "bolt:")), "seal.key")
}

// ensureSealKey gives a site without such a key one, made once.
func ensureSealKey(config *Config) error {
	if len(config.Site.SealKey) > 0 {
		return nil
	}
	key, _, err := ensureKey(sealFile(config.StorageURL))
	config.Site.SealKey = key
	return err
}
