package cases

import (
	"maps"
	"slices"
	"time"
)

// AnswerType is what answers a question of a register.
type AnswerType string

// The types of answers. An answer is kept as text: a day as 2026-03-12, a choice by its
// name, numbers and VND in digits, yes or no, words as they were written.
const (
	DayAnswer    AnswerType = "day"
	ChoiceAnswer AnswerType = "choice"
	CountAnswer  AnswerType = "count"
	MoneyAnswer  AnswerType = "money"
	YesNoAnswer  AnswerType = "yesno"
	WordsAnswer  AnswerType = "words"
)

// The answers to a YesNoAnswer.
const (
	SaidYes = "yes"
	SaidNo  = "no"
)

// Skipped stands for the answer to an optional question that was passed over.
const Skipped = "-"

// Limits of answers.
const (
	MostCounted   = 1_000_000
	MostMoney     = 1_000_000_000_000 // VND
	LeastMoney    = 1_000             // VND, but for 0: the smallest note; less is a slip
	RegisterWords = 500               // characters
	RemarkWords   = 1500              // characters
)

// RegisterQuestion is one question of a register.
type RegisterQuestion struct {
	Key      string
	Type     AnswerType
	Choices  []string
	Optional bool
	Usual    []string // answers offered as buttons; a number can be typed all the same
	Kinds    []string // asked only when the choice "kind" is one of these; nil = always
	Least    int64    // of a count
	Most     int      // characters of words
	Since    Day      // the earliest day
	Hint     bool     // a text of its own helps with the answer
}

// Counting is one way in which an entry counts into a field of the report. Names of
// choices in braces are filled in: "B.sessions.{form}".
type Counting struct {
	Field FieldKey
	Of    string // question
	How   CountingWay
}

// CountingWay is how the answers of several entries become one value.
type CountingWay string

// The ways. A sum, any and the texts are of entries of the period; a state is the one
// told last, be it before the period.
const (
	InSum   CountingWay = "sum"
	AnyYes  CountingWay = "any"
	AsState CountingWay = "state"
	AsText  CountingWay = "text"
	AsSpots CountingWay = "spots" // hot spots, from the days of their entries
)

// Register is one of the short forms that staff fill. The first day asked for is the day
// of the event, and what an entry counts by (domain.md 10).
type Register struct {
	Key       string
	Group     string // letter of the report
	Fill      []Role // give and correct entries
	Read      []Role // beside those, read entries; totals are for SeeFigures
	Questions []RegisterQuestion
	Counts    []Counting
}

// EventDay is the question for the day an entry counts by.
const EventDay = "day"

// SpotCleared is the question for the day a hot spot was cleared, or an area no longer
// watched.
const SpotCleared = "cleared"

// The kinds of places in the register of hot spots.
const (
	HotSpot     = "hotspot" // điểm phức tạp
	WatchedSpot = "watched" // địa bàn theo dõi
)

// Days before 2025 are of no report; a hot spot may be known for longer.
var (
	eventsSince = Day{FirstYear - 1, time.January, 1}
	spotsSince  = Day{2015, time.January, 1}
)

func askEventDay() RegisterQuestion {
	return RegisterQuestion{Key: EventDay, Type: DayAnswer, Since: eventsSince}
}

func askChoice(key string, choices ...string) RegisterQuestion {
	return RegisterQuestion{Key: key, Type: ChoiceAnswer, Choices: choices}
}

func askCount(key string, usual ...string) RegisterQuestion {
	return RegisterQuestion{Key: key, Type: CountAnswer, Usual: usual}
}

func askNote(key string) RegisterQuestion {
	return RegisterQuestion{Key: key, Type: WordsAnswer, Optional: true, Most: RegisterWords}
}

// optional, some (one at least), hinted and of change a question of the table.
func (q RegisterQuestion) optional() RegisterQuestion { q.Optional = true; return q }

func (q RegisterQuestion) some() RegisterQuestion { q.Least = 1; return q }

func (q RegisterQuestion) hinted() RegisterQuestion { q.Hint = true; return q }

func (q RegisterQuestion) of(kinds ...string) RegisterQuestion { q.Kinds = kinds; return q }

// sumsOf counts each question into a field of its own name.
func sumsOf(prefix string, keys ...string) (list []Counting) {
	for _, k := range keys {
		list = append(list, Counting{FieldKey(prefix + k), k, InSum})
	}
	return list
}

// Who gives what (domain.md 9.4, 10). The figures of groups F and G are the police's
// alone. The clerk puts the report together, so reads all and fills what else is missing.
var (
	byOffice        = []Role{Officer, Clerk}
	byPolice        = []Role{Police}
	byHealth        = []Role{Health, Clerk}
	byUnits         = []Role{Officer, Police, Health, Clerk}
	registerReaders = []Role{Leader, Clerk}
)

// Registers are the forms in the order of RegisterForms.
var Registers = []Register{
	{
		Key: "documents", Group: "A", Fill: byOffice, Read: registerReaders,
		Questions: []RegisterQuestion{askEventDay(), askChoice("kind", "plan", "letter", "decision", "report", "other"), askCount("documents", "1").some(), askNote("title")},
		Counts:    sumsOf("A.", "documents"),
	},
	{
		Key: "meetings", Group: "A", Fill: byOffice, Read: registerReaders,
		Questions: []RegisterQuestion{askEventDay(), askCount("meetings", "1").some(), askNote("title")},
		Counts:    sumsOf("A.", "meetings"),
	},
	{
		Key: "taskforce", Group: "A", Fill: byOffice, Read: registerReaders,
		Questions: []RegisterQuestion{askEventDay(), {Key: "taskforce", Type: YesNoAnswer}, askNote("title")},
		Counts:    []Counting{{"A.taskforce", "taskforce", AsState}},
	},
	{
		Key: "communication", Group: "B", Fill: byOffice, Read: registerReaders,
		Questions: []RegisterQuestion{
			askEventDay(), askChoice("form", CommunicationForms...), askChoice("audience", Audiences...).optional(), askCount("sessions", "1").some(),
			askCount("attendance", "0").optional(), askCount("leaflets", "0").optional(),
			{Key: "regular", Type: YesNoAnswer, Optional: true, Hint: true},
			askNote("topic"),
		},
		Counts: []Counting{
			{"B.sessions", "sessions", InSum},
			{"B.sessions.{form}", "sessions", InSum},
			{"B.attendance", "attendance", InSum},
			{"B.attendance.{audience}", "attendance", InSum},
			{"B.leaflets", "leaflets", InSum},
			{"B.regular", "regular", AnyYes},
		},
	},
	{
		// How many staff there are is a state. Who was taught is counted once a year, in
		// the entry of the first time, so that the sum of a year is of distinct people.
		Key: "training", Group: "C", Fill: byOffice, Read: registerReaders,
		Questions: []RegisterQuestion{askEventDay(), askCount("staff").optional(), askCount("updated", "0").optional().hinted(), askCount("city", "0").optional().hinted(), askNote("topic")},
		Counts:    append([]Counting{{"C.staff", "staff", AsState}}, sumsOf("C.", "updated", "city")...),
	},
	{
		Key: "results", Group: "F", Fill: byPolice, Read: registerReaders,
		Questions: []RegisterQuestion{
			askEventDay(), askChoice("kind", "administrative", "licence", "penal"),
			askCount("administrative", "1").of("administrative"),
			askCount("buying", "0", "1").of("administrative"), askCount("selling", "0", "1").of("administrative"), askCount("other", "0", "1").of("administrative"),
			askCount("decisions", "0", "1").of("administrative"),
			RegisterQuestion{Key: "fines", Type: MoneyAnswer, Usual: []string{"0"}}.of("administrative"),
			askCount("licences", "1").of("licence").some(),
			askCount("transferred", "0", "1").of("penal"), askCount("prosecuted", "0", "1").of("penal"), askCount("accused", "0", "1").of("penal"),
			askCount("minors", "0").of("administrative", "penal"), askCount("trafficking", "0").of("administrative", "penal"),
			askNote("note").hinted(),
		},
		Counts: append(append([]Counting{{"F.persons", "buying", InSum}, {"F.persons", "selling", InSum}, {"F.persons", "other", InSum}},
			sumsOf("F.persons.", "buying", "selling", "other")...),
			sumsOf("F.", "administrative", "decisions", "fines", "licences", "transferred", "prosecuted", "accused", "minors", "trafficking")...),
	},
	{
		Key: "hotspots", Group: "G", Fill: byPolice, Read: registerReaders,
		Questions: []RegisterQuestion{
			askChoice("kind", HotSpot, WatchedSpot),
			{Key: "place", Type: WordsAnswer, Most: RegisterWords, Hint: true},
			{Key: EventDay, Type: DayAnswer, Since: spotsSince},
			{Key: SpotCleared, Type: DayAnswer, Optional: true, Since: spotsSince, Hint: true},
			askNote("note"),
		},
		Counts: []Counting{{"G.start", "kind", AsSpots}, {"G.new", "kind", AsSpots}, {"G.cleared", "kind", AsSpots}, {"G.left", "kind", AsSpots}, {"G.watched", "kind", AsSpots}},
	},
	{
		Key: "harm", Group: "H", Fill: byHealth, Read: registerReaders,
		Questions: []RegisterQuestion{askEventDay(), askCount("reached", "0"), askCount("items", "0"), askNote("note")},
		Counts:    sumsOf("H.", "reached", "items"),
	},
	{
		// What is planned counts by the day it was granted.
		Key: "budget", Group: "I", Fill: byOffice, Read: registerReaders,
		Questions: []RegisterQuestion{askEventDay(), askChoice("kind", "planned", "spent"), askChoice("source", BudgetSources...), {Key: "amount", Type: MoneyAnswer}, askNote("note")},
		Counts:    []Counting{{"I.{kind}.{source}", "amount", InSum}},
	},
	{
		Key: "remarks", Group: "K", Fill: byUnits, Read: registerReaders,
		Questions: []RegisterQuestion{askEventDay(), askChoice("kind", "difficulties", "proposals", "plans", "rewards"), {Key: "words", Type: WordsAnswer, Most: RemarkWords, Hint: true}},
		Counts:    []Counting{{"K.{kind}", "words", AsText}},
	},
}

// RegisterOf finds a register by its name; NotFound for any other word.
func RegisterOf(key string) (Register, error) {
	i := slices.IndexFunc(Registers, func(r Register) bool { return r.Key == key })
	if i < 0 {
		return Register{}, Fail(NotFound, "")
	}
	return Registers[i], nil
}

// FilledBy reports whether a role gives and corrects entries of the register.
func (r Register) FilledBy(role Role) bool {
	return role.May(FillRegisters) && slices.Contains(r.Fill, role)
}

// ReadBy reports whether a role reads entries of the register. Totals are another matter:
// they are for whoever has SeeFigures.
func (r Register) ReadBy(role Role) bool { return r.FilledBy(role) || slices.Contains(r.Read, role) }

// Answers are what was said to the questions of a register, by key.
type Answers map[string]string

// said gives an answer; false when there is none.
func (a Answers) said(key string) (string, bool) {
	s, ok := a[key]
	return s, ok && s != Skipped
}

// Asked are the questions that go with the answers so far, in their order.
func (r Register) Asked(a Answers) []RegisterQuestion {
	return slices.DeleteFunc(slices.Clone(r.Questions), func(q RegisterQuestion) bool { return q.Kinds != nil && !slices.Contains(q.Kinds, a["kind"]) })
}

// Question finds a question that goes with the answers.
func (r Register) Question(key string, a Answers) (RegisterQuestion, bool) {
	asked := r.Asked(a)
	i := slices.IndexFunc(asked, func(q RegisterQuestion) bool { return q.Key == key })
	if i < 0 {
		return RegisterQuestion{}, false
	}
	return asked[i], true
}

// Next is the first question without an answer; false when all have one.
func (r Register) Next(a Answers) (RegisterQuestion, bool) {
	for _, q := range r.Asked(a) {
		if a[q.Key] == "" {
			return q, true
		}
	}
	return RegisterQuestion{}, false
}

// Complete gives the answers as they are kept: those to questions that were asked and not
// passed over. Invalid when one is missing, when they contradict each other, or when the
// entry counts for nothing.
func (r Register) Complete(a Answers) (Answers, error) {
	if _, missing := r.Next(a); missing {
		return nil, Fail(Invalid, "registers.missing")
	}
	kept := Answers{}
	for _, q := range r.Asked(a) {
		if said, ok := a.said(q.Key); ok {
			kept[q.Key] = said
		}
	}
	opened, cleared := dayIn(kept[EventDay]), dayIn(kept[SpotCleared])
	staff, updated := numberIn(kept["staff"]), numberIn(kept["updated"])
	_, total := kept["staff"]
	switch {
	case kept[SpotCleared] != "" && cleared.Start().Before(opened.Start()):
		return nil, Fail(Invalid, "registers.order")
	case total && updated > staff:
		return nil, Fail(Invalid, "registers.toomany")
	case !slices.ContainsFunc(r.Counts, func(c Counting) bool { _, ok := kept[c.Of]; return ok }):
		return nil, Fail(Invalid, "registers.nothing")
	}
	return kept, nil
}

// RegisterEntry is an entry of a register as one of its versions has it.
type RegisterEntry struct {
	ID      int // in the ward, from 1; 0 = not kept yet
	Version int // grows by one with each change; 0 = not kept yet
	Form    string
	Answers Answers
	Void    bool   // it counts no more
	Reason  string // why
	At      time.Time
	By      string // name of who wrote this version
}

// Day is the day the entry counts by.
func (e RegisterEntry) Day() Day { return dayIn(e.Answers[EventDay]) }

// Words are the answers in words and the rest, for what keeps them apart.
func (e RegisterEntry) Words() (words, rest Answers) {
	words, rest = Answers{}, maps.Clone(e.Answers)
	r, err := RegisterOf(e.Form)
	if err != nil {
		return words, rest
	}
	for _, q := range r.Questions {
		if said, ok := e.Answers[q.Key]; ok && q.Type == WordsAnswer {
			words[q.Key] = said
			delete(rest, q.Key)
		}
	}
	return words, rest
}
