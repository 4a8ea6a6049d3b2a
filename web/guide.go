package web

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"strconv"

	"tinbao/cases"
)

// helpPath says as little as the titles do: it stands in the history of the browser.
const helpPath = "/trao-doi"

// leaving makes the exit quicker where scripts run: it takes the place of the page in the
// history, and Escape three times does the same. Without it the exit is a link.
const leaving = `(function(){var a=document.getElementById("leave"),n=0,t=0;` +
	`function go(){document.documentElement.hidden=true;location.replace(a.href)}` +
	`a.addEventListener("click",function(e){e.preventDefault();go()});` +
	`addEventListener("keydown",function(e){if(e.key!=="Escape"){n=0;return}var d=Date.now();n=d-t<2000?n+1:1;t=d;if(n===3)go()})})()`

var leavingHash = func() string {
	sum := sha256.Sum256([]byte(leaving))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}()

// guide lists the pages of information. Their addresses, which stand in the history, are
// numbers: a name would tell what was read.
func (s *site) guide(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "guide.html", view{Title: "pages.menu", More: cases.PageKeys})
}

// shownPage is a page of information taken apart.
type shownPage struct {
	Title string
	Lines []cases.Line
}

// Linked is the text of a line with links for the numbers in it.
func (p shownPage) Linked(text string) template.HTML {
	return template.HTML(linked(template.HTMLEscapeString(text))) //nolint:gosec // escaped above
}

func (s *site) page(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 1 || n > len(cases.PageKeys) {
		s.unknown(w, r)
		return
	}
	key := cases.PageKeys[n-1]
	p, err := s.Desk.Page(r.Context(), key, s.lang(r))
	if err != nil {
		status, text := s.failure(w, err)
		s.message(w, r, status, text)
		return
	}
	s.show(w, r, http.StatusOK, "page.html", view{Title: "pages.menu", More: shownPage{p.Title, cases.Lines(p.Body)}})
}
