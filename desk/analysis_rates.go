package desk

// RateName names a rate.
type RateName string

// The rates, in the order in which they are shown. Each has its definition in
// docs/kpi.md; work is repairs, requests and emergencies.
const (
	// RateTimely (及时率): of the work that was finished in the period, or is overdue
	// at its end, what was finished by its aim. The aim is moved by pauses. Work that
	// the resident says is not done was not in time.
	RateTimely RateName = "timely"
	// RateCompletion (完成率): of the work that was there, carried over or new and not
	// cancelled, what was finished.
	RateCompletion RateName = "completion"
	// RateRework (返修率): of the work that was finished, what did not hold: a rework
	// goes on with it.
	RateRework RateName = "rework"
	// RateFirstFix (一次修复率): of the repairs that were finished and are no reworks
	// themselves, those that one visit fixed: nobody came twice, nothing was waited
	// for, and it held.
	RateFirstFix RateName = "first_fix"
	// RateSatisfied (满意率): of the work that was finished and rated, what was rated
	// good. Silence is unrated, and stands beside it.
	RateSatisfied RateName = "satisfied"
	// RateCallback (回访率): of those who were asked in the period whether the work is
	// good, in chat or by phone, those who have answered.
	RateCallback RateName = "callback"
	// RateValid (有效投诉率): of the complaints filed in the period on which it is
	// decided, those that had a cause. One that was withdrawn had none; one without
	// analysis is undecided, and stands beside it.
	RateValid RateName = "valid"
)

// Ratio is a share with what it is a share of. Of 0 means that there is none.
type Ratio struct {
	Name  RateName
	Of, N int // N of Of
	// Beside counts what is in neither: unrated work, undecided complaints.
	Beside int
}

// Share is the rate between 0 and 1; without anything to share it is 0.
func (r Ratio) Share() float64 {
	if r.Of == 0 {
		return 0
	}
	return float64(r.N) / float64(r.Of)
}

// Percent is the rate in full percents, rounded to the nearest.
func (r Ratio) Percent() int {
	if r.Of == 0 {
		return 0
	}
	return (200*r.N + r.Of) / (2 * r.Of)
}

const ratedNotFixed = "not_fixed"

// rates works out every rate, those of nothing too.
func (x *analysing) rates() {
	timely, completion := Ratio{Name: RateTimely}, Ratio{Name: RateCompletion, N: x.a.Works.Done, Of: x.a.Works.Due()}
	rework, first := Ratio{Name: RateRework}, Ratio{Name: RateFirstFix}
	satisfied, valid := Ratio{Name: RateSatisfied}, Ratio{Name: RateValid}
	for _, t := range x.a.Tickets {
		if t.Kind == KindComplaint && !t.Began {
			valid.valid(t)
		}
		if t.Case != nil {
			continue
		}
		if t.Overdue {
			timely.Of++
		}
		if !t.At.fulfilled() {
			continue
		}
		if !t.Clocks.Done.IsZero() {
			timely.count(!t.late())
		}
		rework.count(t.Rework != "")
		if t.Kind == KindRepair && t.ReworkNo == 0 {
			first.count(t.Rework == "" && t.Rating != ratedNotFixed && x.oneVisit(t.ID))
		}
		if t.Rating == "" {
			satisfied.Beside++
		} else {
			satisfied.count(t.Rating == "good")
		}
	}
	x.a.Rates = []Ratio{timely, completion, rework, first, satisfied, x.callbacks(), valid}
}

func (r *Ratio) count(is bool) {
	r.Of++
	if is {
		r.N++
	}
}

func (r *Ratio) valid(t Analysed) {
	switch {
	case t.State == StateCancelled:
		r.count(false)
	case t.Case.Cause != "":
		r.count(true)
	default:
		r.Beside++
	}
}

func (x *analysing) callbacks() Ratio {
	rate := Ratio{Name: RateCallback}
	for id := range x.asked {
		if t, ok := x.r.Ticket(id); ok && t.Case == nil && x.counts(t) {
			rate.count(t.Rating != "")
		}
	}
	return rate
}

// oneVisit tells whether somebody came at most once and waited for nothing, until
// the end of the period. What was taken back at once did not happen.
func (x *analysing) oneVisit(id string) bool {
	var acts []Action
	for _, e := range x.r.History(id) {
		if !e.At.Before(x.a.To) {
			break
		}
		switch e.Action {
		case Take, NotOurs, Arrive, PauseWork, Resume, NoAccess, Finish, GiveBack:
			acts = append(acts, e.Action)
		case Undo:
			acts = acts[:max(len(acts)-1, 0)]
		}
	}
	visits := 0
	for _, a := range acts {
		switch a {
		case Arrive:
			visits++
		case PauseWork, NoAccess:
			return false
		}
	}
	return visits <= 1
}
