package staffcmds

import (
	"context"
	"slices"

	"tinbao/bot"
)

// language chooses the language of the bot for one person.
func language() Command {
	return Command{
		Name: "ngonngu", Aliases: []string{"language"}, Help: "cmd.ngonngu", Args: "usage.language", Rights: everyone, Listed: true,
		Run: func(_ context.Context, st Store, r *bot.Request, args []string) error {
			if len(args) == 1 && slices.Contains(languages, args[0]) {
				st.SetLang(args[0])
				r.Lang = args[0]
				r.Reply(bot.Reply{Lines: []bot.Text{bot.T("language.set")}, Menu: MenuOf(r.Staff.Role)})
				return nil
			}
			var row []bot.Button
			for _, lang := range languages {
				row = append(row, bot.Button{Label: bot.T("language." + lang), Do: bot.Action("ngonngu", lang)})
			}
			r.Reply(bot.Reply{Lines: []bot.Text{bot.T("language.ask")}, Buttons: [][]bot.Button{row}, Edit: r.Bubble()})
			return nil
		},
	}
}
