package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"time"
)

// errNotRunning says that nobody answers on the socket.
var errNotRunning = errors.New("the desk does not run")

// answerMost bounds what the running desk may answer.
const answerMost = 4 << 20

// askAdmin has the running desk do something, and returns what it says. The error
// is errNotRunning when nobody answers, and what the desk says when it refuses.
func askAdmin(ctx context.Context, socket, path, body string) (string, error) {
	code, text, err := callAdmin(ctx, socket, http.MethodPost, path, body)
	if err == nil && code != http.StatusOK {
		err = errors.New("the desk answered: " + text)
	}
	return text, err
}

// callAdmin asks the running desk.
func callAdmin(ctx context.Context, socket, method, path, body string) (code int, text string, err error) {
	if socket == "" {
		return 0, "", errNotRunning
	}
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "unix", socket)
	}}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, method, "http://desk"+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	response, err := (&http.Client{Transport: transport}).Do(request)
	var dialled *net.OpError
	switch {
	case errors.Is(err, fs.ErrPermission):
		return 0, "", fmt.Errorf("%s may be opened by the desk's own user only", socket)
	case errors.As(err, &dialled) && dialled.Op == "dial":
		return 0, "", fmt.Errorf("%w: %s: %w", errNotRunning, socket, dialled.Err)
	case err != nil:
		return 0, "", err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, answerMost))
	return response.StatusCode, strings.TrimSpace(string(data)), err
}
