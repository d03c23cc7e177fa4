package bot

import (
	"slices"
	"time"

	"frontdesk/desk"
	"frontdesk/flows"
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
		if len(p.Roles) > 0 {
			t.out.Jobs = append(t.out.Jobs, commandsJob(t.w, p))
		}
		changed = true
	}
	if private && p.AwayAt(in.Private()) != "" {
		p, changed = p.Returns(in.Private()), true
		if len(p.Roles) > 0 {
			t.out.Jobs = append(t.out.Jobs, commandsJob(t.w, p))
		}
	}
	// Some channels tell the language only by what is written.
	if p.Lang == "" && t.site().Speaks(in.From.Lang) {
		p.Lang, changed = t.site().Language(in.From.Lang), true
	}
	if in.From.Name != "" && in.From.Name != p.Shown {
		p.Shown, changed = in.From.Name, true
	}
	moved := private && in.Kind != desk.InputEntered && (len(p.Addresses) == 0 || p.Addresses[0] != in.Private())
	if moved {
		rest := slices.DeleteFunc(slices.Clone(p.Addresses), func(a desk.Address) bool { return a == in.Private() })
		p.Addresses, changed = append([]desk.Address{in.Private()}, rest...), true
	}
	if in.Phone != "" && p.Phone == "" {
		p.Phone, changed = in.Phone, true
	}
	if t.wrote(&p, moved || !known) {
		changed = true
	}
	t.p, t.known = p, known
	if changed {
		t.out.People = append(t.out.People, p)
	}
	if private {
		t.verifyByPhone()
	}
}

// verifyByPhone verifies whoever shared their own number, if the residents' list
// has it with their name.
func (t *turn) verifyByPhone() {
	out, p, ok, err := desk.VerifyByPhone(t.w, t.p)
	if err != nil || !ok {
		return // they can still do it by /verify
	}
	t.p = p
	t.out.Add(out)
	if conv, talking := t.conversation(); talking && conv.Flow == flows.Verify.Name {
		return // it says so itself
	}
	t.greeted = t.in.Kind == desk.InputContact
	t.out.Say(desk.Message{
		Chat: t.in.Address(), Lang: t.lang(), Text: desk.T("verify.by_phone", "name", p.Name), Lane: desk.LaneInteractive, Class: desk.ClassNotice,
	})
}

// commandsJob sets the person's menu of commands, which follows their roles.
func commandsJob(w desk.World, p desk.Person) desk.Job {
	return desk.Job{Key: desk.JobCommands + "/" + p.ID, Kind: desk.JobCommands, Subject: p.ID, Due: w.Now()}
}

// noticedEvery is how exactly it is known when an employee last did something:
// not every press is worth a write.
const noticedEvery = 10 * time.Minute

// noticed keeps when an employee last pressed a button or gave a command.
func (t *turn) noticed() {
	// What reads much is worked out before its transaction: a person who was
	// changed meanwhile must not be written as they were.
	acted := (t.in.Press != nil || t.in.Command != "") && !reads(t.in)
	if !acted || !t.p.Employee() || t.w.Now().Sub(t.p.Pressed) < noticedEvery {
		return
	}
	t.p.Pressed = t.w.Now()
	t.out.People = append(t.out.People, t.p)
}
