package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"frontdesk/bot"
	"frontdesk/storage"
	"frontdesk/storage/bolt"
)

// ServeCmd runs the desk.
type ServeCmd struct {
	Config string `help:"The configuration file." default:"config.yaml" type:"path"`
	Debug  bool   `help:"Log more. Tokens are masked, message texts never logged."`
}

// stopIn is how long the desk takes at most to stop.
const stopIn = 9 * time.Second

// Run serves until the context ends.
func (cmd *ServeCmd) Run(ctx context.Context, errs stderr) error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	level := slog.LevelInfo
	if cmd.Debug {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: level, ReplaceAttr: scrub(config)}))
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	return serve(ctx, cmd.Config, config, hup, log)
}

// scrub takes the secrets of the configuration out of whatever is logged, as a
// last line: nothing should log them in the first place.
func scrub(config *Config) func([]string, slog.Attr) slog.Attr {
	var pairs []string
	secrets := append([]string{config.Telegram.Token, config.Telegram.WebhookSecret, config.Heartbeat.URL, config.Escalation.Secret, config.Escalation.Webhook}, config.WeCom.secrets()...)
	for _, key := range append([][]byte{config.Site.SealKey}, config.Site.LinkKeys...) {
		secrets = append(secrets, string(key))
	}
	for _, secret := range secrets {
		if len(secret) > 8 {
			pairs = append(pairs, secret, "[secret]")
			if _, half, ok := strings.Cut(secret, ":"); ok {
				pairs = append(pairs, half, "[secret]")
			}
		}
	}
	replacer := strings.NewReplacer(pairs...)
	return func(_ []string, a slog.Attr) slog.Attr {
		switch v := a.Value.Any().(type) {
		case error:
			return slog.String(a.Key, replacer.Replace(v.Error()))
		case string:
			return slog.String(a.Key, replacer.Replace(v))
		}
		return a
	}
}

// serve wires the desk to the network and runs it until ctx ends, or somebody
// stops it on the socket. path is where the configuration can be read anew, when
// something comes from hup.
func serve(ctx context.Context, path string, config *Config, hup <-chan os.Signal, log *slog.Logger) (err error) {
	if !strings.HasPrefix(config.StorageURL, "bolt:") {
		return fmt.Errorf("storage.url: this program stores in bolt:PATH only")
	}
	if err := os.MkdirAll(filepath.Dir(storePath(config)), 0o700); err != nil {
		return err
	}
	if _, err := ensureLinkKey(config); err != nil {
		return err
	}
	if err := ensureSealKey(config); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &server{config: config, path: path, hup: hup, log: log, stop: stop, stopped: make(chan struct{})}
	// Whoever asked for the stop learns of it when the store is closed.
	defer func() { s.endAdmin(err) }()
	engine, err := bolt.Open(storePath(config), bolt.Options{})
	if errors.Is(err, bolt.ErrInUse) {
		return &codeError{exitInUse, err}
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	s.networks, err = newNetworks(config, networkOptions{log: log})
	if err != nil {
		return err
	}
	s.metrics = newMetrics(config)
	s.app, err = NewApp(config, engine, channelsOf(s.networks), AppOptions{
		Workers: bot.DefaultWorkers, Log: log, CopyStore: engine.BackupWith, Observe: s.metrics.observers(),
	})
	if err != nil {
		return err
	}
	defer s.app.Close()
	for _, n := range s.networks {
		n.Bind(s.app)
	}
	return s.run(ctx)
}

// warnOfUnknown says at the start what open tickets need and the configuration
// lacks. It is no reason not to start: an alarm is worth more than a label.
func (s *server) warnOfUnknown(ctx context.Context) error {
	err := s.app.Store.View(ctx, func(tx *storage.Tx) error { return stillUsed(tx, nil, s.app.Site()) })
	var unknown *StillUsedError
	if errors.As(err, &unknown) {
		s.log.Error("the configuration lacks what open tickets need", "missing", unknown.Missing)
		return nil
	}
	return err
}
