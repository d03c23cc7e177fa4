package main

import (
	"context"
	"net"
	"os"
	"strconv"
	"time"
)

// notify tells the service manager a state, such as READY=1. Without one nothing
// happens. https://www.freedesktop.org/software/systemd/man/sd_notify.html
func notify(state string) {
	path := os.Getenv("NOTIFY_SOCKET")
	if path == "" {
		return
	}
	if path[0] == '@' {
		path = "\x00" + path[1:] // a socket without a file
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		return
	}
	defer c.Close()
	_, _ = c.Write([]byte(state))
}

// watchdog tells the service manager, as often as it asks for it, that the loops
// go on. When it is no longer told so, it starts the desk anew.
func watchdog(ctx context.Context, alive func(context.Context) bool) {
	usec, err := strconv.ParseInt(os.Getenv("WATCHDOG_USEC"), 10, 64)
	if err != nil || usec <= 0 {
		return
	}
	ticker := time.NewTicker(time.Duration(usec) * time.Microsecond / 3)
	defer ticker.Stop()
	for {
		if alive(ctx) {
			notify("WATCHDOG=1")
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
