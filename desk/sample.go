package desk

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"time"
)

// Frame is what a month's sample is drawn from: the tickets of one line of the
// policy, in the order in which they were asked. Whoever has the seed and the list
// can work out again which of them are in the sample.
type Frame struct {
	ID   string `json:"id"` // month and line: 2026-11 repair 30%
	Seed string `json:"seed"`
	// Share is how many of a hundred are drawn.
	Share int `json:"share"`
	// N is how many tickets are in it so far, Drawn how many of them in the sample.
	N     int `json:"n"`
	Drawn int `json:"drawn"`
}

// Sample is where a ticket stands in a frame.
type Sample struct {
	Frame string `json:"frame"`
	// Place is its place in the frame, from 0; In whether it is in the sample, and
	// then Nth the how manieth of it, from 1.
	Place int  `json:"place"`
	In    bool `json:"in,omitempty"`
	Nth   int  `json:"nth,omitempty"`
}

// FrameEntry is one line of a frame's list.
type FrameEntry struct {
	Frame  string    `json:"frame"`
	Place  int       `json:"place"`
	Ticket string    `json:"ticket"`
	At     time.Time `json:"at"`
	In     bool      `json:"in,omitempty"`
}

// Sampled tells whether a place of a frame, from 0, is in its sample of share per
// hundred. The frame is cut into stretches as long as one draw needs, and one
// place of each is drawn by the seed alone: among the first n there are as many as
// the share says, or one more, and nobody can tell beforehand which.
func Sampled(seed string, share, place int) bool {
	switch {
	case place < 0 || share <= 0:
		return false
	case share >= 100:
		return true
	}
	from, _, drawn := Stretch(seed, share, place)
	return place == from+drawn
}

// Stretch is the part of a frame in which a place lies, from its first place to
// before to, and which of it is drawn, from 0. The share is within 1 and 99.
func Stretch(seed string, share, place int) (from, to, drawn int) {
	n := place * share / 100
	from, to = (n*100+share-1)/share, ((n+1)*100+share-1)/share
	sum := sha256.Sum256([]byte(seed + "/" + strconv.Itoa(n)))
	return from, to, int(binary.BigEndian.Uint64(sum[:8]) % uint64(to-from)) //nolint:gosec // A stretch has at most 100 places.
}

// enrol gives a ticket its place in this month's frame, once, if the policy draws a
// sample of its kind. The history says whether it is in.
func enrol(w World, t *Ticket, e *Event) Effects {
	line, ok := w.Site().Callback.line(w.Site(), *t)
	if !ok || t.Sample != nil || line.Share <= 0 || line.Share >= 100 {
		return Effects{}
	}
	id := w.Now().In(w.Site().Zone).Format("2006-01") + " " + line.name()
	f, known := w.Frame(id)
	if !known {
		f = Frame{ID: id, Seed: w.NewID(), Share: line.Share}
	}
	sample := Sample{Frame: id, Place: f.N, In: Sampled(f.Seed, f.Share, f.N)}
	f.N++
	if sample.In {
		f.Drawn++
		sample.Nth = f.Drawn
	}
	t.Sample = &sample
	details := map[string]string{"frame": id, "place": strconv.Itoa(sample.Place), "in": strconv.FormatBool(sample.In)}
	for name, value := range e.Details {
		details[name] = value
	}
	e.Details = details
	return Effects{
		Frames:  []Frame{f},
		Entries: []FrameEntry{{Frame: id, Place: sample.Place, Ticket: t.ID, At: w.Now(), In: sample.In}},
	}
}

// Why says in one line whether a ticket is phoned about when nobody answers, and
// why: by the policy, or by its place in the sample. It is empty while that is not
// known.
func Why(s *Site, t Ticket) Text {
	line, ok := s.Callback.line(s, t)
	switch {
	case t.Sample != nil && t.Sample.In:
		return T("sample.in", "frame", t.Sample.Frame, "place", t.Sample.Place+1, "nth", t.Sample.Nth)
	case t.Sample != nil:
		return T("sample.out", "frame", t.Sample.Frame, "place", t.Sample.Place+1)
	case !ok || line.Share <= 0:
		return T("sample.never")
	case line.Share >= 100:
		return T("sample.always")
	}
	return Text{}
}

// WhyDrawn is how a ticket's place was drawn, to be worked out again; empty for a
// ticket without one.
func WhyDrawn(w World, t Ticket) Text {
	if t.Sample == nil {
		return Text{}
	}
	f, ok := w.Frame(t.Sample.Frame)
	if !ok || f.Share < 1 || f.Share > 99 {
		return Text{}
	}
	from, to, drawn := Stretch(f.Seed, f.Share, t.Sample.Place)
	return T("sample.drawn", "seed", f.Seed, "n", f.N, "drawn", f.Drawn, "from", from+1, "to", to, "at", from+drawn+1)
}
