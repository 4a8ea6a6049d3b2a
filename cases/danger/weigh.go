package danger

import (
	"slices"
	"strconv"

	"tinbao/cases/viet"
)

const (
	biasFeature = "bias"

	// The logits from which words alone are danger, and from which they are although a rule
	// knows some of them as harmless.
	heard       = 0.6
	heardAnyway = 3

	// spanWords is how many words are weighed together at most; spanStep is how far the next
	// part of a longer sentence begins.
	spanWords = 40
	spanStep  = 20

	partLetters = 4 // of a word that are weighed together
)

// features calls add for everything in a text that is weighed, with the token at which it
// stands: words, two and three in a row, two around another, parts of words, classes of words,
// and what the rules found. In what is denied they are others. No feature reaches over the end
// of a sentence. The name is valid during the call only.
func (t *reading) features(signs []found, add func(at int, name []byte)) {
	var b []byte
	emit := func(at int, kind string, parts ...string) {
		b = b[:0]
		if t.tokens[at].denied {
			b = append(b, "denied "...)
		}
		b = append(b, kind...)
		for _, p := range parts {
			b = append(append(b, ' '), p...)
		}
		add(at, b)
	}
	var before, previous string
	for i, w := range t.tokens {
		if i == 0 || w.Before == viet.Sentence {
			before, previous = "", "^"
		}
		emit(i, "w", w.Plain)
		emit(i, "2", previous, w.Plain)
		if before != "" {
			emit(i, "3", before, previous, w.Plain)
			emit(i, "around", before, w.Plain)
		}
		before, previous = previous, w.Plain
		if i+1 == len(t.tokens) || t.tokens[i+1].Before == viet.Sentence {
			emit(i, "2", w.Plain, "$")
		}
		if w.Marked() {
			emit(i, "marked", w.Letters, strconv.Itoa(int(w.Tone)))
		}
		whole := "^" + w.Plain + "$"
		for k := 0; k+partLetters <= len(whole); k++ {
			emit(i, "part", whole[k:k+partLetters])
		}
		for j, h := range t.hits[i] {
			if !slices.ContainsFunc(t.hits[i][:j], func(earlier hit) bool { return earlier.class == h.class }) {
				emit(i, "class", t.names[h.class])
			}
		}
	}
	for _, fitting := range [][]found{t.found, t.calm, t.told} {
		for _, f := range fitting {
			if p := t.patterns[f.pattern]; p.and == nil {
				emit(f.from, "rule", p.text)
			}
		}
	}
	for _, s := range signs {
		emit(s.from, "sign")
	}
}

// spans are the sentences of a text, each two that follow one another, and of long ones
// overlapping parts.
func (t *reading) spans() (all []found) {
	previous, from := -1, 0
	for to := 1; to <= len(t.tokens); to++ {
		if to < len(t.tokens) && t.tokens[to].Before != viet.Sentence {
			continue
		}
		all = append(all, found{from: from, to: min(to, from+spanWords)})
		for at := from + spanStep; at+spanWords-spanStep < to; at += spanStep {
			all = append(all, found{from: at, to: min(to, at+spanWords)})
		}
		if previous >= 0 && to-previous <= spanWords {
			all = append(all, found{from: previous, to: to})
		}
		previous, from = from, to
	}
	return all
}

// weigh returns the part of a text whose words speak most for danger, and what they come to.
func (t *reading) weigh(signs []found, w weights) (most found, sum [outcomes]float32) {
	upTo := make([][outcomes]float32, len(t.tokens)+1) // sums of the features before a token
	t.features(signs, func(at int, name []byte) {
		f := w[string(name)]
		for k := range f {
			upTo[at+1][k] += f[k]
		}
	})
	for i := range t.tokens {
		for k := range upTo[i] {
			upTo[i+1][k] += upTo[i][k]
		}
	}
	for i, s := range t.spans() {
		here := w[biasFeature]
		for k := range here {
			here[k] += upTo[s.to][k] - upTo[s.from][k]
		}
		if i == 0 || here[anyDanger] > sum[anyDanger] {
			most, sum = s, here
		}
	}
	return most, sum
}
