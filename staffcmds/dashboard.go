package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// dashboard gives the address that opens the ward's figures on a computer, once. The
// message is protected: whoever has the address gets in first.
func dashboard() Command {
	return Command{
		Name: "bangdieukhien", Aliases: []string{"dashboard"}, Help: "cmd.bangdieukhien", Rights: []cases.Right{cases.SeeFigures},
		Run: func(ctx context.Context, st Store, r *bot.Request, _ []string) error {
			link, until, err := st.DashboardLink(ctx)
			if err != nil {
				return err
			}
			if link == "" {
				r.Say(bot.T("dashboard.none"))
				return nil
			}
			r.Reply(bot.Reply{
				Lines: []bot.Text{bot.T("dashboard.link", "until", until, "link", link)}, Protect: true,
				Buttons: [][]bot.Button{{{Label: bot.T("dashboard.open"), URL: link}}},
			})
			return nil
		},
	}
}
