package playground

import (
	"cmp"
	"slices"
	"time"

	"frontdesk/desk"
)

// What the page receives. Times are in the site's zone, so that a browser shows
// their digits as they stand, wherever it runs.

type viewSnapshot struct {
	Run    string                       `json:"run"`
	State  State                        `json:"state"`
	Site   desk.Label                   `json:"site"`
	Langs  []string                     `json:"langs"`
	Texts  map[string]map[string]string `json:"texts"`
	Panes  []viewPane                   `json:"panes"`
	People []viewPerson                 `json:"people"`
	Chats  []viewChat                   `json:"chats"`
	Link   string                       `json:"link"` // what an invitation begins with
}

type viewPane struct {
	ID     string              `json:"id"`
	Title  map[string]string   `json:"title"`
	Group  string              `json:"group,omitempty"`
	People []string            `json:"people"`
	Try    map[string][]string `json:"try"`
}

type viewPerson struct {
	ID   string            `json:"id"`
	Name string            `json:"name"`
	Lang string            `json:"lang"` // one of Langs
	Note map[string]string `json:"note"`
}

type viewChat struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Messages []viewMessage `json:"messages"`
}

type viewMessage struct {
	Ref      string         `json:"ref"`
	Person   string         `json:"person,omitempty"` // empty is the desk
	At       time.Time      `json:"at"`
	Text     string         `json:"text"`
	Buttons  [][]viewButton `json:"buttons,omitempty"`
	Photos   []string       `json:"photos,omitempty"`
	File     string         `json:"file,omitempty"` // its name; /file/REF/NAME gives it
	ReplyTo  string         `json:"replyTo,omitempty"`
	Edits    int            `json:"edits,omitempty"`
	EditedAt *time.Time     `json:"editedAt,omitempty"`
	// Left is how often a card of the second network can still be replaced; none on
	// other messages.
	Left *int `json:"left,omitempty"`
}

type viewButton struct {
	Label string `json:"label"`
	Data  string `json:"data,omitempty"`
	URL   string `json:"url,omitempty"`
}

type viewEntry struct {
	Kind    EntryKind    `json:"kind"`
	At      time.Time    `json:"at"`
	Chat    string       `json:"chat"`
	Person  string       `json:"person,omitempty"`
	Message *viewMessage `json:"message,omitempty"`
	Text    string       `json:"text,omitempty"`
	URL     string       `json:"url,omitempty"`
	Alert   bool         `json:"alert,omitempty"`
	Press   string       `json:"press,omitempty"`
}

// snapshot is everything as it stands, and how many entries of the log are in
// it.
func (p *Page) snapshot() (viewSnapshot, int) {
	scene := p.stage.Scene()
	all := viewSnapshot{
		Run: p.run, State: p.stage.State(), Site: scene.Site, Langs: scene.Langs, Link: Link, Texts: map[string]map[string]string{},
	}
	for _, lang := range scene.Langs {
		all.Texts[lang] = map[string]string{}
		for _, t := range pageTexts {
			all.Texts[lang][t.Key] = p.stage.Text(lang, t)
		}
	}
	for _, pane := range scene.Panes {
		v := viewPane{ID: pane.ID, Title: p.inAll(scene, pane.Title), Group: pane.Group, People: pane.People, Try: map[string][]string{}}
		for _, lang := range scene.Langs {
			for _, t := range pane.Try {
				v.Try[lang] = append(v.Try[lang], p.stage.Text(lang, t))
			}
		}
		all.Panes = append(all.Panes, v)
	}
	for _, r := range scene.People {
		all.People = append(all.People, viewPerson{ID: r.id, Name: r.name, Lang: langOf(r.lang, scene.Langs), Note: p.inAll(scene, r.Note)})
	}
	chats, n := p.channel.screens(scene.Zone)
	all.Chats = chats
	return all, n
}

func (p *Page) inAll(scene Scene, t desk.Text) map[string]string {
	said := map[string]string{}
	for _, lang := range scene.Langs {
		if !t.IsZero() {
			said[lang] = p.stage.Text(lang, t)
		}
	}
	return said
}

// langOf is which of the languages a client speaks: zh for zh-hans.
func langOf(client string, langs []string) string {
	for _, lang := range langs {
		if client == lang || len(client) > len(lang) && client[:len(lang)+1] == lang+"-" {
			return lang
		}
	}
	return langs[0]
}

// screens are all chats as they stand, and how long the log was at that moment.
func (c *Channel) screens(zone *time.Location) ([]viewChat, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []viewChat
	for id, ch := range c.chats {
		v := viewChat{ID: id, Title: ch.title, Messages: []viewMessage{}}
		for _, m := range ch.messages {
			v.Messages = append(v.Messages, viewMessageOf(*m, zone))
		}
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b viewChat) int { return cmp.Compare(a.ID, b.ID) })
	return list, len(c.log)
}

func (c *Channel) length() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.log)
}

func viewMessageOf(m Message, zone *time.Location) viewMessage {
	v := viewMessage{Ref: m.Ref, Person: m.Person, At: m.At.In(zone), Text: m.Text, ReplyTo: m.ReplyTo, Edits: m.Edits}
	for _, row := range m.Buttons {
		buttons := make([]viewButton, 0, len(row))
		for _, b := range row {
			buttons = append(buttons, viewButton(b))
		}
		v.Buttons = append(v.Buttons, buttons)
	}
	for _, f := range m.Photos {
		v.Photos = append(v.Photos, f.ID)
	}
	if m.File != nil {
		v.File = m.File.Name
	}
	if m.Card {
		v.Left = &m.Codes
	}
	if m.Edits > 0 {
		at := m.EditedAt.In(zone)
		v.EditedAt = &at
	}
	return v
}

func viewEntryOf(e Entry, zone *time.Location) viewEntry {
	v := viewEntry{Kind: e.Kind, At: e.At.In(zone), Chat: e.Chat.ID, Person: e.Person, Text: e.Text, URL: e.URL, Alert: e.Alert, Press: e.Press}
	if e.Message.Ref != "" {
		m := viewMessageOf(e.Message, zone)
		v.Message = &m
	}
	return v
}
