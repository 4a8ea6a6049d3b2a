package staffcmds

import (
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// helpList lists the commands of the role, in the words of the language.
func helpList(others []Command) Command {
	help := Command{Name: "help", Aliases: []string{"trogiup", "start"}, Help: "cmd.help", Rights: everyone, Listed: true}
	all := slices.Concat(others, []Command{help})
	help.Run = func(_ context.Context, _ Store, r *bot.Request, _ []string) error {
		r.Reply(bot.Reply{Lines: helpLinesFor(*r.Staff, r.Lang, all), Menu: MenuOf(r.Staff.Role)})
		return nil
	}
	return help
}

func helpLinesFor(s cases.Staff, lang string, commands []Command) []bot.Text {
	lines := []bot.Text{bot.T("help.head", "role", bot.T("role."+string(s.Role)))}
	for _, c := range commands {
		if c.May(&s) {
			lines = append(lines, helpLine(c, lang))
		}
	}
	return append(lines, bot.T("help.foot"))
}

// helpLine is a command in a line: what to type, and what it does.
func helpLine(c Command, lang string) bot.Text {
	name := c.Name
	if lang == "en" && len(c.Aliases) > 0 && name != "help" {
		name = c.Aliases[0]
	}
	var usage any = ""
	if c.Args != "" {
		usage = bot.T("help.usage", "usage", bot.T(c.Args))
	}
	return bot.T("help.line", "name", name, "usage", usage, "help", bot.T(c.Help))
}
