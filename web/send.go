package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"tinbao/cases"
)

// form is one of the two ways to write.
type form struct {
	name     string // of its template and of its texts
	purposes []string
	read     func(in map[string]string) (n cases.NewCase, problems []string)
}

// The purpose of a token for a request for help says whether the ward's exception from
// consent stood on the page, before the person wrote.
const (
	forReport   = "report"
	forHelp     = "help"
	forHelpTold = "help, exception told"
	forLooking  = "look"
	forAdding   = "add"
	ageMinor    = "minor"
)

var (
	reportForm = form{"report", []string{forReport}, readReport}
	helpForm   = form{"help", []string{forHelp, forHelpTold}, readHelp}
)

// choices are what a form offers.
type choices struct {
	Concerns []cases.Concern
	Services []cases.Service
	Whens    []string
}

var offered = choices{cases.Concerns, cases.Services, []string{"now", "today", "week", "often"}}

// blank shows an empty form.
func (s *site) blank(w http.ResponseWriter, r *http.Request, f form) {
	ward, err := s.Desk.Ward(r.Context())
	if err != nil {
		status, text := s.failure(err)
		s.message(w, r, status, text)
		return
	}
	s.show(w, r, http.StatusOK, f.name+".html", view{Title: "web." + f.name, Token: s.issue(purposeOf(f, ward)), More: offered})
}

func purposeOf(f form, w cases.Ward) string {
	if f.name == forHelp && w.PoliceException {
		return forHelpTold
	}
	return f.purposes[0]
}

// send receives a form. Whatever is wrong with it, what was typed stands in it again.
func (s *site) send(w http.ResponseWriter, r *http.Request, f form) {
	leave, ok := s.gate(w, r)
	if !ok {
		return
	}
	defer leave()
	in, err := read(w, r)
	again := func(status int, token string, problems ...string) {
		s.show(w, r, status, f.name+".html", view{
			Title: "web." + f.name, Token: token, In: in.in, Problems: slices.Compact(problems), Photos: len(in.photos)+len(in.problems) > 0, More: offered,
		})
	}
	purpose, number, stale := s.accept(in.in["token"], f.purposes...)
	token := in.in["token"]
	if stale != nil {
		ward, _ := s.Desk.Ward(r.Context())
		token = s.issue(purposeOf(f, ward))
	}
	if err = cmp.Or(err, stale); err != nil {
		status, text := s.failure(err)
		again(status, token, text)
		return
	}
	n, problems := f.read(in.in)
	n.Source, n.Announced = cases.FromWeb, purpose == forHelpTold
	if n.Ready, err = s.clean(r, &in); err != nil {
		status, text := s.failure(err)
		again(status, token, text)
		return
	}
	if n.Report != nil && n.Report.Text == "" && len(in.photos) == 0 {
		problems = append(problems, "web.need.text")
	}
	if problems = append(problems, in.problems...); len(problems) > 0 {
		again(http.StatusUnprocessableEntity, token, problems...)
		return
	}
	sent, err := s.Desk.Send(r.Context(), Visit{Who: s.Visitor(r), Form: number}, n)
	if err != nil {
		status, text := s.failure(err)
		again(status, token, text)
		return
	}
	s.show(w, r, http.StatusOK, "sent.html", view{Title: "web.sent", More: struct {
		Sent
		Code, Stream string
	}{sent, sent.Receipt.String(), f.name}})
}

func readReport(in map[string]string) (n cases.NewCase, problems []string) {
	c := &cases.ReportContent{Concern: cases.Concern(in["what"]), Where: in["where"], Text: in["text"]}
	if !slices.Contains(cases.Concerns, c.Concern) {
		c.Concern = cases.Suggestion
		problems = append(problems, "dialog.need.what")
	}
	if slices.Contains(offered.Whens, in["when"]) {
		c.When = "when." + in["when"]
	}
	if h, err := strconv.Atoi(in["hamlet"]); err == nil && h > 0 && h < 1000 {
		c.Hamlet = h
	}
	return cases.NewCase{Report: c}, append(problems, words(c.Text, c.Where)...)
}

func readHelp(in map[string]string) (n cases.NewCase, problems []string) {
	h := &cases.HelpContent{Service: cases.Service(in["service"]), Under18: in["age"] == ageMinor, Contact: in["contact"], Text: in["text"]}
	if !slices.Contains(cases.Services, h.Service) {
		problems = append(problems, "dialog.need.service")
	}
	return cases.NewCase{Help: h}, append(problems, words(h.Text, h.Contact)...)
}

// words is what is wrong with what was typed: too long, or a receipt, which staff who
// read it could use.
func words(text, short string) (problems []string) {
	if utf8.RuneCountInString(text) > maxText || utf8.RuneCountInString(short) > maxShort {
		problems = append(problems, "web.toolong")
	}
	for _, s := range []string{text, short} {
		if _, err := cases.ParseReceipt(s); err == nil {
			problems = append(problems, "web.code")
		}
	}
	return problems
}
