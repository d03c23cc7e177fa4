package main

import (
	"context"
	"errors"
	"maps"
	"os"
	"reflect"
	"strings"

	"frontdesk/desk"
)

// reloadReport is what a reload has done.
type reloadReport struct {
	Changed []string `json:"changed"` // sections that count from now on
	Restart []string `json:"restart"` // keys that count only after a restart
}

// String is one line or two, for a person.
func (r reloadReport) String() string {
	line := "nothing has changed"
	if len(r.Changed) > 0 {
		line = "in force: " + strings.Join(r.Changed, ", ")
	}
	if len(r.Restart) > 0 {
		line += "\nneeds a restart, unchanged until then: " + strings.Join(r.Restart, ", ")
	}
	return line
}

// reload reads the configuration anew and puts it into force, as far as that can
// be done while the desk runs. On an error everything stays as it was.
func (s *server) reload(ctx context.Context) (report reloadReport, err error) {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	defer func() {
		if err != nil {
			s.log.Error("the configuration was refused, the old one stays", "error", err)
			return
		}
		s.log.Info("the configuration was read anew", "changed", report.Changed)
		if len(report.Restart) > 0 {
			s.log.Warn("some of the configuration needs a restart", "keys", report.Restart)
		}
	}()
	if s.path == "" {
		return report, errors.New("the configuration does not come from a file")
	}
	config, err := LoadConfig(s.path, os.LookupEnv)
	if err != nil {
		return report, err
	}
	old := s.app.Config()
	report.Restart = keepFixed(old, config)
	report.Changed = changedSections(old, config)
	if err := s.app.SetConfig(ctx, config); err != nil {
		return report, err
	}
	if err := s.bindGroups(ctx); err != nil {
		s.log.Warn("the groups that the configuration names could not be bound", "error", err)
	}
	if len(report.Changed) > 0 {
		if err := s.app.noteReload(ctx, report.Changed); err != nil {
			s.log.Warn("the audit list could not say that the configuration was read anew", "error", err)
		}
		// A network that is away must not keep the caller waiting.
		go s.setMenus(context.WithoutCancel(ctx))
	}
	return report, nil
}

// fixedKeys are what cannot change while the desk runs, by where it stands.
func fixedKeys(c *Config) []struct {
	key   string
	value *string
} {
	return []struct {
		key   string
		value *string
	}{
		{"site.id", &c.Site.ID},
		{"storage.url", &c.StorageURL},
		{"storage.files", &c.FilesDir},
		{"http.listen", &c.HTTPListen},
		{"http.public_url", &c.PublicURL},
		{"metrics.listen", &c.MetricsListen},
		{"admin.socket", &c.AdminSocket},
		{under("telegram", "token"), &c.Telegram.Token},
		{under("telegram", "api_url"), &c.Telegram.APIURL},
		{under("telegram", "mode"), &c.Telegram.Mode},
		{under("telegram", "webhook_secret"), &c.Telegram.WebhookSecret},
		{under("wecom", "corp_id"), &c.WeCom.CorpID},
		{under("wecom", "agent_id"), &c.WeCom.AgentID},
		{under("wecom", "secret"), &c.WeCom.Secret},
		{under("wecom", "token"), &c.WeCom.Token},
		{under("wecom", "aes_key"), &c.WeCom.AESKey},
		{under("wecom", "api_url"), &c.WeCom.APIURL},
		{under("wecom", "kf.open_kfid"), &c.WeCom.KFID},
	}
}

// under names a key of a section.
func under(section, key string) string { return section + "." + key }

// keepFixed puts back what cannot change, and names it.
func keepFixed(old, config *Config) (changed []string) {
	was := fixedKeys(old)
	for i, f := range fixedKeys(config) {
		if *f.value != *was[i].value {
			*f.value = *was[i].value
			changed = append(changed, f.key)
		}
	}
	if !maps.Equal(old.WeCom.Groups, config.WeCom.Groups) {
		config.WeCom.Groups = old.WeCom.Groups
		changed = append(changed, "departments.wecom")
	}
	return changed
}

// changedSections names what is different, as it stands in the file.
func changedSections(old, config *Config) (changed []string) {
	a, b := old.Site, config.Site
	for _, s := range []struct {
		name     string
		old, new any
	}{
		{"site", []any{a.Name, a.Zone.String(), a.Languages}, []any{b.Name, b.Zone.String(), b.Languages}},
		{"texts", old.Texts, config.Texts},
		{"hotline", a.Hotlines, b.Hotlines},
		{"backup", old.Backup, config.Backup},
		{"http.trusted_proxies", old.TrustedProxies, config.TrustedProxies},
		{"admins", a.Admins, b.Admins},
		{"departments", a.Departments, b.Departments},
		{"categories", a.Categories, b.Categories},
		{"places", a.Places, b.Places},
		{"routes", a.Routes, b.Routes},
		{"roster", a.Roster.Shifts, b.Roster.Shifts},
		{"roster_changes", a.Roster.Changes, b.Roster.Changes},
		{"duty", a.Duty, b.Duty},
		{"calendar", zoneless(a.Calendar), zoneless(b.Calendar)},
		{"deadlines", a.Deadlines, b.Deadlines},
		{"callback", a.Callback, b.Callback},
		{"pauses", a.Pauses, b.Pauses},
		{"limits", a.Limits, b.Limits},
		{"schedules", a.Schedules, b.Schedules},
		{"quiet_hours", a.Quiet, b.Quiet},
	} {
		if !reflect.DeepEqual(s.old, s.new) {
			changed = append(changed, s.name)
		}
	}
	return changed
}

// zoneless leaves out the zone, which is the site's.
func zoneless(c desk.Calendar) desk.Calendar {
	c.Zone = nil
	return c
}
