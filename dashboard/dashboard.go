// Package dashboard shows the figures of the ward in a browser, to read and to print:
// pages made on the server, without JavaScript, that change nothing. It holds no case.
//
// Who comes in has opened a one-time link of the bot; from then on a cookie stands for
// the account, and every page asks anew what that account may see. Showing the page of a
// link uses nothing up, because programs that make previews look at it as well: only the
// button on it does.
package dashboard

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tinbao/cases"
)

// Base is the folder of all pages.
const Base = "/bang-dieu-khien"

// Desk is where figures come from.
type Desk interface {
	// Enter takes a link for a session; Expired for a link that is worth nothing, Limited
	// for a visitor who tries too many; nil = a visitor who cannot be told from others.
	Enter(ctx context.Context, visitor []byte, token string) (session string, err error)
	// Board gives what the account of a session may see; Expired without one.
	Board(ctx context.Context, session string, p cases.Period) (Board, error)
	// Picture draws a chart; Expired without a session, Invalid for an unknown chart.
	Picture(ctx context.Context, session string, chart cases.Chart, p cases.Period, dark bool) ([]byte, error)
	Leave(ctx context.Context, session string) error
}

// Board is everything on the page of a period.
type Board struct {
	Who      cases.Staff
	Ward     cases.Ward
	Figures  cases.Statistics
	Before   cases.Statistics // of the period before
	Coverage cases.Coverage
}

// Config is what the pages need.
type Config struct {
	Desk    Desk
	Text    func(lang, key string, values map[string]any) string // HTML; values are escaped
	Visitor func(*http.Request) []byte                           // names who sent a request, for a day; nil when that cannot be told
	Secure  bool                                                 // the cookie goes over https only
	// Languages are those of the pages; the first is shown before it is known who reads.
	Languages []string
	Now       func() time.Time
	Fault     func(err error) // hears of faults of ours
}

//go:embed pages
var files embed.FS

// site serves the pages.
type site struct {
	Config

	pages map[string]*template.Template // by language
	style []byte
}

// Handler serves the pages below Base.
func Handler(c Config) (http.Handler, error) {
	s := &site{Config: c, pages: map[string]*template.Template{}}
	for _, lang := range c.Languages {
		t, err := template.New("").Funcs(template.FuncMap{"t": s.texts(lang)}).ParseFS(files, "pages/*.html")
		if err != nil {
			return nil, err
		}
		s.pages[lang] = t
	}
	var err error
	if s.style, err = files.ReadFile("pages/style.css"); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Base, s.board)
	mux.HandleFunc("GET "+Base+"/vao", s.door)
	mux.HandleFunc("POST "+Base+"/vao", s.enter)
	mux.HandleFunc("POST "+Base+"/ra", s.leave)
	mux.HandleFunc("GET "+Base+"/bieu-do/{chart}", s.picture)
	mux.HandleFunc("GET "+Base+"/style.css", s.css)
	mux.HandleFunc(Base+"/", s.unknown)
	return s.headers(http.NewCrossOriginProtection().Handler(mux)), nil
}

// Link is the address that opens the dashboard with a token. The page below it goes to
// nobody else: it sends no Referer.
func Link(base, token string) string { return base + Base + "/vao?ma=" + url.QueryEscape(token) }

// texts writes texts of the catalogue in a language.
func (s *site) texts(lang string) func(key string, pairs ...any) template.HTML {
	return func(key string, pairs ...any) template.HTML {
		values := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			name, _ := pairs[i].(string)
			values[name] = pairs[i+1]
		}
		return template.HTML(s.Text(lang, key, values)) //nolint:gosec // the catalogue escapes what it is given
	}
}

// headers keep a page to itself: no script, nothing from elsewhere, no trace in the
// browser.
func (s *site) headers(next http.Handler) http.Handler {
	fixed := map[string]string{
		"Content-Security-Policy":      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"Referrer-Policy":              "no-referrer",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Cache-Control":                "no-store",
		"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), browsing-topics=()",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"X-Robots-Tag":                 "noindex",
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range fixed {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// cookie is the name of what stands for an account in a browser.
const cookie = "tinbao_bang"

func (s *site) set(w http.ResponseWriter, session string, age time.Duration) {
	seconds := int(age.Seconds())
	if session == "" {
		seconds = -1
	}
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure is off on loopback only, see Config
		Name: cookie, Value: session, Path: Base, MaxAge: seconds, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteStrictMode,
	})
}

func session(r *http.Request) string {
	c, err := r.Cookie(cookie)
	if err != nil {
		return ""
	}
	return c.Value
}

const formLimit = 4 << 10 // bytes of a form of ours

// door is the page of a link. It looks nothing up, so that whoever only looks at it, like
// a preview, uses nothing up and learns nothing.
func (s *site) door(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "door.html", page{Title: "board.title", More: r.URL.Query().Get("ma")})
}

// enter takes the link for a session.
func (s *site) enter(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, formLimit)
	token := r.PostFormValue("ma")
	opened, err := s.Desk.Enter(r.Context(), s.Visitor(r), token)
	if err != nil {
		s.refuse(w, err)
		return
	}
	s.set(w, opened, cases.DashboardSessionTime)
	http.Redirect(w, r, Base, http.StatusSeeOther)
}

// leave ends the session.
func (s *site) leave(w http.ResponseWriter, r *http.Request) {
	if err := s.Desk.Leave(r.Context(), session(r)); err != nil {
		s.refuse(w, err)
		return
	}
	s.set(w, "", 0)
	s.message(w, http.StatusOK, "board.left")
}

// picture is a chart as a PNG.
func (s *site) picture(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutSuffix(r.PathValue("chart"), ".png")
	chart, err := cases.ParseChart(name)
	if err != nil || !ok {
		s.unknown(w, r)
		return
	}
	p, err := s.period(r)
	if err != nil {
		s.refuse(w, err)
		return
	}
	body, err := s.Desk.Picture(r.Context(), session(r), chart, p, r.URL.Query().Get("nen") == "toi")
	if err != nil {
		s.refuse(w, err)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	_, _ = w.Write(body) //nolint:gosec // a picture, sent as one
}

func (s *site) css(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(s.style)
}

func (s *site) unknown(w http.ResponseWriter, _ *http.Request) {
	s.message(w, http.StatusNotFound, "board.notfound")
}

// page is what a template shows.
type page struct {
	Lang  string
	Title string // key of a text
	More  any
}

// message is a page with one sentence.
func (s *site) message(w http.ResponseWriter, status int, key string) {
	s.show(w, status, "message.html", page{Title: "board.title", More: key})
}

// show makes a page.
func (s *site) show(w http.ResponseWriter, status int, name string, p page) {
	if s.pages[p.Lang] == nil {
		p.Lang = s.Languages[0]
	}
	var out strings.Builder
	if err := s.pages[p.Lang].ExecuteTemplate(&out, name, p); err != nil {
		s.Fault(cases.Reason("a page could not be made"))
		http.Error(w, "try again", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(out.String()))
}

// refuse says why there is no page. What the person can do nothing about is reported.
func (s *site) refuse(w http.ResponseWriter, err error) {
	switch cases.KindOf(err) {
	case cases.Expired, cases.NotFound, cases.NotAllowed:
		s.message(w, http.StatusForbidden, cases.TextOf(err))
	case cases.Limited:
		w.Header().Set("Retry-After", "600")
		s.message(w, http.StatusTooManyRequests, cases.TextOf(err))
	case cases.Invalid:
		s.message(w, http.StatusUnprocessableEntity, "board.problem")
	case cases.Transient:
		if !errors.Is(err, context.Canceled) {
			s.Fault(err)
		}
		w.Header().Set("Retry-After", "60")
		s.message(w, http.StatusServiceUnavailable, "board.failed")
	default:
		s.Fault(err)
		s.message(w, http.StatusInternalServerError, "board.failed")
	}
}
