package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

const (
	sentencesOnPage = 8
	sentenceShown   = 330 // units
	wordsInRow      = 4
	wordShown       = 24 // units on a button
)

// What a button of /che does, by its first argument.
const (
	chePage     = "p" // page
	cheSentence = "s" // open a sentence: its number
	cheWord     = "w" // mark a word: sentence, word
	cheAll      = "a" // mark a whole sentence
	chePhoto    = "f" // show a photo under the grid: its number
	cheCell     = "c" // mark a cell: photo, cell
	cheNone     = "x" // mark nothing
	cheNotes    = "n" // show the notes of the office, of which one may be picked: its number
)

// redact lets the office choose what the police do not get of a report: words, and parts
// of photos, that could tell who wrote; and which of its own notes they do get. The
// original stays sealed. Nothing is covered before the last button is pressed.
func redact() Command {
	return Command{
		Name: "che", Aliases: []string{"redact"}, Help: "cmd.che", Args: "usage.case", Rights: []cases.Right{cases.WorkReports},
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, err := reportOf(st, r, args, cases.WorkReports)
			if err != nil {
				return err
			}
			if r.Press == nil || len(t.rest) == 0 { // from here on it is looked at
				if _, err := st.Reports().Open(ctx, *r.Staff, t.Number); err != nil {
					return err
				}
			}
			v, err := st.Reports().Covering(ctx, *r.Staff, t.Number)
			if err != nil {
				return err
			}
			if t.version != typed && t.version != v.Version {
				return step{}.stale(ctx, st, st.Reports(), r, t)
			}
			t.version = v.Version
			return (&coverer{Covering: v, t: t, r: r, st: st}).run(ctx)
		},
	}
}

// coverer is one press while somebody chooses what to cover.
type coverer struct {
	cases.Covering
	t  target
	r  *bot.Request
	st Store
}

// sentence is a stretch of a part that is shown as one line: words from up to, not at, to.
type sentence struct {
	part     cases.Part
	from, to int
}

func (v *coverer) sentences() (all []sentence) {
	for _, p := range v.Parts {
		for _, span := range cases.Sentences(p.Text) {
			all = append(all, sentence{p, span[0], span[1]})
		}
	}
	return all
}

// text is a sentence with what is marked covered.
func (v *coverer) text(s sentence) string {
	var b strings.Builder
	n := 0
	for _, p := range cases.Pieces(s.part.Text) {
		if p.Word {
			n++
		}
		if n > s.from && n <= s.to {
			b.WriteString(p.Text)
		}
	}
	var marked []int
	for _, m := range v.Marks.Words[s.part.Key] {
		if m >= s.from && m < s.to {
			marked = append(marked, m-s.from)
		}
	}
	return cases.Cover(b.String(), marked)
}

// numbers reads up to two numbers of a button; -1 = not there.
func numbers(args []string) (a, b int) {
	read := func(i int) int {
		if i < len(args) {
			if n, err := strconv.Atoi(args[i]); err == nil && n >= 0 {
				return n
			}
		}
		return -1
	}
	return read(0), read(1)
}

func (v *coverer) run(ctx context.Context) error {
	what := ""
	if v.r.Press != nil && len(v.t.rest) > 0 {
		what = v.t.rest[0]
		v.t.rest = v.t.rest[1:]
	}
	a, b := numbers(v.t.rest)
	all := v.sentences()
	switch {
	case what == yes:
		return v.cover(ctx)
	case what == cheNone:
		v.Marks = cases.Marks{}
		return v.saved(ctx, func() error { return v.overview(all, 1) })
	case (what == cheSentence || what == cheWord || what == cheAll) && a >= 0 && a < len(all):
		return v.words(ctx, what, all[a], a, b)
	case (what == chePhoto || what == cheCell) && a >= 0 && a < len(v.Files) && covers(v.Files[a]):
		return v.photo(ctx, what, a, b)
	case what == cheNotes:
		return v.notes(ctx, a, max(1, b))
	}
	return v.overview(all, max(1, a))
}

// saved keeps the marks and shows what they have become.
func (v *coverer) saved(ctx context.Context, then func() error) error {
	if err := v.st.Reports().Mark(ctx, *v.r.Staff, v.Number, v.Marks); err != nil {
		return err
	}
	return then()
}

func (v *coverer) do(args ...string) string { return bot.Action("che", v.t.args(args...)...) }

// covers reports whether parts of a file can be covered.
func covers(f cases.File) bool { return f.State == cases.FileStored && f.MIME == "image/jpeg" }

// overview shows every sentence as the police would get it, a page at a time.
func (v *coverer) overview(all []sentence, page int) error {
	part, page, pages := cut(all, page, sentencesOnPage)
	lines := []bot.Text{bot.T("cover.head", "number", v.Number.String())}
	if v.Suggested && len(v.Marks.Words) > 0 {
		lines = append(lines, bot.T("cover.suggested"))
	}
	if len(all) == 0 {
		lines = append(lines, bot.T("cover.nowords"))
	}
	var open []bot.Button
	for i, s := range part {
		n := (page-1)*sentencesOnPage + i
		lines = append(lines, v.line(s, n))
		open = append(open, bot.Button{Label: bot.T("cover.open", "n", n+1), Do: v.do(cheSentence, strconv.Itoa(n))})
	}
	rows := slices.Collect(slices.Chunk(open, wordsInRow))
	rows = append(rows, pager(page, pages, func(n int) string { return v.do(chePage, strconv.Itoa(n)) })...)
	var photos []bot.Button
	others := 0
	for i, f := range v.Files {
		if covers(f) {
			photos = append(photos, bot.Button{Label: bot.T("cover.photo", "n", i+1, "cells", len(v.Marks.Cells[f.ID])), Do: v.do(chePhoto, strconv.Itoa(i))})
		} else if f.State == cases.FileStored {
			others++
		}
	}
	rows = append(rows, slices.Collect(slices.Chunk(photos, 2))...)
	if len(v.Notes) > 0 {
		lines = append(lines, bot.T("cover.notes.stay", "n", len(v.Notes), "sent", v.sent()))
		rows = append(rows, []bot.Button{{Label: bot.T("cover.notes"), Do: v.do(cheNotes)}})
	}
	if others > 0 {
		lines = append(lines, bot.T("cover.others", "n", others))
	}
	rows = append(rows, []bot.Button{{Label: bot.T("cover.done"), Do: v.do(yes)}, {Label: bot.T("cover.none"), Do: v.do(cheNone)}}, []bot.Button{backToCard(v.Number)})
	v.r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: v.bubble(), Protect: true})
	return nil
}

// line is a sentence as the police would get it; those of the office are told apart.
func (v *coverer) line(s sentence, n int) bot.Text {
	key := "cover.line"
	if v.IsNote(s.part) {
		key = "cover.line.note"
	}
	return bot.T(key, "n", n+1, "text", clip(v.text(s), sentenceShown))
}

// sent counts the notes that go to the police.
func (v *coverer) sent() (n int) {
	for _, note := range v.Notes {
		if slices.Contains(v.Marks.Notes, note.Seq) {
			n++
		}
	}
	return n
}

const (
	notesOnPage = 6
	noteShown   = 200 // units
)

// notes lists what the office wrote, and lets somebody pick what the police get of it;
// seq is the number of a note to pick or to drop.
func (v *coverer) notes(ctx context.Context, seq, page int) error {
	if !slices.ContainsFunc(v.Notes, func(t cases.Talk) bool { return t.Seq == seq }) {
		return v.listNotes(page)
	}
	v.Marks.Notes = cases.Toggle(v.Marks.Notes, seq)
	delete(v.Marks.Words, cases.TalkPart+strconv.Itoa(seq))
	return v.saved(ctx, func() error { return v.listNotes(page) })
}

func (v *coverer) listNotes(page int) error {
	part, page, pages := cut(v.Notes, page, notesOnPage)
	lines := []bot.Text{bot.T("cover.notes.head", "number", v.Number.String())}
	var pick []bot.Button
	for i, note := range part {
		n, line, label := (page-1)*notesOnPage+i+1, "cover.note", "cover.note.pick"
		if slices.Contains(v.Marks.Notes, note.Seq) {
			line, label = "cover.note.sent", "cover.note.drop"
		}
		lines = append(lines, bot.T(line, "n", n, "at", note.At, "by", clip(note.By, cardName), "text", clip(note.Text, noteShown)))
		pick = append(pick, bot.Button{Label: bot.T(label, "n", n), Do: v.do(cheNotes, strconv.Itoa(note.Seq), strconv.Itoa(page))})
	}
	rows := slices.Collect(slices.Chunk(pick, 3))
	rows = append(rows, pager(page, pages, func(n int) string { return v.do(cheNotes, "0", strconv.Itoa(n)) })...)
	rows = append(rows, []bot.Button{{Label: bot.T("cover.back"), Do: v.do(chePage, "1")}})
	v.r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: v.r.Bubble(), Protect: true})
	return nil
}

// bubble is the message to change; a photo cannot become a text.
func (v *coverer) bubble() int {
	if len(v.t.rest) > 1 && v.t.rest[1] == chePhoto {
		return 0
	}
	return v.r.Bubble()
}

// words shows the words of a sentence as buttons, after a word or all were marked.
func (v *coverer) words(ctx context.Context, what string, s sentence, n, word int) error {
	marked := v.Marks.Words[s.part.Key]
	switch {
	case what == cheWord && word >= s.from && word < s.to:
		marked = cases.Toggle(marked, word)
	case what == cheAll:
		marked = slices.DeleteFunc(slices.Clone(marked), func(m int) bool { return m >= s.from && m < s.to })
		if len(marked)+s.to-s.from != len(v.Marks.Words[s.part.Key]) { // not all were marked
			for m := s.from; m < s.to; m++ {
				marked = cases.Toggle(marked, m)
			}
		}
	default:
		return v.sentence(s, n)
	}
	if v.Marks.Words == nil {
		v.Marks.Words = map[string][]int{}
	}
	v.Marks.Words[s.part.Key] = marked
	return v.saved(ctx, func() error { return v.sentence(s, n) })
}

func (v *coverer) sentence(s sentence, n int) error {
	list := cases.Words(s.part.Text)
	var buttons []bot.Button
	for i := s.from; i < s.to; i++ {
		key := "cover.word"
		if slices.Contains(v.Marks.Words[s.part.Key], i) {
			key = "cover.word.marked"
		}
		buttons = append(buttons, bot.Button{Label: bot.T(key, "word", clip(list[i], wordShown)), Do: v.do(cheWord, strconv.Itoa(n), strconv.Itoa(i))})
	}
	rows := slices.Collect(slices.Chunk(buttons, wordsInRow))
	page := strconv.Itoa(n/sentencesOnPage + 1)
	rows = append(rows, []bot.Button{{Label: bot.T("cover.all"), Do: v.do(cheAll, strconv.Itoa(n))}, {Label: bot.T("cover.back"), Do: v.do(chePage, page)}})
	v.r.Reply(bot.Reply{Lines: []bot.Text{
		bot.T("cover.sentence", "number", v.Number.String(), "n", n+1), v.line(s, n),
	}, Buttons: rows, Edit: v.r.Bubble(), Protect: true})
	return nil
}

// photo sends a photo under the grid, with a button for each cell; a press on one changes
// the buttons only.
func (v *coverer) photo(ctx context.Context, what string, n, cell int) error {
	f := v.Files[n]
	if what == cheCell && cell >= 0 && cell < cases.GridColumns*cases.GridRows {
		if v.Marks.Cells == nil {
			v.Marks.Cells = map[string][]int{}
		}
		v.Marks.Cells[f.ID] = cases.Toggle(v.Marks.Cells[f.ID], cell)
		return v.saved(ctx, func() error {
			v.r.Reply(bot.Reply{Buttons: v.grid(n), Edit: v.r.Bubble(), Protect: true})
			return nil
		})
	}
	body, err := v.st.Reports().Ruled(ctx, *v.r.Staff, f.ID, v.Marks.Cells[f.ID])
	if err != nil {
		return err
	}
	v.r.Reply(bot.Reply{
		Lines: []bot.Text{bot.T("cover.grid", "number", v.Number.String(), "n", n+1)}, Buttons: v.grid(n), Protect: true,
		File: &bot.Attachment{Photo: true, Name: fileName(v.Number, n+1, f.MIME), Body: body},
	})
	return nil
}

func (v *coverer) grid(n int) [][]bot.Button {
	marked := v.Marks.Cells[v.Files[n].ID]
	var cells []bot.Button
	for i := range cases.GridColumns * cases.GridRows {
		label := string(rune('A'+i%cases.GridColumns)) + strconv.Itoa(i/cases.GridColumns+1)
		if slices.Contains(marked, i) {
			label = "■"
		}
		cells = append(cells, bot.Button{Label: bot.Words(label), Do: v.do(cheCell, strconv.Itoa(n), strconv.Itoa(i))})
	}
	rows := slices.Collect(slices.Chunk(cells, cases.GridColumns))
	return append(rows, []bot.Button{
		{Label: bot.T("cover.again"), Do: v.do(chePhoto, strconv.Itoa(n))}, {Label: bot.T("cover.back"), Do: v.do(chePage, "1", chePhoto)},
	})
}

// cover makes the copy of what is marked.
func (v *coverer) cover(ctx context.Context) error {
	c, err := v.st.Reports().Cover(ctx, *v.r.Staff, v.Number, v.Version)
	if err != nil {
		return err
	}
	v.r.Toast(bot.T("cover.made"))
	return show(ctx, v.st, v.r, c)
}
