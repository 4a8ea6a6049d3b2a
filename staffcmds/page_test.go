package staffcmds_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tinbao/cases"
	"tinbao/locale"
	"tinbao/staffcmds"
)

var update = flag.Bool("update", false, "write docs/rights.md and docs/fields.md")

const rightsPage = "../docs/rights.md"

// rightMeans says what a right is for; a right without words fails the test.
var rightMeans = map[cases.Right]string{
	cases.ReadReports:        "see queue and cards of reports",
	cases.WorkReports:        "take, verify, propose a kind, forward, answer, close reports",
	cases.PoliceReports:      "see and handle reports that were handed over, confirm criminal kinds",
	cases.SecondReports:      "agree, as the second person, that an ended report is opened again",
	cases.KeptReports:        "deal with reports that accuse the office, which its accounts do not see",
	cases.AssignReports:      "give reports to colleagues; how much each has in hand, how content people are",
	cases.ReadHelp:           "see queue and cards of requests for help",
	cases.WorkHelp:           "take, contact, assess, refer, close requests for help",
	cases.SecondHelp:         "agree, as the second person, that an ended request is opened again",
	cases.SeeFigures:         "figures, without content",
	cases.SeeLog:             "who did what to reports, views included; anchors of the history",
	cases.EditPages:          "write, publish and send pages of information for residents",
	cases.SetClocks:          "say what the limits and the days off are",
	cases.FillReports:        "hand in the own unit's part of periodic reports",
	cases.CompileReports:     "open, merge, issue and correct periodic reports; templates",
	cases.ApproveReports:     "approve periodic reports, say what their periods and due days are",
	cases.ManageStaff:        "invite, lock, reset the PIN of accounts; no case",
	cases.FillRegisters:      "write down what the periodic report counts: each register its own roles",
	cases.KeepEstablishments: "write the register of establishments and inspections; import files, link reports one may work on",
	cases.SeeEstablishments:  "read the register of establishments, owners included, and inspections",
	cases.EditLists:          "edit types, classes of risk and questions of inspections",
}

// rights writes the page of who may do what, from the tables the program runs by.
func rights() string {
	var b strings.Builder
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	b.WriteString("# Who may do what\n\nThis page is written from `cases.RightsTable` and the list of commands; a test fails when it is\nold. `go test ./staffcmds -run TestRightsPage -update` writes it anew.\n\n## Rights of roles\n\n")
	head, rule := []string{"right", "what for"}, []string{"---", "---"}
	for _, role := range cases.Roles {
		head, rule = append(head, string(role)), append(rule, ":-:")
	}
	line(head)
	line(rule)
	for _, right := range cases.Rights {
		row := []string{"`" + string(right) + "`", rightMeans[right]}
		for _, role := range cases.Roles {
			row = append(row, mark(role.May(right)))
		}
		line(row)
	}
	b.WriteString("\n## Commands\n\nA command that a role may not use does not exist for it. Every button is one of these commands.\n\n")
	head[0], head[1] = "command", "in English"
	line(head)
	line(rule)
	for _, c := range staffcmds.Commands(link) {
		row := []string{"`/" + c.Name + "`", locale.Catalogue{}.Format("en", c.Help, nil, func(any) (string, bool) { return "", false })}
		for _, role := range cases.Roles {
			row = append(row, mark(role.MayAny(c.Rights...)))
		}
		line(row)
	}
	return b.String()
}

func mark(may bool) string {
	if may {
		return "●"
	}
	return ""
}

// The page of rights is what the program does.
func TestRightsPage(t *testing.T) {
	t.Parallel()
	for _, right := range cases.Rights {
		if rightMeans[right] == "" {
			t.Errorf("%s is not explained", right)
		}
	}
	want := rights()
	if *update {
		if err := os.WriteFile(rightsPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(rightsPage)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(have), want); diff != "" {
		t.Errorf("docs/rights.md is old (-update writes it):\n%s", diff)
	}
	if n := strings.Count(want, "\n| `"); n != len(cases.Rights)+len(staffcmds.Commands(link)) {
		t.Error(fmt.Sprint(n, " rows"))
	}
}
