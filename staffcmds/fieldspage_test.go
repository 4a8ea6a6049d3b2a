package staffcmds_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tinbao/cases"
	"tinbao/locale"
)

const fieldsPage = "../docs/fields.md"

// computedFrom says which figure gives a computed field. Keys that end in a dot stand for
// all fields that begin so; a field without words fails the test.
var computedFrom = map[string]string{
	"D.received": "`Tally.Received`, by date of receipt", "D.received.": "`Tally.Received` by kind", "D.received.unnamed": "`Tally.Received` without a kind",
	"D.verified": "`Tally.Verified`", "D.classified": "`Tally.Classified`", "D.forwarded": "`Tally.Forwarded`", "D.handled": "`Tally.Handled`", "D.late": "`Tally.Late`",
	"D.open": "`Tally.Open`", "D.outofscope": "`Tally.OutOfScope`", "D.duplicates": "`Tally.Duplicates`", "D.invalid": "`Tally.Invalid`", "D.withdrawn": "`Tally.Withdrawn`",
	"D.ratio.":   "`Tally.Ratios`: what is within competence is the denominator",
	"E.register": "`Coverage.Register`, at the end of the period", "E.closed": "`Coverage.Closed`", "E.security": "`Coverage.Security`", "E.vulnerable": "`Coverage.Vulnerable`",
	"E.reviewed": "`Coverage.Reviewed`", "E.visits": "`Coverage.Visits`, by date of the inspection", "E.inspected": "`Coverage.Inspected`", "E.coverage": "`Coverage.Ratio`",
	"E.commitments": "`Coverage.Commitment`", "E.violations": "`Coverage.Violations`",
	"H.requests": "`HelpStatistics.Received`", "H.service.": "`HelpStatistics.ByService`", "H.referrals.": "`HelpStatistics.Referrals`", "H.outcome.": "`HelpStatistics.Outcomes`",
	"H.under18": "`HelpStatistics.Under18`", "H.waiting": "`HelpStatistics.Waiting`",
}

// addsUp says how the answers of several entries become one value.
var addsUp = map[cases.CountingWay]string{
	cases.InSum: "sum over the days of the events", cases.AnyYes: "yes if one entry of the period says so", cases.AsState: "the last one told up to the end of the period",
	cases.AsText: "one below the other, by day", cases.AsSpots: "from the days on which places began and were cleared",
}

func figureOf(key cases.FieldKey) string {
	if words := computedFrom[string(key)]; words != "" {
		return words
	}
	for i := len(key) - 1; i > 0; i-- {
		if words := computedFrom[string(key[:i])]; key[i-1] == '.' && words != "" {
			return words
		}
	}
	return ""
}

// fields writes the page of where every field of the report comes from, from the tables
// the program runs by.
func fields() string {
	label := func(key string) string {
		return locale.Catalogue{}.Format("vi", key, nil, func(any) (string, bool) { return "", false })
	}
	var b strings.Builder
	b.WriteString("# Where every field of the report comes from\n\nThis page is written from `cases.Fields`, `cases.Registers` and the texts; a test fails when it is\nold. `go test ./staffcmds -run TestFieldsPage -update` writes it anew.\n\nComputed fields (⚙️) come from what the bot has in its cases and its register of establishments.\nTyped fields (✍️) come from the registers of `/so`, which the named roles fill; a number nobody gave\nis printed as 0. Each field has three columns: the period, the same period a year earlier, and\nall since 01/01/2026.\n")
	group := ""
	for _, f := range cases.Fields {
		if g := f.Key.Group(); g != group {
			group = g
			b.WriteString("\n## " + label("group."+g) + "\n\n| field | name | type | | who fills it | source |\n| --- | --- | --- | :-: | --- | --- |\n")
		}
		who, source := "–", figureOf(f.Key)
		if r, ways, typed := cases.SourceOf(f.Key); typed {
			who, source = strings.Join(cases.Strings(r.Fill), ", "), registerSource(r, ways, f, label)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", f.Key, label("field."+string(f.Key)), label("fieldtype."+string(f.Type)), label("origin.mark."+string(f.Origin)), who, source)
	}
	return b.String()
}

// choiceIn is the question whose choice is part of the key of a field.
var choiceIn = regexp.MustCompile(`\{(\w+)\}`)

// registerSource names the questions that give a field, the choices it is for, and how
// it adds up.
func registerSource(r cases.Register, ways []cases.Counting, f cases.Field, label func(string) string) string {
	name := "register." + r.Key
	var questions, only []string
	for _, c := range ways {
		questions = append(questions, label(name+"."+c.Of))
	}
	for _, m := range choiceIn.FindAllStringSubmatch(string(ways[0].Field), -1) {
		q, _ := r.Question(m[1], nil)
		for _, choice := range q.Choices {
			if slices.Contains(strings.Split(string(f.Key), "."), choice) {
				only = append(only, label(name+"."+q.Key)+" = "+label(name+"."+q.Key+"."+choice))
			}
		}
	}
	how := addsUp[ways[0].How]
	switch {
	case f.Type == cases.RatioField:
		how = "of those taught in the last year of the period, over all"
	case f.Type == cases.YesNoField && ways[0].How == cases.AsState:
		how += ", with its day"
	}
	where := ""
	if only != nil {
		where = " (" + strings.Join(only, ", ") + ")"
	}
	return "`/so` " + label(name) + ": " + strings.Join(questions, " + ") + where + " – " + how
}

// The page of fields is what the program does, and every field comes from somewhere.
func TestFieldsPage(t *testing.T) {
	t.Parallel()
	for _, f := range cases.Fields {
		_, ways, typed := cases.SourceOf(f.Key)
		if typed != (f.Origin == cases.Typed) || typed && addsUp[ways[0].How] == "" || !typed && figureOf(f.Key) == "" {
			t.Errorf("nobody says where %s comes from", f.Key)
		}
	}
	want := fields()
	if *update {
		if err := os.WriteFile(fieldsPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(fieldsPage)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(have), want); diff != "" {
		t.Errorf("docs/fields.md is old (-update writes it):\n%s", diff)
	}
	if n := strings.Count(want, "\n| `"); n != len(cases.Fields) {
		t.Error(n, "rows")
	}
}
