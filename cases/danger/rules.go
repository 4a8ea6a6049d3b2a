package danger

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"tinbao/cases/viet"
)

//go:embed rules/*.txt
var ruleFiles embed.FS

// The language of rules/*.txt, one entry a line, # begins a comment:
//
//	@class = phrase; phrase     a class of phrases; in a phrase a/b is one word or the other,
//	                            (a) may be left out, @other stands for a whole class, and a
//	                            phrase with * counts only when written with its marks
//	[kind kind]                 the patterns below are signs of these kinds of danger
//	[calm]                      … are expressions that are no danger, though made of its words
//	[whole]                     … are one word: no part of it is read as another
//	[unreal]                    … say that what stands around is told, shown or taught
//	[weak name]                 … are signs that count only with one of another name
//	@a ~3 b/c_d @e? !@f         a pattern: a class, at most 3 words between, a word or a phrase,
//	                            a class that may be missing, one that may not follow
//	^pattern                    when hardly anything else is said
//	pattern & pattern           both within [apart] words, in any order
type rules struct {
	words    *vocabulary
	root     node // all phrases of all classes
	classes  map[string]classID
	names    []string // of classes
	patterns []pattern
	by       [][]int // patterns by the class with which they begin
}

type classID int

// node is one of a tree of phrases; classes are those of which a phrase ends here.
type node struct {
	next    map[wordID]*node
	classes []classID
	marked  []classID // only of a phrase that is written with its marks
}

// Sections that are no kind of danger.
const (
	calmSection   = "calm"
	unrealSection = "unreal"
	wholeSection  = "whole"
	weakSection   = "weak"
)

type pattern struct {
	section string
	weak    string
	kinds   Finding
	steps   []step
	and     []step // the other half of a pair
	text    string
	alone   bool // only when little else is said
	other   int  // the number of the other half of a pair
}

type step struct {
	class    classID
	gap      int // words that may stand before
	optional bool
	never    bool // may not stand here
	behind   bool // may not stand before here
}

var theRules = sync.OnceValue(func() *rules {
	r, err := compile(ruleFiles)
	if err != nil {
		panic(err) // the files are part of the program
	}
	return r
})

func compile(files fs.FS) (*rules, error) {
	names, err := fs.Glob(files, "rules/*.txt")
	if err != nil {
		return nil, err
	}
	r := &rules{words: newVocabulary(), classes: map[string]classID{}}
	c := compiler{rules: r, lists: map[string][]string{}}
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		for i, line := range strings.Split(string(body), "\n") {
			if err := c.line(line); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
			}
		}
	}
	for _, p := range c.pending {
		if err := c.pattern(p); err != nil {
			return nil, fmt.Errorf("%s: %w", p.text, err)
		}
	}
	for _, name := range computed {
		if _, err := c.class(name); err != nil {
			return nil, err
		}
	}
	r.by = make([][]int, len(r.classes))
	for i, p := range r.patterns {
		r.by[p.steps[0].class] = append(r.by[p.steps[0].class], i)
	}
	return r, nil
}

type compiler struct {
	*rules

	lists   map[string][]string
	section string
	pending []pattern
}

func (c *compiler) line(line string) error {
	line, _, _ = strings.Cut(line, "#")
	line = strings.TrimSpace(line)
	switch {
	case line == "":
	case line[0] == '[':
		c.section = strings.Trim(line, "[]")
	case line[0] == '@' && strings.Contains(line, " = "):
		name, list, _ := strings.Cut(line, " = ")
		for p := range strings.SplitSeq(list, ";") {
			if p = strings.TrimSpace(p); p != "" {
				c.lists[name] = append(c.lists[name], p)
			}
		}
	default:
		p := pattern{section: c.section, text: line}
		if name, weak := strings.CutPrefix(c.section, weakSection+" "); weak {
			p.section, p.weak, p.kinds = weakSection, name, Finding(0).with(Threat)
		} else if c.section != calmSection && c.section != unrealSection && c.section != wholeSection {
			for name := range strings.FieldsSeq(c.section) {
				k := slices.Index(kindNames[:], name)
				if k < 0 {
					return fmt.Errorf("unknown section %q", c.section)
				}
				p.kinds = p.kinds.with(Kind(k))
			}
		}
		c.pending = append(c.pending, p)
	}
	return nil
}

// pattern compiles a pattern, or a pair.
func (c *compiler) pattern(p pattern) (err error) {
	text, alone := strings.CutPrefix(p.text, "^")
	p.alone = alone
	one, other, pair := strings.Cut(text, " & ")
	if p.steps, err = c.steps(one); err != nil {
		return err
	}
	if pair {
		if p.and, err = c.steps(other); err != nil {
			return err
		}
	}
	p.other = len(c.patterns) + 1
	c.patterns = append(c.patterns, p)
	if pair { // found from either end
		p.steps, p.and, p.other = p.and, p.steps, p.other-1
		c.patterns = append(c.patterns, p)
	}
	return nil
}

func (c *compiler) steps(text string) (all []step, err error) {
	gap := 0
	for field := range strings.FieldsSeq(text) {
		s := step{gap: gap}
		if n, isGap := strings.CutPrefix(field, "~"); isGap {
			if gap, err = strconv.Atoi(n); err != nil {
				return nil, err
			}
			continue
		}
		gap = 0
		field, s.optional = strings.CutSuffix(field, "?")
		field, s.behind = strings.CutPrefix(field, "<!")
		if !s.behind {
			field, s.never = strings.CutPrefix(field, "!")
		}
		if s.class, err = c.class(field); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	if len(all) == 0 || all[0].optional || all[0].never {
		return nil, fmt.Errorf("a pattern begins with what must stand there")
	}
	// What may not stand before is checked once the first word is found.
	if all[0].behind {
		all[0], all[1] = all[1], all[0]
	}
	return all, nil
}

// class is the number of a named class, or of the class of words written in a pattern.
func (c *compiler) class(name string) (classID, error) {
	if id, known := c.classes[name]; known {
		return id, nil
	}
	list := []string{name}
	switch {
	case strings.Contains(name, "/") && strings.Contains(name, "@"):
		list = strings.Split(name, "/")
	case name[0] == '@':
		if list = c.lists[name]; len(list) == 0 && !slices.Contains(computed, name) {
			return 0, fmt.Errorf("unknown class %s", name)
		}
	}
	id := classID(len(c.classes))
	c.classes[name] = id
	c.names = append(c.names, name)
	for _, phrase := range list {
		if err := c.phrase(&c.root, strings.Fields(strings.ReplaceAll(phrase, markedOnly, " "+markedOnly)), id, 0); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// phrase puts a phrase with its variants into the tree.
func (c *compiler) phrase(at *node, words []string, id classID, depth int) error {
	if depth > longestPhrase {
		return fmt.Errorf("phrase too long")
	}
	if len(words) == 0 {
		if !slices.Contains(at.classes, id) {
			at.classes = append(at.classes, id)
		}
		return nil
	}
	word := words[0]
	if word == markedOnly {
		at.marked = append(at.marked, id)
		return nil
	}
	if inner, ok := strings.CutPrefix(word, "("); ok {
		if err := c.phrase(at, words[1:], id, depth); err != nil {
			return err
		}
		word = strings.TrimSuffix(inner, ")")
	}
	if word[0] == '@' {
		list, known := c.lists[word]
		if !known {
			return fmt.Errorf("unknown class %s", word)
		}
		for _, p := range list {
			if err := c.phrase(at, append(strings.Fields(strings.ReplaceAll(p, markedOnly, " "+markedOnly)), words[1:]...), id, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	for alternative := range strings.SplitSeq(word, "/") {
		to := at
		for _, s := range viet.Syllables(strings.ReplaceAll(alternative, "_", " ")) {
			w := c.words.add(s)
			if to.next == nil {
				to.next = map[wordID]*node{}
			}
			if to.next[w] == nil {
				to.next[w] = &node{}
			}
			to = to.next[w]
		}
		if err := c.phrase(to, words[1:], id, depth); err != nil {
			return err
		}
	}
	return nil
}

const (
	longestPhrase = 6 // classes inside of each other
	markedOnly    = "*"
)
