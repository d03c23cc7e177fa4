package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// GroupMaker is a channel on which the desk makes the groups of departments by
// itself (Capabilities.MakesGroups): the address of a group there has the
// department's id.
type GroupMaker interface {
	Channel
	// MembersFrom names the channel whose people can be members.
	MembersFrom() string
	// CreateChat makes the group. Owner and members are ids of MembersFrom. An error
	// is a *SendError.
	CreateChat(ctx context.Context, department, name, owner string, members []string) error
}

// makesGroups tells whether the desk can make a group somewhere.
func makesGroups(s *desk.Site) bool { return makerOf(s) != "" }

// makerOf names the channel on which groups can be made; empty if there is none.
func makerOf(s *desk.Site) string {
	for name, can := range s.Channels {
		if can.MakesGroups {
			return name
		}
	}
	return ""
}

// offerMaking offers, in private, to make the group of a department.
func (t *turn) offerMaking() {
	var rows [][]desk.Button
	for _, d := range t.site().Departments {
		if _, bound := t.w.GroupAt(desk.Address{Channel: makerOf(t.site()), ID: d.ID}); !d.Retired && !bound {
			rows = append(rows, desk.Row(desk.Button{Label: desk.T("label", "label", d.Label), Data: "l|" + d.ID}))
		}
	}
	if len(rows) == 0 {
		t.reply(desk.T("link.all_made"))
		return
	}
	t.reply(desk.T("link.make"), rows...)
}

// make has the group of a department made. The channel is asked by a job: nobody
// waits for a network in a transaction.
func (t *turn) make(d desk.Department) {
	t.out.Jobs = append(t.out.Jobs, desk.Job{
		Key: desk.JobMakeGroup + "/" + d.ID, Kind: desk.JobMakeGroup, Subject: d.ID + " " + t.p.ID, Due: t.w.Now(),
	})
	t.answer(desk.Text{})
	t.replace(desk.T("link.making", "department", d.Label))
}

// GroupMaking makes groups that administrators asked for.
type GroupMaking struct {
	store    *storage.Store
	writer   func() storage.Writer
	channels []Channel
}

// NewGroupMaking makes it.
func NewGroupMaking(store *storage.Store, writer func() storage.Writer, channels []Channel) *GroupMaking {
	return &GroupMaking{store: store, writer: writer, channels: channels}
}

// makeTries is how often it is tried while the network is away.
const makeTries = 3

// Run makes one group, binds it, and tells who asked for it how that went.
func (m *GroupMaking) Run(ctx context.Context, job desk.Job) error {
	department, by, _ := strings.Cut(job.Subject, " ")
	i := slices.IndexFunc(m.channels, func(c Channel) bool { return c.Capabilities().MakesGroups })
	if i < 0 {
		return nil
	}
	maker, ok := m.channels[i].(GroupMaker)
	if !ok {
		return nil
	}
	address := desk.Address{Channel: maker.Name(), ID: department}
	var d desk.Department
	var owner string
	var members []string
	made := false
	err := m.store.View(ctx, func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, m.writer().Site)
		d, ok = w.Site().Department(department)
		_, made = w.GroupAt(address)
		owner, members = membersOf(w, department, by, maker.MembersFrom())
		return w.Err()
	})
	if err != nil || !ok || made {
		return err
	}
	site := m.writer().Site
	name := d.Label.In(site.Languages[0])
	failed := maker.CreateChat(ctx, department, name, owner, members)
	var why *SendError
	if errors.As(failed, &why) && (why.Reason == Limited || why.Reason == Network || why.Reason == Server) && job.Attempt < makeTries {
		return failed
	}
	return m.store.Update(ctx, func(tx *storage.Tx) error {
		wr := m.writer()
		var out desk.Effects
		tell := desk.Message{Person: by, Lane: desk.LaneInteractive, Class: desk.ClassNotice}
		if failed != nil {
			tell.Text = desk.T("link.not_made", "department", d.Label, "why", reasonText(failed), "n", len(members))
			out.Say(tell)
			return wr.Apply(tx, out)
		}
		out.Groups = append(out.Groups, desk.Group{
			Address: address, Department: department, Title: name, Lang: site.Languages[0], By: by, At: tx.Now(),
		})
		// The group shows up for its members with its first message.
		out.Say(desk.Message{
			Chat: address, Lang: site.Languages[0], Lane: desk.LaneInteractive, Class: desk.ClassNotice,
			Text: desk.T("link.test", "department", d.Label),
		})
		tell.Text = desk.T("link.made", "title", name, "n", len(members), "department", d.Label)
		out.Say(tell)
		return wr.Apply(tx, out)
	})
}

// reasonText says why something was not done, in words.
//
//locale:prefix undelivered.why.
func reasonText(err error) desk.Text {
	var why *SendError
	if !errors.As(err, &why) {
		return desk.T("undelivered.why.other")
	}
	return desk.T("undelivered.why." + knownWhy(string(why.Reason)))
}

// membersOf are the ids of a department's people on a channel, with who asked for
// the group as its owner.
func membersOf(w *storage.World, department, by, channel string) (owner string, members []string) {
	add := func(p desk.Person) (id string) {
		for _, a := range p.Addresses {
			if a.Channel == channel && !slices.Contains(members, a.ID) {
				members = append(members, a.ID)
			}
			if a.Channel == channel {
				id = a.ID
			}
		}
		return id
	}
	if p, ok := w.Person(by); ok {
		owner = add(p)
	}
	for _, p := range w.Holders(desk.RoleTechnician) {
		if p.WorksFor(department) {
			add(p)
		}
	}
	// Who is on the roster works here, also before they first wrote.
	for _, shift := range w.Site().Roster.Shifts {
		for _, written := range shift.Staff[department] {
			if a, ok := desk.ParseAddress(written); ok && a.Channel == channel && !slices.Contains(members, a.ID) {
				members = append(members, a.ID)
			}
		}
	}
	return owner, members
}
