package staffcmds

import "tinbao/cases"

// verify records the finding of the verification (plan 5.2, second step).
func verify() Command {
	return step{
		name: "xacminh", aliases: []string{"verify"}, verb: cases.Verify, label: "finding.", choose: cases.Strings(cases.Findings),
		rights: []cases.Right{cases.WorkReports, cases.KeptReports}, streams: []cases.Stream{cases.ReportStream},
		change: func(c *cases.Change, choice string) { c.Finding = cases.Finding(choice) },
	}.command()
}
