// Package danger recognises in the words of a person that somebody is in danger: held,
// forced, sold, beaten, threatened, ill, under age where nobody under age may be, or tired of
// living. It reads Vietnamese with and without marks, the abbreviations of young people, and
// English.
//
// Two readers look at a text. A rule describes a kind of danger by the classes of words it is
// told in (rules/*.txt), with negation and distance; no rule looks for a part of a word. What
// sounds like danger and is none (bị đánh giá, nhốt gà) is a rule, too. The second reader
// weighs the words by what it learned from phrases of people (phrases/*.txt): it hears what no
// rule describes. A missed call for help costs more than a false alarm: in doubt danger is
// recognised.
//
// Invariants, held by tests: the result depends neither on case, normal form, invisible
// characters nor pictures between sentences; an ordinary sentence beside danger does not
// silence it; the time is linear in the length of the text; the same phrases give the same
// weights. Not promised: that every call for help is recognised (README.md in testdata says how
// many are); people still read every message.
package danger

import "time"

// Kind is a kind of danger.
type Kind uint8

// The kinds.
const (
	Appeal      Kind = iota // somebody calls for help
	Violence                // beaten, raped, attacked
	Confinement             // held, locked up, forced
	Trafficking             // sold, lured away, papers or debts that hold a person
	Minor                   // under 18 where nobody under 18 may be, or the one who is in danger
	SelfHarm
	Threat  // threatened, blackmailed, pursued
	Medical // a life is in danger by an overdose, a wound, an illness
	Missing // somebody is gone, or cannot be reached
	kinds
)

var kindNames = [kinds]string{"appeal", "violence", "confinement", "trafficking", "minor", "selfharm", "threat", "medical", "missing"}

// String is the name of the kind in the rules.
func (k Kind) String() string { return kindNames[k] }

// Finding is what was recognised; its zero value is nothing.
type Finding uint16

// Any reports whether there is any danger.
func (f Finding) Any() bool { return f != 0 }

// Has reports whether there is danger of a kind.
func (f Finding) Has(k Kind) bool { return f&(1<<k) != 0 }

func (f Finding) with(k Kind) Finding { return f | 1<<k }

// Recognise returns the kinds of danger in a text. The year of today tells who is under 18
// by a year of birth.
func Recognise(text string, today time.Time) Finding {
	return theRules().recognise(text, today.Year(), theWeights())
}

// Prepare reads the rules and learns the weights, which takes some tenths of a second and
// otherwise happens at the first text.
func Prepare() { theWeights() }
