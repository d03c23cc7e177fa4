package wecom

import (
	"fmt"
	"strings"
	"testing"

	"frontdesk/bot/wecom/wecomtest"
)

// TestCheck puts one thing wrong after the other and reads what is said.
func TestCheck(t *testing.T) {
	accounts := `{"errcode":0,"errmsg":"ok","account_list":[{"open_kfid":"wkMINE","name":"前台客服"}]}`
	for _, c := range []struct {
		name string
		opts wecomtest.Options
		make func(*world, *Config)
		want string
	}{
		{"all well", wecomtest.Options{}, nil,
			"token_ok ip_ok agent_ok[name 前台] callback_ok[n 2] group_ok[department elec title 强电 n 2] robot[department water] kf_ok[name 前台客服]"},
		{"corp", wecomtest.Options{}, func(_ *world, c *Config) { c.CorpID = "wwOTHER" }, "!corp[corp wwOTHER]"},
		{"secret", wecomtest.Options{}, func(_ *world, c *Config) { c.Secret = "another-secret" }, "!secret"},
		{"address", wecomtest.Options{}, func(w *world, _ *Config) { w.TrustIP(false) }, "token_ok !ip[ip 192.0.2.7]"},
		{"agent", wecomtest.Options{}, func(_ *world, c *Config) { c.AgentID = 7 }, "token_ok !agent[agent 7]"},
		{"not visible to all", wecomtest.Options{NotRoot: true}, func(_ *world, c *Config) { c.KFID = "" },
			"token_ok ip_ok agent_ok[name 前台] !scope callback_ok[n 2] group_ok[department elec title 强电 n 2] robot[department water]"},
		{"no callback", wecomtest.Options{}, func(_ *world, c *Config) { c.Token, c.AESKey, c.Groups, c.KFID = "", "", nil, "" },
			"token_ok ip_ok agent_ok[name 前台] !no_callback"},
		{"groups", wecomtest.Options{}, func(w *world, c *Config) {
			w.AddChat(wecomtest.Chat{ID: "foreign", Foreign: true})
			c.Groups = map[string]GroupConfig{"a": {ChatID: "foreign"}, "b": {ChatID: "nowhere"}, "c": {}}
			c.KFID = ""
		}, "token_ok ip_ok agent_ok[name 前台] callback_ok[n 2] !group_foreign[department a] !group_gone[department b] !no_group[department c]"},
		{"another account", wecomtest.Options{}, func(_ *world, c *Config) { c.Groups, c.KFID = nil, "wkOTHER" },
			"token_ok ip_ok agent_ok[name 前台] callback_ok[n 2] !kf_none[n 1]"},
		{"no right", wecomtest.Options{}, func(w *world, c *Config) {
			w.Heal()
			w.Refuse("kf/account/list", 48002, "api forbidden", 1)
			c.Groups = nil
		}, "token_ok ip_ok agent_ok[name 前台] callback_ok[n 2] !kf_right"},
		{"outage", wecomtest.Options{}, func(w *world, _ *Config) { w.Outage(true) }, "!line[error gettoken: no connection: connection refused]"},
		{"some code", wecomtest.Options{}, func(w *world, _ *Config) { w.Refuse("agent/get", 50001, "?", 1) }, "token_ok !code[code 50001]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, c.opts)
			w.AddChat(wecomtest.Chat{ID: "elecchat", Name: "强电", Owner: "LiJie", Members: []string{"LiJie", "wang"}})
			w.Garble("kf/account/list", accounts, 1)
			config := Config{
				CorpID: w.CorpID(), AgentID: w.AgentID(), Secret: secret, Token: "callback-token", AESKey: strings.Repeat("k", 43),
				KFID: "wkMINE", Groups: map[string]GroupConfig{"elec": {ChatID: "elecchat"}, "water": {RobotKey: robot}},
			}
			if c.make != nil {
				c.make(w, &config)
			}
			corp, err := New(config, Options{Now: w.clock.Now, Transport: w.Transport()})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range corp.Check(t.Context()) {
				text := strings.TrimPrefix(f.Say, "wecom.check.")
				if !f.OK {
					text = "!" + text
				}
				if len(f.Args) > 0 {
					text += fmt.Sprint(f.Args)
				}
				got = append(got, text)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("found:\n%s\nwant:\n%s", s, c.want)
			}
			w.silent(fmt.Sprint(got))
		})
	}
}

func TestConfig(t *testing.T) {
	good := Config{CorpID: "ww1", AgentID: 1000002, Secret: secret}
	if _, err := New(good, Options{}); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Config){
		"no corp":     func(c *Config) { c.CorpID = "" },
		"no agent":    func(c *Config) { c.AgentID = 0 },
		"no secret":   func(c *Config) { c.Secret = "" },
		"half":        func(c *Config) { c.Token = "t" },
		"a short key": func(c *Config) { c.Token, c.AESKey = "t", "short" },
		"no host":     func(c *Config) { c.APIURL = "qyapi" },
		"both":        func(c *Config) { c.Groups = map[string]GroupConfig{"a": {ChatID: "x", RobotKey: robot}} },
		"chat id":     func(c *Config) { c.Groups = map[string]GroupConfig{"a": {ChatID: "x-y"}} },
		"a robot's address": func(c *Config) {
			c.Groups = map[string]GroupConfig{"a": {RobotKey: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + robot}}
		},
	} {
		bad := good
		change(&bad)
		_, err := New(bad, Options{})
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), robot) {
			t.Errorf("%s: the error says a secret", name)
		}
	}
}
