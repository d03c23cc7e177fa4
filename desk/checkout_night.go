package desk

import "time"

// offersFrom is the first time from t on at which a place can be offered: not at
// night, nor so late that the hold would reach into it.
func offersFrom(s *Site, t time.Time) time.Time {
	t = s.Quiet.Release(t, s.Zone)
	if end := t.Add(s.Checkout.Hold); s.Quiet.Quiet(end, s.Zone) {
		return s.Quiet.Release(end, s.Zone)
	}
	return t
}

// offeredUntil is the last time at which a place of an hour can be offered to who waits:
// when it is shut to residents. Where that is in the time in which nobody is asked, it
// is the morning after, for as long as one hold: a place that came free in the evening
// or at night is not lost because the desk let people sleep. An hour is left to pack.
func offeredUntil(s *Site, day Date, at ClockTime) time.Time {
	from, _ := SlotTimes(s, day, at)
	shut := from.Add(-s.Checkout.Lead)
	morning := offersFrom(s, shut)
	if !morning.After(shut) {
		return shut
	}
	for last := morning.Add(s.Checkout.Hold); !last.Before(morning); last = last.Add(-s.Checkout.Hold) {
		if !last.Add(s.Checkout.Hold + time.Hour).After(from) {
			return last
		}
	}
	return shut
}

// offerShut tells whether an hour can be offered to nobody any more.
func offerShut(w World, day Date, at ClockTime) bool {
	return offeredUntil(w.Site(), day, at).Before(w.Now()) || slotPast(w, day, at)
}

// waitEnds is when nothing of an hour can be waited for any more. In the morning who
// lets an offer go by comes first, so that the next has a turn.
func waitEnds(s *Site, day Date, at ClockTime) time.Time {
	from, _ := SlotTimes(s, day, at)
	end := offeredUntil(s, day, at)
	if end.After(from.Add(-s.Checkout.Lead)) {
		return end.Add(time.Minute)
	}
	return end
}
