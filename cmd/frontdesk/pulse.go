package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

// HeartbeatConfig is where somebody outside waits for a sign of life. Without a
// URL nobody does.
type HeartbeatConfig struct {
	// URL is fetched; it names who is alive and is a secret.
	URL   string
	Every time.Duration
}

// pulse is the sign of life outside: a GET, as the services take it that raise
// an alarm when none comes. Only a desk that goes on has one.
type pulse struct {
	config HeartbeatConfig
	client *http.Client
	log    *slog.Logger
	next   time.Time
	failed bool
}

// newPulse is nil when nobody waits for it.
func newPulse(config HeartbeatConfig, log *slog.Logger) *pulse {
	if config.URL == "" {
		return nil
	}
	return &pulse{config: config, log: log, client: &http.Client{Timeout: tellTimeout}}
}

// Step gives the sign when it is time. That it did not arrive is logged once:
// who waits for it raises the alarm.
func (p *pulse) Step(ctx context.Context, now time.Time) {
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(p.config.Every)
	err := p.give(ctx)
	switch {
	case err == nil && p.failed:
		p.log.Info("the heartbeat arrives again")
	case err != nil && !p.failed && ctx.Err() == nil:
		p.log.Warn("the heartbeat did not arrive", "error", err)
	}
	p.failed = err != nil
}

// give gives one. The address is in no error.
func (p *pulse) give(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.config.URL, http.NoBody)
	if err != nil {
		return errors.New("the address of the heartbeat is none")
	}
	answer, err := p.client.Do(req)
	var where *url.Error
	if errors.As(err, &where) {
		return where.Err
	}
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16)) // So that the connection is kept.
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("answered %d", answer.StatusCode)
	}
	return nil
}

const wantPulse = "an address such as https://hc.example.org/ping/CODE"

// heartbeat reads where a sign of life goes.
func (c *checker) heartbeat(v value) HeartbeatConfig {
	h := HeartbeatConfig{Every: time.Minute}
	if v.missing() {
		return h
	}
	sec := c.section(v, "url", "every")
	h.URL = sec.need("url").secret(wantPulse)
	if u, err := url.Parse(h.URL); h.URL != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		sec.get("url").fail("expected " + wantPulse)
	}
	h.Every = sec.get("every").duration(h.Every)
	if h.Every < 10*time.Second || h.Every > time.Hour {
		sec.get("every").fail("expected 10s to 1h")
	}
	return h
}
