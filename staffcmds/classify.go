package staffcmds

import "tinbao/cases"

// classify sets the official kind (plan 5.2, third step). The culture office
// proposes; a criminal kind is confirmed by the police with the same command.
func classify() Command {
	var values []string
	for _, k := range cases.Kinds {
		values = append(values, string(k))
	}
	return step{
		name: "phanloai", aliases: []string{"classify"}, verb: cases.Classify, label: "kind.", choose: values,
		rights: []cases.Right{cases.WorkReports, cases.PoliceReports}, streams: []cases.Stream{cases.ReportStream},
		change: func(c *cases.Change, choice string) { c.Kind = cases.Kind(choice) },
	}.command()
}
