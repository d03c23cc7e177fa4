package bot

import (
	"strings"

	"frontdesk/desk"
	"frontdesk/flows"
)

// cmdJoin gives a code that joins this account with one of another network, or
// takes the code of another.
func (t *turn) cmdJoin(arg string) error {
	if !severalNetworks(t.site()) {
		return desk.Refuse("accounts.one_network")
	}
	if t.p.Suspended {
		return accountsRefused(desk.JoinSuspended)
	}
	if arg = strings.TrimSpace(arg); arg == "" {
		out, code := desk.OfferJoin(t.w, t.p, t.in.Private())
		t.out.Add(out)
		t.reply(desk.T("accounts.code", "code", code, "valid", desk.JoinFor))
		return nil
	}
	giver, known := t.w.PersonByJoinCode(desk.JoinCode(arg))
	left := t.p.JoinTriesLeft(t.w) - 1
	out, why := desk.EnterJoin(t.w, t.p, t.in.Private(), giver, known)
	t.out.Add(out)
	switch {
	case why == desk.JoinWrong && left > 0:
		return desk.Refuse("accounts.wrong", "left", left)
	case why == desk.JoinWrong:
		return accountsRefused(desk.JoinMany)
	case why == desk.JoinNetwork:
		return desk.Refuse("accounts.network", "network", network(sharedNetwork(giver, t.p)))
	case why != "":
		return accountsRefused(why)
	}
	t.reply(desk.T("accounts.ask", "name", giver.Called(), "network", network(giver.Joining.From)), desk.Row(
		desk.Button{Label: desk.T("button.join_mine"), Data: "j|mine|" + giver.ID},
		desk.Button{Label: desk.T("button.join_not"), Data: "j|not|" + giver.ID}))
	return nil
}

// pressJoin carries out the buttons about joining two accounts. What they carry
// is checked against what both records say: a press by anybody else is over.
//
//	j|mine|<person>   where the code was entered: the account that made it is mine
//	j|not|<person>    it is not
//	j|join|<person>   where the code was made: the account that entered it is mine
//	j|no|<person>     it is not
func (t *turn) pressJoin(what, id string) error {
	other, ok := t.w.Person(id)
	if !ok || t.in.Chat.Kind != desk.ChatPrivate {
		return desk.Refuse("press.unknown")
	}
	if t.p.Is(other.ID) {
		return accountsRefused(desk.JoinOver)
	}
	switch what {
	case "mine":
		return t.joinMine(other)
	case "not":
		return t.joinNot(other, t.p)
	case "no":
		return t.joinNot(t.p, other)
	case "join":
		return t.joinNow(other)
	}
	return desk.Refuse("press.unknown")
}

func (t *turn) joinMine(giver desk.Person) error {
	out, why := desk.AgreeJoin(t.w, t.p, giver)
	if why != "" {
		return accountsRefused(why)
	}
	t.out.Add(out)
	t.answer(desk.Text{})
	t.replace(desk.T("accounts.wait", "network", network(giver.Joining.From), "valid", desk.JoinFor))
	t.out.Say(desk.Message{
		Chat: giver.Joining.From, Lang: t.site().Language(giver.Lang), Lane: desk.LaneInteractive, Class: desk.ClassPrompt,
		Text: desk.T("accounts.confirm", "name", t.p.Called(), "network", network(t.in.Private())),
		Buttons: [][]desk.Button{desk.Row(
			desk.Button{Label: desk.T("button.join_yes"), Data: "j|join|" + t.p.ID},
			desk.Button{Label: desk.T("button.join_not"), Data: "j|no|" + t.p.ID})},
	})
	return nil
}

// joinNot ends it; the other account is told.
func (t *turn) joinNot(giver, other desk.Person) error {
	out, why := desk.DeclineJoin(t.w, giver, other)
	if why != "" {
		return accountsRefused(why)
	}
	t.out.Add(out)
	t.answer(desk.Text{})
	t.replace(desk.T("accounts.declined"))
	to, lang := giver.Joining.From, giver.Lang
	if giver.ID == t.p.ID {
		to, lang = giver.Joining.At, other.Lang
	}
	t.out.Say(desk.Message{
		Chat: to, Lang: t.site().Language(lang), Lane: desk.LaneInteractive, Class: desk.ClassNotice,
		Text: desk.T("accounts.declined_there", "network", network(t.in.Private())),
	})
	return nil
}

func (t *turn) joinNow(other desk.Person) error {
	at, with := desk.Address{}, other
	if t.p.Joining != nil {
		at = t.p.Joining.At
	}
	out, p, why, err := desk.ConfirmJoin(t.w, t.p, other)
	if err != nil {
		return err
	}
	if why != "" {
		return accountsRefused(why)
	}
	t.p = p
	t.out.Add(out)
	t.moveConversations(with, p)
	t.answer(desk.Text{})
	t.replace(desk.T("accounts.done"))
	t.out.Say(desk.Message{
		Chat: at, Lang: t.site().Language(other.Lang), Text: desk.T("accounts.done"),
		Lane: desk.LaneInteractive, Class: desk.ClassNotice,
	})
	p.Roles = append(p.Roles, t.site().ConfiguredRoles(p.Addresses)...)
	if !p.Employee() {
		return nil
	}
	t.out.Jobs = append(t.out.Jobs, commandsJob(t.w, p))
	t.p = p
	for _, a := range t.w.Holders(desk.RoleAdministrator) {
		if a.ID != p.ID && a.ID != other.ID {
			t.tell(a, desk.T("accounts.tell", "name", p.Called(), "one", network(t.in.Private()), "other", network(at), "roles", t.roles()))
		}
	}
	return nil
}

// moveConversations lets what the other account was asked go on.
func (t *turn) moveConversations(from, to desk.Person) {
	for _, a := range from.Addresses {
		conv, ok := t.w.Conversation(flows.Key(a, from.ID))
		if !ok {
			continue
		}
		t.out.Ended = append(t.out.Ended, conv.Key)
		conv.Key, conv.Person = flows.Key(a, to.ID), to.ID
		t.out.Conversations = append(t.out.Conversations, conv)
	}
}

// severalNetworks tells whether people can write to the desk in more than one
// way, so that somebody may have two accounts.
func severalNetworks(s *desk.Site) bool {
	n := 0
	for _, can := range s.Channels {
		if !can.NoPrivate {
			n++
		}
	}
	return n > 1
}

// network is what people call the network of an address.
//
//locale:prefix network.
func network(a desk.Address) desk.Text {
	return desk.T("network." + strings.ReplaceAll(a.Channel, "-", "_"))
}

// sharedNetwork is an address of a on a network where b has one too.
func sharedNetwork(a, b desk.Person) desk.Address {
	for _, x := range a.Addresses {
		for _, y := range b.Addresses {
			if x.Channel == y.Channel {
				return x
			}
		}
	}
	return desk.Address{}
}

// accountsRefused says why two accounts are not joined.
//
//locale:key accounts.many accounts.same accounts.suspended accounts.two_people accounts.over
func accountsRefused(why desk.JoinRefused) error {
	return desk.Refuse("accounts." + string(why))
}
