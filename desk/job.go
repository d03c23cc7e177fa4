package desk

import "time"

// Job is something due. It is unique by its key, so that a restart, a second
// replica or a re-run cannot double it.
type Job struct {
	Key     string    `json:"key"` // kind/subject, or kind/local date
	Kind    string    `json:"kind"`
	Subject string    `json:"subject,omitempty"`
	Due     time.Time `json:"due"`
	Attempt int       `json:"attempt,omitempty"`
	// Spread is set when the job came due in a downtime and was moved so that
	// not everything fires at once.
	Spread bool `json:"spread,omitempty"`
	// Last is the reason of the last failure.
	Last string `json:"last,omitempty"`
}

// TicketTimer is a kind of job that follows from a ticket's state alone: when
// Due gives a time the job exists, when it gives none it does not. So undo,
// pause and every other action keep the jobs right without naming them.
type TicketTimer struct {
	Kind string
	// Of is the kind of ticket that it is for alone; empty: every kind but those
	// that have timers of their own.
	Of string
	// Due says when; the zero time means never.
	Due func(s *Site, t Ticket) time.Time
	// Fire says what happens then. It is called only while Due still gives a
	// time that has come.
	Fire func(w World, t Ticket) (Effects, error)
}

// Timers lists every ticket timer. A new kind of job is one file and one line
// here.
var Timers = registerTimers(append(checkoutTimers,
	timerTake,
	timerArrive,
	timerOverdue,
	timerPause,
	timerOffer,
	timerNoAccess,
	timerCallbackAsk,
	timerCallbackRemind,
	timerCallbackCall,
	timerCallbackClose,
	timerCallbackLook,
	timerCallbackLapse,
	timerCaseReply,
	timerCaseDone,
	timerInspectAnswer,
	timerInspectDecide,
	timerInspectFees,
	timerInspectGoods,
	timerInspectOpen,
	timerInspectUnsigned,
	timerInspectUnconfirmed,
)...)

func registerTimers(list ...TicketTimer) []TicketTimer {
	seen := map[string]bool{}
	own := map[string]bool{}
	for _, t := range list {
		own[t.Of] = t.Of != ""
	}
	for i, t := range list {
		if t.Kind == "" || t.Due == nil || t.Fire == nil || seen[t.Kind] {
			panic("desk: timer " + t.Kind + " is incomplete or named twice")
		}
		seen[t.Kind] = true
		list[i].Due = func(s *Site, ticket Ticket) time.Time {
			if t.Of != ticket.Kind && (t.Of != "" || own[ticket.Kind]) {
				return zeroTime
			}
			return t.Due(s, ticket)
		}
	}
	return list
}

// TicketJobs are the jobs that a ticket should have in its present state.
func TicketJobs(s *Site, t Ticket) []Job {
	var jobs []Job
	for _, timer := range Timers {
		if t.Incident != "" && t.State.Open() {
			break // It waits for the incident, and nobody is late with it alone.
		}
		if due := timer.Due(s, t); !due.IsZero() {
			jobs = append(jobs, Job{Key: timer.Kind + "/" + t.ID, Kind: timer.Kind, Subject: t.ID, Due: due})
		}
	}
	if t.unfetched() {
		jobs = append(jobs, Job{Key: JobFetch + "/" + t.ID, Kind: JobFetch, Subject: t.ID, Due: t.Created})
	}
	return jobs
}

// Kinds of jobs that need more than rules: the bytes of a ticket's files are
// fetched, and a person's menu of commands is set.
const (
	JobFetch    = "fetch"
	JobCommands = "commands"
	// JobMakeGroup makes the group of a department, subject: its id and who asked.
	JobMakeGroup = "make_group"
)

// unfetched tells whether some file's bytes are not here yet.
func (t Ticket) unfetched() bool {
	for _, list := range t.FileLists() {
		for _, f := range list {
			if f.Hash == "" && f.Missing == "" {
				return true
			}
		}
	}
	return false
}

// TimerOf finds the timer of a kind.
func TimerOf(kind string) (TicketTimer, bool) {
	for _, t := range Timers {
		if t.Kind == kind {
			return t, true
		}
	}
	return TicketTimer{}, false
}
