package wecom

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
)

// DefaultAPIURL is the public server of the API.
const DefaultAPIURL = "https://qyapi.weixin.qq.com"

// Config is what a site writes down about its corp and its application.
type Config struct {
	// CorpID is the corp's id; AgentID and Secret are the application's.
	CorpID  string
	AgentID int64
	Secret  string
	// Token and AESKey are those of the page 接收消息: with them WeCom signs and
	// seals what it tells. Without, nothing is received.
	Token  string
	AESKey string
	// APIURL is the server; empty means DefaultAPIURL.
	APIURL string
	// KFID is the account of 微信客服 (open_kfid); empty means none.
	KFID string
	// KFTapsAreSilent says that tapping an item of a menu does not let the desk send
	// five messages more, as writing does. The documents leave that open.
	KFTapsAreSilent bool
	// Groups are the groups of departments, by the department's id.
	Groups map[string]GroupConfig
}

// GroupConfig is where a department's notices go: to a group chat that the
// application made, or to the robot of a group. With neither, the chat is the
// one that CreateChat made.
type GroupConfig struct {
	ChatID   string
	RobotKey string
}

var (
	corpForm  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	keyForm   = regexp.MustCompile(`^[A-Za-z0-9+/]{43}$`)
	chatForm  = regexp.MustCompile(`^[A-Za-z0-9]{1,32}$`)
	robotForm = regexp.MustCompile(`^[A-Za-z0-9-]{8,64}$`)
)

// check completes the configuration and finds its mistakes. No message says a
// secret.
func (c Config) check() (Config, error) {
	if c.APIURL == "" {
		c.APIURL = DefaultAPIURL
	}
	c.APIURL = strings.TrimRight(c.APIURL, "/")
	if u, err := url.Parse(c.APIURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return c, errors.New("wecom: the API URL must look like https://host")
	}
	switch {
	case !corpForm.MatchString(c.CorpID):
		return c, errors.New("wecom: the corp id must look like ww1234567890abcdef")
	case c.AgentID <= 0:
		return c, errors.New("wecom: the agent id must be a number such as 1000002")
	case c.Secret == "":
		return c, errors.New("wecom: the application's secret is missing")
	case (c.Token == "") != (c.AESKey == ""):
		return c, errors.New("wecom: the token and the AES key of the page 接收消息 go together")
	case c.AESKey != "" && !keyForm.MatchString(c.AESKey):
		return c, errors.New("wecom: the AES key must have 43 letters and digits")
	}
	if c.KFID != "" && !corpForm.MatchString(c.KFID) {
		return c, errors.New("wecom: the account of 微信客服 (open_kfid) must look like wkABCDEF")
	}
	for department, g := range c.Groups {
		switch {
		case g.ChatID != "" && g.RobotKey != "":
			return c, fmt.Errorf("wecom: department %s has a group chat and a robot: one of them is enough", department)
		case g.ChatID != "" && !chatForm.MatchString(g.ChatID):
			return c, fmt.Errorf("wecom: the chat id of department %s must have 1-32 letters and digits", department)
		case g.RobotKey != "" && !robotForm.MatchString(g.RobotKey):
			return c, fmt.Errorf("wecom: the robot key of department %s must be what stands behind key= in the robot's address", department)
		}
	}
	return c, nil
}

// String hides the secrets, so that a printed configuration tells nothing.
func (c Config) String() string {
	return fmt.Sprintf("wecom corp %s agent %d at %s", c.CorpID, c.AgentID, c.APIURL)
}

// GoString hides the secrets from %#v.
func (c Config) GoString() string { return c.String() }

// LogValue hides the secrets in logs.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }
