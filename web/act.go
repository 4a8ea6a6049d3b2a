package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"tinbao/cases"
)

// Act is what the holder of a receipt does with the case.
type Act struct {
	Verb   string // one of the constants below
	Yes    bool   // the answer to a question with two
	Number int    // of a message, of days, or of stars
	Choice string // the answer to how it goes
	Text   string
	Secret string // the word that proves the case is one's own, "" = none was typed
}

// The acts.
const (
	ActCut     = "cut"     // Không nhận trả lời nữa
	ActOut     = "out"     // Rút lại
	ActForget  = "del"     // Xóa
	ActRate    = "rate"    // stars, and a word
	ActAgain   = "again"   // Chưa giải quyết xong
	ActConsent = "consent" // a message passes to the police, or not
	ActNeeds   = "needs"   // the needs are written down, or not
	ActMeet    = "meet"    // comes to an appointment, or not
	ActFollow  = "follow"  // how it goes
	ActUnnamed = "unnamed" // a report that needs a name stays without, or goes to the right door
	ActDanger  = "danger"  // whether somebody is in danger
	ActWord    = "word"    // a word is chosen that proves the case is one's own
	actOwn     = "own"     // shows the words that were sent
)

var acts = []string{
	ActCut, ActOut, ActForget, ActRate, ActAgain, ActConsent, ActNeeds, ActMeet, ActFollow, ActUnnamed, ActDanger, ActWord,
}

// Done is what became of an act.
type Done struct {
	Say     string        // key of a text
	Receipt cases.Receipt // a new one, of a message that passed to the police; "" = none
	Again   bool          // this form did so before
}

// grave reports whether an act is asked once more.
func (a Act) grave() bool {
	return slices.Contains([]string{ActCut, ActOut, ActForget}, a.Verb) || a.Verb == ActConsent && a.Yes
}

// open reports whether anybody who holds the receipt may do so.
func (a Act) open() bool { return a.Verb == ActAgain || a.Verb == ActDanger && a.Yes }

// done is a page that says what was done under a receipt, and leads back to its case.
type done struct {
	Say   string
	Code  string
	New   string          // a further receipt
	Lines []cases.Hotline // to call
	Gone  bool            // the receipt opens nothing any more
}

func (s *site) done(w http.ResponseWriter, r *http.Request, d done, problems []problem) {
	s.show(w, r, http.StatusOK, "done.html", view{Title: "web.look", More: d, Problems: problems, In: map[string]string{"code": d.Code}})
}

// sure is a page that asks once more.
type sure struct {
	Act
	Ask      bool // for the word that was chosen
	Stream   cases.Stream
	Words    string // what is about to pass to the police
	Received time.Time
}

// Sure is whether the act has words of its own that ask.
func (a sure) Sure() bool { return slices.Contains([]string{ActCut, ActOut, ActForget}, a.Verb) }

// act does what the holder of a receipt wants done. What cannot be undone is asked once
// more on a page of its own.
func (s *site) act(w http.ResponseWriter, r *http.Request) {
	in, err := s.read(w, r)
	defer func() { in.free() }()
	receipt, unknown := cases.ParseReceipt(in.in["code"])
	_, number, stale := s.accept(in.in["token"], forActing)
	a := Act{Verb: in.in["act"], Yes: in.in["yes"] == "y", Choice: in.in["choice"], Text: in.in["text"], Secret: in.in["secret"]}
	a.Number, _ = strconv.Atoi(in.in["n"]) // 0 is no message, no day and no star
	if !slices.Contains(append(acts, actOwn), a.Verb) {
		err = cmp.Or(err, cases.Fail(cases.Invalid, "web.broken"))
	}
	limited := s.admit(r)
	if a.Verb == ActDanger && cases.KindOf(limited) == cases.Limited {
		limited = nil
	}
	if err = cmp.Or(err, unknown, limited); err != nil {
		s.askAgain(w, r, nil, err)
		return
	}
	visit := Visit{Who: s.Visitor(r), Form: number}
	code := receipt.String()
	again := func(err error) {
		v, lost := s.Desk.LookUp(r.Context(), visit, receipt)
		if lost != nil {
			s.askAgain(w, r, nil, lost)
			return
		}
		status, text := s.failure(w, err)
		s.status(w, r, status, v, view{In: map[string]string{"code": code, "wish": in.in["text"]}, Token: s.issue(forAdding), Problems: []problem{{Key: text}}})
	}
	if err := cmp.Or(stale, wrong(a)); err != nil {
		again(err)
		return
	}
	if a.Verb == actOwn {
		v, err := s.Desk.LookUp(r.Context(), visit, receipt)
		if err == nil && !v.Own.May {
			err = cases.Fail(cases.NotAllowed, cases.NotYours)
		}
		if err != nil {
			again(err)
			return
		}
		parts, err := s.Desk.Written(r.Context(), visit, receipt)
		if err != nil {
			again(err)
			return
		}
		s.show(w, r, http.StatusOK, "own.html", view{Title: "web.look", More: parts, In: map[string]string{"code": code}})
		return
	}
	if in.in["sure"] == "" && !a.open() {
		v, err := s.Desk.LookUp(r.Context(), visit, receipt)
		if err != nil {
			s.askAgain(w, r, nil, err)
			return
		}
		prove := v.Own.Word && !v.Own.May
		if !a.grave() && !prove {
			s.do(w, r, visit, receipt, a, again)
			return
		}
		s.show(w, r, http.StatusOK, "sure.html", view{
			Title: "web.look", Token: s.issue(forActing), In: map[string]string{"code": code}, More: sure{a, prove, v.Stream, v.Asks.ConsentText, v.Received},
		})
		return
	}
	s.do(w, r, visit, receipt, a, again)
}

// do does what was asked, and says so.
func (s *site) do(w http.ResponseWriter, r *http.Request, visit Visit, receipt cases.Receipt, a Act, again func(error)) {
	got, err := s.Desk.Do(r.Context(), visit, receipt, a)
	if err != nil {
		again(err)
		return
	}
	d := done{Say: got.Say, Code: receipt.String(), Gone: a.Verb == ActForget}
	if got.Receipt != "" {
		d.New = got.Receipt.String()
	}
	if got.Again {
		d.Say = "web.done.before"
	}
	if a.Verb == ActDanger && a.Yes {
		d.Lines = cases.Signs{}.Lines()
	}
	s.done(w, r, d, nil)
}

// wrong is what is wrong with an act.
func wrong(a Act) error {
	if p := words(a.Text); len(p) > 0 {
		return cases.Fail(cases.Invalid, p[0].Key)
	}
	if a.Verb == ActWord {
		return cases.CheckWord(a.Text)
	}
	if a.Verb == ActAgain && a.Text == "" {
		return cases.Fail(cases.Invalid, "web.need.again")
	}
	if a.Verb == ActRate && (a.Number < 1 || a.Number > int(cases.MostStars)) {
		return cases.Fail(cases.Invalid, "web.need.stars")
	}
	return nil
}
