package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/telegram"
)

// server is the desk on the network.
type server struct {
	app      *App
	networks []network
	config   *Config // at the start: what it says about connections holds to the end
	log      *slog.Logger
	metrics  *metrics // nil when nobody fetches them

	path      string // of the configuration; empty when it is not read anew
	hup       <-chan os.Signal
	reloading sync.Mutex

	admin   *http.Server
	stop    func()        // begins the end
	stopped chan struct{} // closed when the store is closed
	failure error         // how it ended; for those who wait for stopped

	last      readyCache
	verifying limiter
}

func (s *server) run(ctx context.Context) error {
	last, err := bot.LastAlive(ctx, s.app.Store)
	if err != nil {
		return err
	}
	if err := s.warnOfUnknown(ctx); err != nil {
		return err
	}
	if err := s.bindGroups(ctx); err != nil {
		return err
	}
	// Receiving stops first, then what is under way ends; the store is last.
	receiving, stopReceiving := context.WithCancel(ctx)
	defer stopReceiving()
	running, stopRunning := context.WithCancel(context.WithoutCancel(ctx))
	defer stopRunning()
	servers, err := s.listen(running)
	if err != nil {
		return err
	}
	loops := make(chan error, 2)
	go func() { loops <- s.app.Run(running) }()
	go func() { loops <- s.receive(receiving, last) }()
	go watchdog(running, func(ctx context.Context) bool { return s.app.live(ctx, s.app.now()) })
	go s.watch(running)
	notify("READY=1")
	var failed error
	left := 2
	for waiting := true; waiting; {
		select {
		case <-s.hup:
			_, _ = s.reload(receiving) // It logs how it went.
		case <-ctx.Done():
			s.log.Info("frontdesk stops")
			waiting = false
		case failed = <-loops:
			left--
			waiting = false
		}
	}
	notify("STOPPING=1")
	stopReceiving()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopIn)
	defer cancel()
	for _, web := range servers {
		failed = errors.Join(failed, web.Shutdown(grace))
	}
	stopRunning()
	for range left {
		select {
		case err := <-loops:
			failed = errors.Join(failed, err)
		case <-grace.Done():
		}
	}
	// While the store is still held: a desk that starts next makes its own.
	if s.config.AdminSocket != "" {
		os.Remove(s.config.AdminSocket)
	}
	if failed != nil {
		return &codeError{exitStore, failed}
	}
	return nil
}

// listen opens all addresses and serves them: the socket of the command line, the
// web, the figures. Requests end with the running context and not with a signal:
// an update that is being handled is acknowledged, a backup is cut short.
func (s *server) listen(running context.Context) (servers []*http.Server, err error) {
	var open []net.Listener
	defer func() {
		if err != nil {
			for _, l := range open {
				l.Close()
			}
		}
	}()
	bind := func(address string, listen func(string) (net.Listener, error)) net.Listener {
		if err != nil || address == "" {
			return nil
		}
		var l net.Listener
		if l, err = listen(address); err == nil {
			open = append(open, l)
		}
		return l
	}
	admin := bind(s.config.AdminSocket, listenAdmin)
	web := bind(s.config.HTTPListen, listenTCP)
	figures := bind(s.config.MetricsListen, listenTCP)
	if err != nil {
		return nil, err
	}
	start := func(l net.Listener, handler http.Handler) *http.Server {
		server := &http.Server{Handler: handler, BaseContext: func(net.Listener) context.Context { return running }}
		telegram.ServerLimits(server)
		if l == admin {
			server.WriteTimeout, server.ReadTimeout = 0, 0 // A backup takes as long as it takes.
		}
		go server.Serve(l) //nolint:errcheck // It ends when it is closed.
		return server
	}
	if web != nil {
		handler, err := s.webHandler()
		if err != nil {
			return nil, err
		}
		servers = append(servers, start(web, handler))
		s.log.Info("frontdesk runs", "version", version, "site", s.config.Site.ID, "http", web.Addr().String())
	}
	if figures != nil {
		servers = append(servers, start(figures, s.metrics.handler(s)))
		s.log.Info("metrics can be fetched", "http", figures.Addr().String())
	}
	if admin != nil {
		s.admin = start(admin, s.adminHandler())
	}
	return servers, nil
}

func listenTCP(address string) (net.Listener, error) { return net.Listen("tcp", address) }

// endAdmin answers those who wait for the stop, and closes the socket.
func (s *server) endAdmin(err error) {
	s.failure = err
	close(s.stopped)
	if s.admin == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	s.admin.Shutdown(ctx) //nolint:errcheck // Whoever is left is cut off.
	s.admin.Close()
}

// pending is how many updates wait at the networks; -1 when none can tell.
func (s *server) pending() int {
	all := -1
	for _, n := range s.networks {
		if waiting := n.Pending(); waiting >= 0 {
			all = max(all, 0) + waiting
		}
	}
	return all
}
