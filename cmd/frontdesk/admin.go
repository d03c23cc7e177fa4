package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"frontdesk/desk"
)

// The admin socket lets the command line talk with the running desk: a bbolt
// file that is open belongs to one process. Whoever may open the socket may
// give the commands; it is made for its owner alone.

// listenAdmin opens the socket.
func listenAdmin(path string) (net.Listener, error) {
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
	// Its name is removed by hand, and never that of the next desk's.
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	return l, os.Chmod(path, 0o600)
}

// adminHandler answers on the socket.
func (s *server) adminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /backup", s.adminBackup)
	mux.HandleFunc("POST /import", importHandler(importer{
		store: s.app.Store, base: func() *desk.Site { return s.app.Config().Site }, now: s.app.Site, changed: s.app.Refresh,
	}))
	mux.HandleFunc("POST /reload", s.adminReload)
	mux.HandleFunc("POST /check", s.adminCheck)
	mux.HandleFunc("POST /stop", s.adminStop)
	mux.HandleFunc("GET /status", s.adminStatus)
	mux.HandleFunc("POST /drill", s.adminStartDrill)
	mux.HandleFunc("GET /drill", s.adminDrill)
	mux.HandleFunc("GET /find", s.adminFind)
	mux.HandleFunc("GET /places", s.placesHandler)
	mux.HandleFunc("GET /health", func(rw http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(rw, s.app.Store.Health())
	})
	return mux
}

func (s *server) adminBackup(rw http.ResponseWriter, r *http.Request) {
	var request struct {
		Path string `json:"path"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, 64<<10)).Decode(&request); err != nil || !filepath.IsAbs(request.Path) {
		http.Error(rw, "expected {\"path\": an absolute path}", http.StatusBadRequest)
		return
	}
	if err := s.app.backups.make(r.Context(), request.Path); err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintln(rw, "ok")
}

func (s *server) adminReload(rw http.ResponseWriter, r *http.Request) {
	report, err := s.reload(r.Context())
	if err != nil {
		http.Error(rw, err.Error(), http.StatusConflict)
		return
	}
	fmt.Fprintln(rw, report)
}

// adminStop stops the desk, and answers when its store is closed.
func (s *server) adminStop(rw http.ResponseWriter, _ *http.Request) {
	s.stop()
	<-s.stopped
	if s.failure != nil {
		http.Error(rw, s.failure.Error(), http.StatusInternalServerError)
		return
	}
	fmt.Fprintln(rw, "stopped")
}

// adminCheck looks whether a configuration could be put into force, and at the
// store.
func (s *server) adminCheck(rw http.ResponseWriter, r *http.Request) {
	var request struct {
		Path string `json:"path"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, 64<<10)).Decode(&request); err != nil {
		http.Error(rw, "expected {\"path\": a path}", http.StatusBadRequest)
		return
	}
	text, err := s.check(r.Context(), request.Path)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusConflict)
		return
	}
	fmt.Fprintln(rw, text)
}

func (s *server) adminStatus(rw http.ResponseWriter, r *http.Request) {
	f := s.figures(r.Context())
	if !allOK(f.Parts) {
		rw.WriteHeader(http.StatusServiceUnavailable)
	}
	s.writeStatus(rw, f)
}
