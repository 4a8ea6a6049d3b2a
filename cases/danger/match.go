package danger

import (
	"slices"

	"tinbao/cases/viet"
)

const (
	apart     = 22 // words between the two halves of a pair
	weakApart = 30 // words between two weak signs

	// Words between what is told, shown or taught and the word that says so.
	unrealBefore = 9
	unrealAfter  = 6

	// aside is how many words may stand beside a pattern, in its sentence, that counts when
	// hardly anything else is said.
	aside = 3

	sentenceCost = 3 // words that the end of a sentence counts for in a gap
	commaCost    = 1
)

// hit is a phrase of a class; next is the token behind it.
type hit struct {
	class classID
	next  int
}

// found is a pattern that fits from one token up to, but not at, another.
type found struct {
	pattern  int
	from, to int
}

// reading is a text while it is looked at.
type reading struct {
	*rules

	tokens []token
	hits   [][]hit // by the token at which they begin
	cost   []int   // words up to a token, with breaks
	calm   []found // expressions that are no danger
	told   []found // words that say: what stands around is told, shown or taught
	found  []found // patterns of danger and weak signs, wherever they fit
	year   int
}

func (r *rules) recognise(text string, year int, w weights) Finding {
	t := r.read(text, year)
	if t == nil {
		return 0
	}
	return t.judge(w)
}

// read looks at a text; nil = there is no word in it.
func (r *rules) read(text string, year int) *reading {
	t := &reading{rules: r, tokens: r.words.read(text), year: year}
	if len(t.tokens) == 0 {
		return nil
	}
	t.measure()
	t.hits = make([][]hit, len(t.tokens))
	for i := range t.tokens {
		t.phrases(&r.root, i, i)
	}
	t.ages()
	t.relax()
	t.told, t.found = t.search(unrealSection), t.search("")
	return t
}

// measure counts the words up to each token, so that a gap can be compared at once.
func (t *reading) measure() {
	t.cost = make([]int, len(t.tokens)+1)
	for i, w := range t.tokens {
		t.cost[i] = 0
		if i > 0 {
			t.cost[i] = t.cost[i-1] + 1
		}
		switch w.Before {
		case viet.Sentence:
			t.cost[i] += sentenceCost
		case viet.Clause:
			t.cost[i] += commaCost
		case viet.NoBreak:
		}
	}
	t.cost[len(t.tokens)] = t.cost[len(t.tokens)-1] + 1
}

// phrases notes all phrases that begin at a token and end in its sentence.
func (t *reading) phrases(n *node, start, at int) {
	for _, c := range n.classes {
		t.note(start, hit{c, at})
	}
	if len(n.marked) > 0 && !slices.ContainsFunc(t.tokens[start:at], func(w token) bool { return !w.strict && !w.Marked() }) {
		for _, c := range n.marked {
			t.note(start, hit{c, at})
		}
	}
	if at == len(t.tokens) || n.next == nil || at > start && t.tokens[at].Before == viet.Sentence {
		return // a phrase stands in one sentence
	}
	for _, w := range t.tokens[at].words {
		if to := n.next[w]; to != nil {
			t.phrases(to, start, at+1)
		}
	}
}

func (t *reading) note(start int, h hit) {
	if !slices.Contains(t.hits[start], h) {
		t.hits[start] = append(t.hits[start], h)
	}
}

// relax marks the expressions that are no danger, and forgets what was read into them. In a
// sentence without marks an expression can be many others, so it only counts when it says
// all that a sign of danger says; see signs.
func (t *reading) relax() {
	for _, f := range t.search(wholeSection) {
		t.split(f)
	}
	t.calm = t.search(calmSection)
	for _, f := range t.calm {
		for i := f.from; i < f.to; i++ {
			t.tokens[i].calm = t.tokens[i].calm || t.tokens[i].strict || t.firm(f)
		}
	}
	for i := range t.hits {
		t.hits[i] = slices.DeleteFunc(t.hits[i], func(h hit) bool {
			return slices.ContainsFunc(t.tokens[i:h.next], func(w token) bool { return w.calm })
		})
	}
}

// split forgets what was read into a part of a whole.
func (t *reading) split(whole found) {
	for i := max(0, whole.from-longestPhrase); i < whole.to; i++ {
		t.hits[i] = slices.DeleteFunc(t.hits[i], func(h hit) bool {
			apart, around := h.next <= whole.from, i <= whole.from && h.next >= whole.to
			return !apart && !around
		})
	}
}

// firm reports whether an expression without marks can hardly be another: its words follow
// one another, and none looks like a word of every sentence.
func (t *reading) firm(f found) bool {
	for _, s := range t.patterns[f.pattern].steps {
		if s.gap > 0 {
			return false
		}
	}
	return f.to-f.from > 1 && !slices.ContainsFunc(t.tokens[f.from:f.to], func(w token) bool { return commonWords[w.Plain] })
}

// commonWords are words of every sentence as they look without marks.
var commonWords = setOf("cho con co la toi cua ma no den va o ra vao ve di duoc em anh chi chau me ba bo nguoi nha khi nay kia ay mot hai ca may bi de tu")

// calmed reports whether one expression that is no danger says all of a sign, but for a
// leading "bị".
func (t *reading) calmed(s found) bool {
	from := s.from
	if t.tokens[from].Plain == "bi" && s.to > from+1 {
		from++
	}
	return slices.ContainsFunc(t.calm, func(c found) bool { return c.from <= from && s.to <= c.to })
}

// search finds where the patterns of a section fit; "" = those of every danger and of weak
// signs.
func (t *reading) search(section string) (all []found) {
	for i, hits := range t.hits {
		for j, h := range hits {
			if slices.ContainsFunc(hits[:j], func(earlier hit) bool { return earlier.class == h.class }) {
				continue // the pattern looks at all hits of its class
			}
			for _, p := range t.by[h.class] {
				s := t.patterns[p].section
				if s != section && (section != "" || s == calmSection || s == unrealSection || s == wholeSection) {
					continue
				}
				if end := t.fit(t.patterns[p].steps, i, i); end > 0 && (s != calmSection && s != unrealSection || !t.parted(i, end)) && (!t.patterns[p].alone || t.alone(i, end)) {
					all = append(all, found{p, i, end})
				}
			}
		}
	}
	return all
}

// alone reports whether hardly anything else is said in a sentence.
func (t *reading) alone(from, to int) bool {
	others := 0
	for i := from; i > 0 && t.tokens[i].Before != viet.Sentence; i-- {
		others++
	}
	for i := to; i < len(t.tokens) && t.tokens[i].Before != viet.Sentence; i++ {
		others++
	}
	return others <= aside
}

// parted reports whether a sentence ends between two tokens.
func (t *reading) parted(from, to int) bool {
	return slices.ContainsFunc(t.tokens[from+1:to], func(w token) bool { return w.Before == viet.Sentence })
}

// fit is where a pattern ends that begins at a token and goes on at another; 0 = it does
// not fit. Of several ends it is the farthest of the first way that fits.
func (t *reading) fit(steps []step, start, at int) int {
	if len(steps) == 0 {
		return at
	}
	s, rest := steps[0], steps[1:]
	switch {
	case s.behind:
		if t.endsWith(s.class, 0, start) {
			return 0
		}
		return t.fit(rest, start, at)
	case s.never:
		for k := 0; k <= s.gap && at+k < len(t.tokens); k++ {
			if at+k > start && t.tokens[at+k].Before == viet.Sentence {
				break
			}
			if t.begins(s.class, at+k) {
				return 0
			}
		}
		return t.fit(rest, start, at)
	}
	best := 0
	for k := at; k < len(t.tokens) && (k == at || t.cost[k]-t.cost[max(at-1, 0)]-1 <= s.gap); k++ {
		if !t.begins(s.class, k) || k > at && t.negated(k, at) {
			continue
		}
		for _, h := range t.hits[k] {
			if h.class == s.class {
				best = max(best, t.fit(rest, start, h.next))
			}
		}
		if best > 0 {
			return best
		}
	}
	if s.optional {
		return t.fit(rest, start, at)
	}
	return 0
}

func (t *reading) begins(c classID, at int) bool {
	return slices.ContainsFunc(t.hits[at], func(h hit) bool { return h.class == c })
}

// endsWith reports whether a phrase of a class that begins at a token or later ends before
// another.
func (t *reading) endsWith(c classID, floor, at int) bool {
	for i := max(floor, at-longestPhrase); i < at; i++ {
		if slices.Contains(t.hits[i], hit{c, at}) {
			return true
		}
	}
	return false
}
