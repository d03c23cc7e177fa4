package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // an image without zone files still knows every zone

	"frontdesk/desk"
	"frontdesk/locale"
)

var (
	siteID       = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$`)
	languageCode = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})*$`)
	phoneNumber  = regexp.MustCompile(`^\+?[0-9][0-9 ()*#-]{1,24}$`)
)

// site reads who the site is, and with it the texts in its languages.
func (c *checker) site(v value, s *desk.Site) *locale.Catalog {
	sec := c.section(v, "id", "name", "timezone", "languages", "texts")
	s.ID = read(sec.need("id"), "a short name of small letters, digits and -, at most 32", "", func(s string) (string, bool) {
		return s, siteID.MatchString(s)
	})
	s.Zone = read(sec.need("timezone"), "the name of a time zone such as Asia/Shanghai", time.UTC, func(s string) (*time.Location, bool) {
		// LoadLocation takes these two for the machine's own zone, which is not the site's to rely on.
		if s == "" || s == "Local" {
			return nil, false
		}
		zone, err := time.LoadLocation(s)
		return zone, err == nil
	})
	texts := c.texts(sec, s)
	s.Name = sec.need("name").label(0)
	return texts
}

// texts reads the languages and loads what the desk says in them.
func (c *checker) texts(sec section, s *desk.Site) *locale.Catalog {
	var languages []value
	for _, v := range c.items(sec.need("languages"), "a list of languages such as [zh, en]") {
		lang := read(v, "a language such as zh or en", "", func(s string) (string, bool) { return s, languageCode.MatchString(s) })
		switch {
		case lang == "":
		case contains(s.Languages, lang):
			v.fail(fmt.Sprintf("the language %s comes twice", lang))
		default:
			s.Languages, languages = append(s.Languages, lang), append(languages, v)
		}
	}
	catalog, err := locale.Load(s.Zone, nil)
	if folder := sec.get("texts"); !folder.missing() && err == nil {
		path := folder.text("a folder with texts such as ./texts")
		if info, statErr := os.Stat(path); path != "" && (statErr != nil || !info.IsDir()) {
			folder.bad("a folder that exists")
		} else if path != "" {
			with, loadErr := locale.Load(s.Zone, os.DirFS(path))
			if loadErr != nil {
				for line := range strings.SplitSeq(loadErr.Error(), "\n") {
					folder.fail(masked(line))
				}
			} else {
				catalog = with
			}
		}
	}
	if err != nil {
		sec.fail("the program's own texts are broken: " + err.Error())
		return nil
	}
	for i, lang := range s.Languages {
		if !contains(catalog.Languages(), lang) {
			languages[i].fail(fmt.Sprintf("there are no texts for the language %s: expected one of %s, or a file %s.yaml in the folder site.texts",
				lang, strings.Join(catalog.Languages(), ", "), lang))
			continue
		}
		// Only languages that the desk can speak are asked of every label.
		c.languages = append(c.languages, lang)
	}
	if len(s.Languages) > 0 {
		catalog = catalog.WithDefault(s.Languages[0])
	}
	return catalog
}

// hotlines reads the numbers to call.
func (c *checker) hotlines(v value) []desk.Hotline {
	if v.missing() {
		return nil
	}
	var list []desk.Hotline
	for _, item := range v.list("a list of phone numbers") {
		sec := c.section(item, "label", "number", "hours")
		h := desk.Hotline{Label: sec.need("label").label(0)}
		h.Number = read(sec.need("number"), "a phone number such as 0512-65880000", "", func(s string) (string, bool) {
			return s, phoneNumber.MatchString(s)
		})
		if hours := sec.get("hours"); !hours.missing() {
			h.Hours = hours.text("the hours such as 00:00-24:00")
		}
		list = append(list, h)
	}
	return list
}

// connections reads everything that is not the desk's business but the machine's.
func (c *checker) connections(root section, config *Config) {
	storage := c.section(root.need("storage"), "url", "files")
	// A later URL may hold a password, so this one is never shown either.
	url := storage.need("url")
	config.StorageURL = url.secret("bolt:PATH")
	if path, ok := strings.CutPrefix(config.StorageURL, "bolt:"); config.StorageURL != "" && (!ok || path == "") {
		url.fail("expected bolt:PATH, such as bolt:/var/lib/frontdesk/desk.db")
	}
	config.FilesDir = storage.need("files").text("a folder such as /var/lib/frontdesk/files")

	config.Backup = c.backup(root.get("backup"), config.StorageURL)

	config.HTTPListen = "127.0.0.1:8080"
	http := section{}
	if v := root.get("http"); !v.missing() {
		http = c.section(v, "listen", "public_url", "trusted_proxies")
		config.HTTPListen = http.get("listen").listen(config.HTTPListen)
		config.PublicURL = http.get("public_url").url("")
		config.TrustedProxies = http.get("trusted_proxies").trustedProxies()
	}
	if v := root.get("metrics"); !v.missing() {
		config.MetricsListen = c.section(v, "listen").need("listen").listen("")
	}
	config.AdminSocket = c.adminSocket(root.get("admin"))
	if v := root.get("telegram"); !v.missing() {
		config.Telegram = c.telegram(v, http.values["public_url"].missing())
	}
	config.WeCom = c.weCom(root.get("wecom"))
	config.Heartbeat = c.heartbeat(root.get("heartbeat"))
}

var (
	webhookSecret = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
	botToken      = regexp.MustCompile(`^[!-~]+$`)
)

// telegram reads how to reach Telegram. A webhook needs an address that Telegram can call and a secret that shows it is Telegram who calls.
func (c *checker) telegram(v value, noURL bool) TelegramConfig {
	sec := c.section(v, "token", "api_url", "mode", "webhook_secret")
	t := TelegramConfig{Token: sec.need("token").secret("the bot's token from @BotFather")}
	if t.Token != "" && !botToken.MatchString(t.Token) {
		sec.get("token").fail("expected the bot's token from @BotFather, in one word")
	}
	t.APIURL = sec.get("api_url").url("https://api.telegram.org")
	if t.APIURL == "" {
		t.APIURL = "https://api.telegram.org"
	}
	t.Mode = sec.get("mode").oneOf("mode", ModePolling, ModePolling, ModeWebhook)
	secret := sec.get("webhook_secret")
	secret.required = t.Mode == ModeWebhook
	t.WebhookSecret = secret.secret("1 to 256 letters, digits, _ and -, because telegram.mode is webhook")
	if t.WebhookSecret != "" && !webhookSecret.MatchString(t.WebhookSecret) {
		secret.fail("expected 1 to 256 letters, digits, _ and -")
	}
	if t.Mode == ModeWebhook && noURL {
		sec.get("mode").fail("webhook needs http.public_url, the address at which Telegram reaches this desk")
	}
	return t
}
