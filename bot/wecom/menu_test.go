package wecom

import (
	"fmt"
	"testing"

	"frontdesk/bot"
	"frontdesk/bot/wecom/wecomtest"
)

func TestMenu(t *testing.T) {
	w := newWorld(t, wecomtest.Options{})
	commands := []bot.CommandLine{
		{Name: "repair", Description: "报修"}, {Name: "request", Description: "需求服务:保洁、搬运、送水、借还器材等"},
		{Name: "my", Description: "我的单和进度"}, {Name: "help", Description: "帮助"}, {Name: "human", Description: "找人工"},
		{Name: "duty", Description: "值班"},
	}
	for _, scope := range []bot.CommandScope{
		{Groups: true, Commands: commands}, {Chat: to("LiJie"), Commands: commands}, {Lang: "en", Commands: commands},
	} {
		if err := w.corp.App().Commands(t.Context(), scope); err != nil {
			t.Error(err)
		}
	}
	if n := len(w.Calls("menu/create")); n != 0 {
		t.Errorf("%d menus of scopes that WeCom does not have", n)
	}
	if err := w.corp.App().Commands(t.Context(), bot.CommandScope{Commands: commands}); err != nil {
		t.Fatal(err)
	}
	menu, _ := w.Menu()
	var got []string
	for _, top := range menu.Button {
		for _, sub := range top.Sub {
			got = append(got, top.Name+"/"+sub.Name+"="+sub.Key)
		}
	}
	want := "[报修需求/报修=/repair 报修需求/需求服务=/request 我的单/我的单和进度=/my 帮助/找人工=/human 帮助/帮助=/help]"
	if fmt.Sprint(got) != want {
		t.Errorf("menu %v\nwant %s", got, want)
	}
	if err := w.corp.App().Commands(t.Context(), bot.CommandScope{}); err != nil {
		t.Fatal(err)
	}
	if _, found := w.Menu(); found {
		t.Error("the menu is still there")
	}
	w.obedient()
}
