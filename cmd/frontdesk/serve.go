package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/telegram"
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
func (cmd *ServeCmd) Run(ctx context.Context) error {
	config, err := LoadConfig(cmd.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	level := slog.LevelInfo
	if cmd.Debug {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level, ReplaceAttr: scrub(config)}))
	return serve(ctx, config, log)
}

// scrub takes the secrets of the configuration out of whatever is logged, as a
// last line: nothing should log them in the first place.
func scrub(config *Config) func([]string, slog.Attr) slog.Attr {
	var pairs []string
	secrets := []string{config.Telegram.Token, config.Telegram.WebhookSecret}
	for _, key := range config.Site.LinkKeys {
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

// serve wires the desk to the network and runs it until ctx ends.
func serve(ctx context.Context, config *Config, log *slog.Logger) error {
	path, ok := strings.CutPrefix(config.StorageURL, "bolt:")
	if !ok {
		return fmt.Errorf("storage.url: this program stores in bolt:PATH only")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if _, err := ensureLinkKey(config); err != nil {
		return err
	}
	engine, err := bolt.Open(path, bolt.Options{})
	if errors.Is(err, bolt.ErrInUse) {
		return &codeError{exitInUse, err}
	}
	if err != nil {
		return err
	}
	defer engine.Close()
	channel, err := telegram.New(telegram.Config{
		Token: config.Telegram.Token, APIURL: config.Telegram.APIURL, Mode: config.Telegram.Mode,
		PublicURL: config.PublicURL, WebhookSecret: config.Telegram.WebhookSecret,
	}, log)
	if err != nil {
		return err
	}
	app, err := NewApp(config, engine, []bot.Channel{channel}, AppOptions{
		Workers: bot.DefaultWorkers, Log: log, Backup: engine.Backup, BackupDir: filepath.Join(filepath.Dir(path), "backups"),
	})
	if err != nil {
		return err
	}
	defer app.Close()
	s := &server{app: app, channel: channel, config: config, log: log, backup: engine.Backup}
	return s.run(ctx)
}

// server is the desk on the network.
type server struct {
	app     *App
	channel *telegram.Channel
	config  *Config
	log     *slog.Logger
	backup  func(ctx context.Context, path string) error
}

func (s *server) run(ctx context.Context) error {
	last, err := bot.LastAlive(ctx, s.app.Store)
	if err != nil {
		return err
	}
	admin, err := listenAdmin(s.config.AdminSocket)
	if err != nil {
		return err
	}
	web, err := s.listen()
	if err != nil {
		return errors.Join(err, admin.Close())
	}
	// Receiving stops first, then what is under way ends; the store is last.
	receiving, stopReceiving := context.WithCancel(ctx)
	defer stopReceiving()
	running, stopRunning := context.WithCancel(context.WithoutCancel(ctx))
	defer stopRunning()

	adminServer := &http.Server{Handler: s.adminHandler()}
	telegram.ServerLimits(adminServer)
	adminServer.WriteTimeout = 0 // a backup takes as long as it takes
	webServer, err := s.webServer(running)
	if err != nil {
		return errors.Join(err, admin.Close(), web.Close())
	}
	go adminServer.Serve(admin) //nolint:errcheck // it ends when it is closed
	go webServer.Serve(web)     //nolint:errcheck // it ends when it is closed
	s.log.Info("frontdesk runs", "version", version, "site", s.config.Site.ID, "http", web.Addr().String())

	loops := make(chan error, 2)
	go func() { loops <- s.app.Run(running) }()
	go func() { loops <- s.receive(receiving, last) }()
	var failed error
	left := 2
	select {
	case <-ctx.Done():
		s.log.Info("frontdesk stops")
	case failed = <-loops:
		left--
	}
	stopReceiving()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopIn)
	defer cancel()
	failed = errors.Join(failed, webServer.Shutdown(grace))
	stopRunning()
	for range left {
		select {
		case err := <-loops:
			failed = errors.Join(failed, err)
		case <-grace.Done():
		}
	}
	adminServer.Close()
	if s.config.AdminSocket != "" {
		os.Remove(s.config.AdminSocket)
	}
	if failed != nil {
		return &codeError{exitStore, failed}
	}
	return nil
}

// receive makes the channel ready and lets updates come in. A network that is
// not there yet is waited for.
func (s *server) receive(ctx context.Context, last time.Time) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := s.channel.Start(ctx)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			return nil
		}
		s.log.Warn("telegram cannot be reached yet", "error", err, "next", wait)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
	s.app.SetLinks(map[string]string{telegram.Name: s.channel.Link()})
	if err := s.app.Menus.Everybody(ctx); err != nil && ctx.Err() == nil {
		s.log.Warn("the menus of commands could not be set", "error", err)
	}
	if err := bot.Resume(ctx, s.app.Store, s.app.writer, s.app.understand(), last, telegram.PressLife); err != nil && ctx.Err() == nil {
		s.log.Warn("conversations could not be resumed", "error", err)
	}
	if s.config.Telegram.Mode == ModeWebhook {
		<-ctx.Done()
		return nil
	}
	s.channel.Poller(s.app.Handler).Run(ctx)
	return nil
}

// listen opens the address for the webhook and for health checks.
func (s *server) listen() (net.Listener, error) {
	address := s.config.HTTPListen
	if address == "" {
		address = "127.0.0.1:0"
	}
	return net.Listen("tcp", address)
}

// webServer serves the webhook and a health check. Requests end with the
// receiving context, not with a signal: an update that is being handled is
// acknowledged.
func (s *server) webServer(running context.Context) (*http.Server, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(rw http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(rw, s.app.Store.Health())
	})
	if s.config.Telegram.Mode == ModeWebhook {
		hook, err := s.channel.Webhook(s.app.Handler)
		if err != nil {
			return nil, err
		}
		mux.Handle("/telegram/webhook", hook)
	}
	web := &http.Server{Handler: mux, BaseContext: func(net.Listener) context.Context { return running }}
	telegram.ServerLimits(web)
	return web, nil
}
