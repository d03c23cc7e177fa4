package desk

// JobKind is a kind of job that is not a ticket's timer: a list, a digest, the
// reminder of an unfinished conversation.
type JobKind struct {
	Name string
	// Gather kinds read much: Run is called in a read, and what it wants is then
	// committed briefly, once. The others run inside the update.
	Gather bool
	// Run says what happens. Each message with a Key is said once for that key,
	// whatever happens to the job.
	Run func(r Reader, j Job) (Effects, error)
	// Cron is the schedule of a recurring kind; empty for one that is set by a
	// rule and runs once.
	Cron func(s *Site) string
}
