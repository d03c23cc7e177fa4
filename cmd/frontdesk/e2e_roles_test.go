package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"frontdesk/desk"
	"frontdesk/storage"
)

// command gives a command and returns the keys of what was refused, if it was.
func (o *office) command(from string, chat desk.ChatKind, line string) {
	o.t.Helper()
	in := o.input(from, chat)
	in.Kind, in.Text = desk.InputText, line
	in.Command, in.Arg, _ = strings.Cut(strings.TrimPrefix(line, "/"), " ")
	o.handle(in)
}

// says says words in private.
func (o *office) says(from, words string) {
	o.t.Helper()
	in := o.input(from, desk.ChatPrivate)
	in.Kind, in.Text = desk.InputText, words
	o.handle(in)
}

// heard is what would be sent, newest last, since the last call.
func (o *office) heard() []storage.Outgoing {
	o.t.Helper()
	var list []storage.Outgoing
	o.view(func(tx *storage.Tx) error {
		return storage.Outbox.Scan(tx, storage.Range{}, func(r storage.Outgoing) error {
			list = append(list, r)
			return nil
		})
	})
	o.update(func(tx *storage.Tx) error {
		return wipe(tx, storage.Outbox, func(r storage.Outgoing) string { return r.ID })
	})
	return list
}

// told joins what would be sent.
func (o *office) told() string {
	var b strings.Builder
	for _, r := range o.heard() {
		fmt.Fprintf(&b, "%s: %s", r.Chat, r.Drawn.Text)
		for _, row := range r.Drawn.Buttons {
			for _, button := range row {
				fmt.Fprintf(&b, " [%s]", button.Label)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (o *office) stored(id string) desk.Person {
	o.t.Helper()
	var p desk.Person
	o.view(func(tx *storage.Tx) (err error) { p, _, err = storage.People.Get(tx, id); return err })
	return p
}

func (o *office) wants(what, told string, words ...string) {
	o.t.Helper()
	for _, w := range words {
		if !includes(told, w) {
			o.t.Errorf("%s: nobody was told %q:\n%s", what, w, told)
		}
	}
}

// TestMatrixOfCommands gives every command about people and routing, and presses
// every button of theirs, as everybody: who may not is refused, and nothing has
// changed.
func TestMatrixOfCommands(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.gather()
	o.person("target", desk.Role{Name: desk.RoleInspector})
	o.person("unknown")
	all := func(ids ...string) func(string) bool { return func(id string) bool { return slices.Contains(ids, id) } }
	managers := all("duty", "centre", "property", "admin")
	deskPeople := all("operator", "duty", "centre", "property", "admin")
	administrator := all("admin")
	for _, c := range []struct {
		do  string // a command, or what a button carries
		may func(string) bool
	}{
		{"/staff", managers}, {"/staff 2", managers}, {"c|staff|p.target", managers}, {"c|staff|1", managers},
		{"/roles", administrator}, {"/roles target", administrator}, {"c|roles|p.target", administrator},
		{"c|roles|g.target", administrator}, {"c|roles|x.target.7", administrator}, {"c|roles|y.target.7", administrator},
		{"/route 3-502 水龙头漏水", deskPeople}, {"c|route|3-502 水龙头漏水", deskPeople},
		{"verify|hand|unknown", deskPeople}, {"verify|no|unknown", deskPeople},
	} {
		for _, who := range castOfMatrix {
			for _, chat := range []desk.ChatKind{desk.ChatPrivate, desk.ChatGroup} {
				target := o.stored("target")
				target.Roles = []desk.Role{{Name: desk.RoleInspector}}
				o.reset(ticketOfMatrix(desk.StateNew, "taker", o.now))
				o.update(func(tx *storage.Tx) error { return storage.People.Put(tx, target) })
				name := fmt.Sprintf("%s does %s in a %s chat", who.id, c.do, chat)
				// What a command shows is for one person: groups are answered with a refusal.
				may := c.may(who.id) && (chat == desk.ChatPrivate || strings.HasPrefix(c.do, "verify"))
				if strings.HasPrefix(c.do, "/") {
					o.command(who.id, chat, c.do)
				} else {
					o.press(who.id, chat, c.do)
				}
				told := o.told()
				refused := slices.ContainsFunc([]string{
					"只给有这项职责的员工用", "这要由", "请在私聊里发",
				}, func(words string) bool { return includes(told, words) })
				if told == "" || refused == may {
					t.Errorf("%s: may %v, and it was told %s", name, may, told)
				}
				revoked := len(o.stored("target").Roles) == 0
				if want := may && c.do == "c|roles|y.target.7"; revoked != want {
					t.Errorf("%s: the role was revoked: %v", name, revoked)
				}
			}
		}
	}
}

// TestRoles grants a role by buttons and words, and revokes it; both the person
// and the log have it, and the last administrator stays.
func TestRoles(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.app.Config().Site.Admins = nil // nobody is an administrator by the configuration
	if err := o.app.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.person("admin", desk.Role{Name: desk.RoleAdministrator})
	o.person("zhang")
	o.update(func(tx *storage.Tx) error {
		p, _, err := storage.People.Get(tx, "zhang")
		p.Phone, p.Name = "13800001111", "张姐"
		return firstError(err, storage.People.Put(tx, p))
	})
	o.told()

	o.command("admin", desk.ChatPrivate, "/roles 13800001111")
	o.wants("by phone", o.told(), "张姐 的角色:", "没有角色", "[加角色]")
	o.press("admin", desk.ChatPrivate, "c|roles|g.zhang")
	o.says("admin", "楼管")
	o.says("admin", "3,5")
	o.wants("before", o.told(), "张姐:楼管(3号楼、5号楼)", "[提交]")
	if roles := o.stored("zhang").Roles; len(roles) != 0 {
		t.Fatalf("granted without a confirmation: %v", roles)
	}
	o.says("admin", "提交")
	o.wants("granted", o.told(), "已授予 张姐:楼管(3号楼、5号楼)", "test:zhang: 您现在是:楼管(3号楼、5号楼)")
	if p := o.stored("zhang"); !p.CaresFor("3") || p.CaresFor("4") {
		t.Errorf("the roles are %v", p.Roles)
	}
	if n := o.notes("role_granted", "zhang"); n != 1 {
		t.Errorf("%d notes of the grant", n)
	}

	o.command("admin", desk.ChatPrivate, "/roles 张姐")
	o.wants("with a role", o.told(), "楼管(3号楼、5号楼),Name admin 11-24 授予", "[收回:楼管]")
	o.press("admin", desk.ChatPrivate, "c|roles|x.zhang.2")
	o.wants("sure?", o.told(), "收回 张姐 的「楼管(3号楼、5号楼)」吗", "[收回]")
	o.press("admin", desk.ChatPrivate, "c|roles|y.zhang.2")
	o.wants("revoked", o.told(), "已收回 张姐 的「楼管」", "test:zhang: 您不再是「楼管」")
	if n := len(o.stored("zhang").Roles) + 1 - o.notes("role_revoked", "zhang"); n != 0 {
		t.Error("the role is still there, or nobody noted it")
	}
	o.press("admin", desk.ChatPrivate, "c|roles|y.zhang.2")
	o.wants("again", o.told(), "这个角色已经收回了")

	// A reply to a card means its people.
	ticket := ticketOfMatrix(desk.StateTaken, "second", o.now)
	ticket.Requester = "zhang"
	o.update(func(tx *storage.Tx) error {
		return firstError(storage.Tickets.Put(tx, ticket), storage.Posts.Put(tx, desk.Post{
			ID: "post", Kind: desk.PostDesk, Ticket: ticket.ID, Person: "admin", Chat: desk.Address{Channel: "test", ID: "admin"}, Ref: "77",
		}))
	})
	in := o.input("admin", desk.ChatPrivate)
	in.Kind, in.Text, in.Command, in.ReplyTo = desk.InputText, "/roles", "roles", "77"
	o.handle(in)
	o.wants("by a reply", o.told(), "给谁?选一位", "[张姐]")

	o.press("admin", desk.ChatPrivate, "c|roles|y.admin.8")
	o.wants("the last", o.told(), "这是最后一位管理员")
	o.person("second", desk.Role{Name: desk.RoleAdministrator})
	o.press("admin", desk.ChatPrivate, "c|roles|y.admin.8")
	o.wants("with a second", o.told(), "已收回")
	o.press("admin", desk.ChatPrivate, "c|roles|y.second.8")
	o.wants("no administrator any more", o.told(), "只给有这项职责的员工用")
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (o *office) notes(kind, person string) int {
	o.t.Helper()
	n := 0
	o.view(func(tx *storage.Tx) error {
		return storage.Notes.Scan(tx, storage.Range{}, func(note desk.Note) error {
			if note.Kind == kind && note.Person == person {
				n++
			}
			return nil
		})
	})
	return n
}

// TestConfiguredRoles shows the roles of the roster as such, and keeps them.
func TestConfiguredRoles(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.app.Config().Site.Admins = []desk.Address{{Channel: "test", ID: "boss"}}
	if err := o.app.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.person("boss")
	o.command("boss", desk.ChatPrivate, "/roles boss")
	o.wants("configured", o.told(), "管理员(全部),由配置文件或值班表授予")
	o.press("boss", desk.ChatPrivate, "c|roles|y.boss.8")
	o.wants("revoke", o.told(), "来自配置文件或值班表,请在那里改")
}

// TestCaretaker sees that a caretaker's buildings bound what they see and file.
func TestCaretaker(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.person("sun", desk.Role{Name: desk.RoleCaretaker, Buildings: []string{"3"}})
	o.person("resident")
	for i, place := range []string{"3-502", "5-203", "canteen", "3-lift-a"} {
		ticket := ticketOfMatrix(desk.StateNew, "", o.now)
		ticket.ID, ticket.Number, ticket.Place, ticket.FiledBy = fmt.Sprint("ticket", i), fmt.Sprintf("R-10%d", i), place, ""
		o.update(func(tx *storage.Tx) error { return storage.Tickets.Put(tx, ticket) })
	}
	o.command("sun", desk.ChatPrivate, "/open")
	told := o.told()
	o.wants("/open", told, "未完 2 张", "3号楼502", "电梯A")
	if includes(told, "5号楼") || includes(told, "食堂") {
		t.Errorf("another building is listed:\n%s", told)
	}
	look := func(number string) bool {
		o.command("sun", desk.ChatPrivate, "/ticket "+number)
		return !includes(o.told(), "这张单您看不到")
	}
	if !look("R-100") || look("R-101") || look("R-102") || !look("R-103") {
		t.Error("the buildings do not bound /ticket")
	}
	o.says("resident", "/open")
	o.command("resident", desk.ChatPrivate, "/open")
	o.wants("a resident", o.told(), "只给有这项职责的员工用")
}

// TestStaffPages lists who works here over pages, those on duty first.
func TestStaffPages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	shift := &o.app.Config().Site.Roster.Shifts[0]
	shift.Staff = map[string][]string{"operator": {"test:zed"}}
	if err := o.app.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.person("duty", desk.Role{Name: desk.RoleDutyManager})
	o.person("zed")
	for i := range 15 {
		p := o.person(fmt.Sprintf("tech%02d", i), desk.Role{Name: desk.RoleTechnician, Departments: []string{"engineering"}})
		p.Suspended = i == 3
		o.update(func(tx *storage.Tx) error { return storage.People.Put(tx, p) })
	}
	o.command("duty", desk.ChatPrivate, "/staff")
	told := o.told()
	o.wants("first page", told, "员工 17 人,在班 1 人(第 1/3 页)", "1. Name zed:接线员(全部) · 在班", "部门员工(工程部) · 不在班", "[下一页]")
	if includes(told, "[上一页]") {
		t.Error("there is a page before the first")
	}
	o.press("duty", desk.ChatPrivate, "c|staff|3")
	o.wants("last page", o.told(), "第 3/3 页", "[上一页]", "没开始用机器人:telegram:")
	o.press("duty", desk.ChatPrivate, "c|staff|9999999999999999999999")
	o.command("duty", desk.ChatPrivate, "/staff tech03")
	o.wants("one", o.told(), "员工 1 人", "已停用")
	o.press("duty", desk.ChatPrivate, "c|staff|p.tech04")
	told = o.told()
	o.wants("a person", told, "Name tech04 · 不在班", "[停用]", "[返回]")
	if includes(told, "[角色]") {
		t.Error("a manager is offered to grant roles")
	}
	o.press("duty", desk.ChatPrivate, "x|tech04")
	if !o.stored("tech04").Suspended {
		t.Error("the button does not suspend")
	}
	o.told()
	o.press("duty", desk.ChatPrivate, "c|staff|p.duty")
	o.wants("last press", o.told(), "上次操作 9:00")
}
