package danger

import (
	"embed"
	"io/fs"
	"math"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"sync"
)

// phraseFiles are phrases of people, by what they are: danger_* and ordinary_*, then the
// group of people who write so.
//
//go:embed phrases/*.txt
var phraseFiles embed.FS

// phrasesYear is the year in which the phrases were written; ages in them are reckoned by it.
const phrasesYear = 2026

// phrase is a line of a file of phrases.
type phrase struct {
	text   string
	group  string
	danger bool
}

// readPhrases reads files whose names say what their lines are: danger_friend.txt. What
// begins with # is a comment.
func readPhrases(files fs.FS, pattern string) (all []phrase, err error) {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		label, group, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".txt"), "_")
		for text := range strings.Lines(string(body)) {
			if text = strings.TrimSpace(text); text != "" && text[0] != '#' {
				all = append(all, phrase{text, group, label == "danger"})
			}
		}
	}
	return all, nil
}

// weights say how much each feature of a text speaks for danger, and for self-harm.
type weights map[string][outcomes]float32

// What words can speak for.
const (
	anyDanger = iota
	selfHarm
	outcomes
)

var theWeights = sync.OnceValue(func() weights {
	phrases, err := readPhrases(phraseFiles, "phrases/*.txt")
	if err != nil {
		panic(err) // the files are part of the program
	}
	return learn(theRules(), phrases)
})

// example is a phrase as the numbers of its features, with repetitions.
type example struct {
	features []int
	is       [outcomes]bool
}

// learn weighs the features of phrases by logistic regression with AdaGrad: the same phrases
// give the same weights. Features that stand in one phrase only are kept: they leave to the
// common ones what those really say.
func learn(r *rules, phrases []phrase) weights {
	ids := map[string]int{biasFeature: 0}
	var examples []example
	for _, p := range phrases {
		t := r.read(p.text, phrasesYear)
		if t == nil {
			continue
		}
		e := example{features: []int{0}}
		e.is[anyDanger], e.is[selfHarm] = p.danger, p.danger && p.group == "selfharm"
		t.features(t.signs(), func(_ int, name []byte) {
			id, known := ids[string(name)]
			if !known {
				id = len(ids)
				ids[string(name)] = id
			}
			e.features = append(e.features, id)
		})
		slices.Sort(e.features)
		examples = append(examples, e)
	}
	all := make(weights, len(ids))
	for outcome := range outcomes {
		fitted := fit(examples, len(ids), outcome)
		for name, id := range ids {
			w := all[name]
			w[outcome] = float32(fitted[id])
			all[name] = w
		}
	}
	return all
}

// fit is the weight of each feature for one outcome.
func fit(examples []example, features, outcome int) []float64 {
	const rounds, rate, decay = 30, 0.3, 0.02
	weight, slopes := make([]float64, features), make([]float64, features)
	rng := rand.New(rand.NewPCG(1, 2)) // always the same order
	for range rounds {
		for _, i := range rng.Perm(len(examples)) {
			e := &examples[i]
			sum := 0.0
			for _, f := range e.features {
				sum += weight[f]
			}
			miss := 1 / (1 + math.Exp(-sum))
			if e.is[outcome] {
				miss--
			}
			for _, f := range e.features {
				slope := miss + decay*weight[f]
				slopes[f] += slope * slope
				weight[f] -= rate * slope / math.Sqrt(slopes[f]+1e-8)
			}
		}
	}
	return weight
}
