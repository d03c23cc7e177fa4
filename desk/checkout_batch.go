package desk

import (
	"slices"
	"time"
)

// batchAtOnce is how many people of a batch one commit asks, batchEvery how far
// apart these commits are: what a whole building gets is spread.
const (
	batchAtOnce  = 40
	batchEvery   = time.Minute
	batchRemind  = 3 // reminders at most, two days apart
	batchLongest = 62
)

// StartBatch begins the checkout of a whole building between two dates: everybody
// who has a stay there is asked to book.
func StartBatch(w World, building string, from, to Date, by Person) (Effects, Batch, error) {
	today := DateOf(w.Now(), w.Site().Zone)
	house, ok := w.Site().Places.Building(building)
	switch {
	case !by.Manages():
		return Effects{}, Batch{}, Refuse("checkout.manager_only")
	case !ok:
		return Effects{}, Batch{}, Refuse("refuse.which")
	case from.Compare(today) < 0 || to.Compare(from) < 0 || to.Compare(from.AddDays(batchLongest)) > 0:
		return Effects{}, Batch{}, Refuse("checkout.batch_dates", "n", batchLongest)
	}
	for _, b := range w.BatchesOf(house.ID) {
		if b.Runs(today) {
			return Effects{}, b, Refuse("checkout.batch_runs", "building", w.Site().PlaceLabel(house.ID), "from", midday(w, b.From), "to", midday(w, b.To))
		}
	}
	b := Batch{ID: w.NewID(), Building: house.ID, From: from, To: to, By: by.ID, At: w.Now()}
	out := Effects{House: HouseEntries{Slots: SlotEntries{Batches: []Batch{b}}}}
	out.Jobs = append(out.Jobs, batchJob(b.ID, w.Now()), batchRemindJob(b.ID, nextRemind(w, b)))
	return out, b, nil
}

// EndBatch ends the checkout of a building early: nobody is asked or reminded any
// more. What is booked stays.
func EndBatch(w World, b Batch, by Person) (Effects, error) {
	switch {
	case !by.Manages():
		return Effects{}, Refuse("checkout.manager_only")
	case !b.Ended.IsZero():
		return Effects{}, Refuse("checkout.batch_ended")
	}
	b.Ended, b.EndedBy = w.Now(), by.ID
	return Effects{House: HouseEntries{Slots: SlotEntries{Batches: []Batch{b}}}, Cancel: []string{batchKey(b.ID), batchRemindKey(b.ID)}}, nil
}

func midday(w World, day Date) time.Time { return ClockTime(12*60).On(day, w.Site().Zone) }

func batchKey(id string) string       { return "batch_ask/" + id }
func batchRemindKey(id string) string { return "batch_remind/" + id }

func batchJob(id string, due time.Time) Job {
	return Job{Key: batchKey(id), Kind: "batch_ask", Subject: id, Due: due}
}

func batchRemindJob(id string, due time.Time) Job {
	return Job{Key: batchRemindKey(id), Kind: "batch_remind", Subject: id, Due: due}
}

// nextRemind is when who has not booked is reminded next: at ten in the morning,
// two days on, and in any case on the day before the first and the last day.
func nextRemind(w World, b Batch) time.Time {
	ten, zone := ClockTime(10*60), w.Site().Zone
	today := DateOf(w.Now(), zone)
	next := today.AddDays(2)
	for _, last := range []Date{b.From.AddDays(-1), b.To.AddDays(-1)} {
		if today.Compare(last) < 0 && last.Compare(next) < 0 {
			next = last
		}
	}
	return ten.On(next, zone)
}

// jobBatchAsk asks the next few people of a batch, until everybody was. It goes by
// what is written about each, so that nobody is asked twice, and it does not go on
// at night.
var jobBatchAsk = JobKind{
	Name:   "batch_ask",
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		b, ok := r.Batch(j.Subject)
		if !ok || !b.Runs(DateOf(r.Now(), r.Site().Zone)) {
			return Effects{}, nil
		}
		if at := r.Site().Quiet.Release(r.Now(), r.Site().Zone); at.After(r.Now()) {
			return Effects{Jobs: []Job{batchJob(b.ID, at)}}, nil
		}
		var out Effects
		n := 0
		for _, stay := range r.StaysHere(b.Building) {
			if _, done := r.BatchStay(b.ID, stay.ID); done || !stay.State.Here() {
				continue
			}
			if n++; n > batchAtOnce {
				out.Jobs = append(out.Jobs, batchJob(b.ID, r.Now().Add(batchEvery)))
				return out, nil
			}
			entry := BatchStay{Batch: b.ID, Stay: stay.ID, Place: stay.Place, Bed: stay.Bed}
			who := stayHolder(r, stay)
			if _, booked := openCheckout(r, stay.ID); who != "" && !booked {
				out.Say(batchMessage(r, b, stay, who, "checkout.batch_ask", ClassRegistration))
			}
			if who != "" {
				entry.Person, entry.Asked = who, r.Now()
			}
			out.House.Slots.BatchStays = append(out.House.Slots.BatchStays, entry)
		}
		b.Invited = r.Now()
		out.House.Slots.Batches = append(out.House.Slots.Batches, b)
		return out, nil
	},
}

// stayHolder is the account that a stay is of, if it can be written to.
func stayHolder(w World, s Stay) string {
	id := s.Person
	if id == "" && s.Number != "" {
		if p, ok := w.PersonByNumber(NumberKey(s.Number)); ok {
			id = p.ID
		}
	}
	if !writable(w, id) {
		return ""
	}
	return id
}

func batchMessage(w World, b Batch, s Stay, who, key string, class Class) Message {
	return Message{
		Person: who, Class: class, Lane: LaneRoutine, Key: "batch/" + b.ID + "/" + s.ID + "/" + key + "/" + DateOf(w.Now(), w.Site().Zone).String(),
		//locale:key checkout.batch_ask checkout.batch_remind
		Text:    T(key, "place", w.Site().PlaceLabel(s.Place), "from", midday(w, b.From), "to", midday(w, b.To)),
		Buttons: [][]Button{Row(Button{Label: T("button.checkout_book"), Data: CommandData("checkout|b")})},
	}
}

// jobBatchRemind reminds those who have neither booked nor left, some at a time.
var jobBatchRemind = JobKind{
	Name:   "batch_remind",
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		b, ok := r.Batch(j.Subject)
		today := DateOf(r.Now(), r.Site().Zone)
		if !ok || !b.Runs(today) {
			return Effects{}, nil
		}
		if at := r.Site().Quiet.Release(r.Now(), r.Site().Zone); at.After(r.Now()) {
			return Effects{Jobs: []Job{batchRemindJob(b.ID, at)}}, nil
		}
		var out Effects
		n := 0
		for _, entry := range r.BatchStays(b.ID) {
			stay, ok := r.Stay(entry.Stay)
			if !ok || entry.Person == "" || entry.Reminded >= batchRemind || DateOf(entry.Asked, r.Site().Zone) == today ||
				StandingOf(r, entry) != BatchSilent || !writable(r, entry.Person) {
				continue
			}
			if n++; n > batchAtOnce {
				out.Jobs = append(out.Jobs, batchRemindJob(b.ID, r.Now().Add(batchEvery)))
				return out, nil
			}
			// The day on which somebody was last spoken to keeps them from being
			// reminded twice.
			entry.Reminded, entry.Asked = entry.Reminded+1, r.Now()
			out.House.Slots.BatchStays = append(out.House.Slots.BatchStays, entry)
			out.Say(batchMessage(r, b, stay, entry.Person, "checkout.batch_remind", ClassReminder))
		}
		if next := nextRemind(r, b); DateOf(next, r.Site().Zone).Compare(b.To) <= 0 {
			out.Jobs = append(out.Jobs, batchRemindJob(b.ID, next))
		}
		return out, nil
	},
}

// BatchStanding is how far somebody of a batch has got.
type BatchStanding string

// The standings, in the order in which they are shown.
const (
	BatchClosed    BatchStanding = "closed"    // the certificate is issued
	BatchInspected BatchStanding = "inspected" // being inspected or signed
	BatchBooked    BatchStanding = "booked"
	BatchWaiting   BatchStanding = "waiting" // on a waiting list
	BatchAgain     BatchStanding = "again"   // has to choose another day
	BatchSilent    BatchStanding = "silent"  // asked, and not booked
	BatchNobody    BatchStanding = "nobody"  // has no account that could be asked
)

// BatchStandings lists them all.
var BatchStandings = []BatchStanding{BatchClosed, BatchInspected, BatchBooked, BatchWaiting, BatchAgain, BatchSilent, BatchNobody}

// StandingOf is how far a stay of a batch has got: as its newest checkout says that
// was not cancelled.
func StandingOf(w World, entry BatchStay) BatchStanding {
	for _, t := range w.CheckoutsOf(entry.Stay) {
		switch c := t.Checkout; {
		case t.State == StateCancelled:
			continue
		case t.State == StateClosed:
			return BatchClosed
		case t.State == StateTaken || t.State == StateArrived || t.State == StateDone || t.State == StatePaused:
			return BatchInspected
		case t.State == StateNoAccess || !c.Lost.IsZero():
			return BatchAgain
		case c.Waiting:
			return BatchWaiting
		}
		return BatchBooked
	}
	if entry.Person == "" {
		return BatchNobody
	}
	return BatchSilent
}

// BatchProgress is how far the checkout of a building has got: each stay once.
type BatchProgress struct {
	Batch Batch
	Lists map[BatchStanding][]BatchStay
	All   int
}

// ProgressOf counts a batch. Before everybody was asked it counts those who were.
func ProgressOf(r Reader, b Batch) BatchProgress {
	p := BatchProgress{Batch: b, Lists: map[BatchStanding][]BatchStay{}}
	for _, entry := range r.BatchStays(b.ID) {
		standing := StandingOf(r, entry)
		p.Lists[standing] = append(p.Lists[standing], entry)
		p.All++
	}
	return p
}

// Batches lists the checkouts of buildings that somebody may follow and that still
// run or ended in the last week, newest first.
func Batches(w World, p Person) []Batch {
	today := DateOf(w.Now(), w.Site().Zone)
	var list []Batch
	for _, house := range w.Site().Places.Buildings() {
		if !FollowsBatch(w.Site(), p, house.ID) {
			continue
		}
		for _, b := range w.BatchesOf(house.ID) {
			if b.Runs(today.AddDays(-7)) {
				list = append(list, b)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Batch) int { return b.At.Compare(a.At) })
	return list
}

// FollowsBatch tells whether somebody may see how the checkout of a building goes,
// with its lists: the desk, supervisors, and who inspects there.
func FollowsBatch(s *Site, p Person, building string) bool {
	return p.Desk() || p.Has(RoleSupervisor) || s.Inspects(p, building)
}
