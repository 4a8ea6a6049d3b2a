package staffcmds

import (
	"strconv"

	"tinbao/cases"
)

// mute puts reports of the sender of a report apart for some days: they are received
// and counted, and nobody is disturbed by them. Urgent ones and requests for help are
// not touched. It is done by the case, so that nobody learns who it is.
func mute() Command {
	var days []string
	for _, d := range cases.MuteDays {
		days = append(days, strconv.Itoa(d))
	}
	return step{
		name: "tamchan", aliases: []string{"mute"}, verb: cases.Mute, label: "mute.", choose: days, confirm: true,
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
		change: func(c *cases.Change, choice string) { c.Days, _ = strconv.Atoi(choice) },
	}.command()
}
