package desk

import (
	"strings"
	"time"
)

// Announcement is something that managers tell many people.
type Announcement struct {
	ID   string    `json:"id"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Text Label     `json:"text"`
	// To is everybody ("all"), a place ("place") or the holders of a role ("role"),
	// named by Value: of places there may be several, with commas between.
	To    string `json:"to"`
	Value string `json:"value,omitempty"`
	// Count is how many were meant when it was sent.
	Count int `json:"count"`
}

// To whom an announcement can go.
const (
	ToAll   = "all"
	ToPlace = "place"
	ToRole  = "role"
)

// announceStage is the stage of WorkTold under which announcements are told.
const announceStage = "sent"

// kindAnnounce stands in stored jobs.
const kindAnnounce = "announce"

// peopleStep is how many people are read at once.
const peopleStep = 500

// Audience lists those whom an announcement is for and who can be reached, by their
// id.
func Audience(w World, to, value string) []Person {
	found := map[string]Person{}
	add := func(p Person) {
		if reachable(p) {
			found[p.ID] = p
		}
	}
	switch to {
	case ToAll:
		after := ""
		for {
			list := w.PeopleAfter(after, peopleStep)
			for _, p := range list {
				after = p.ID
				if p.Joined == "" {
					add(p)
				}
			}
			if len(list) < peopleStep {
				break
			}
		}
	case ToPlace:
		for place := range strings.SplitSeq(value, ",") {
			for _, room := range roomsIn(w.Site(), place) {
				for _, p := range w.PeopleAt(room, homedMost) {
					add(p)
				}
			}
			if building := buildingOf(w.Site(), place); building != "" {
				for _, p := range w.Holders(RoleCaretaker) {
					if p.CaresFor(building) {
						add(p)
					}
				}
			}
		}
	case ToRole:
		for _, p := range w.Holders(RoleName(value)) {
			add(p)
		}
	}
	return byID(found)
}

// Announce sends something to many people, by and by. By night it waits for the
// morning.
func Announce(w World, a Announcement, p Person) (Effects, Announcement, error) {
	s := w.Site()
	for lang, text := range a.Text {
		if strings.TrimSpace(text) == "" {
			delete(a.Text, lang)
		}
	}
	switch {
	case !p.Manages():
		return Effects{}, a, Refuse("announce.managers")
	case len(a.Text) == 0:
		return Effects{}, a, Refuse("refuse.empty")
	}
	a.ID, a.By, a.At, a.Count = w.NewID(), p.ID, w.Now(), len(Audience(w, a.To, a.Value))
	if a.Count == 0 {
		return Effects{}, a, Refuse("announce.nobody")
	}
	return Effects{
		Works: WorkEntries{Announcements: []Announcement{a}},
		Jobs:  []Job{{Key: "announce/" + a.ID, Kind: kindAnnounce, Subject: a.ID, Due: s.Quiet.Release(w.Now(), s.Zone)}},
	}, a, nil
}

// AnnounceText is an announcement as somebody who reads a language is told.
func AnnounceText(s *Site, a Announcement, lang string) Text {
	note := Text{}
	if a.Text[s.Language(lang)] == "" {
		note = T("works.one_language")
	}
	return Lines(T("announce.head", "site", s.Name), T("label", "label", a.Text), note)
}

// AudienceText says whom an announcement is for.
//
//locale:prefix role.
func AudienceText(s *Site, to, value string) Text {
	switch to {
	case ToPlace:
		return PlacesText(s, strings.Split(value, ","))
	case ToRole:
		return T("role." + value)
	}
	return T("announce.all")
}

// jobAnnounce tells the next of those whom an announcement is for, and in the end
// the one who made it how many heard it.
var jobAnnounce = JobKind{
	Name:   kindAnnounce,
	Gather: true,
	Run: func(r Reader, j Job) (Effects, error) {
		var out Effects
		a, ok := r.Announcement(j.Subject)
		if !ok {
			return out, nil
		}
		s := r.Site()
		heard := map[string]bool{}
		for _, t := range r.WorksTold(a.ID) {
			heard[t.Person] = true
		}
		if heard[""] {
			return out, nil
		}
		n := 0
		for _, p := range Audience(r, a.To, a.Value) {
			if heard[p.ID] {
				continue
			}
			if n++; n > tellAtOnce {
				out.Jobs = append(out.Jobs, Job{Key: j.Key, Kind: j.Kind, Subject: j.Subject, Due: s.Quiet.Release(r.Now().Add(tellPause), s.Zone)})
				return out, nil
			}
			heard[p.ID] = true
			out.Say(Message{Person: p.ID, Class: ClassNotice, Lane: LaneRoutine, Text: AnnounceText(s, a, p.Lang), Key: "announce/" + a.ID + "/" + p.ID})
			out.Works.Told = append(out.Works.Told, WorkTold{Of: a.ID, Stage: announceStage, Person: p.ID, At: r.Now()})
		}
		out.Works.Told = append(out.Works.Told, WorkTold{Of: a.ID, Stage: announceStage, At: r.Now()})
		out.Say(Message{Person: a.By, Class: ClassNotice, Lane: LaneRoutine, Text: T("announce.finished", "n", len(heard)), Key: "announce/" + a.ID + "/"})
		return out, nil
	},
}
