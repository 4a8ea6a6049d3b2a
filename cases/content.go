package cases

import (
	"slices"
	"strings"
)

// ReportContent is what a resident told; it is stored sealed. A field that holds words
// of the person stands in reportWords, too, so that everything that reads reports reads it.
type ReportContent struct {
	Concern Concern `json:"concern"`
	Hamlet  int     `json:"hamlet,omitempty"`  // number of the tổ dân phố, 0 = not told
	Outside bool    `json:"outside,omitempty"` // outside of the ward, or the person does not know where
	Where   string  `json:"where,omitempty"`   // address in the person's words
	Venue   string  `json:"venue,omitempty"`   // name and address of a place chosen on the map
	At      *Place  `json:"at,omitempty"`      // where it happened, as exact as it was given
	Place   *Place  `json:"place,omitempty"`   // where the person stood, already blurred
	When    string  `json:"when,omitempty"`    // a choice ("when.today") or the person's words
	Online  string  `json:"online,omitempty"`  // link, name and number of an account on the net
	Origin  string  `json:"origin,omitempty"`  // who first sent what the person forwarded
	Text    string  `json:"text,omitempty"`
	About   About   `json:"about,omitempty"` // whose people it accuses
}

// HelpContent is what a person asking for help told; it is stored sealed.
type HelpContent struct {
	Service Service   `json:"service"`          // of several the one that decides who works on it, see Primary
	Also    []Service `json:"also,omitempty"`   // the others
	Forced  bool      `json:"forced,omitempty"` // is forced or held and wants to be brought out
	Under18 bool      `json:"under18,omitempty"`
	Contact string    `json:"contact,omitempty"` // "" = only through the bot
	At      *Place    `json:"at,omitempty"`      // where the person is, exact: the person agreed
	Place   *Place    `json:"place,omitempty"`   // the same without that, already blurred
	Text    string    `json:"text,omitempty"`
}

// whenChoice begins the choices of ReportContent.When.
const whenChoice = "when."

// Keys of what a person wrote, as in Part.Key; the label of one is the text "review.<key>".
const (
	PartWhere   = "where"
	PartVenue   = "venue"
	PartWhen    = "when"
	PartOnline  = "online"
	PartOrigin  = "origin"
	PartText    = "text"
	PartContact = "contact"
)

// reportWords are the fields of a report that hold words, in the order they are shown.
var reportWords = []struct {
	key string
	of  func(*ReportContent) *string
}{
	{PartWhere, func(c *ReportContent) *string { return &c.Where }},
	{PartVenue, func(c *ReportContent) *string { return &c.Venue }},
	{PartWhen, func(c *ReportContent) *string { return &c.When }},
	{PartOnline, func(c *ReportContent) *string { return &c.Online }},
	{PartOrigin, func(c *ReportContent) *string { return &c.Origin }},
	{PartText, func(c *ReportContent) *string { return &c.Text }},
}

// Words are what the person wrote, field by field, without the empty ones.
func (c ReportContent) Words() (parts []Part) {
	for _, w := range reportWords {
		text := *w.of(&c)
		if text != "" && !(w.key == PartWhen && strings.HasPrefix(text, whenChoice)) {
			parts = append(parts, Part{Key: w.key, Text: text})
		}
	}
	return parts
}

// SetWords puts other words into a field; false when there is no such field.
func (c *ReportContent) SetWords(key, text string) bool {
	for _, w := range reportWords {
		if w.key == key {
			*w.of(c) = text
			return true
		}
	}
	return false
}

// Said is everything the person wrote, to be searched.
func (c ReportContent) Said() string { return said(c.Words()) }

// Spot is the cell of the map the report is about, nil when no point is known.
func (c ReportContent) Spot() *Place {
	if c.At != nil {
		cell := c.At.Blur()
		return &cell
	}
	return c.Place
}

// Words are what the person wrote, field by field, without the empty ones.
func (h HelpContent) Words() (parts []Part) {
	for _, p := range []Part{{PartContact, h.Contact}, {PartText, h.Text}} {
		if p.Text != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// Said is everything the person wrote, to be searched.
func (h HelpContent) Said() string { return said(h.Words()) }

// Services are all services asked for, the one that decides first.
func (h HelpContent) Services() []Service {
	if h.Service == "" {
		return nil
	}
	return append([]Service{h.Service}, h.Also...)
}

func said(parts []Part) string {
	var all []string
	for _, p := range parts {
		all = append(all, p.Text)
	}
	return strings.Join(all, "\n")
}

// Primary chooses of several services the one that decides who sees a request. A service
// that the support team does not give comes first, in the order of the plan, so that a
// volunteer never finds a request of which one part is not the team's. others are the rest
// in the order of the plan. None at all is OtherNeed.
func Primary(chosen []Service) (primary Service, others []Service) {
	rank := func(s Service) int {
		i := slices.Index(Services, s)
		switch {
		case i < 0:
			return 2 * len(Services)
		case slices.Contains(SupportServices, s):
			return len(Services) + i
		}
		return i
	}
	var known []Service
	for _, s := range chosen {
		if (s == OtherNeed || slices.Contains(Services, s)) && !slices.Contains(known, s) {
			known = append(known, s)
		}
	}
	if len(known) > 1 {
		known = slices.DeleteFunc(known, func(s Service) bool { return s == OtherNeed })
	}
	if len(known) == 0 {
		return OtherNeed, nil
	}
	slices.SortFunc(known, func(a, b Service) int { return rank(a) - rank(b) })
	return known[0], slices.Clip(known[1:])
}
