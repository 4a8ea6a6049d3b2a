package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"

	"tinbao/cases"
)

// ask asks for a receipt.
func (s *site) ask(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "ask.html", view{Title: "web.look", Token: s.issue(forLooking)})
}

// askAgain shows the question for a receipt with what is wrong.
func (s *site) askAgain(w http.ResponseWriter, r *http.Request, in map[string]string, err error) {
	status, text := s.failure(w, err)
	s.show(w, r, status, "ask.html", view{Title: "web.look", Token: s.issue(forLooking), In: in, Problems: []problem{{Key: text}}})
}

// look shows the case of a receipt. The receipt comes in the body, so it stands in no
// address, history or log.
func (s *site) look(w http.ResponseWriter, r *http.Request) {
	in, err := s.read(w, r)
	defer func() { in.free() }()
	_, number, stale := s.accept(in.in["token"], forLooking)
	receipt, unknown := cases.ParseReceipt(in.in["code"])
	if err = cmp.Or(err, s.admit(r), stale, unknown); err != nil {
		s.askAgain(w, r, in.in, err)
		return
	}
	v, err := s.Desk.LookUp(r.Context(), Visit{Who: s.Visitor(r), Form: number}, receipt)
	if err != nil {
		s.askAgain(w, r, in.in, err)
		return
	}
	s.status(w, r, http.StatusOK, v, view{In: map[string]string{"code": receipt.String()}, Token: s.issue(forAdding)})
}

// Found is a case as its receipt shows it.
type Found struct {
	cases.ResidentView
	Asks cases.OpenQuestions
	Own  cases.Ownership
}

// Decides reports whether the page offers what only the sender may do, with the word where
// one is needed.
func (f Found) Decides() bool { return f.Own.May || f.Own.Word }

// found is what the page of a case shows.
type found struct {
	Found
	Status string // key of a text
	Code   string
	Told   template.HTML   // whom the alarm reached
	Result []template.HTML // what came of it
	Stars  []int
	Follow []string
}

func (s *site) status(w http.ResponseWriter, r *http.Request, code int, v Found, shown view) {
	key := "resident.status."
	if v.Stream == cases.HelpStream {
		key = "resident.help."
	}
	f := found{Found: v, Status: key + string(v.Status), Code: shown.In["code"], Follow: cases.FollowAnswers}
	if !v.Status.Final() {
		f.Told = s.told(r, v.Stream, v.Alarm)
	}
	if v.Result != nil {
		ward, err := s.Desk.Ward(r.Context())
		if err != nil {
			s.Fault(err)
		}
		for _, line := range s.Result(s.lang(r), *v.Result, ward) {
			f.Result = append(f.Result, template.HTML(line)) //nolint:gosec // made of texts of the catalogue, which escapes what it is given
		}
	}
	for n := range int(cases.MostStars) {
		f.Stars = append(f.Stars, n+1)
	}
	shown.Title, shown.More = "web.look", f
	s.show(w, r, code, "status.html", shown)
}

// add adds words and files to the case of a receipt, which also answers a question of
// the ward.
func (s *site) add(w http.ResponseWriter, r *http.Request) {
	in, err := s.read(w, r)
	defer func() { in.free() }()
	receipt, unknown := cases.ParseReceipt(in.in["code"])
	if unknown != nil {
		s.askAgain(w, r, nil, unknown)
		return
	}
	_, number, stale := s.accept(in.in["token"], forAdding)
	token := in.in["token"]
	if stale != nil {
		token = s.issue(forAdding)
	}
	visit := Visit{Who: s.Visitor(r), Form: number}
	signs := cases.SignsIn(in.in["text"])
	again := func(status int, problems ...problem) {
		v, err := s.Desk.LookUp(r.Context(), visit, receipt)
		if err != nil {
			s.askAgain(w, r, nil, err)
			return
		}
		in.in["code"] = receipt.String()
		s.status(w, r, status, v, view{In: in.in, Token: token, Problems: slices.Compact(problems), Files: in.chosen > 0})
	}
	limited := s.admit(r)
	if signs.Any() && cases.KindOf(limited) == cases.Limited {
		limited = nil
	}
	if err = cmp.Or(err, limited, stale); err != nil {
		status, text := s.failure(w, err)
		again(status, problem{Key: text})
		return
	}
	files, err := s.clean(r, &in)
	if err != nil && !signs.Any() {
		status, text := s.failure(w, err)
		again(status, problem{Key: text})
		return
	}
	problems := words(in.in["text"])
	if in.in["text"] == "" && in.chosen == 0 {
		problems = append(problems, problem{Key: "add.empty"})
	}
	if len(problems) > 0 || len(in.problems) > 0 && !signs.Any() {
		again(http.StatusUnprocessableEntity, append(problems, in.problems...)...)
		return
	}
	twice, err := s.Desk.Add(r.Context(), visit, receipt, in.in["text"], files)
	if err != nil {
		status, text := s.failure(w, err)
		again(status, problem{Key: text})
		return
	}
	did := done{Say: "add.done", Code: receipt.String(), Lines: s.lines(r, signs, false)}
	if twice {
		did.Say = "web.added.before"
	}
	s.done(w, r, did, in.problems)
}

// page is the view of a case in a part of its page, with the language kept over forms.
type page struct {
	found
	Query string
}

// deed is one button under a receipt.
type deed struct {
	Query, Code, Act, Label, No string
	N                           int
}

// Case is the view of the case on its page.
func (v view) Case(f found) page { return page{f, v.Query} }

// Deed is the view of a button: what it does and its label.
func (v view) Deed(code string, actAndLabel ...string) deed {
	d := deed{Query: v.Query, Code: code}
	if len(actAndLabel) == 2 { //nolint:mnd // the act and its label
		d.Act, d.Label = actAndLabel[0], actAndLabel[1]
	}
	return d
}

// Deed is the same in a part of the page.
func (p page) Deed(code string) deed { return deed{Query: p.Query, Code: code} }

// YesNo is the view of a question with two answers.
func (p page) YesNo(code, act string, n int, yes, no string) deed {
	return deed{p.Query, code, act, yes, no, n}
}
