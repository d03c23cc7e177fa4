package main

import (
	"regexp"
	"strconv"

	"frontdesk/bot/wecom"
)

// WeComConfig is how the desk reaches WeCom. Without a corp it does not.
type WeComConfig struct {
	CorpID  string
	AgentID string // a number
	Secret  string
	Token   string
	AESKey  string
	APIURL  string // without a final slash
	KFID    string // of the account of 微信客服; empty: none
	// TapsAreSilent: tapping an item of a menu there does not count as writing.
	TapsAreSilent bool
	// Groups are the departments' groups, by the department's id.
	Groups map[string]WeComGroup
}

// WeComGroup is where a department's notices go: one of both.
type WeComGroup struct{ ChatID, RobotKey string }

// secrets are what must not be shown.
func (w WeComConfig) secrets() []string {
	list := []string{w.Secret, w.Token, w.AESKey}
	for _, g := range w.Groups {
		list = append(list, g.RobotKey)
	}
	return list
}

// corp is the same for the channel.
func (w WeComConfig) corp() wecom.Config {
	agent, _ := strconv.ParseInt(w.AgentID, 10, 64)
	config := wecom.Config{
		CorpID: w.CorpID, AgentID: agent, Secret: w.Secret, Token: w.Token, AESKey: w.AESKey, APIURL: w.APIURL, KFID: w.KFID, KFTapsAreSilent: w.TapsAreSilent,
		Groups: map[string]wecom.GroupConfig{},
	}
	for department, g := range w.Groups {
		config.Groups[department] = wecom.GroupConfig{ChatID: g.ChatID, RobotKey: g.RobotKey}
	}
	return config
}

var (
	corpID     = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	agentID    = regexp.MustCompile(`^[1-9][0-9]{0,9}$`)
	appSecret  = regexp.MustCompile(`^[!-~]{8,128}$`)
	hookToken  = regexp.MustCompile(`^[A-Za-z0-9]{1,32}$`)
	aesKey     = regexp.MustCompile(`^[A-Za-z0-9]{43}$`)
	kfID       = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	appChat    = regexp.MustCompile(`^[A-Za-z0-9]{1,32}$`)
	groupRobot = regexp.MustCompile(`^[A-Za-z0-9-]{8,64}$`)
)

// weCom reads how to reach WeCom: one corp with one self-built application.
func (c *checker) weCom(v value) WeComConfig {
	if v.missing() {
		for _, at := range c.groupAt {
			at.fail("a group needs the section wecom, with the corp that it is in")
		}
		return WeComConfig{}
	}
	sec := c.section(v, "corp_id", "agent_id", "secret", "token", "aes_key", "api_url", "kf")
	w := WeComConfig{Groups: c.groups}
	form := func(key, expected string, form *regexp.Regexp) string {
		return read(sec.need(key), expected, "", func(s string) (string, bool) { return s, form.MatchString(s) })
	}
	sealed := func(key, expected string, form *regexp.Regexp) string {
		at := sec.need(key)
		s := at.secret(expected)
		if s != "" && !form.MatchString(s) {
			at.fail("expected " + expected)
			return ""
		}
		return s
	}
	w.CorpID = form("corp_id", "the corp's id such as ww1234567890abcdef", corpID)
	w.AgentID = form("agent_id", "the application's AgentId, a number such as 1000002", agentID)
	w.Secret = sealed("secret", "the application's Secret, in one word", appSecret)
	w.Token = sealed("token", "the Token of the page 接收消息, 1 to 32 letters and digits", hookToken)
	w.AESKey = sealed("aes_key", "the EncodingAESKey of the page 接收消息, 43 letters and digits", aesKey)
	if w.APIURL = sec.get("api_url").url(wecom.DefaultAPIURL); w.APIURL == "" {
		w.APIURL = wecom.DefaultAPIURL
	}
	if kf := sec.get("kf"); !kf.missing() {
		account := c.section(kf, "open_kfid", "taps_are_silent")
		w.TapsAreSilent = account.get("taps_are_silent").yes()
		w.KFID = read(account.need("open_kfid"), "the account of 微信客服 such as wkAJ2GCAAA...", "",
			func(s string) (string, bool) { return s, kfID.MatchString(s) })
	}
	return w
}

// weComGroup reads where a department's notices go.
func (c *checker) weComGroup(v value, department string) {
	if v.missing() {
		return
	}
	sec := c.section(v, "chat_id", "robot_key")
	g := WeComGroup{}
	chat, robot := sec.get("chat_id"), sec.get("robot_key")
	switch {
	case !sec.present:
		return
	case chat.missing() == robot.missing():
		v.fail("expected chat_id (a group that the application made) or robot_key (the robot of a group), one of them")
		return
	case robot.missing():
		g.ChatID = read(chat, "a chat id of 1 to 32 letters and digits", "", func(s string) (string, bool) { return s, appChat.MatchString(s) })
	default:
		const expected = "what stands behind key= in the address of the group's robot"
		if g.RobotKey = robot.secret(expected); g.RobotKey != "" && !groupRobot.MatchString(g.RobotKey) {
			robot.fail("expected " + expected)
			return
		}
	}
	if c.groups == nil {
		c.groups, c.groupAt = map[string]WeComGroup{}, map[string]value{}
	}
	if c.groupAt[department] = v; department != "" && g != (WeComGroup{}) {
		c.groups[department] = g
	}
}
