package staffcmds

import (
	"context"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Sizes of the messages of a full text, in units; a piece and the words around
// it must fit into one message.
const (
	fullPiece   = 3400
	fullMessage = 3800
	aroundWords = 150
)

// full sends every word of a case, in as many messages as it needs.
func full() Command {
	return Command{
		Name: "toanvan", Aliases: []string{"full"}, Help: "cmd.toanvan", Args: "usage.case", Rights: seeing,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			c, _, err := opened(ctx, st, r, args)
			if err != nil {
				return err
			}
			if !r.Staff.Role.May(cases.WorkRight(c.Number.Stream)) {
				c.Word = ""
			}
			r.Reply(fullReplies(c)...)
			return nil
		},
	}
}

// words are what a person wrote in one field, with the text that introduces it.
type words struct {
	key   string
	value string
}

// wordsOf are the fields of a case in a person's own words.
func wordsOf(c cases.Case) []words {
	var all []words
	add := func(key, value string) {
		if value != "" {
			all = append(all, words{key, value})
		}
	}
	if c.Report != nil {
		for _, p := range c.Report.Words() {
			add("review."+p.Key, p.Text)
		}
	}
	if c.Help != nil {
		for _, p := range c.Help.Words() {
			add("review."+p.Key, p.Text)
		}
	}
	add("card.word", c.Word)
	return all
}

// fullReplies packs all words of a case into messages.
func fullReplies(c cases.Case) []bot.Reply {
	p := packer{room: fullMessage}
	p.add(bot.T("full.head", "number", c.Number.String()), aroundWords)
	for _, w := range wordsOf(c) {
		p.pieces(w.value, func(first string) bot.Text { return bot.T(w.key, "value", first) })
	}
	for _, t := range c.Talks {
		p.pieces(t.Text, func(first string) bot.Text { return talkLine(t, first) })
	}
	return p.replies
}

// packer fills messages with lines.
type packer struct {
	replies []bot.Reply
	room    int
	used    int
}

func (p *packer) add(line bot.Text, size int) {
	if len(p.replies) == 0 || p.used+size > p.room {
		p.replies, p.used = append(p.replies, bot.Reply{Protect: true}), 0
	}
	last := &p.replies[len(p.replies)-1]
	last.Lines = append(last.Lines, line)
	p.used += size
}

// pieces adds words that may be longer than a message; only the first piece is
// introduced.
func (p *packer) pieces(s string, introduce func(first string) bot.Text) {
	for i, piece := range chunks(marked(s), fullPiece) {
		line := bot.Words(furtherLine + strings.TrimPrefix(piece, furtherLine))
		if i == 0 {
			line = introduce(piece)
		}
		p.add(line, units(piece)+aroundWords)
	}
}
