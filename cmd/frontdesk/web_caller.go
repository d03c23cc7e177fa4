package main

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// mostHops bounds how many proxies are looked at.
const mostHops = 20

// callerOf is the network from which a request comes: the address, of IPv6 the part
// that one customer has. What a trusted proxy says counts, back to the first that is
// none: what stands before that anybody may have written.
func callerOf(r *http.Request, trusted []netip.Prefix) string {
	addr, ok := parseHop(r.RemoteAddr)
	if !ok {
		return r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= max(len(hops)-mostHops, 0) && isTrusted(addr, trusted); i-- {
		before, ok := parseHop(strings.TrimSpace(hops[i]))
		if !ok {
			break
		}
		addr = before
	}
	if addr.Is4() {
		return addr.String()
	}
	bytes := addr.As16()
	return fmt.Sprintf("%x", bytes[:8])
}

func isTrusted(a netip.Addr, trusted []netip.Prefix) bool {
	return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(a) })
}

// parseHop reads an address, with or without a port.
func parseHop(s string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(s); err == nil {
		return a.Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddrPort(s)
	return a.Addr().Unmap().WithZone(""), err == nil
}
