package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// importLine is one line of the running desk's answer to an import.
type importLine struct {
	Done   int           `json:"done,omitempty"`
	Total  int           `json:"total,omitempty"`
	Report *importReport `json:"report,omitempty"`
	Error  string        `json:"error,omitempty"`
}

// maxImportBody is how large an import may be on the socket: the cells as JSON.
const maxImportBody = 8 * maxImportBytes

// importHandler imports on the socket, one import at a time.
func importHandler(im importer) http.HandlerFunc {
	var one sync.Mutex
	return func(rw http.ResponseWriter, r *http.Request) {
		var request importRequest
		if err := json.NewDecoder(io.LimitReader(r.Body, maxImportBody)).Decode(&request); err != nil || len(request.Lines) != len(request.Cells) {
			http.Error(rw, "expected an import", http.StatusBadRequest)
			return
		}
		if !one.TryLock() {
			http.Error(rw, "another import is under way", http.StatusConflict)
			return
		}
		defer one.Unlock()
		out, flush := json.NewEncoder(rw), http.NewResponseController(rw)
		// An import that has begun goes on when its caller leaves: half of it would
		// be undone by the next one only.
		report, err := im.run(context.WithoutCancel(r.Context()), request, func(done, total int) {
			_ = out.Encode(importLine{Done: done, Total: total})
			_ = flush.Flush()
		})
		if err != nil {
			_ = out.Encode(importLine{Error: err.Error()})
			return
		}
		_ = out.Encode(importLine{Report: &report})
	}
}

// askImport has the running desk import. It returns errNotRunning when none
// answers.
func askImport(ctx context.Context, socket string, request importRequest, progress func(int, int)) (importReport, error) {
	if socket == "" {
		return importReport{}, errNotRunning
	}
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "unix", socket)
	}}}
	body, err := json.Marshal(request)
	if err != nil {
		return importReport{}, err
	}
	ask, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://desk/import", strings.NewReader(string(body)))
	if err != nil {
		return importReport{}, err
	}
	response, err := client.Do(ask)
	var refused *net.OpError
	if errors.As(err, &refused) && refused.Op == "dial" {
		return importReport{}, fmt.Errorf("%w: %w", errNotRunning, err)
	}
	if err != nil {
		return importReport{}, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(response.Body, 64<<10))
		return importReport{}, fmt.Errorf("the desk answered: %s", strings.TrimSpace(string(text)))
	}
	for lines := json.NewDecoder(response.Body); ; {
		var line importLine
		if err := lines.Decode(&line); err != nil {
			return importReport{}, fmt.Errorf("the desk stopped while it imported; the old list is in force unless it says otherwise: %w", err)
		}
		switch {
		case line.Error != "":
			return importReport{}, errors.New(line.Error)
		case line.Report != nil:
			return *line.Report, nil
		}
		progress(line.Done, line.Total)
	}
}
