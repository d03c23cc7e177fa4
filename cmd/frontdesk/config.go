package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"

	"go.yaml.in/yaml/v3"

	"frontdesk/desk"
	"frontdesk/flows/examples"
	"frontdesk/locale"
)

// Config is what an installation decides, read from config.yaml and checked.
type Config struct {
	Site *desk.Site
	// Texts speak the site's languages, the first of them by default.
	Texts *locale.Catalog
	// Examples are what people say, the program's own and the site's.
	Examples examples.Set

	StorageURL string // bolt:PATH; may hold a password one day, so it is not for logs
	FilesDir   string
	HTTPListen string
	// TrustedProxies are those whose word counts on for whom they ask.
	TrustedProxies []netip.Prefix
	// PublicURL is where the outside reaches HTTPListen, without a final slash; empty if it does not.
	PublicURL   string
	AdminSocket string
	// MetricsListen is where figures can be fetched; empty means nowhere.
	MetricsListen string
	Backup        BackupConfig
	Telegram      TelegramConfig
	WeCom         WeComConfig
	Heartbeat     HeartbeatConfig
	Escalation    EscalationConfig
}

// BackupConfig says where backups go, and how many are kept: the newest one of
// each of so many hours, days and weeks in which one was made.
type BackupConfig struct {
	Dir                   string
	Hourly, Daily, Weekly int
}

// TelegramConfig is how the desk reaches Telegram. Without a token it does not.
type TelegramConfig struct {
	Token         string
	APIURL        string // without a final slash
	Mode          string // ModePolling or ModeWebhook
	WebhookSecret string
}

// The values of telegram.mode.
const (
	ModePolling = "polling"
	ModeWebhook = "webhook"
)

// LoadConfig reads the configuration. ${NAME} in a value is taken from env. The error is a *ConfigError that names everything that is wrong, unless the file cannot be read at all.
func LoadConfig(path string, env func(string) (string, bool)) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	c := &checker{env: env}
	config := c.config(c.document(data))
	if len(c.problems) > 0 {
		return nil, newConfigError(path, c.problems)
	}
	return config, nil
}

// document returns the top of the only document in the file, or nil after noting why there is none.
func (c *checker) document(data []byte) *yaml.Node {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, second yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		c.fail(1, "", "the file is empty: expected the keys of config.example.yaml")
		return nil
	} else if err != nil {
		line, what := syntaxError(err)
		c.fail(line, "", "not valid YAML: "+what)
		return nil
	}
	if err := decoder.Decode(&second); err == nil {
		c.fail(second.Line, "", "a second document begins: expected one, without ---")
	}
	return document.Content[0]
}

// config reads the whole file. The order matters: languages come before labels, and what others name before those who name it.
func (c *checker) config(top *yaml.Node) *Config {
	if top == nil {
		return nil
	}
	root := c.section(value{c: c, line: max(top.Line, 1), node: top},
		"site", "hotline", "storage", "backup", "http", "metrics", "admin", "admins", "telegram", "wecom",
		"departments", "categories", "places", "routes", "roster", "roster_changes", "duty", "calendar",
		"deadlines", "callback", "pauses", "limits", "schedules", "quiet_hours", "complaints", "qr", "meeting", "works", "escalation", "rounds", "rooms", "checkin", "checkout", "understand", "heartbeat")
	if !root.present {
		return nil
	}
	config := &Config{Site: &desk.Site{}}
	s := config.Site
	config.Texts = c.site(root.need("site"), s)
	s.Hotlines = c.hotlines(root.get("hotline"))
	s.Departments = c.departments(root.need("departments"))
	s.Categories = c.categories(root.need("categories"))
	s.Places = c.places(root.need("places"))
	s.Routes = c.routes(root.need("routes"), s)
	s.Roster = c.roster(root.get("roster"), s)
	s.Roster.Changes = c.rosterChanges(root.get("roster_changes"), s)
	s.Duty = c.duty(root.get("duty"), s)
	config.Escalation = c.escalation(root.get("escalation"), s)
	s.Rounds = c.rounds(root.get("rounds"), s)
	s.Admins = c.people(root.need("admins"))
	s.Calendar = c.calendar(root.get("calendar"))
	s.Calendar.Zone = s.Zone
	s.Deadlines = c.deadlines(root.get("deadlines"))
	s.Callback = c.callback(root.get("callback"), s)
	s.Pauses = c.pauses(root.get("pauses"))
	s.Limits = c.limits(root.get("limits"))
	s.Schedules = c.schedules(root.get("schedules"))
	s.Quiet = c.quietHours(root.get("quiet_hours"))
	s.Works = c.works(root.get("works"), s)
	s.Meeting = c.meeting(root.get("meeting"), s)
	config.Examples = c.examples(root.get("understand"), s)
	c.connections(root, config)
	s.LinkKeys = c.linkKeys(root.get("qr"), config.StorageURL)
	c.complaints(root.get("complaints"), s, config.StorageURL)
	s.Checkout = c.checkout(root.get("checkout"), s, config.PublicURL)
	s.Rooms = c.rooms(root.get("rooms"), s)
	s.CheckIn = c.checkIn(root.get("checkin"), s)
	return config
}
