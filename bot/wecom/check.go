package wecom

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Finding is one thing that was checked against the live API.
type Finding struct {
	// What was checked: token, ip, agent, callback, group, kf.
	What string
	OK   bool
	// Say is the key of the text that tells the result and what to do about it,
	// Args its values in pairs of name and value.
	Say  string
	Args []any
}

func good(what, key string, args ...any) Finding {
	return Finding{What: what, OK: true, Say: key, Args: args}
}

func bad(what, key string, args ...any) Finding {
	return Finding{What: what, Say: key, Args: args}
}

// Check asks WeCom about every setting and says what it found, in the order in
// which things are to be put right: without a token nothing else is asked. It
// changes nothing.
func (c *Corp) Check(ctx context.Context) []Finding {
	if _, err := c.tokens.get(ctx, ""); err != nil {
		return []Finding{c.tokenFinding(err)}
	}
	list := []Finding{good("token", "wecom.check.token_ok")}
	agent, stop := c.checkAgent(ctx)
	list = append(list, agent...)
	if stop {
		return list
	}
	list = append(list, c.checkCallback(ctx))
	for _, department := range slices.Sorted(maps.Keys(c.config.Groups)) {
		list = append(list, c.checkGroup(ctx, department, c.config.Groups[department]))
	}
	if c.config.KFID != "" {
		list = append(list, c.checkKF(ctx))
	}
	return list
}

// Ask finds out whether WeCom is there and takes the corp's secret. It changes
// nothing. The error is a *bot.SendError.
func (c *Corp) Ask(ctx context.Context) error {
	return classify(c.call(ctx, "getcallbackip", nil, nil))
}

// codeOf is the errcode in an error; 0 when WeCom did not answer with one.
func codeOf(err error) int {
	var api *apiError
	if errors.As(err, &api) {
		return api.Code
	}
	return 0
}

// other is the finding for an error without a text of its own.
func other(what string, err error) Finding {
	if code := codeOf(err); code != 0 {
		return bad(what, "wecom.check.code", "code", strconv.Itoa(code))
	}
	return bad(what, "wecom.check.line", "error", err.Error())
}

func (c *Corp) tokenFinding(err error) Finding {
	switch codeOf(err) {
	case codeBadCorp:
		return bad("token", "wecom.check.corp", "corp", c.config.CorpID)
	case codeBadSecret:
		return bad("token", "wecom.check.secret")
	}
	return other("token", err)
}

// checkAgent asks for the application. The first call with a token is also the
// one that tells whether this machine's address is trusted; stop means that
// nothing else can be asked.
// https://developer.work.weixin.qq.com/document/path/90227
func (c *Corp) checkAgent(ctx context.Context) (list []Finding, stop bool) {
	var reply struct {
		Name    string `json:"name"`
		Closed  int    `json:"close"`
		Parties struct {
			IDs []int `json:"partyid"`
		} `json:"allow_partys"`
	}
	err := c.call(ctx, fmt.Sprintf("agent/get?agentid=%d", c.config.AgentID), nil, &reply)
	switch code := codeOf(err); {
	case code == codeOutsideIP:
		return []Finding{bad("ip", "wecom.check.ip", "ip", addressIn(err))}, true
	case code == codeBadAgent || code == codeNoAppRight:
		return []Finding{bad("agent", "wecom.check.agent", "agent", c.config.AgentID)}, true
	case err != nil:
		return []Finding{other("agent", err)}, true
	}
	list = []Finding{good("ip", "wecom.check.ip_ok")}
	if reply.Closed != 0 {
		return append(list, bad("agent", "wecom.check.agent_closed", "name", reply.Name)), false
	}
	list = append(list, good("agent", "wecom.check.agent_ok", "name", reply.Name))
	if len(c.config.Groups) > 0 && !slices.Contains(reply.Parties.IDs, rootParty) && c.usesChats() {
		list = append(list, bad("agent", "wecom.check.scope"))
	}
	return list, false
}

// rootParty is the number of the corp as a whole among its departments.
const rootParty = 1

func (c *Corp) usesChats() bool {
	for _, g := range c.config.Groups {
		if g.RobotKey == "" {
			return true
		}
	}
	return false
}

// addressIn finds the caller's address that WeCom names in its refusal.
func addressIn(err error) string {
	var api *apiError
	if !errors.As(err, &api) {
		return "?"
	}
	_, rest, found := strings.Cut(api.Message, "from ip: ")
	if !found {
		return "?"
	}
	ip, _, _ := strings.Cut(rest, ",")
	return strings.TrimSpace(ip)
}

// checkCallback tells whether this program can receive, and from where WeCom
// calls. Whether WeCom reaches it only the page 接收消息 can tell.
// https://developer.work.weixin.qq.com/document/path/90930
func (c *Corp) checkCallback(ctx context.Context) Finding {
	if c.config.Token == "" {
		return bad("callback", "wecom.check.no_callback")
	}
	var reply struct {
		Addresses []string `json:"ip_list"`
	}
	if err := c.call(ctx, "getcallbackip", nil, &reply); err != nil {
		return other("callback", err)
	}
	return good("callback", "wecom.check.callback_ok", "n", len(reply.Addresses))
}

func (c *Corp) checkGroup(ctx context.Context, department string, g GroupConfig) Finding {
	if g.RobotKey != "" {
		// The only way to ask a robot is to let it speak.
		return good("group", "wecom.check.robot", "department", department)
	}
	id := g.ChatID
	if id == "" {
		row, found, err := c.chatOf(ctx, department)
		if err != nil || !found {
			return bad("group", "wecom.check.no_group", "department", department)
		}
		id = row.ChatID
	}
	info, err := c.chatInfo(ctx, id)
	switch codeOf(err) {
	case codeNotOwnChat:
		return bad("group", "wecom.check.group_foreign", "department", department)
	case codeNoChat:
		return bad("group", "wecom.check.group_gone", "department", department)
	}
	if err != nil {
		return other("group", err)
	}
	return good("group", "wecom.check.group_ok", "department", department, "title", info.Name, "n", len(info.Members))
}

// checkKF tells whether the account of 微信客服 is one that the application may
// use.
// https://developer.work.weixin.qq.com/document/path/94661
func (c *Corp) checkKF(ctx context.Context) Finding {
	var reply struct {
		Accounts []struct {
			ID   string `json:"open_kfid"`
			Name string `json:"name"`
		} `json:"account_list"`
	}
	page := struct {
		Offset int `json:"offset"`
		Limit  int `json:"limit"`
	}{0, 100}
	err := c.call(ctx, "kf/account/list", page, &reply)
	switch codeOf(err) {
	case codeForbiddenAPI, codeNoAppRight, codeNotVisible:
		return bad("kf", "wecom.check.kf_right")
	}
	if err != nil {
		return other("kf", err)
	}
	for _, account := range reply.Accounts {
		if account.ID == c.config.KFID {
			return good("kf", "wecom.check.kf_ok", "name", account.Name)
		}
	}
	return bad("kf", "wecom.check.kf_none", "n", len(reply.Accounts))
}
