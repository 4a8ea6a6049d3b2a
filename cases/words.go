package cases

import "tinbao/cases/viet"

// Fold is a text as it is looked for, in the one folding of the program.
func Fold(s string) string { return viet.Fold(s) }

// WordsOf are the words of a text, folded, in their order.
func WordsOf(s string) []string { return viet.Words(s) }

// shingles are the words and the pairs of neighbours of a text. Most Vietnamese
// words are two syllables, so pairs tell more than the syllables alone.
func shingles(s string) map[string]bool {
	words := WordsOf(s)
	all := map[string]bool{}
	for i, w := range words {
		all[w] = true
		if i > 0 {
			all[words[i-1]+" "+w] = true
		}
	}
	return all
}

// Overlap is how much of what two texts say stands in both, from 0 to 1; two texts
// without words have nothing in common.
func Overlap(a, b string) float64 {
	one, other := shingles(a), shingles(b)
	both := 0
	for s := range one {
		if other[s] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(one)+len(other)-both)
}

// Strings are the plain strings of a list, for buttons and the database: never nil.
func Strings[S ~string](list []S) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}
