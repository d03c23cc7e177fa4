package storage

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"frontdesk/desk"
)

// How much one search looks at, so that it takes no longer in a large store: the
// rows that it walks, and the tickets that it reads. It says so when it stopped.
const (
	findRows  = 4000
	findReads = 400
	// countedMost is how far hits are counted.
	countedMost = 100
	// weighMost is how many rows of a list are counted to see which is short.
	weighMost = 500
)

// findKey is a key of the index find: the word or place, and the second in which
// the ticket was filed, so that the rows of one word lie in the order of filing.
func findKey(key string, at time.Time) string { return Key(key) + second(at) }

// second writes an instant so that it sorts, in eight characters.
func second(t time.Time) string {
	s := min(max(t.Unix(), 0), 1<<32-1)
	return fmt.Sprintf("%08x", s)
}

// posting is a list of tickets in the order of filing: a range of an index.
type posting struct {
	index, prefix string
	// also are other keys of the index find that each of them must have.
	also []string
}

// at is the second in a key of the posting.
func (p posting) at(key string) string {
	rest := key[len(p.prefix):]
	if p.index == "find" {
		return rest
	}
	t, err := time.Parse(timeKeyLayout, strings.TrimSuffix(rest, "\x01"))
	if err != nil {
		return ""
	}
	return second(t)
}

// within is the range of the posting between two instants; zero is open.
func (p posting) within(from, to time.Time) Range {
	bound := func(t time.Time) string {
		if p.index == "find" {
			return p.prefix + second(t)
		}
		return p.prefix + TimeKey(t)
	}
	r := Range{Prefix: p.prefix, Reverse: true}
	if !from.IsZero() {
		r.From = bound(from)
	}
	if !to.IsZero() {
		if p.index == "find" && to.Nanosecond() > 0 {
			to = to.Add(time.Second) // The second that it is in belongs to it.
		}
		r.To = bound(to)
	}
	return r
}

// postings are the lists in which the tickets of a term are, each ticket in one
// of them at least.
func postings(m desk.Sought) []posting {
	var list []posting
	add := func(letter string, values []string) {
		for _, v := range values {
			list = append(list, posting{index: "find", prefix: Key(letter + v)})
		}
	}
	add("p", m.Places)
	add("b", m.Buildings)
	add("c", m.Categories)
	add("d", m.Departments)
	add("k", m.Kinds)
	add("t", m.People)
	for _, person := range m.People {
		list = append(list, posting{index: "requester", prefix: Key(person)})
	}
	for _, number := range m.Numbers {
		list = append(list, posting{index: "number", prefix: Key(number)})
	}
	if len(m.Grams) > 0 {
		p := posting{index: "find"}
		for _, gram := range m.Grams {
			p.also = append(p.also, "w"+gram)
		}
		list = append(list, p)
	}
	return list
}

// Find implements desk.Reader. It walks the shortest list of all terms from the
// newest ticket on, asks the index whether the others have the ticket too, and
// reads what is left.
func (w *World) Find(s desk.Search, skip, n int) desk.Hits {
	f := &finding{w: w, s: s, skip: skip, n: n}
	f.terms()
	for _, m := range s.Terms {
		if len(m.Numbers) > 0 {
			f.byNumber(m.Numbers)
		}
	}
	w.fail(f.walk())
	return f.hits
}

type finding struct {
	w       *World
	s       desk.Search
	skip, n int
	hits    desk.Hits
	// lists are those of each term; the first term is walked.
	lists [][]posting
	known map[string]bool // tickets that were looked at
	rows  int
	reads int
	errs  error
}

// terms finds the lists, and puts the term with the fewest tickets first.
func (f *finding) terms() {
	f.known = map[string]bool{}
	best, least := -1, 0
	for i, m := range f.s.Terms {
		lists := postings(m)
		weight := 0
		for k := range lists {
			lists[k] = f.shortest(lists[k])
			weight += f.weigh(lists[k])
		}
		f.lists = append(f.lists, lists)
		if best < 0 || weight < least {
			best, least = i, weight
		}
	}
	if open := f.open(); open != nil && (best < 0 || least >= weighMost) {
		f.lists = append([][]posting{open}, f.lists...)
		return
	}
	if best < 0 {
		f.lists = [][]posting{{{index: "created"}}}
		return
	}
	f.lists[0], f.lists[best] = f.lists[best], f.lists[0]
}

// open are the lists of what is owed, if that is looked for: they are short.
func (f *finding) open() []posting {
	if f.s.State != desk.FindOpen && f.s.State != desk.FindOverdue && !desk.State(f.s.State).Open() {
		return nil
	}
	var list []posting
	for _, d := range f.w.site.Departments {
		list = append(list, posting{index: "open", prefix: Key(d.ID)})
	}
	list = append(list, posting{index: "open", prefix: Key("")}) // of no department: complaints
	return list
}

// shortest lets a list of words be walked by its rarest piece.
func (f *finding) shortest(p posting) posting {
	if p.prefix != "" || len(p.also) == 0 {
		return p
	}
	least := -1
	for _, key := range p.also {
		candidate := posting{index: "find", prefix: Key(key)}
		if weight := f.weigh(candidate); least < 0 || weight < least {
			p.prefix, least = candidate.prefix, weight
		}
	}
	return p
}

func (f *finding) weigh(p posting) int {
	if p.index == "number" {
		return 0
	}
	r := p.within(f.s.From, f.s.To)
	r.Limit = weighMost
	n := 0
	f.w.fail(Tickets.Keys(f.w.tx, p.index, r, func(string, string) error { n++; return nil }))
	return n
}

// byNumber looks at the tickets that were named.
func (f *finding) byNumber(numbers []string) {
	for _, number := range numbers {
		if t, ok := f.w.TicketByNumber(number); ok {
			f.known[t.ID] = true
			f.hit(t)
		}
	}
}

// hit keeps a ticket if it is what is looked for.
func (f *finding) hit(t desk.Ticket) {
	if !f.s.Fits(f.w.site, t, f.w.Now()) {
		return
	}
	if f.hits.Count >= f.skip && len(f.hits.Tickets) < f.n {
		f.hits.Tickets = append(f.hits.Tickets, t)
	}
	f.hits.Count++
}

// walk looks through the lists of the first term.
func (f *finding) walk() error {
	if len(f.s.Terms) == 1 && len(f.s.Terms[0].Numbers) > 0 && len(f.lists[0]) == 1 {
		return nil // A number alone.
	}
	for pos := range merged(f.w.tx, f.lists[0], f.s.From, f.s.To, &f.errs) {
		if f.known[pos.id] {
			continue
		}
		f.known[pos.id] = true
		if f.rows++; f.rows > findRows || f.reads >= findReads {
			f.hits.Older = olderThan(pos.at)
			f.hits.More = f.hits.Count > 0
			return f.errs
		}
		has, err := f.has(pos)
		if err != nil {
			return err
		}
		if !has {
			continue
		}
		f.reads++
		t, ok, err := Tickets.Get(f.w.tx, pos.id)
		if err != nil {
			return err
		}
		if ok {
			f.hit(t)
		}
		if f.hits.Count > max(countedMost, f.skip+f.n) {
			f.hits.Count--
			f.hits.More = true
			return nil
		}
	}
	return f.errs
}

// olderThan is the end of the second that was not looked through.
func olderThan(at string) time.Time {
	s, _ := strconv.ParseInt(at, 16, 64)
	return time.Unix(s+1, 0).UTC()
}

// has asks the index whether a ticket may be of every term: what it cannot say
// is seen when the ticket is read.
func (f *finding) has(pos position) (bool, error) {
	for _, lists := range f.lists {
		found := false
		for _, p := range lists {
			if p.index != "find" {
				found = true // A requester, a number, or what is open.
				break
			}
			ok, err := f.row(p, pos)
			if err != nil {
				return false, err
			}
			if ok {
				found = true
				break
			}
		}
		if !found {
			return false, nil
		}
	}
	return true, nil
}

// row asks the index for one list.
func (f *finding) row(p posting, pos position) (bool, error) {
	keys := p.also
	if len(keys) == 0 {
		return Tickets.Has(f.w.tx, "find", p.prefix+pos.at, pos.id)
	}
	for _, key := range keys {
		ok, err := Tickets.Has(f.w.tx, "find", Key(key)+pos.at, pos.id)
		if err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}
