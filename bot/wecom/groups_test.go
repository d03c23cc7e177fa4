package wecom

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/wecom/wecomtest"
	"frontdesk/desk"
)

func TestNoticesToGroups(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	w.AddChat(wecomtest.Chat{ID: "elecchat", Name: "强电", Owner: "LiJie", Members: []string{"LiJie", "wang"}})
	w.AddRobot(robot)
	w.corp.SetFiles(files(map[string]string{"h1": jpg}))
	m := desk.Drawn{
		Text: "R-1 楼道灯不亮 3栋5楼", Key: "row1", Photos: []desk.File{{Kind: desk.FilePhoto, Hash: "h1"}},
		Buttons: [][]desk.DrawnMark{{{Label: "接单", Data: "t|take"}, {Label: "看楼层图", URL: "https://map.example/3"}}},
	}
	for _, department := range []string{"elec", "water"} {
		if ref, err := w.corp.Groups().Send(t.Context(), group(department), m); err != nil || ref != "row1" {
			t.Errorf("%s: %q %v", department, ref, err)
		}
	}
	// No button comes back from a group, so none is shown; a robot posts no photos.
	words := "R-1 楼道灯不亮 3栋5楼\n\n看楼层图 https://map.example/3"
	if got := fmt.Sprint(w.SeenIn("elecchat")); got != fmt.Sprintf("[(image photo.jpg) %s]", words) {
		t.Errorf("the chat shows %s", got)
	}
	if got := fmt.Sprint(w.SeenRobot(robot)); got != "["+words+"]" {
		t.Errorf("the robot said %s", got)
	}
	m.Edit = "row1"
	if _, err := w.corp.Groups().Send(t.Context(), group("elec"), m); why(err) != bot.NoMessage {
		t.Errorf("an edit: %v", err)
	}
	long := strings.Repeat("楼道的灯不亮了。\n", 200)
	for _, department := range []string{"elec", "water"} {
		if _, err := w.corp.Groups().Send(t.Context(), group(department), desk.Drawn{Text: long}); err != nil {
			t.Error(err)
		}
	}
	info, err := w.corp.Groups().Chat(t.Context(), group("elec"))
	if err != nil || info.Title != "强电" || info.Members != 2 {
		t.Errorf("the chat is %+v, %v", info, err)
	}
	w.obedient()
}

// TestGroupMade: an administrator makes the group of a department; another
// process, and the next start, know it.
func TestGroupMade(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	g := w.corp.Groups()
	if _, err := g.Send(t.Context(), group("clean"), desk.Drawn{Text: "早"}); why(err) != bot.Gone {
		t.Errorf("no group yet: %v", err)
	}
	for name, members := range map[string][]string{"one": {"LiJie"}, "without the owner": {"wang", "zhao"}} {
		if err := g.CreateChat(t.Context(), "clean", "保洁", "LiJie", members); why(err) != bot.Refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := g.CreateChat(t.Context(), "clean", "保洁", "LiJie", []string{"LiJie", "wang"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.another().Groups().Send(t.Context(), group("clean"), desk.Drawn{Text: "早"}); err != nil {
		t.Error(err)
	}
	if err := g.ChangeChat(t.Context(), "clean", []string{"zhao"}, []string{"wang"}); err != nil {
		t.Error(err)
	}
	if err := g.ChangeChat(t.Context(), "nobody", []string{"zhao"}, nil); why(err) != bot.Gone {
		t.Errorf("no group: %v", err)
	}
	row, _, err := w.corp.chatOf(t.Context(), "clean")
	if err != nil {
		t.Fatal(err)
	}
	chat, _ := w.ChatAt(row.ChatID)
	if fmt.Sprint(chat.Name, chat.Owner, chat.Members) != "保洁LiJie[LiJie zhao]" {
		t.Errorf("the group is %+v", chat)
	}
	if got := fmt.Sprint(w.SeenIn(row.ChatID)); got != "[早]" {
		t.Errorf("the group shows %s", got)
	}
	w.obedient()
}

func TestGroupsThatAreGone(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	w.AddRobot(robot)
	send := func(department string) error {
		return second(w.corp.Groups().Send(t.Context(), group(department), desk.Drawn{Text: "早"}))
	}
	if err := send("elec"); why(err) != bot.Gone {
		t.Errorf("no such chat: %v", err)
	}
	w.AddChat(wecomtest.Chat{ID: "elecchat", Foreign: true})
	if err := send("elec"); why(err) != bot.Gone {
		t.Errorf("another application's chat: %v", err)
	}
	for i := range 20 {
		if err := send("water"); err != nil {
			t.Fatalf("message %d: %v", i, err)
		}
	}
	w.obedient()
	if err := send("water"); why(err) != bot.Limited {
		t.Errorf("the 21st in a minute: %v", err)
	}
	w.clock.Advance(2 * time.Minute)
	w.RemoveRobot(robot)
	if err := send("water"); why(err) != bot.Gone {
		t.Errorf("a removed robot: %v", err)
	}
	if err := send("somewhere"); why(err) != bot.Gone {
		t.Errorf("a department without a group: %v", err)
	}
	if err := second(w.corp.Groups().Send(t.Context(), to("LiJie"), desk.Drawn{Text: "早"})); why(err) != bot.Refused {
		t.Errorf("a person: %v", err)
	}
	w.silent(w.log.String())
}

func TestGroupNeedsTheWholeCorp(t *testing.T) {
	w := newWorld(t, wecomtest.Options{NotRoot: true})
	err := w.corp.Groups().CreateChat(t.Context(), "clean", "保洁", "", []string{"LiJie", "wang"})
	if why(err) != bot.Outside {
		t.Errorf("%v, want outside", err)
	}
}
