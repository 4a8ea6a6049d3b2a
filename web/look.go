package web

import (
	"cmp"
	"net/http"
	"slices"

	"tinbao/cases"
)

// ask asks for a receipt.
func (s *site) ask(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "ask.html", view{Title: "web.look", Token: s.issue(forLooking)})
}

// look shows the case of a receipt. The receipt comes in the body, so it stands in no
// address, history or log.
func (s *site) look(w http.ResponseWriter, r *http.Request) {
	leave, ok := s.gate(w, r)
	if !ok {
		return
	}
	defer leave()
	in, err := read(w, r)
	_, number, stale := s.accept(in.in["token"], forLooking)
	again := func(err error) {
		status, text := s.failure(err)
		s.show(w, r, status, "ask.html", view{Title: "web.look", Token: s.issue(forLooking), In: in.in, Problems: []string{text}})
	}
	if err = cmp.Or(err, stale); err != nil {
		again(err)
		return
	}
	receipt, err := cases.ParseReceipt(in.in["code"])
	if err != nil {
		again(err)
		return
	}
	v, err := s.Desk.LookUp(r.Context(), Visit{Who: s.Visitor(r), Form: number}, receipt)
	if err != nil {
		again(err)
		return
	}
	s.status(w, r, http.StatusOK, v, view{In: map[string]string{"code": receipt.String()}, Token: s.issue(forAdding)})
}

// found is a case as its receipt shows it.
type found struct {
	cases.ResidentView
	Status string // key of a text
}

func (s *site) status(w http.ResponseWriter, r *http.Request, code int, v cases.ResidentView, shown view) {
	key := "resident.status."
	if v.Stream == cases.HelpStream {
		key = "resident.help."
	}
	shown.Title, shown.More = "web.look", found{v, key + string(v.Status)}
	s.show(w, r, code, "status.html", shown)
}

// add adds words and photos to the case of a receipt, which also answers a question of
// the ward.
func (s *site) add(w http.ResponseWriter, r *http.Request) {
	leave, ok := s.gate(w, r)
	if !ok {
		return
	}
	defer leave()
	in, err := read(w, r)
	receipt, unknown := cases.ParseReceipt(in.in["code"])
	if unknown != nil {
		status, text := s.failure(unknown)
		s.show(w, r, status, "ask.html", view{Title: "web.look", Token: s.issue(forLooking), Problems: []string{text}})
		return
	}
	_, number, stale := s.accept(in.in["token"], forAdding)
	token := in.in["token"]
	if stale != nil {
		token = s.issue(forAdding)
	}
	again := func(status int, problems ...string) {
		v, err := s.Desk.LookUp(r.Context(), Visit{Who: s.Visitor(r), Form: number}, receipt)
		if err != nil {
			status, text := s.failure(err)
			s.message(w, r, status, text)
			return
		}
		s.status(w, r, status, v, view{In: in.in, Token: token, Problems: slices.Compact(problems), Photos: len(in.photos)+len(in.problems) > 0})
	}
	if err = cmp.Or(err, stale); err != nil {
		status, text := s.failure(err)
		again(status, text)
		return
	}
	photos, err := s.clean(r, &in)
	if err != nil {
		status, text := s.failure(err)
		again(status, text)
		return
	}
	problems := words(in.in["text"], "")
	if in.in["text"] == "" && len(in.photos) == 0 {
		problems = append(problems, "add.empty")
	}
	if problems = append(problems, in.problems...); len(problems) > 0 {
		again(http.StatusUnprocessableEntity, problems...)
		return
	}
	twice, err := s.Desk.Add(r.Context(), Visit{Who: s.Visitor(r), Form: number}, receipt, in.in["text"], photos)
	switch {
	case err != nil:
		status, text := s.failure(err)
		again(status, text)
	case twice:
		s.message(w, r, http.StatusOK, "web.added.before")
	default:
		s.message(w, r, http.StatusOK, "add.done")
	}
}
