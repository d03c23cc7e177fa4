package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestMetrics fetches the figures of the running program after a repair was
// filed.
func TestMetrics(t *testing.T) {
	p := open(t)
	p.files()
	p.does(0, "verified backup", "backup")
	code, text := p.get(p.fig, "/metrics")
	if code != http.StatusOK {
		t.Fatalf("%d:\n%s", code, text)
	}
	for _, line := range []string{
		`frontdesk_updates_total{channel="telegram",kind="text",outcome="done"} 1`,
		`frontdesk_updates_total{channel="telegram",kind="press",outcome="done"} 1`,
		`frontdesk_turn_seconds_count{channel="telegram"} 2`,
		`frontdesk_sends_total{channel="telegram",class="registration",outcome="sent"} 1`,
		`frontdesk_sends_total{channel="telegram",class="answer",outcome="sent"} 1`,
		`frontdesk_tickets{department="engineering",state="new"} 1`,
		`frontdesk_outbox_waiting{lane="emergency"} 0`,
		`frontdesk_outbox_oldest_seconds{lane="interactive"} 0`,
		`frontdesk_jobs_due{sort="rules"} 0`,
		`frontdesk_jobs_late_seconds{sort="tasks"} 0`,
		`frontdesk_ready{part="polling"} 1`,
		`frontdesk_ready{part="sending"} 1`,
		`frontdesk_ready{part="committing"} 1`,
		`frontdesk_ready{part="scheduler"} 1`,
		`frontdesk_undelivered_messages 0`,
		`frontdesk_commit_failures_total 0`,
		`frontdesk_figures_failed 0`,
		`frontdesk_restore_drill_last_success_timestamp_seconds 0`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("not found: %s", line)
		}
	}
	for name, above := range map[string]string{
		"frontdesk_commit_seconds_count": "", "frontdesk_commit_updates_sum": "", "frontdesk_store_bytes": "", "go_goroutines": "",
		"frontdesk_backup_last_success_timestamp_seconds": "1.",
	} {
		if !regexp.MustCompile(`(?m)^` + name + ` ` + regexp.QuoteMeta(above) + `[0-9.e+]*[1-9]`).MatchString(text) {
			t.Errorf("%s is 0, or missing", name)
		}
	}
	for _, secret := range []string{p.server.Token(), "张同学", "5001", "漏水", "3-502"} {
		if strings.Contains(text, secret) {
			t.Errorf("the figures tell of %q", secret)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// TestMetricsAreExplained compares what the program gives with docs/metrics.md,
// and with what the alerts ask for.
func TestMetricsAreExplained(t *testing.T) {
	root := filepath.Join("..", "..")
	source, err := os.ReadFile("metrics.go")
	if err != nil {
		t.Fatal(err)
	}
	more, err := os.ReadFile("metrics_gauges.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range regexp.MustCompile(`Name: +"(frontdesk_[a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		names = append(names, m[1])
	}
	for _, m := range regexp.MustCompile(`desc\("([a-z_]+)"`).FindAllStringSubmatch(string(more), -1) {
		names = append(names, "frontdesk_"+m[1])
	}
	if len(names) < 20 {
		t.Fatalf("only %d figures were found in the code", len(names))
	}
	docs, err := os.ReadFile(filepath.Join(root, "docs", "metrics.md"))
	if err != nil {
		t.Fatal(err)
	}
	var explained []string
	for _, m := range regexp.MustCompile("(?m)^\\| `(frontdesk_[a-z_]+)").FindAllStringSubmatch(string(docs), -1) {
		explained = append(explained, m[1])
	}
	slices.Sort(names)
	slices.Sort(explained)
	for _, name := range names {
		if !slices.Contains(explained, name) {
			t.Errorf("docs/metrics.md does not explain %s", name)
		}
	}
	for _, name := range explained {
		if !slices.Contains(names, name) {
			t.Errorf("docs/metrics.md explains %s, which there is not", name)
		}
	}

	data, err := os.ReadFile(filepath.Join(root, "deploy", "prometheus-alerts.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var rules struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(data, &rules); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			n++
			if g.Name == "" || r.Alert == "" || r.Expr == "" || r.Labels["severity"] == "" || r.Annotations["summary"] == "" {
				t.Errorf("an alert is incomplete: %+v", r)
			}
			for _, name := range regexp.MustCompile(`frontdesk_[a-z_]+`).FindAllString(r.Expr, -1) {
				base := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "_bucket"), "_sum"), "_count")
				if !slices.Contains(names, name) && !slices.Contains(names, base) {
					t.Errorf("%s asks for %s, which there is not", r.Alert, name)
				}
			}
			if strings.Count(r.Expr, "(") != strings.Count(r.Expr, ")") {
				t.Errorf("%s: parentheses in %s", r.Alert, r.Expr)
			}
		}
	}
	if n < 8 {
		t.Errorf("only %d alerts", n)
	}
}
