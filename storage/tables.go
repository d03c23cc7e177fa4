package storage

import (
	"fmt"
	"strconv"
	"time"

	"frontdesk/desk"
)

// The tables, each with its key and indexes. Every table and every secondary
// index of the program is declared in this file and listed in Tables.
var (
	Tickets = NewTable("tickets", func(t desk.Ticket) string { return t.ID },
		Index[desk.Ticket]{"number", func(t desk.Ticket) []string { return []string{Key(t.Number)} }},
		Index[desk.Ticket]{"created", func(t desk.Ticket) []string { return []string{TimeKey(t.Created)} }},
		Index[desk.Ticket]{"requester", func(t desk.Ticket) []string {
			return some(t.Requester != "", Key(t.Requester, TimeKey(t.Created)))
		}},
		// Open tickets only: what lists and counts walk is as long as the work
		// that is owed, however old the archive.
		Index[desk.Ticket]{"open", func(t desk.Ticket) []string {
			return some(t.State.Open(), Key(t.Department, TimeKey(t.Created)))
		}},
		Index[desk.Ticket]{"taken", func(t desk.Ticket) []string {
			return some(t.State.Open() && t.Taker != "", Key(t.Taker, TimeKey(t.TakenAt)))
		}},
		Index[desk.Ticket]{"open_place", func(t desk.Ticket) []string {
			return some(t.State.Open(), Key(t.Place, TimeKey(t.Created)))
		}},
		Index[desk.Ticket]{"joined", func(t desk.Ticket) []string {
			var keys []string
			for _, person := range t.Joined {
				keys = append(keys, Key(person, TimeKey(t.Created)))
			}
			return keys
		}},
		// Finished work by place and category: what is reported there again repeats it.
		Index[desk.Ticket]{"done_place", func(t desk.Ticket) []string {
			done := t.State == desk.StateDone || t.State == desk.StateClosed
			return some(done && !t.DoneAt.IsZero(), Key(t.Place, t.Category, TimeKey(t.DoneAt)))
		}},
		// What a complaint is like others by. Added when no ticket had a theme yet.
		Index[desk.Ticket]{"theme", func(t desk.Ticket) []string {
			if t.Case == nil {
				return nil
			}
			var keys []string
			for _, theme := range t.Case.Themes {
				keys = append(keys, Key(theme, TimeKey(t.Created)))
			}
			return keys
		}},
		Index[desk.Ticket]{"checkout", checkoutKey},
		// Words, place, category and department, each with the second of filing: what
		// is looked for is walked from the newest on. See findKey.
		Index[desk.Ticket]{"find", func(t desk.Ticket) []string {
			keys := t.FindKeys()
			for i, key := range keys {
				keys[i] = findKey(key, t.Created)
			}
			return keys
		}},
	)

	Events = NewTable("events", func(e desk.Event) string { return Key(e.Ticket, width(e.Seq)) },
		Index[desk.Event]{"at", func(e desk.Event) []string { return []string{TimeKey(e.At)} }},
	)

	People = NewTable("people", func(p desk.Person) string { return p.ID },
		Index[desk.Person]{"role", func(p desk.Person) []string {
			var keys []string
			seen := map[desk.RoleName]bool{}
			for _, r := range p.Roles {
				if !seen[r.Name] {
					seen[r.Name] = true
					keys = append(keys, Key(string(r.Name)))
				}
			}
			return keys
		}},
		Index[desk.Person]{"phone", func(p desk.Person) []string { return some(desk.Digits(p.Phone) != "", Key(desk.Digits(p.Phone))) }},
		// Added when no record had a number yet, so that there was nothing to migrate.
		Index[desk.Person]{"number", func(p desk.Person) []string { return some(p.Number != "", Key(p.Number)) }},
		Index[desk.Person]{"name", func(p desk.Person) []string {
			var keys []string
			for _, gram := range desk.Grams(p.Name, p.Shown) {
				keys = append(keys, Key(gram))
			}
			return keys
		}},
		// Added when no record had a code yet.
		Index[desk.Person]{"join", func(p desk.Person) []string { return some(p.Joining != nil && p.Joining.Code != "", joinKey(p)) }},
		Index[desk.Person]{"home", func(p desk.Person) []string { return some(p.Home != "", Key(p.Home)) }},
	)

	// Addresses point to people: joining two accounts moves addresses.
	Addresses = NewTable("addresses", func(a AddressRow) string { return a.Address },
		Index[AddressRow]{"person", func(a AddressRow) []string { return []string{Key(a.Person)} }},
	)

	Posts = NewTable("posts", func(p desk.Post) string { return p.ID },
		Index[desk.Post]{"ticket", func(p desk.Post) []string {
			keys := some(p.Ticket != "", Key(p.Ticket))
			for _, t := range p.Tickets {
				keys = append(keys, Key(t))
			}
			return keys
		}},
		Index[desk.Post]{"group", func(p desk.Post) []string {
			return some(p.Kind == desk.PostGroup || p.Kind == desk.PostList, Key(p.Chat.Chat().String(), TimeKey(p.Created)))
		}},
		Index[desk.Post]{"ref", func(p desk.Post) []string {
			return some(p.Ref != "", Key(p.Chat.Chat().String(), p.Ref))
		}},
	)

	Jobs = NewTable("jobs", func(j desk.Job) string { return j.Key },
		Index[desk.Job]{"due", func(j desk.Job) []string { return []string{TimeKey(j.Due)} }},
	)

	Outbox = NewTable("outbox", func(o Outgoing) string { return o.ID },
		// Waiting rows by lane, chat and age: the loop visits the first row of
		// each chat and never walks a backlog.
		Index[Outgoing]{"waiting", func(o Outgoing) []string {
			return some(o.State == OutWaiting, Key(strconv.Itoa(int(o.Lane)), o.Chat.Chat().String(), o.ID))
		}},
		Index[Outgoing]{"claimed", func(o Outgoing) []string { return some(o.State == OutClaimed, Key(o.ID)) }},
		// Rows that wait until a person writes. Added when no row could be held yet, so
		// that there was nothing to migrate.
		Index[Outgoing]{"held", func(o Outgoing) []string { return some(o.State == OutHeld, Key(o.Chat.Chat().String(), o.ID)) }},
		Index[Outgoing]{"dead", func(o Outgoing) []string { return some(o.State == OutDead, TimeKey(o.Created)) }},
	)

	// Deliveries say what was told to whom, when: replies to cards and reports
	// need it.
	Deliveries = NewTable("deliveries", func(d Delivery) string { return d.ID },
		Index[Delivery]{"ref", func(d Delivery) []string { return []string{Key(d.Chat.Chat().String(), d.Ref)} }},
		Index[Delivery]{"at", func(d Delivery) []string { return []string{TimeKey(d.At)} }},
		Index[Delivery]{"ticket", func(d Delivery) []string { return some(d.Ticket != "", Key(d.Ticket, TimeKey(d.At))) }},
	)

	// Seen is the set of inputs that were handled, kept for eight days.
	Seen = NewTable("seen", func(s SeenRow) string { return s.Key },
		Index[SeenRow]{"at", func(s SeenRow) []string { return []string{TimeKey(s.At)} }},
	)

	// Crashes counts how often handling an input panicked; the third parks it.
	Crashes = NewTable("crashes", func(c Crash) string { return c.Key })

	Conversations = NewTable("conversations", func(c desk.Conversation) string { return c.Key },
		Index[desk.Conversation]{"updated", func(c desk.Conversation) []string { return []string{TimeKey(c.Updated)} }},
	)
	Groups = NewTable("groups", func(g desk.Group) string { return g.Address.String() },
		Index[desk.Group]{"department", func(g desk.Group) []string { return []string{Key(g.Department)} }},
		Index[desk.Group]{"chat", func(g desk.Group) []string { return []string{Key(g.Address.Chat().String())} }},
	)
	Invites   = NewTable("invites", func(i desk.Invite) string { return i.Code })
	CallTasks = NewTable("calltasks", func(c desk.CallTask) string { return c.Ticket },
		Index[desk.CallTask]{"open", func(c desk.CallTask) []string { return some(c.Done.IsZero(), TimeKey(c.Created)) }},
		// Whom it was handed out to, when. Added when none had been handed out yet.
		Index[desk.CallTask]{"given", func(c desk.CallTask) []string {
			return some(!c.Given.IsZero(), Key(string(callRole(c)), TimeKey(c.Given)))
		}},
	)
	// Frames are what samples are drawn from, FrameEntries their lists.
	Frames       = NewTable("frames", func(f desk.Frame) string { return f.ID })
	FrameEntries = NewTable("frame_entries", func(e desk.FrameEntry) string { return Key(e.Frame, width(e.Place)) })
	Notes        = NewTable("notes", func(n desk.Note) string { return Key(TimeKey(n.At), n.ID) },
		// What nobody has seen yet.
		Index[desk.Note]{"unseen", func(n desk.Note) []string { return some(n.SeenAt.IsZero(), TimeKey(n.At)) }},
	)

	// Queries are the searches whose pages can still be turned.
	Queries = NewTable("queries", func(q desk.Query) string { return q.ID },
		Index[desk.Query]{"at", func(q desk.Query) []string { return []string{TimeKey(q.At)} }},
	)

	// Alarms are dangers that people wrote of.
	Alarms = NewTable("alarms", func(a desk.Alarm) string { return a.ID },
		Index[desk.Alarm]{"person", func(a desk.Alarm) []string { return []string{Key(a.Person, TimeKey(a.At))} }},
		Index[desk.Alarm]{"at", func(a desk.Alarm) []string { return []string{TimeKey(a.At)} }},
	)
	// Unclear are sentences that the desk was not sure of; Taught is what an
	// administrator made of some.
	Unclear = NewTable("unclear", func(u desk.Unclear) string { return u.ID },
		Index[desk.Unclear]{"at", func(u desk.Unclear) []string { return []string{TimeKey(u.At)} }},
	)
	Taught = NewTable("taught", func(t desk.Taught) string { return t.ID },
		Index[desk.Taught]{"at", func(t desk.Taught) []string { return []string{TimeKey(t.At)} }},
	)
	// Digests are the numbers of each day as they were told, with what they were
	// counted from.
	Digests = NewTable("digests", func(c desk.Counts) string { return TimeKey(c.To) },
		Index[desk.Counts]{"at", func(c desk.Counts) []string { return []string{TimeKey(c.To)} }},
	)

	// The duty book: changes of the roster by their last day, who is there, the
	// handovers and the notes of the shifts.
	RosterChanges = NewTable("roster_changes", func(x desk.RosterChange) string { return x.ID },
		Index[desk.RosterChange]{"last", func(x desk.RosterChange) []string { return []string{Key(x.Last().String())} }},
	)
	Presences = NewTable("presences", func(p desk.Presence) string { return Key(p.Shift, p.Person) },
		Index[desk.Presence]{"at", func(p desk.Presence) []string { return []string{TimeKey(p.Asked)} }},
	)
	Handovers = NewTable("handovers", func(h desk.Handover) string { return h.ID },
		Index[desk.Handover]{"at", func(h desk.Handover) []string { return []string{TimeKey(h.At)} }},
	)
	ShiftNotes = NewTable("shift_notes", func(n desk.ShiftNote) string { return Key(TimeKey(n.At), n.ID) })
	ShiftClock = NewTable("shift_clock", func(ShiftClockRow) string { return "clock" })

	// Files are what came in and where its bytes are.
	Files = NewTable("files", func(f FileRow) string { return f.Key })
)

// Tables is the list of all tables.
var Tables = NewSchema(Tickets, Events, People, Addresses, Posts, Jobs, Outbox, Deliveries, Seen, Crashes,
	Conversations, Groups, Invites, CallTasks, Notes, Queries, Alarms, Unclear, Taught, Digests, Files, Seals, Lists, Residents, ListedPlaces,
	RosterChanges, Presences, Handovers, ShiftNotes, ShiftClock, Frames, FrameEntries,
	Decisions, HandActs,
	Meetings, ActionItems,
	Works, WorksTold, WorkAskers, DayPlans, Announcements,
	Ladders, Incidents, Erasures, Rounds, RoundClock, Rooms, RoomEvents, Stays, StayEvents, Certificates, SlotDays, SlotRules, Batches, BatchStays, Damages)

// AddressRow says whose an address is.
type AddressRow struct {
	Address string `json:"address"`
	Person  string `json:"person"`
}

// SeenRow marks an input, or a message with a key, as handled.
type SeenRow struct {
	Key string    `json:"key"`
	At  time.Time `json:"at"`
}

// Crash is an input whose handling panicked.
type Crash struct {
	Key    string    `json:"key"`
	Count  int       `json:"count"`
	Last   time.Time `json:"last"`
	Error  string    `json:"error"`
	Parked bool      `json:"parked"`
	Raw    []byte    `json:"raw,omitempty"`
}

// FileRow is a file that came in with a ticket.
type FileRow struct {
	Key     string    `json:"key"` // channel/unique id
	File    desk.File `json:"file"`
	Ticket  string    `json:"ticket"`
	Created time.Time `json:"created"`
}

// width writes a sequence number so that it sorts as a number.
func width(n int) string { return fmt.Sprintf("%08d", n) }

// some is the key if there is one.
func some(is bool, key string) []string {
	if !is {
		return nil
	}
	return []string{key}
}

// joinKey is the key of the code that a person has asked for.
func joinKey(p desk.Person) string {
	if p.Joining == nil {
		return ""
	}
	return Key(p.Joining.Code)
}
