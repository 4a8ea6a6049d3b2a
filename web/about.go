package web

import (
	"net/http"
	"slices"

	"tinbao/cases"
)

// A complaint or denunciation about people of the ward is led outside of it, as in the
// conversation: whose words accuse somebody, or who chose to complain, is asked once whom
// it is about and reads where else to go. What is about the leaders is not kept.

const (
	aboutField = "about"
	nobodyHere = "no" // the answer that it accuses nobody of the ward
)

// accused is one answer to the question whom a report is about, with where else to go.
type accused struct {
	About  cases.About
	Likely bool         // the words seem to say so
	Places []cases.Body // none = the general words
}

// outside asks whom a report is about where that is not said, or ends what is about the
// leaders; done is true when a page was shown. Somebody in danger is asked nothing.
func (s *site) outside(w http.ResponseWriter, r *http.Request, in sheet, n cases.NewCase) (done bool, problems []problem) {
	if n.Report.About == cases.AboutLeader {
		s.led(w, r)
		return true, nil
	}
	if in.in[aboutField] != "" || n.Urgent() {
		return false, nil
	}
	ward, err := s.Desk.Ward(r.Context())
	if err != nil {
		s.Fault(err) // the report matters more than the question
		return false, nil
	}
	likely := cases.Accuses(n.Report.Text, ward.Name)
	if n.Report.Concern != cases.NamedOne && likely == cases.AboutNobody {
		return false, nil
	}
	return false, []problem{{Key: "about.ask"}}
}

// Accused are the answers offered above a form that is shown again with the question.
func (v view) Accused() (list []accused) {
	if !slices.ContainsFunc(v.Problems, func(p problem) bool { return p.Key == "about.ask" }) && v.In[aboutField] == "" {
		return nil
	}
	likely := cases.Accuses(v.In["text"], v.Ward.Name)
	for _, a := range cases.Abouts {
		list = append(list, v.Leads(a, a == likely))
	}
	return list
}

// Leads is where a report about somebody of the ward belongs.
func (v view) Leads(a cases.About, likely bool) accused {
	one := accused{About: a, Likely: likely}
	for _, i := range v.Ward.BodiesFor(a.Subject()) {
		one.Places = append(one.Places, v.Ward.Bodies[i])
	}
	return one
}

// led is the page on which a report about the leaders ends.
func (s *site) led(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "led.html", view{Title: "web.report", More: cases.AboutLeader})
}
