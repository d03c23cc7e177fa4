package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The admin socket lets the command line talk with the running desk: a bbolt
// file that is open belongs to one process. Whoever may open the socket may
// give the commands; it is made for its owner alone.

// listenAdmin opens the socket; without a path nobody can connect.
func listenAdmin(path string) (net.Listener, error) {
	if path == "" {
		return nowhere{make(chan struct{})}, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	// A socket that a killed process left behind accepts nobody; the store's own
	// lock has already told that no other desk runs on this store.
	if c, err := net.DialTimeout("unix", path, time.Second); err == nil {
		c.Close()
		return nil, &codeError{exitInUse, fmt.Errorf("admin.socket: %s is in use by another process", path)}
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("admin.socket: %w", err)
	}
	return l, os.Chmod(path, 0o600)
}

// nowhere is a listener to which nobody connects.
type nowhere struct{ closed chan struct{} }

func (n nowhere) Accept() (net.Conn, error) { <-n.closed; return nil, net.ErrClosed }
func (n nowhere) Addr() net.Addr            { return &net.UnixAddr{Name: "none", Net: "unix"} }
func (n nowhere) Close() error {
	select {
	case <-n.closed:
	default:
		close(n.closed)
	}
	return nil
}

// adminHandler answers on the socket.
func (s *server) adminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /backup", func(rw http.ResponseWriter, r *http.Request) {
		var request struct {
			Path string `json:"path"`
		}
		if err := json.NewDecoder(io.LimitReader(r.Body, 64<<10)).Decode(&request); err != nil || !filepath.IsAbs(request.Path) {
			http.Error(rw, "expected {\"path\": an absolute path}", http.StatusBadRequest)
			return
		}
		if err := s.backup(r.Context(), request.Path); err != nil {
			http.Error(rw, err.Error(), http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(rw, "ok")
	})
	mux.HandleFunc("POST /import", importHandler(importer{
		store: s.app.Store, base: s.app.baseSite, now: s.app.Site, changed: s.app.placesChanged,
	}))
	mux.HandleFunc("GET /places", s.placesHandler)
	mux.HandleFunc("GET /health", func(rw http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(rw, s.app.Store.Health())
	})
	return mux
}

// errNotRunning says that nobody answers on the socket.
var errNotRunning = errors.New("the desk does not run")

// askAdmin asks the running desk for something.
func askAdmin(ctx context.Context, socket, path, body string) error {
	if socket == "" {
		return errNotRunning
	}
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "unix", socket)
	}}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://desk"+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("%w: %w", errNotRunning, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the desk answered: %s", strings.TrimSpace(string(text)))
	}
	return nil
}
