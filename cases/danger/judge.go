package danger

import (
	"cmp"
	"slices"

	"tinbao/cases/viet"
)

// Classes that the program itself knows.
const (
	minorClass   = "@minor"   // somebody under 18, and the ages that ages finds
	underClass   = "@under"   // an age under 18 alone
	noClass      = "@no"      // words that deny
	throughClass = "@through" // words that may stand between a denial and what is denied
	turnClass    = "@turn"    // words with which somebody comes from what is told to what is so
	joinClass    = "@join"    // words that go on with what is denied
)

// computed are the classes that must be there.
var computed = []string{minorClass, underClass, noClass, throughClass, turnClass, joinClass, "@ageword", "@gradeword", "@onlyword", "@years", "@born", "@notunit"}

// longestDenial is how many words may stand between a denial and what is denied.
const longestDenial = 4

// minorNear is how many words may stand between a danger and the mention of somebody under
// 18 for the danger to be theirs.
const minorNear = 8

// negated reports whether what begins at a token is denied by words not before another.
func (t *reading) negated(at, floor int) bool {
	if t.begins(t.classes[noClass], at) {
		return false // a denial is a part of it: không cho ra ngoài
	}
	for n := 0; n <= longestDenial && at > floor; n++ {
		if t.tokens[at].Before != viet.NoBreak {
			return false
		}
		if t.endsWith(t.classes[noClass], floor, at) {
			return true
		}
		at--
		if !slices.Contains(t.hits[at], hit{t.classes[throughClass], at + 1}) {
			return false
		}
	}
	return false
}

// judge is what the rules of a text come to and, where no rule sees danger, its words alone.
func (t *reading) judge(w weights) (f Finding) {
	signs := t.signs()
	for _, s := range signs {
		f |= t.patterns[s.pattern].kinds
		if t.ofMinor(s) {
			f = f.with(Minor)
		}
	}
	if f.Any() {
		return f
	}
	most, sum := t.weigh(signs, w)
	least := float32(heard)
	if t.harmless(most) {
		least = heardAnyway
	}
	if sum[anyDanger] < least {
		return f
	}
	f = f.with(Appeal)
	if sum[selfHarm] > 0 {
		f = f.with(SelfHarm)
	}
	if t.ofMinor(most) {
		f = f.with(Minor)
	}
	return f
}

// harmless reports whether a rule says of something in a part of a text that it is no danger,
// denied, or only told.
func (t *reading) harmless(part found) bool {
	inside := func(f found) bool { return f.from >= part.from && f.from < part.to }
	return slices.ContainsFunc(t.calm, inside) || slices.ContainsFunc(t.told, inside) ||
		slices.ContainsFunc(t.tokens[part.from:part.to], func(w token) bool { return w.denied })
}

// signs are the signs of danger that are neither denied nor only told, and not alone where
// they need another.
func (t *reading) signs() (all []found) {
	told := t.told
	signs := slices.Clone(t.found)
	slices.SortStableFunc(signs, func(a, b found) int { return cmp.Compare(a.from, b.from) })
	deniedFrom, lastDenied := -1, -1
	signs = slices.DeleteFunc(signs, func(s found) bool {
		if t.calmed(s) || t.doubtful(s) {
			return true
		}
		if t.patterns[s.pattern].kinds.Has(Appeal) {
			return t.unreal(s, told)
		}
		if t.negated(s.from, 0) || lastDenied >= 0 && t.joined(lastDenied, s.from) {
			if t.patterns[s.pattern].and == nil && (s.from != deniedFrom || s.to < lastDenied) {
				deniedFrom, lastDenied = s.from, t.sentenceEnd(s.from, s.to)
				for i := s.from; i < lastDenied; i++ {
					t.tokens[i].denied = true
				}
			}
			return true
		}
		return t.unreal(s, told)
	})
	of := map[int][]found{} // by their pattern
	var weak []found
	for _, s := range signs {
		of[s.pattern] = append(of[s.pattern], s)
		if t.patterns[s.pattern].section == weakSection {
			weak = append(weak, s)
		}
	}
	for _, s := range signs {
		p := t.patterns[s.pattern]
		switch {
		case p.section == weakSection:
			if near(weak, s, weakApart, func(o found) bool { return t.patterns[o.pattern].weak != p.weak }) {
				all = append(all, s)
			}
		case p.and == nil || near(of[p.other], s, apart, func(found) bool { return true }):
			all = append(all, s)
		}
	}
	for _, s := range all {
		for i := s.from; i < s.to; i++ {
			t.tokens[i].denied = false
		}
	}
	return all
}

// sentenceEnd is where a stretch ends, or the sentence in which it begins: what is denied or
// told reaches no farther.
func (t *reading) sentenceEnd(from, to int) int {
	for i := from + 1; i < min(to, len(t.tokens)); i++ {
		if t.tokens[i].Before == viet.Sentence {
			return i
		}
	}
	return to
}

// doubtful reports whether a sign is a single word that could be another one with other
// marks.
func (t *reading) doubtful(s found) bool {
	w := t.tokens[s.from]
	return t.patterns[s.pattern].and == nil && s.to == s.from+1 && !w.strict && !w.Marked() && !w.Stopped() && wellFormed(w.Plain)
}

// near reports whether one of others, which are in order, stands near a sign and fits.
func near(others []found, s found, within int, fits func(found) bool) bool {
	first, _ := slices.BinarySearchFunc(others, s.from-within-longestSign, func(o found, from int) int { return cmp.Compare(o.from, from) })
	for _, o := range others[first:] {
		if o.from-s.to > within {
			return false
		}
		if s.from-o.to <= within && fits(o) {
			return true
		}
	}
	return false
}

// longestSign is how many words a sign has at most.
const longestSign = 60

// joined reports whether only a word that goes on stands between two tokens of a sentence:
// neither beaten nor locked up.
func (t *reading) joined(from, to int) bool {
	return to < from || to == from && t.tokens[to].Before != viet.Sentence || to == from+1 && t.begins(t.classes[joinClass], from)
}

// unreal reports whether what was found is only told, shown or taught.
func (t *reading) unreal(s found, told []found) bool {
	s.to = t.sentenceEnd(s.from, s.to)
	return slices.ContainsFunc(told, func(u found) bool {
		from, to, most := u.to, s.from, unrealBefore
		if u.from >= s.from {
			from, to, most = s.to, u.from, unrealAfter
		}
		if to-from > most {
			return false
		}
		for i := from; i <= to && i < len(t.tokens); i++ {
			if i > 0 && t.tokens[i].Before == viet.Sentence || i < to && t.begins(t.classes[turnClass], i) {
				return false
			}
		}
		return true
	})
}

// ofMinor reports whether somebody under 18 is named near.
func (t *reading) ofMinor(s found) bool {
	for i := max(0, s.from-minorNear); i < min(len(t.tokens), s.to+minorNear); i++ {
		if t.begins(t.classes[minorClass], i) {
			return true
		}
	}
	return false
}
