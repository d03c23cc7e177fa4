package desk

import "time"

// meets tells whether [from, to) touches the hours of a span on any day.
func (s Span) meets(from, to time.Time, zone *time.Location) bool {
	if s.From == s.To {
		return false
	}
	for day, last := DateOf(from, zone).AddDays(-1), DateOf(to, zone); day.Compare(last) <= 0; day = day.AddDays(1) {
		begin, end := s.From.On(day, zone), s.To.On(day, zone)
		if s.To <= s.From {
			end = s.To.On(day.AddDays(1), zone)
		}
		if from.Before(end) && begin.Before(to) {
			return true
		}
	}
	return false
}

// daysOf are the dates that [from, to) touches.
func daysOf(from, to time.Time, zone *time.Location) []Date {
	var list []Date
	for day := DateOf(from, zone); ; day = day.AddDays(1) {
		list = append(list, day)
		if !ClockTime(0).On(day.AddDays(1), zone).Before(to) {
			return list
		}
	}
}

// Clashes are what speaks against the time of a work: exams, quiet hours, the midday
// rest, a holiday, and other works in the same place at the same time.
func Clashes(w World, x Work) []Text {
	s := w.Site()
	var list []Text
	exam, holiday := false, false
	for _, day := range daysOf(x.From, x.To, s.Zone) {
		exam = exam || s.Calendar.Exam(day)
		holiday = holiday || !s.Calendar.WorkdayOn(day)
	}
	if exam {
		list = append(list, T("works.clash_exam"))
	}
	if (Span{From: s.Quiet.From, To: s.Quiet.To}).meets(x.From, x.To, s.Zone) {
		list = append(list, T("works.clash_quiet", "from", s.Quiet.From.String(), "to", s.Quiet.To.String()))
	}
	if s.Calendar.Midday.meets(x.From, x.To, s.Zone) {
		list = append(list, T("works.clash_midday"))
	}
	if holiday {
		list = append(list, T("works.clash_holiday"))
	}
	for _, other := range w.WorksFrom(x.From, worksLooked) {
		if other.ID == x.ID || !other.Live() || !other.From.Before(x.To) || !x.From.Before(other.To) {
			continue
		}
		if at := x.meet(s, other); len(at) > 0 && len(x.More) > 0 {
			list = append(list, T("works.clash_work_at", "place", PlacesText(s, at), "work", WorkName(s, other), "from", other.From, "to", other.To))
		} else if len(at) > 0 {
			list = append(list, T("works.clash_work", "work", WorkName(s, other), "from", other.From, "to", other.To))
		}
	}
	return list
}

// WorkName is what a work is called: what it takes away, and where.
//
//locale:prefix works.kind.
func WorkName(s *Site, x Work) Text {
	return T("works.name", "kind", T("works.kind."+string(x.Kind)), "place", PlacesText(s, x.Places()))
}

// WorkText is a work with its time and its words, as somebody who reads a language
// is told.
func WorkText(s *Site, key string, x Work, lang string) Text {
	words := Text{}
	if len(x.Text) > 0 {
		words = T("label", "label", x.Text)
		if x.Text[lang] == "" {
			words = Lines(words, T("works.one_language"))
		}
	}
	return Lines(T(key, "work", WorkName(s, x), "from", x.From, "to", x.To), words) //locale:key works.announced works.hour works.changed works.line
}
