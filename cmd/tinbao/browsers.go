package main

import (
	"html/template"
	"net/http"
	"net/netip"
	"strings"

	"tinbao/locale"
)

// visitors names who sends requests, for a day and for one purpose; nil when that cannot
// be told: an onion service, or a proxy that was not named, brings everybody from the
// same address. proxy is whose X-Forwarded-For is believed; zero = nobody's.
func (a *app) visitors(purpose string, proxy netip.Prefix) func(*http.Request) []byte {
	return func(r *http.Request) []byte {
		address, ok := sender(r, proxy)
		if !ok {
			return nil
		}
		return a.vault.Visitor(purpose+address.String(), a.now())
	}
}

// sender is the address a request comes from, of IPv6 the part that one household has to
// itself; false when it cannot be told.
func sender(r *http.Request, proxy netip.Prefix) (netip.Addr, bool) {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false
	}
	address := from.Addr().Unmap()
	if proxy.IsValid() && proxy.Contains(address) {
		all := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if address, err = netip.ParseAddr(strings.TrimSpace(all[len(all)-1])); err != nil { // the last is what our proxy saw
			return netip.Addr{}, false
		}
		address = address.Unmap()
	}
	if address.IsLoopback() {
		return netip.Addr{}, false
	}
	const home = 64 // bits of an IPv6 address that one household has to itself
	if address.Is6() {
		if net, err := address.WithZone("").Prefix(home); err == nil {
			address = net.Addr()
		}
	}
	return address, true
}

// pageText writes a text for a page; what is HTML already stays so.
func pageText(lang, key string, values map[string]any) string {
	return locale.Catalogue{}.Format(lang, key, values, func(v any) (string, bool) {
		html, ok := v.(template.HTML)
		return string(html), ok
	})
}
