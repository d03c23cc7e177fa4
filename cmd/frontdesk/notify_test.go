package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"testing"
)

// TestNotify plays the service manager.
func TestNotify(t *testing.T) {
	dir, err := os.MkdirTemp("", "notify")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "socket")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Skip("no datagram sockets here:", err)
	}
	defer l.Close()
	heard := func() string {
		b := make([]byte, 100)
		n, err := l.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		return string(b[:n])
	}
	notify("nobody listens") // There is no service manager.
	t.Setenv("NOTIFY_SOCKET", path)
	notify("READY=1")
	if got := heard(); got != "READY=1" {
		t.Errorf("heard %q", got)
	}

	t.Setenv("WATCHDOG_USEC", "3000")
	ctx, stop := context.WithCancel(t.Context())
	asked := 0
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		watchdog(ctx, func(context.Context) bool {
			asked++
			if asked == 5 {
				stop()
			}
			return asked%2 == 1
		})
	}()
	<-ended
	notify("STOPPING=1")
	for _, want := range []string{"WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"} {
		if got := heard(); got != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	}
}
