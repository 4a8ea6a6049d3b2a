package telegramsim

import (
	"embed"
	"net"
	"net/http"
	"net/url"
	"strings"
)

//go:embed page
var pageFiles embed.FS

// pagePolicy lets the page load nothing from elsewhere and run nothing inline.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
	"connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// guard lets only this machine in unless Options.OpenPage is set. Looking at
// the Host header as well keeps out foreign sites whose name was pointed at
// 127.0.0.1 (DNS rebinding); Origin keeps out forms and scripts of other sites.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if !s.opt.OpenPage && !(loopback(r.RemoteAddr) && loopback(r.Host)) || !sameOrigin(r) {
			http.Error(w, "Trang mô phỏng chỉ mở trên chính máy này.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// loopback tells whether a host, with or without a port, is this machine.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// sameOrigin refuses what a browser sends on behalf of another site.
func sameOrigin(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return false
		}
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && u.Host == r.Host
}

// pageTypes are the files index.html loads.
var pageTypes = map[string]string{
	"phone.css": "text/css; charset=utf-8",
	"main.js":   "text/javascript; charset=utf-8",
	"phone.js":  "text/javascript; charset=utf-8",
	"render.js": "text/javascript; charset=utf-8",
}

// pageMux serves the page and its controls.
func (s *Server) pageMux() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", servePage("index.html", "text/html; charset=utf-8"))
	for name, kind := range pageTypes {
		mux.HandleFunc("GET /page/"+name, servePage(name, kind))
	}
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /sim/events", s.serveEvents)
	s.controls(mux)
	return mux
}

func servePage(name, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		body, err := pageFiles.ReadFile("page/" + name)
		if err != nil {
			http.Error(w, "not found", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "no-cache")
		w.Write(body)
	}
}
