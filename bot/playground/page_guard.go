package playground

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
)

// portsTried is how many ports after a busy one are tried.
const portsTried = 20

// Listen listens on a loopback address, HOST:PORT, and on one of the ports after
// it when that one is busy. The page shows everything to everybody and lets them
// act as anybody, so any other address is refused.
func Listen(address string) (net.Listener, error) {
	host, port, err := loopback(address)
	if err != nil {
		return nil, err
	}
	for try := port; ; try++ {
		listener, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(try)))
		busy := errors.Is(err, syscall.EADDRINUSE)
		if !busy || port == 0 || try == port+portsTried || try == 1<<16-1 {
			return listener, err
		}
	}
}

func loopback(address string) (host string, port int, err error) {
	host, written, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, fmt.Errorf("%q is no HOST:PORT, such as 127.0.0.1:8100", address)
	}
	if port, err = strconv.Atoi(written); err != nil || port < 0 || port >= 1<<16 {
		return "", 0, fmt.Errorf("%q has no port, such as 127.0.0.1:8100", address)
	}
	if !isLoopback(host) {
		return "", 0, fmt.Errorf("the playground listens on this machine only, and not on %q: use 127.0.0.1:%d", host, port)
	}
	if host == "localhost" {
		host = "127.0.0.1" // Whatever the name leads to on this machine.
	}
	return host, port, nil
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// policy lets the page use what it came with and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guard keeps other sites out, which a browser lets talk to this machine: a name
// of theirs that leads here (the Host header shows it), and requests from their
// pages (the Origin and Sec-Fetch-Site headers).
func guard(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection() // for what changes something
	checked := origins.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		if !here(r.Host) {
			fail(w, http.StatusMisdirectedRequest, "this is the playground of somebody's own machine")
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" && !strings.EqualFold(origin, "http://"+r.Host) {
			fail(w, http.StatusForbidden, "this request comes from another site")
			return
		}
		checked.ServeHTTP(w, r)
	})
}

// here tells whether the Host header names this machine by an address, or as
// localhost.
func here(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	return isLoopback(strings.ToLower(host))
}

func fail(w http.ResponseWriter, status int, words string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintln(w, words) //nolint:errcheck // Whoever went away does not read it.
}
