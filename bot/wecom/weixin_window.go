package wecom

import (
	"slices"
	"time"

	"frontdesk/bot"
	"frontdesk/desk"
	"frontdesk/storage"
)

// The window of a customer: within 48 hours of their last message five messages
// can be sent. https://developer.work.weixin.qq.com/document/path/94677
const (
	kfWindow     = 48 * time.Hour
	kfWindowMost = 5
)

// kfPerson is what the channel keeps of one customer. The window is counted
// here, before anything is sent: a message of which nobody knows whether it
// arrived has used its place.
type kfPerson struct {
	Person string `json:"person"`
	// Name is their nickname, and Asked whether WeCom was asked for it.
	Name  string `json:"name,omitempty"`
	Asked bool   `json:"asked,omitempty"`
	// Last is WeCom's time of their last message, in whole seconds; IDs are the
	// messages of that second. When messages are delivered again they open no
	// window that has been used since.
	Last time.Time `json:"last"`
	IDs  []string  `json:"ids,omitempty"`
	// Sent are our messages since then: one that is tried again counts once.
	Sent []kfSent `json:"sent,omitempty"`
	// Shut tells that WeCom said that nothing more can be sent.
	Shut bool `json:"shut,omitempty"`
	// Welcome is a code for one message until WelcomeUntil.
	Welcome      string    `json:"welcome,omitempty"`
	WelcomeUntil time.Time `json:"welcome_until,omitzero"`
}

// kfSent is a message that used a place, by its own name.
type kfSent struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
}

// kfOnItsWay is how many messages can have been on their way when the person
// wrote. They count in the new window: WeCom may have taken them after it.
const kfOnItsWay = 2

// kfPeople is the table of customers, by their external_userid.
var kfPeople = storage.NewTable("wecom_kf_people", func(p kfPerson) string { return p.Person })

// person reads a customer; one of whom nothing is known has a shut window.
func person(tx *storage.Tx, id string) (kfPerson, error) {
	p, found, err := kfPeople.Get(tx, id)
	if !found {
		p = kfPerson{Person: id}
	}
	return p, err
}

// wrote opens the window, unless the message is one of which it was opened before.
func (p *kfPerson) wrote(id string, at time.Time) {
	switch {
	case at.Before(p.Last), at.Equal(p.Last) && slices.Contains(p.IDs, id):
		return
	case at.Equal(p.Last):
		p.IDs = append(p.IDs, id)
	default:
		p.Last, p.IDs = at, []string{id}
	}
	onItsWay := slices.DeleteFunc(p.Sent, func(s kfSent) bool { return s.At.Before(at) })
	p.Sent, p.Shut = onItsWay[max(len(onItsWay)-kfOnItsWay, 0):], false
}

// shut is how many messages a shut window has left, fewer than a used one.
const shut = -1

// left is how many messages can be sent, without that on entering.
func (p *kfPerson) left(now time.Time) int {
	if p.Last.IsZero() || p.Shut || !now.Before(p.Last.Add(kfWindow)) {
		return shut
	}
	return max(kfWindowMost-len(p.Sent), 0)
}

// window is how the window stands, with the message on entering if there is one.
// That one is lost when it is not used at once: it counts as two, so that it goes
// although the last message of a window is usually kept for later.
func (p *kfPerson) window(now time.Time) bot.Window {
	var w bot.Window
	if left := p.left(now); left != shut {
		w = bot.Window{Until: p.Last.Add(kfWindow), Left: left}
	}
	if p.welcomed(now) {
		w.Left++
		if w.Until.IsZero() {
			w = bot.Window{Until: p.WelcomeUntil, Left: 2}
		}
	}
	return w
}

// forget frees the places of messages that were not sent.
func (p *kfPerson) forget(ids []string) {
	p.Sent = slices.DeleteFunc(p.Sent, func(s kfSent) bool { return slices.Contains(ids, s.ID) })
}

// used tells whether a message has its place already.
func (p *kfPerson) used(id string) bool {
	return slices.ContainsFunc(p.Sent, func(s kfSent) bool { return s.ID == id })
}

// welcomed tells whether the message on entering can still be sent.
func (p *kfPerson) welcomed(now time.Time) bool { return p.Welcome != "" && now.Before(p.WelcomeUntil) }

// Window implements bot.Windowed.
func (w *Weixin) Window(tx *storage.Tx, a desk.Address) (bot.Window, error) {
	p, err := person(tx, a.ID)
	if err != nil || a.Channel != WeixinName {
		return bot.Window{}, err
	}
	return p.window(tx.Now()), nil
}
