package desk

import "time"

// World is what a rule may look at: one consistent view of the desk, at one
// instant. Within a transaction it reads that transaction. A read that fails
// makes the transaction fail, so a rule need not ask.
type World interface {
	// Now is the one instant of the transaction; NewID its only randomness.
	Now() time.Time
	NewID() string
	// Number gives the next number of a letter, such as R-1042.
	Number(letter string) string
	Site() *Site

	Ticket(id string) (Ticket, bool)
	TicketByNumber(number string) (Ticket, bool)
	Person(id string) (Person, bool)
	PersonAt(a Address) (Person, bool)
	// PersonByPhone finds a caller by the number they gave, digits only compared.
	PersonByPhone(phone string) (Person, bool)
	// Holders lists who holds a role (every scope), suspended ones left out.
	Holders(role RoleName) []Person
	// Groups lists the groups bound to a department that are alive.
	Groups(department string) []Group
	GroupAt(a Address) (Group, bool)
	Conversation(key string) (Conversation, bool)
	// TicketsOf lists a person's tickets as requester, newest first, at most n.
	TicketsOf(person string, n int) []Ticket
	// TicketsTaken lists the open tickets that a person has taken.
	TicketsTaken(person string) []Ticket
	// TicketsJoined lists the tickets that a person has joined, newest first, at
	// most n.
	TicketsJoined(person string, n int) []Ticket
	// OpenAt lists the open tickets of a place, newest first, at most n.
	OpenAt(place string, n int) []Ticket
	Posts(ticket string) []Post
	Post(id string) (Post, bool)
	Invite(code string) (Invite, bool)
	Alarm(id string) (Alarm, bool)
	// Sealed is who filed an anonymous ticket, or nobody. Only what is sent to that
	// person may be made of it; it is never shown, kept or counted.
	Sealed(ticket string) (person string)
	// SealedOf lists the anonymous tickets of a person, for the person alone.
	SealedOf(person string) []Ticket
	// TicketsThemed lists the tickets with a theme that were filed since, newest
	// first, at most n.
	TicketsThemed(theme string, since time.Time, n int) []Ticket
	ResidentList
	CallBook
	DutyBook
	HouseBook
	MorningBook
	MeetingBook
	WorkBook
	EmergencyBook
	ErasureBook
	RoundBook
	HouseBook
}

// Reader is a World that can also list, for reports and lists. It is used in
// reads only: an update touches a bounded number of rows.
type Reader interface {
	World
	HouseLists
	// Open lists every open ticket of a department (empty: of all), oldest first.
	Open(department string) []Ticket
	// Between lists the tickets created in [from, to).
	Between(from, to time.Time) []Ticket
	// Events lists what happened in [from, to), in order of commit.
	EventsBetween(from, to time.Time) []Event
	CallTasks() []CallTask
	History(ticket string) []Event
	// Counted gives the digest of the period that ended at a time, as it was
	// counted then.
	Counted(to time.Time) (Counts, bool)
	// Find looks for tickets, newest first: those behind the first skip, at most n.
	Find(s Search, skip, n int) Hits
	// PeopleNamed lists people in whose name the word is, PeopleByPhone those whose
	// number begins with the figures; none when there are more than n.
	PeopleNamed(word string, n int) []Person
	PeopleByPhone(digits string, n int) []Person
	// Undelivered counts the messages of [from, to) that were given up.
	Undelivered(from, to time.Time) int
}
