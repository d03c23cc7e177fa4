package main

import (
	"net/netip"
	"strings"
)

// trustedProxies reads whose word counts on for whom they ask: addresses, or networks
// of them. Everybody is no proxy.
func (v value) trustedProxies() []netip.Prefix {
	const expected = "addresses or networks of proxies such as [127.0.0.1, 10.0.0.0/8]"
	if v.missing() {
		return nil
	}
	var all []netip.Prefix
	for _, item := range v.list(expected) {
		all = append(all, read(item, expected, nil, parseProxy)...)
	}
	return all
}

func parseProxy(s string) ([]netip.Prefix, bool) {
	if !strings.Contains(s, "/") {
		a, err := netip.ParseAddr(s)
		a = a.Unmap()
		return []netip.Prefix{netip.PrefixFrom(a, a.BitLen())}, err == nil && a.Zone() == ""
	}
	p, err := netip.ParsePrefix(s)
	return []netip.Prefix{p.Masked()}, err == nil && p.Bits() > 0 && !p.Addr().Is4In6()
}
