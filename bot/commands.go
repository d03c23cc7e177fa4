package bot

import (
	"frontdesk/desk"
	"frontdesk/flows"
)

// Command is one command of the desk: who may give it, where, and what it does.
type Command struct {
	Name string
	// Words are what people write instead of it, in any language.
	Words []string
	May   func(desk.Person) bool
	Group bool // also, or only, in groups
	Only  bool // only in groups, or
	// Except, where it is said and holds, in private too.
	Except func(*desk.Site) bool
	// Hidden commands are in no menu and no help.
	Hidden bool
	// Reads marks an answer that reads much: it is worked out in a read.
	Reads bool
	// Writes tells that with this argument it changes something, and is worked out where
	// it is written; nil means that it never does.
	Writes func(arg string) bool
	// If tells whether the command makes sense at a site; nil means at any.
	If func(*desk.Site) bool
	// Arg says that what the command is about can follow its words.
	Arg bool
	run func(*turn, string) error
}

func everybody(desk.Person) bool { return true }

func administers(p desk.Person) bool { return p.Has(desk.RoleAdministrator) }

func invites(p desk.Person) bool { return p.Manages() }

// Commands lists every command, in the order of the menu. Adding one is one
// line here, its texts, and a line in the help.
var Commands []Command

func init() { //nolint:gochecknoinits // The list refers to functions that read it: help.
	Commands = []Command{
		{Name: "start", May: everybody, Hidden: true, run: (*turn).cmdStart},
		{Name: "sos", Words: []string{"急事", "紧急", "救命", "求救", "sos", "emergency", "help me"}, May: everybody, run: (*turn).cmdSOS},
		{Name: "repair", Words: []string{"报修", "维修", "repair"}, May: everybody, run: flow("repair")},
		{Name: "request", Words: []string{"需求", "服务", "request"}, May: everybody, run: flow("request")},
		{Name: "complain", Words: []string{"投诉", "complain", "complaint"}, May: everybody, run: flow("complaint")},
		{Name: "suggest", Words: []string{"意见", "建议", "提意见", "suggestion"}, May: everybody, run: flow("suggestion")},
		{Name: "praise", Words: []string{"表扬", "praise"}, May: everybody, run: flow("praise")},
		{Name: "checkout", Words: []string{"退宿", "退房", "check out", "checkout"}, May: everybody, run: (*turn).cmdCheckout},
		{Name: "leaving", May: desk.Person.Employee, Hidden: true, Reads: true, run: (*turn).cmdLeaving},
		{Name: "my", Words: []string{"我的单", "我的", "查进度", "进度", "my", "status"}, May: everybody, run: (*turn).cmdMy},
		{Name: "verify", Words: []string{"核实", "核实身份", "verify"}, May: everybody, Hidden: true, Arg: true, run: (*turn).cmdVerify},
		{Name: "language", Words: []string{"语言", "language"}, May: everybody, run: flow("language")},
		{Name: "help", Words: []string{"帮助", "help", "?"}, May: everybody, Group: true, run: (*turn).cmdHelp},
		{Name: "human", Words: []string{"找人工", "人工", "转人工", "operator"}, May: everybody, run: func(t *turn, _ string) error { return t.human() }},
		{Name: "cancel", Words: []string{"取消", "cancel"}, May: everybody, run: (*turn).cmdCancel},
		{Name: "back", Words: []string{"返回", "back"}, May: everybody, run: (*turn).cmdBack},
		{Name: "mydata", Words: []string{"我的资料", "my data"}, May: everybody, Reads: true, run: (*turn).cmdMyData},
		{Name: "forget", Words: []string{"删除我的资料", "忘记我", "forget me", "delete my data"}, May: everybody, Reads: true, Writes: changesForget, run: (*turn).cmdForget},
		{Name: "join", Words: []string{"合并账号", "关联账号", "link account"}, Arg: true, If: severalNetworks, May: everybody, run: (*turn).cmdJoin},
		{Name: "thanks", May: everybody, Hidden: true, run: (*turn).cmdThanks},
		{Name: "id", May: everybody, Hidden: true, run: (*turn).cmdID},
		{Name: "log", Words: []string{"代报"}, May: files, run: flow("log")},
		{Name: "ticket", May: desk.Person.Employee, run: (*turn).cmdTicket},
		{Name: "find", Words: []string{"查单", "找单", "find"}, May: finds, Reads: true, run: (*turn).cmdFind},
		{Name: "open", Words: []string{"未完"}, May: desk.Person.Employee, Reads: true, run: (*turn).cmdOpen},
		{Name: "duty", Words: []string{"值班"}, May: desk.Person.Employee, Group: true, run: (*turn).cmdDuty},
		{Name: "roster", Words: []string{"排班", "班表"}, May: desk.Person.Employee, run: (*turn).cmdRoster},
		{Name: "slots", Words: []string{"验房名额", "slots"}, May: desk.Person.Manages, run: (*turn).cmdSlots},
		{Name: "swap", Words: []string{"换班"}, May: desk.Person.Employee, run: (*turn).cmdSwap},
		{Name: "note", May: desk.Person.Desk, run: (*turn).cmdNote},
		{Name: "dutylog", Words: []string{"值班日志"}, May: desk.Person.Desk, Reads: true, run: (*turn).cmdDutyLog},
		{Name: "on", Words: []string{"在岗"}, May: desk.Person.Employee, Hidden: true, run: (*turn).cmdOn},
		{Name: "keep", May: desk.Person.Employee, Hidden: true, run: (*turn).cmdKeep},
		{Name: "return", May: desk.Person.Employee, Hidden: true, run: (*turn).cmdReturn},
		{Name: "sign", May: desk.Person.Desk, Hidden: true, run: (*turn).cmdSign},
		{Name: "rounds", Words: []string{"巡查", "查岗", "rounds"}, May: readsNight, If: hasRounds, Reads: true, run: (*turn).cmdRounds},
		{Name: "night", Words: []string{"夜间情况", "night report"}, May: readsNight, Reads: true, Arg: true, run: (*turn).cmdNight},
		{Name: "round", May: desk.Person.Employee, Hidden: true, run: (*turn).cmdRound},
		{Name: "digest", Words: []string{"日报"}, May: readsDigest, Reads: true, run: (*turn).cmdDigest},
		{Name: "audit", Words: []string{"手工改动", "audit"}, Arg: true, May: readsDigest, Reads: true, run: (*turn).cmdAudit},
		{Name: "report", Words: []string{"周报", "weekly report"}, May: readsDigest, Reads: true, Arg: true, run: (*turn).cmdReport},
		{Name: "meeting", Words: []string{"例会", "周例会"}, May: desk.Person.Employee, If: meets, Arg: true, run: (*turn).cmdMeeting},
		{Name: "actions", Words: []string{"例会任务"}, May: desk.Person.Employee, If: meets, run: (*turn).cmdActions},
		{Name: "plan", Words: []string{"明天的计划", "计划"}, May: plans, run: (*turn).cmdPlan},
		{Name: "announce", Words: []string{"发通知"}, May: desk.Person.Manages, run: (*turn).cmdAnnounce},
		{Name: "measure", May: desk.Person.Employee, Hidden: true, Reads: true, run: (*turn).cmdMeasure},
		{Name: "list", May: desk.Person.Employee, Group: true, Hidden: true, Reads: true, run: (*turn).cmdList},
		{Name: "digest_hour", May: readsDigest, Hidden: true, run: (*turn).cmdDigestHour},
		{Name: "project", May: readsDigest, Hidden: true, run: (*turn).cmdProject},
		{Name: "decide", May: readsDigest, Hidden: true, run: (*turn).cmdDecide},
		{Name: "undelivered", Words: []string{"未送达"}, May: desk.Person.Desk, Reads: true, run: (*turn).cmdUndelivered},
		{Name: "calls", Words: []string{"电话回访", "calls"}, May: desk.Person.Desk, Reads: true, run: (*turn).cmdCalls},
		{Name: "why", May: desk.Person.Desk, run: (*turn).cmdWhy},
		{Name: "checkin", Words: []string{"入住", "办入住", "check in"}, If: checksIn, May: everybody, Reads: true, Writes: changesStays, run: (*turn).cmdCheckIn},
		{Name: "rooms", Words: []string{"房间", "房态", "rooms"}, May: seesRooms, Reads: true, Writes: changesRooms, run: (*turn).cmdRooms},
		{Name: "invite", May: invites, run: flow("invite")},
		{Name: "staff", Words: []string{"员工", "staff"}, May: desk.Person.Manages, Reads: true, run: (*turn).cmdStaff},
		{Name: "roles", May: administers, run: (*turn).cmdRoles},
		{Name: "incident", Words: []string{"事件"}, May: desk.Person.Manages, Arg: true, run: (*turn).cmdIncident},
		{Name: "drill", Words: []string{"演练"}, May: desk.Person.Manages, run: (*turn).cmdDrill},
		{Name: "route", May: routes, run: (*turn).cmdRoute},
		{Name: "suspend", May: desk.Person.Manages, run: (*turn).cmdSuspend},
		{Name: "teach", May: administers, run: (*turn).cmdTeach},
		{Name: "link", May: administers, Group: true, Only: true, Except: makesGroups, run: (*turn).cmdLink},
		{Name: "unlink", May: administers, Group: true, run: (*turn).cmdUnlink},
	}
}

func changesForget(arg string) bool { return arg == "yes" || arg == "undo" }

func files(p desk.Person) bool { return p.Desk() || p.Has(desk.RoleCaretaker) }

func routes(p desk.Person) bool { return p.Desk() }

func checksIn(s *desk.Site) bool { return s.CheckIn.On }

func seesRooms(p desk.Person) bool { return p.SeesRooms("") }

func readsDigest(p desk.Person) bool { return p.Manages() || p.Has(desk.RoleSupervisor) }

func plans(p desk.Person) bool { return p.Desk() || p.Has(desk.RoleTechnician) }

func meets(s *desk.Site) bool { return s.Meeting.On }

func flow(name string) func(*turn, string) error {
	return func(t *turn, _ string) error { return t.start(name, nil) }
}

func findCommand(name string) (Command, bool) {
	for _, c := range Commands {
		if c.Name == name {
			return c, true
		}
	}
	return Command{}, false
}

// commandOf is the command that an input gives: by a slash, by a button, or by
// a bare word.
func commandOf(in desk.Input) (name, arg string) {
	if in.Press != nil {
		if kind, parts := desk.SplitData(in.Press.Data); kind == "c" {
			return parts[0], parts[1]
		}
		return "", ""
	}
	return in.Command, in.Arg
}

// command carries out a command in a private chat. One of another role is
// answered, not obeyed; an unknown one is treated as words.
func (t *turn) command() (handled bool, err error) {
	c, ok := findCommand(t.in.Command)
	if !ok {
		t.reply(desk.T("command.unknown", "command", t.in.Command), t.choices()...)
		return true, nil
	}
	return true, t.runCommand(c, t.in.Arg)
}

func (t *turn) runCommand(c Command, arg string) error {
	if !c.May(t.p) {
		return desk.Refuse("command.refused", "command", c.Name)
	}
	if c.onlyGroups(t.site()) && t.in.Chat.Kind == desk.ChatPrivate {
		return desk.Refuse("command.group_only", "command", c.Name)
	}
	return c.run(t, arg)
}

// pressCommand carries out a button that does what a command does.
func (t *turn) pressCommand(name string) error {
	c, ok := findCommand(name)
	if !ok {
		return desk.Refuse("press.unknown")
	}
	if !c.Group && t.in.Chat.Kind == desk.ChatGroup {
		// What a command shows is for one person's eyes.
		return desk.Refuse("command.private_only", "command", c.Name)
	}
	if err := t.runCommand(c, t.arg()); err != nil {
		return err
	}
	t.answer(desk.Text{})
	return nil
}

func (t *turn) arg() string {
	_, arg := commandOf(t.in)
	return arg
}

// choices are the buttons that lead a resident everywhere.
func (t *turn) choices() [][]desk.Button {
	button := func(name string) desk.Button {
		return desk.Button{Label: desk.T("button.cmd_" + name), Data: desk.CommandData(name)}
	}
	return [][]desk.Button{
		desk.Row(button("repair"), button("request"), button("complain")),
		desk.Row(button("my"), button("help"), button("sos")),
	}
}

// cmdID tells a person's own address: what an administrator writes into the
// configuration.
func (t *turn) cmdID(string) error {
	t.reply(desk.T("id.yours", "address", t.in.Private().String()))
	return nil
}

func (t *turn) cmdThanks(string) error {
	if t.in.Press != nil {
		t.replace(desk.T("rated.thanks"))
	}
	return nil
}

func (t *turn) cmdCancel(string) error {
	conv, ok := t.conversation()
	if !ok {
		t.reply(desk.T("cancel.nothing"), t.choices()...)
		return nil
	}
	out, err := flows.Cancel(t.context(), conv)
	t.out.Add(out)
	return err
}

func (t *turn) cmdBack(string) error {
	conv, ok := t.conversation()
	if !ok {
		t.reply(desk.T("back.nothing"), t.choices()...)
		return nil
	}
	out, err := flows.Back(t.context(), conv)
	t.out.Add(out)
	return err
}

// cmdHelp lists what the person can do, by their roles.
func (t *turn) cmdHelp(string) error {
	lines := []desk.Text{desk.T("help.resident", "hotlines", t.hotlines())}
	// What somebody works with comes before the list of what there is.
	for _, role := range desk.RoleNames {
		if t.p.Has(role) {
			lines = append(lines, desk.T("help.role."+string(role)))
		}
	}
	for _, c := range Commands {
		if c.Hidden || !t.p.Employee() || !c.May(t.p) || everybodys(c) || !c.fits(t.site()) {
			continue
		}
		lines = append(lines, desk.T("help.line", "command", c.Name, "what", desk.T("command."+c.Name)))
	}
	if desk.Unverified(t.w, t.p) {
		lines = append(lines, desk.T("help.line", "command", "verify", "what", desk.T("command.verify")))
	}
	if join, _ := findCommand("join"); join.fits(t.site()) {
		lines = append(lines, desk.T("help.line", "command", join.Name, "what", desk.T("command.join")))
	}
	if t.in.Chat.Kind == desk.ChatGroup {
		t.reply(desk.T("help.group"))
		return nil
	}
	t.reply(desk.Lines(lines...), t.choices()...)
	return nil
}

// onlyGroups tells whether the command is for groups alone at a site.
func (c Command) onlyGroups(s *desk.Site) bool { return c.Only && (c.Except == nil || !c.Except(s)) }

// fits tells whether the command makes sense at a site.
func (c Command) fits(s *desk.Site) bool { return c.If == nil || c.If(s) }

func everybodys(c Command) bool { return c.May(desk.Person{}) }

func (t *turn) hotlines() []desk.Text {
	var list []desk.Text
	for _, h := range t.site().Hotlines {
		list = append(list, desk.T("hotline", "label", h.Label, "phone", h.Number))
	}
	return list
}
