package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// servePlayground serves a page on which a reader plays everybody, until ctx
// ends. It says where as soon as the campus has a history.
func servePlayground(ctx context.Context, seed int64, lang string, listener net.Listener, out, errs io.Writer) error {
	defer listener.Close() //nolint:errcheck // The server closes it first.
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	log := slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: slog.LevelWarn}))
	c, closed, err := newCampus(ctx, seed, lang, log)
	if err != nil && ctx.Err() != nil {
		return nil // Stopped before it began.
	}
	if err != nil {
		return err
	}
	defer closed()
	server := &http.Server{
		Handler:           playground.NewPage(c.channel, c).Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // Streams end with it.
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	serving := make(chan error, 1)
	go func() { serving <- server.Serve(listener) }()
	for _, lang := range c.config.Site.Languages {
		fmt.Fprintln(out, c.Text(lang, desk.T("page.started", //nolint:errcheck // Whoever closed the terminal does not read it.
			"url", "http://"+listener.Addr().String()+"/", "try", c.Text(lang, desk.T("page.try.leak")))))
	}
	failed := make(chan error, 1)
	go func() { failed <- c.run() }()
	select {
	case err = <-serving:
		stop()
		return errors.Join(err, <-failed)
	case err = <-failed:
	}
	stop()
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopIn)
	defer cancel()
	if shut := server.Shutdown(ending); shut != nil {
		err = errors.Join(err, server.Close())
	}
	<-serving
	return err
}
