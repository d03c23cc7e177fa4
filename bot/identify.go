package bot

import (
	"slices"

	"frontdesk/desk"
)

// neverStarted is why somebody who was only seen in a group cannot be written
// to: on Telegram a bot cannot begin a conversation.
const neverStarted = "never_started"

// identify finds who acted, or makes a record of somebody new, and keeps it
// true: the name that the channel shows, the address they last wrote from, and
// that they can be reached again.
func (t *turn) identify() {
	in := t.in
	private := in.Chat.Kind == desk.ChatPrivate
	p, known := t.w.PersonAt(in.Private())
	changed := false
	if !known {
		p = desk.Person{
			ID: t.w.NewID(), Created: t.w.Now(), Addresses: []desk.Address{in.Private()}, Unreachable: neverStarted,
			Roles: t.site().ConfiguredRoles([]desk.Address{in.Private()}),
		}
		if t.site().Speaks(in.From.Lang) {
			p.Lang = t.site().Language(in.From.Lang)
		}
		if len(p.Roles) > 0 {
			t.out.Jobs = append(t.out.Jobs, commandsJob(t.w, p))
		}
		changed = true
	}
	if private && p.Unreachable != "" {
		p.Unreachable, changed = "", true
		if len(p.Roles) > 0 {
			t.out.Jobs = append(t.out.Jobs, commandsJob(t.w, p))
		}
	}
	if in.From.Name != "" && in.From.Name != p.Shown {
		p.Shown, changed = in.From.Name, true
	}
	if private && p.Address() != in.Private() {
		rest := slices.DeleteFunc(slices.Clone(p.Addresses), func(a desk.Address) bool { return a == in.Private() })
		p.Addresses, changed = append([]desk.Address{in.Private()}, rest...), true
	}
	if in.Phone != "" && p.Phone == "" {
		p.Phone, changed = in.Phone, true
	}
	t.p = p
	if changed {
		t.out.People = append(t.out.People, p)
	}
}

// commandsJob sets the person's menu of commands, which follows their roles.
func commandsJob(w desk.World, p desk.Person) desk.Job {
	return desk.Job{Key: desk.JobCommands + "/" + p.ID, Kind: desk.JobCommands, Subject: p.ID, Due: w.Now()}
}
