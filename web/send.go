package web

import (
	"cmp"
	"html/template"
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
	read     func(in sheet) (n cases.NewCase, problems []problem)
}

// The purpose of a token for a request for help says whether the ward's exception from
// consent stood on the page, before the person wrote.
const (
	forReport   = "report"
	forHelp     = "help"
	forHelpTold = "help, exception told"
	forLooking  = "look"
	forAdding   = "add"
	forActing   = "act"
	ageMinor    = "minor"
	forced      = "forced"
	outside     = "out"
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
	Ages     []string
}

var offered = choices{
	cases.Concerns, append(slices.Clone(cases.Services), cases.OtherNeed), []string{"now", "today", "week", "often"}, []string{"adult", ageMinor},
}

// blank shows an empty form.
func (s *site) blank(w http.ResponseWriter, r *http.Request, f form) {
	ward, err := s.Desk.Ward(r.Context())
	if err != nil {
		status, text := s.failure(w, err)
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
// A request for help and words of danger are refused by no counter, and not for their
// files: what could not be taken is said with the receipt.
func (s *site) send(w http.ResponseWriter, r *http.Request, f form) {
	in, err := s.read(w, r)
	defer func() { in.free() }()
	n, problems := f.read(in)
	hurry := n.Help != nil || n.Urgent()
	turn := in.in["turn"]
	again := func(status int, token string, problems ...problem) {
		s.show(w, r, status, f.name+".html", view{
			Title: "web." + f.name, Token: token, In: in.in, Many: in.many, Problems: slices.Compact(problems), Files: in.chosen > 0, More: offered,
			Danger: s.dangerOf(n), Turn: turn,
		})
	}
	purpose, number, stale := s.accept(in.in["token"], f.purposes...)
	token := in.in["token"]
	if stale != nil {
		ward, _ := s.Desk.Ward(r.Context())
		token = s.issue(purposeOf(f, ward))
	}
	limited := s.admit(r)
	if hurry && cases.KindOf(limited) == cases.Limited {
		limited = nil
	}
	if err = cmp.Or(err, limited, stale); err != nil {
		status, text := s.failure(w, err)
		again(status, token, problem{Key: text})
		return
	}
	visit := Visit{Who: s.Visitor(r), Form: number}
	if !hurry && len(problems) == 0 {
		var seconds int
		if seconds, turn = s.wait(token, turn, s.Desk.Crowd(r.Context(), visit)); seconds > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(seconds))
			again(http.StatusTooManyRequests, token, problem{Key: "web.queue", Wait: seconds})
			return
		}
	}
	turn = in.in["turn"] // which lets a form come back that is not whole
	n.Source, n.Announced = cases.FromWeb, purpose == forHelpTold
	if n.Ready, err = s.clean(r, &in); err != nil && !hurry {
		status, text := s.failure(w, err)
		again(status, token, problem{Key: text})
		return
	} else if err != nil {
		in.problems = append(in.problems, problem{Key: "web.file.room"})
	}
	if n.Report != nil && n.Report.Said() == "" && in.chosen == 0 {
		problems = append(problems, problem{Key: "web.need.text"})
	}
	if n.Report != nil && len(problems) == 0 {
		var done bool
		if done, problems = s.outside(w, r, in, n); done {
			return
		}
	}
	if len(problems) > 0 || len(in.problems) > 0 && (!n.Urgent() || n.Report != nil && n.Report.Said() == "") {
		again(http.StatusUnprocessableEntity, token, append(problems, in.problems...)...)
		return
	}
	out, err := s.Desk.Send(r.Context(), visit, n)
	if err != nil {
		status, text := s.failure(w, err)
		again(status, token, problem{Key: text})
		return
	}
	s.show(w, r, http.StatusOK, "sent.html", view{Title: "web.sent", Problems: in.problems, More: received{
		Sent: out, About: keptFrom(n), Code: out.Receipt.String(), Stream: f.name, Lines: s.lines(r, n.Signs(), out.Urgent), Told: s.told(r, n.Stream(), out.Alarm),
	}})
}

// received is what the page of a receipt shows.
type received struct {
	Sent
	About        cases.About // from whom it is kept
	Code, Stream string
	Lines        []cases.Hotline // to call, when somebody may be in danger
	Told         template.HTML   // whom the alarm reached
}

// keptFrom is from whom a report is kept.
func keptFrom(n cases.NewCase) cases.About {
	if n.Report == nil {
		return cases.AboutNobody
	}
	return n.Report.About
}

// lines are the numbers to call: of what was sent, when it shows danger or is urgent.
func (s *site) lines(_ *http.Request, signs cases.Signs, urgent bool) []cases.Hotline {
	if !urgent && !signs.Any() {
		return nil
	}
	return signs.Lines()
}

// dangerOf are the numbers for a form that is shown again and shows danger.
func (s *site) dangerOf(n cases.NewCase) []cases.Hotline {
	if n.Report == nil && n.Help == nil || !n.Urgent() {
		return nil
	}
	return n.Signs().Lines()
}

// told says whom the alarm of an urgent case reached.
func (s *site) told(r *http.Request, stream cases.Stream, a *cases.Ringing) template.HTML {
	if a == nil {
		return ""
	}
	return template.HTML(s.Alarm(s.lang(r), stream, *a)) //nolint:gosec // made of texts of the catalogue
}

func readReport(in sheet) (n cases.NewCase, problems []problem) {
	v := in.in
	c := &cases.ReportContent{Concern: cases.Concern(v["what"]), Where: v["where"], Online: v["online"], Text: v["text"]}
	if !slices.Contains(cases.Concerns, c.Concern) {
		c.Concern = cases.Suggestion
		problems = append(problems, problem{Key: "dialog.need.what"})
	}
	if slices.Contains(offered.Whens, v["when"]) {
		c.When = "when." + v["when"]
	}
	if h, err := strconv.Atoi(v["hamlet"]); err == nil && h > 0 && h < 1000 {
		c.Hamlet = h
	}
	c.Outside = v["hamlet"] == outside
	if a := cases.About(v[aboutField]); slices.Contains(cases.Abouts, a) {
		c.About = a
	}
	return cases.NewCase{Report: c}, append(problems, words(c.Text, c.Where, c.Online)...)
}

func readHelp(in sheet) (n cases.NewCase, problems []problem) {
	v := in.in
	h := &cases.HelpContent{Forced: v[forced] != "", Under18: v["age"] == ageMinor, Contact: v["contact"], Text: v["text"]}
	var chosen []cases.Service
	for _, service := range in.many["service"] {
		if slices.Contains(offered.Services, cases.Service(service)) {
			chosen = append(chosen, cases.Service(service))
		}
	}
	if len(chosen) == 0 && !h.Forced && h.Text == "" {
		problems = append(problems, problem{Key: "web.need.help"})
	}
	h.Service, h.Also = cases.Primary(chosen)
	return cases.NewCase{Help: h}, append(problems, words(h.Text, h.Contact)...)
}

// words is what is wrong with what was typed: too long, or a receipt, which staff who
// read it could use.
func words(text string, short ...string) (problems []problem) {
	long := utf8.RuneCountInString(text) > maxText
	for _, s := range short {
		long = long || utf8.RuneCountInString(s) > maxShort
	}
	if long {
		problems = append(problems, problem{Key: "web.toolong"})
	}
	for _, s := range append(short, text) {
		if _, err := cases.ParseReceipt(s); err == nil {
			problems = append(problems, problem{Key: "web.code"})
		}
	}
	return slices.Compact(problems)
}
