package desk

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	// JoinFor is how long a code can be entered, and how long each question about
	// it can be answered.
	JoinFor = 15 * time.Minute
	// JoinTries is how many wrong codes a person may enter a day.
	JoinTries = 5
)

// Joining is how far a person has got with joining an account of another
// network. A code that somebody else has got hold of gives nothing: the account
// where it is entered says that the other is theirs, and then the account that
// made it says so too, each by a press. Only then are the two joined.
type Joining struct {
	// Code can be entered once, until Expires; it is gone then.
	Code    string    `json:"code,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
	// From is the address that asked for the code, and is asked in the end.
	From Address `json:"from,omitzero"`
	// With is the record whose account entered the code, at At. Agreed tells that
	// it said yes.
	With   string  `json:"with,omitempty"`
	At     Address `json:"at,omitzero"`
	Agreed bool    `json:"agreed,omitempty"`
	// Tries counts the wrong codes that the person entered on the day TriedOn.
	Tries   int  `json:"tries,omitempty"`
	TriedOn Date `json:"tried_on,omitzero"`
}

// JoinRefused says why two accounts are not joined; empty when they can be.
type JoinRefused string

// The refusals.
const (
	JoinWrong     JoinRefused = "wrong"      // no such code, or too late
	JoinMany      JoinRefused = "many"       // no more tries today
	JoinSame      JoinRefused = "same"       // it is this account's own code
	JoinNetwork   JoinRefused = "network"    // both have an account on one network
	JoinSuspended JoinRefused = "suspended"  // one of them is suspended
	JoinTwoPeople JoinRefused = "two_people" // the residents' list says that they are two people
	JoinOver      JoinRefused = "over"       // the question is no longer open
)

// OfferJoin makes a code for a person who asks for one at an address. One they
// had before is good no more.
func OfferJoin(w World, p Person, from Address) (Effects, string) {
	// 27 bits of 60 that nobody can foresee.
	sum := sha256.Sum256([]byte("join " + w.NewID()))
	code := fmt.Sprintf("%08d", binary.BigEndian.Uint64(sum[:8])%1e8)
	j := p.joining(w)
	p.Joining = &Joining{Code: code, Expires: w.Now().Add(JoinFor), From: from, Tries: j.Tries, TriedOn: j.TriedOn}
	return Effects{People: []Person{p}}, code
}

// JoinCode reads a code as people type it.
func JoinCode(said string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(Fold(strings.TrimSpace(said)))
}

// EnterJoin enters a code at an address. giver is whose code it is, if it is
// anybody's. A right one is used up, whatever follows.
func EnterJoin(w World, p Person, at Address, giver Person, known bool) (Effects, JoinRefused) {
	j := p.joining(w)
	if j.Tries >= JoinTries {
		return Effects{}, JoinMany
	}
	if !known || giver.Joining == nil || giver.Joining.Code == "" || !w.Now().Before(giver.Joining.Expires) {
		j.Tries++
		p.Joining = &j
		out := Effects{People: []Person{p}}
		if j.Tries == JoinTries {
			out.Notes = append(out.Notes, Note{Kind: "join_guessed", Person: p.ID})
		}
		return out, JoinWrong
	}
	if why := twoAccounts(w, giver, p); why != "" {
		return Effects{}, why
	}
	g := *giver.Joining
	g.Code, g.With, g.At, g.Agreed, g.Expires = "", p.ID, at, false, w.Now().Add(JoinFor)
	giver.Joining = &g
	return Effects{People: []Person{giver}}, ""
}

// JoinTriesLeft is how many wrong codes the person may still enter today.
func (p Person) JoinTriesLeft(w World) int { return JoinTries - p.joining(w).Tries }

// joining is how far the person has got, as of today.
func (p Person) joining(w World) Joining {
	j := Joining{}
	if p.Joining != nil {
		j = *p.Joining
	}
	if today := DateOf(w.Now(), w.Site().Zone); j.TriedOn != today {
		j.Tries, j.TriedOn = 0, today
	}
	return j
}

// twoAccounts says why two records cannot be one person's.
func twoAccounts(w World, a, b Person) JoinRefused {
	shared := func(x Address) bool {
		return slices.ContainsFunc(b.Addresses, func(y Address) bool { return x.Channel == y.Channel })
	}
	switch {
	case a.ID == b.ID:
		return JoinSame
	case a.Suspended, b.Suspended:
		return JoinSuspended
	case slices.ContainsFunc(a.Addresses, shared):
		return JoinNetwork
	case a.Number != "" && b.Number != "" && a.Number != b.Number:
		return JoinTwoPeople
	}
	return ""
}

// asked tells whether the question about joining with a record is open.
func (p Person) asked(w World, with Person) bool {
	return p.Joining != nil && p.Joining.With != "" && with.Is(p.Joining.With) && w.Now().Before(p.Joining.Expires)
}

// AgreeJoin is the word of the account that entered the code: the one that made
// it is theirs. The person is returned who is to be asked now.
func AgreeJoin(w World, p, giver Person) (Effects, JoinRefused) {
	if !giver.asked(w, p) {
		return Effects{}, JoinOver
	}
	if why := twoAccounts(w, giver, p); why != "" {
		return Effects{}, why
	}
	g := *giver.Joining
	g.Agreed, g.Expires = true, w.Now().Add(JoinFor)
	giver.Joining = &g
	return Effects{People: []Person{giver}}, ""
}

// DeclineJoin ends it: either account said that the other is not theirs.
func DeclineJoin(w World, giver, other Person) (Effects, JoinRefused) {
	if !giver.asked(w, other) {
		return Effects{}, JoinOver
	}
	j := giver.joining(w)
	giver.Joining = &Joining{Tries: j.Tries, TriedOn: j.TriedOn}
	return Effects{People: []Person{giver}, Notes: []Note{{
		Kind: "join_declined", Person: giver.ID, SeenAt: w.Now(), Facts: map[string]string{"with": other.ID},
	}}}, ""
}

// ConfirmJoin is the word of the account that made the code, and joins the two:
// other becomes part of giver. The person is returned as they are then.
func ConfirmJoin(w World, giver, other Person) (Effects, Person, JoinRefused, error) {
	if !giver.asked(w, other) || !giver.Joining.Agreed {
		return Effects{}, giver, JoinOver, nil
	}
	if why := twoAccounts(w, giver, other); why != "" {
		return Effects{}, giver, why, nil
	}
	from := giver.Joining.From
	giver.Joining = nil
	out, joined, err := Join(w, other, giver)
	if err != nil {
		return Effects{}, giver, "", err
	}
	// Whoever confirms wrote last.
	if i := slices.Index(joined.Addresses, from); i > 0 {
		joined.Addresses = append([]Address{from}, slices.Delete(slices.Clone(joined.Addresses), i, i+1)...)
	}
	out.People = append(out.People, joined)
	return out, joined, "", nil
}
