// Package web is a second way in beside Telegram: pages with forms, made on the
// server, that work without JavaScript and without cookies; the one script they carry makes the exit quicker. It knows nothing of
// Telegram; what comes in goes through the same counter.
//
// The address of a visitor is turned into a name that changes every day, for counting,
// and is kept nowhere. Nothing a person wrote ever stands in an address of a page.
package web

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/cases"
)

// Desk is where forms come in.
type Desk interface {
	Ward(ctx context.Context) (cases.Ward, error)
	// Knock counts a form of a visitor; Limited when there are too many of this one.
	Knock(ctx context.Context, v Visit) error
	// Crowd counts a sound report of somebody who cannot be told from others; Limited when
	// there are too many of all of them.
	Crowd(ctx context.Context, v Visit) error
	Send(ctx context.Context, v Visit, n cases.NewCase) (Sent, error)
	// LookUp finds a case by its receipt; Limited for somebody who guesses.
	LookUp(ctx context.Context, v Visit, r cases.Receipt) (Found, error)
	// Written is what the holder of a receipt wrote at first.
	Written(ctx context.Context, v Visit, r cases.Receipt) ([]cases.Part, error)
	// Add adds to the case of a receipt; again is true when this form did so before.
	Add(ctx context.Context, v Visit, r cases.Receipt, text string, files []cases.CleanFile) (again bool, err error)
	// Do does what the holder of a receipt wants done; NotAllowed and Conflict when it
	// comes too late.
	Do(ctx context.Context, v Visit, r cases.Receipt, a Act) (Done, error)
	// Page gives a published page of information, and counts the reading.
	Page(ctx context.Context, key cases.PageKey, lang string) (cases.Page, error)
}

// Visit is one form that was sent in.
type Visit struct {
	Who  []byte // a name for counting; nil = not to be told from others
	Form []byte // the number of the page
}

// Sent is what became of a form.
type Sent struct {
	Receipt  cases.Receipt
	Again    bool // it was received before, and nothing happened now
	Urgent   bool
	Rung     bool           // somebody of the staff is told
	AnswerBy time.Time      // zero for an urgent case
	Alarm    *cases.Ringing // of an urgent case: whom it reached
	Calm     bool           // the person may say that nobody is in danger
	Mentions bool           // the words named the receipt of another case
}

// Config is what the pages need.
type Config struct {
	Desk      Desk
	Tag       func(page string) []byte                                       // authenticates a form
	Text      func(lang, key string, values map[string]any) string           // HTML; values are escaped
	Alarm     func(lang string, stream cases.Stream, a cases.Ringing) string // HTML: whom an alarm reached
	Result    func(lang string, result cases.Result, w cases.Ward) []string  // HTML: what came of a case
	Clean     func(ctx context.Context, file []byte) (cases.CleanFile, error)
	Visitor   func(*http.Request) []byte // names who sent a request, for a day; nil when that cannot be told
	Onion     string                     // address of the onion service, "" = none
	Languages []string                   // the first is the default
	Now       func() time.Time
	Fault     func(err error) // hears of faults of ours
}

//go:embed templates
var files embed.FS

// site serves the pages.
type site struct {
	Config
	pages map[string]*template.Template // by language
	style []byte
	slots chan struct{} // forms whose files are cleaned at once
	room  room
	queue queue
}

const cleanedAtOnce = 6

// Handler serves the pages.
func Handler(c Config) (http.Handler, error) {
	s := &site{Config: c, pages: map[string]*template.Template{}, slots: make(chan struct{}, cleanedAtOnce), room: room{of: map[string]int{}}, queue: queue{used: map[string]use{}}}
	for _, lang := range c.Languages {
		t, err := template.New("").Funcs(template.FuncMap{
			"t": s.texts(lang), "number": func(i int) string { return strconv.Itoa(i + 1) }, "fresh": func() string { return s.issue(forActing) },
			"has": slices.Contains[[]string], "str": func(v any) string { return fmt.Sprint(v) }, "tel": tel, "script": func() template.JS { return leaving },
		}).ParseFS(files, "templates/*.html")
		if err != nil {
			return nil, err
		}
		s.pages[lang] = t
	}
	var err error
	if s.style, err = files.ReadFile("templates/style.css"); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("GET /style.css", s.css)
	for path, f := range map[string]form{"/bao-tin": reportForm, helpPath: helpForm} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { s.blank(w, r, f) })
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) { s.send(w, r, f) })
	}
	mux.HandleFunc("GET /tra-cuu", s.ask)
	mux.HandleFunc("POST /tra-cuu", s.look)
	mux.HandleFunc("POST /bo-sung", s.add)
	mux.HandleFunc("POST /viec", s.act)
	mux.HandleFunc("GET /huong-dan", s.guide)
	mux.HandleFunc("GET /huong-dan/{n}", s.page)
	mux.HandleFunc("/", s.unknown)
	return s.headers(mux), nil
}

// texts writes texts of the catalogue in a language. Line breaks are shown.
func (s *site) texts(lang string) func(key string, pairs ...any) template.HTML {
	return func(key string, pairs ...any) template.HTML {
		values := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			name, _ := pairs[i].(string)
			values[name] = pairs[i+1]
		}
		return template.HTML(strings.ReplaceAll(s.Text(lang, key, values), "\n", "<br>")) //nolint:gosec // the catalogue escapes what it is given
	}
}

// headers keep a page to itself: no script but the one of the exit, nothing from elsewhere, no trace in the
// browser, no name of who sent the person here or where he goes.
func (s *site) headers(next http.Handler) http.Handler {
	fixed := map[string]string{
		"Content-Security-Policy":    "default-src 'none'; style-src 'self'; script-src '" + leavingHash + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"Referrer-Policy":            "no-referrer",
		"X-Content-Type-Options":     "nosniff",
		"X-Frame-Options":            "DENY",
		"Cache-Control":              "no-store",
		"Permissions-Policy":         "camera=(), geolocation=(), microphone=(), browsing-topics=()",
		"Cross-Origin-Opener-Policy": "same-origin",
		"X-Robots-Tag":               "noindex",
		"Vary":                       "Accept-Language",
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range fixed {
			w.Header().Set(name, value)
		}
		if s.Onion != "" {
			w.Header().Set("Onion-Location", s.Onion+r.URL.Path)
		}
		next.ServeHTTP(w, r)
	})
}

// lang is the language of a request: the one that was chosen, or else what the browser
// asks for. Nothing is stored of it.
func (s *site) lang(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); s.pages[lang] != nil {
		return lang
	}
	best, weight := s.Languages[0], 0.0
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, q, weighed := strings.Cut(strings.TrimSpace(part), ";q=")
		w := 1.0
		if weighed {
			w, _ = strconv.ParseFloat(q, 64) // what is no number weighs nothing
		}
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if s.pages[base] != nil && w > weight {
			best, weight = base, w
		}
	}
	return best
}

// view is what a template shows.
type view struct {
	Lang, Other string // the language, and the other one
	Query       string // keeps a chosen language over a link
	Path        string
	Title       string // key of the heading; the title of the document names the ward alone
	Ward        cases.Ward
	Token       string
	Looking     string              // token of the button that leads to a case
	In          map[string]string   // what was typed, to be shown again
	Many        map[string][]string // the same of fields that take several
	Problems    []problem
	Files       bool            // files have to be chosen again
	Turn        string          // of the form in the queue
	Danger      []cases.Hotline // to call, above a form that is shown again
	More        any
}

// Calls is the view of numbers to call.
func (v view) Calls(lines []cases.Hotline) calls { return calls{lines, v.Ward} }

type calls struct {
	Lines []cases.Hotline
	Ward  cases.Ward
}

// Of is the number of a line, "" when the ward has set none.
func (c calls) Of(l cases.Hotline) string {
	if l == cases.LineListening || l == cases.LineWardPolice {
		return c.Ward.Phones[string(l)]
	}
	return string(l)
}

// tel is a number as a link dials it.
func tel(number string) template.URL {
	return template.URL("tel:" + strings.Map(func(c rune) rune { //nolint:gosec // digits only
		if c >= '0' && c <= '9' || c == '+' {
			return c
		}
		return -1
	}, number))
}

// linked makes links of numbers of phones in a text of a page.
var phoneNumber = regexp.MustCompile(`(?:\+84|\b0)(?:[ .]?\d){8,10}\b|\b1[89]00(?:[ .]?\d){4,6}\b|\b11[1-5]\b`)

func linked(html string) string {
	return phoneNumber.ReplaceAllStringFunc(html, func(n string) string { return `<a href="` + string(tel(n)) + `">` + n + `</a>` })
}

// show makes a page.
func (s *site) show(w http.ResponseWriter, r *http.Request, status int, name string, v view) {
	v.Lang, v.Path, v.Looking = s.lang(r), r.URL.Path, s.issue(forLooking)
	if v.Path == "/bo-sung" || v.Path == "/viec" { // these answer to forms only
		v.Path = "/tra-cuu"
	}
	for _, lang := range s.Languages {
		if lang != v.Lang {
			v.Other = lang
		}
	}
	if r.URL.Query().Get("lang") == v.Lang {
		v.Query = "?lang=" + v.Lang
	}
	var err error
	if v.Ward, err = s.Desk.Ward(r.Context()); err != nil {
		s.Fault(err)
	}
	var out strings.Builder
	if err := s.pages[v.Lang].ExecuteTemplate(&out, name, v); err != nil {
		s.Fault(cases.Reason("a page could not be made"))
		http.Error(w, "try again", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(out.String()))
}

func (s *site) css(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(s.style)
}

func (s *site) home(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "home.html", view{Title: "web.home"})
}

func (s *site) unknown(w http.ResponseWriter, r *http.Request) {
	s.message(w, r, http.StatusNotFound, "error.not_found")
}

// message is a page with one sentence.
func (s *site) message(w http.ResponseWriter, r *http.Request, status int, key string) {
	s.show(w, r, status, "message.html", view{Title: "web.home", More: key})
}

// retryAfter is in how many seconds a form that was refused may come again.
const retryAfter = "60"

// failure is how an error is answered. What the person can do nothing about is
// reported.
func (s *site) failure(w http.ResponseWriter, err error) (status int, text string) {
	switch cases.KindOf(err) {
	case cases.Invalid:
		return http.StatusUnprocessableEntity, cases.TextOf(err)
	case cases.NotFound:
		return http.StatusNotFound, cases.TextOf(err)
	case cases.Limited:
		w.Header().Set("Retry-After", retryAfter)
		return http.StatusTooManyRequests, cases.TextOf(err)
	case cases.NotAllowed, cases.Conflict, cases.Expired:
		return http.StatusConflict, cases.TextOf(err)
	case cases.Transient:
		if !errors.Is(err, context.Canceled) {
			s.Fault(err)
		}
		w.Header().Set("Retry-After", retryAfter)
		return http.StatusServiceUnavailable, "web.busy"
	}
	s.Fault(err)
	return http.StatusInternalServerError, "web.busy"
}
