package bot

import (
	"encoding/json"
	"time"

	"frontdesk/desk"
	"frontdesk/flows"
)

// exportMost is how many tickets an export holds, newest first.
const exportMost = 500

// cmdMyData tells a person what the desk knows of them, in plain words, and
// hands it out as a file.
func (t *turn) cmdMyData(arg string) error {
	own := t.mine(exportMost)
	about := t.about(len(own))
	if arg == "export" {
		t.out.Say(desk.Message{
			Chat: t.in.Address(), Lang: t.lang(), Lane: desk.LaneInteractive, Class: desk.ClassNotice,
			Text: desk.T("mydata.file"), File: t.export(about, own),
		})
		return nil
	}
	t.reply(about, desk.Row(desk.Button{Label: desk.T("button.export"), Data: "c|mydata|export"},
		desk.Button{Label: desk.T("button.forget"), Data: desk.CommandData("forget")}))
	return nil
}

// about is what the desk knows of a person, in words.
func (t *turn) about(tickets int) desk.Text {
	p := t.p
	or := func(s string) desk.Text {
		if s == "" {
			return desk.T("mydata.nothing")
		}
		return desk.Literal(s)
	}
	home := desk.T("mydata.nothing")
	if p.Home != "" {
		home = desk.T("label", "label", t.site().PlaceLabel(p.Home))
	}
	roles := desk.Text{}
	if p.Employee() {
		roles = desk.T("mydata.roles", "roles", t.roles())
	}
	number := desk.Text{}
	if p.Number != "" {
		number = desk.T("mydata.number", "number", p.Number)
	}
	var accounts []desk.Text
	for _, a := range p.Addresses {
		accounts = append(accounts, desk.Literal(a.String()))
	}
	return desk.Lines(
		desk.T("mydata.head"),
		desk.T("mydata.name", "name", or(p.Called())),
		desk.T("mydata.phone", "phone", or(p.Phone)),
		number,
		desk.T("mydata.room", "room", home),
		desk.T("mydata.language", "language", desk.Literal(flows.LanguageName(t.lang()))),
		roles,
		desk.T("mydata.accounts", "accounts", accounts),
		t.stays(),
		t.bookings(),
		t.certificates(),
		t.alarms(),
		desk.T("mydata.tickets", "n", tickets, "since", p.Created),
		desk.T("mydata.who"),
	)
}

// exported is the data of one person, for a machine. Nothing in it is somebody
// else's: no notes of the staff, no names.
type exported struct {
	Made      time.Time        `json:"made"`
	ID        string           `json:"id"`
	Name      string           `json:"name,omitempty"`
	Shown     string           `json:"shown_name,omitempty"`
	Language  string           `json:"language"`
	Phone     string           `json:"phone,omitempty"`
	Number    string           `json:"number,omitempty"`
	Room      string           `json:"room,omitempty"`
	Roles     []desk.RoleName  `json:"roles,omitempty"`
	Accounts  []string         `json:"accounts"`
	Since     time.Time        `json:"since"`
	Stays     []exportedStay   `json:"stays,omitempty"`
	Tickets   []exportedTicket `json:"tickets"`
	Following []string         `json:"following,omitempty"`
	Alarms    []exportedAlarm  `json:"alarms,omitempty"`
}

type exportedTicket struct {
	Number   string     `json:"number"`
	Kind     string     `json:"kind,omitempty"`
	Category string     `json:"category"`
	Summary  string     `json:"summary,omitempty"`
	Place    string     `json:"place"`
	Entry    desk.Entry `json:"entry,omitempty"`
	State    desk.State `json:"state"`
	Filed    time.Time  `json:"filed"`
	Done     time.Time  `json:"done,omitzero"`
	Closed   time.Time  `json:"closed,omitzero"`
	Rating   string     `json:"rating,omitempty"`
	Wanting  []string   `json:"could_be_better,omitempty"`
	Words    []said     `json:"my_words,omitempty"`
	Files    int        `json:"my_files,omitempty"`
	// Checkout is what a checkout found, and what came of it.
	Checkout *exportedCheckout `json:"checkout,omitempty"`
}

type said struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}

// export is the file: readable lines first, then the same for a machine.
func (t *turn) export(about desk.Text, own []desk.Ticket) *desk.Attachment {
	p := t.p
	e := exported{
		Made: t.w.Now(), ID: p.ID, Name: p.Name, Shown: p.Shown, Language: t.lang(), Phone: p.Phone, Number: p.Number, Room: p.Home,
		Since: p.Created, Accounts: []string{}, Tickets: []exportedTicket{},
	}
	for _, r := range p.Roles {
		e.Roles = append(e.Roles, r.Name)
	}
	for _, a := range p.Addresses {
		e.Accounts = append(e.Accounts, a.String())
	}
	lines := []desk.Text{about}
	size := 0
	for _, ticket := range own {
		one := exportTicket(ticket, p.ID)
		for _, w := range one.Words {
			size += len(w.Text)
		}
		if size > exportBytes {
			break // A file that is too large could not be sent at all.
		}
		e.Tickets = append(e.Tickets, one)
		lines = append(lines, t.line(ticket, desk.Title(t.site(), ticket)))
	}
	e.Stays, e.Alarms = t.exportStays(), t.exportAlarms()
	for _, ticket := range t.w.TicketsJoined(p.ID, exportMost) {
		e.Following = append(e.Following, ticket.Number)
	}
	data, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		panic("bot: an export that is no JSON: " + err.Error())
	}
	words := t.wr.Texts.Render(t.lang(), desk.Lines(lines...), t.w.Now())
	day := desk.DateOf(t.w.Now(), t.site().Zone).String()
	return &desk.Attachment{
		Name: "frontdesk-mydata-" + day + ".txt", MIME: "text/plain; charset=utf-8",
		Body: append([]byte(words+"\n\n"), data...),
	}
}

// exportBytes bounds the words in a file.
const exportBytes = 250_000

func exportTicket(ticket desk.Ticket, person string) exportedTicket {
	one := exportedTicket{
		Number: ticket.Number, Kind: ticket.Kind, Category: ticket.Category, Summary: ticket.Summary, Place: ticket.Place, Entry: ticket.Entry,
		State: ticket.State, Filed: ticket.Created, Done: ticket.DoneAt, Closed: ticket.ClosedAt, Rating: ticket.Rating,
		Wanting: ticket.Wanting, Files: len(ticket.Files), Checkout: exportCheckout(ticket),
	}
	for _, w := range ticket.Words {
		// An anonymous ticket names nobody: what has no name is their own.
		if (w.By == person || w.By == "" && ticket.Anonymous()) && !w.Internal {
			one.Words = append(one.Words, said{w.At, w.Text})
		}
	}
	return one
}
