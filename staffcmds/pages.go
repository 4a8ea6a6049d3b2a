package staffcmds

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Pages are the pages of information for residents. The text the program brings along
// is version 0.
type Pages interface {
	Page(ctx context.Context, key cases.PageKey, lang string, version int) (cases.Page, error)
	PageFile(ctx context.Context, p cases.Page) (cases.CleanFile, error)
	PageStates(ctx context.Context) ([]cases.Page, error)
	PageHistory(ctx context.Context, key cases.PageKey, lang string) ([]cases.PageVersion, error)
	DraftPage(ctx context.Context, by cases.StaffID, p cases.Page, file *cases.CleanFile) (version int, err error)
	PublishPage(ctx context.Context, key cases.PageKey, lang string, version int) error
	SendPage(ctx context.Context, by cases.StaffID, key cases.PageKey, lang string, version int) error
	OfferPageFile(ctx context.Context, by cases.StaffID, key cases.PageKey, lang string, f cases.OfferedFile) error
	Readings
}

// What can be done with a page.
const (
	pagePreview = "xem"
	pageWrite   = "viet"
	pageFile    = "tep"
	pageNoFile  = "botep"
	pagePublish = "dang"
	pageHistory = "lichsu"
	pageRestore = "khoiphuc"
	pageSend    = "gui"
)

const contentName = "noidung"

// content keeps the pages: write, preview as residents see it, publish, go back to an
// earlier text, send to the subscribers.
func content() Command {
	return Command{
		Name: contentName, Aliases: []string{"pages"}, Help: "cmd.noidung", Args: "usage.page", Rights: []cases.Right{cases.EditPages}, Rest: true, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			e := editor{st: st, r: r}
			word, rest := firstWord(strings.Join(args, " "))
			if word == "" {
				return e.list(ctx)
			}
			key, err := cases.ParsePageKey(word)
			if err != nil {
				return err
			}
			e.key, e.lang = key, languages[0]
			if word, more := firstWord(rest); slices.Contains(languages, word) {
				e.lang, rest = word, more
			}
			word, rest = firstWord(rest)
			return e.do(ctx, word, rest)
		},
	}
}

// firstWord cuts a word off; what follows keeps its lines.
func firstWord(s string) (word, rest string) {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, " \n\t"); i >= 0 {
		return s[:i], strings.TrimSpace(s[i:])
	}
	return s, ""
}

// editor is the work on one page in one language.
type editor struct {
	st   Store
	r    *bot.Request
	key  cases.PageKey
	lang string
}

func (e editor) action(what ...string) string {
	return bot.Action(contentName, append([]string{string(e.key), e.lang}, what...)...)
}

func (e editor) button(label string, what ...string) bot.Button {
	return bot.Button{Label: bot.T(label), Do: e.action(what...)}
}

func (e editor) back() []bot.Button { return []bot.Button{e.button("button.back")} }

func (e editor) do(ctx context.Context, what, rest string) error {
	version, sure := versionOf(rest)
	switch what {
	case pagePreview:
		return e.preview(ctx, version)
	case pageWrite:
		return e.write(ctx, rest)
	case pageFile:
		return e.awaitFile()
	case pageNoFile:
		return e.change(ctx, func(*cases.Page) {}, true)
	case pagePublish:
		return e.publish(ctx, version, sure)
	case pageHistory:
		return e.history(ctx)
	case pageRestore:
		return e.restore(ctx, version)
	case pageSend:
		return e.send(ctx, version, sure)
	}
	return e.card(ctx, e.r.Bubble())
}

// versionOf reads "3" or "3 ok"; 0 = none was named.
func versionOf(rest string) (version int, sure bool) {
	word, more := firstWord(rest)
	n, err := strconv.Atoi(word)
	if err != nil || n < 0 || n > 1<<20 {
		return 0, false
	}
	return n, more == yes
}

// list shows all pages and what stands where.
func (e editor) list(ctx context.Context) error {
	states, err := e.st.PageStates(ctx)
	if err != nil {
		return err
	}
	lines := []bot.Text{bot.T("content.head")}
	var rows [][]bot.Button
	for _, key := range cases.PageKeys {
		var row []bot.Button
		for _, lang := range languages {
			one := editor{e.st, e.r, key, lang}
			label := bot.T("content.page."+lang, "title", bot.T("page."+string(key)+".title"))
			if slices.ContainsFunc(states, func(p cases.Page) bool { return p.Key == key && p.Lang == lang && p.State == cases.PageDraft }) {
				label = bot.T("content.page.draft", "title", label)
			}
			row = append(row, bot.Button{Label: label, Do: one.action()})
		}
		rows = append(rows, row)
	}
	e.r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: e.r.Bubble()})
	return nil
}

// versions are the published text and the draft; 0 = none.
func (e editor) versions(ctx context.Context) (published, draft int, err error) {
	states, err := e.st.PageStates(ctx)
	for _, p := range states {
		switch {
		case p.Key != e.key || p.Lang != e.lang:
		case p.State == cases.PageDraft:
			draft = p.Version
		default:
			published = p.Version
		}
	}
	return published, draft, err
}

// card shows where a page stands, below the lines before it.
func (e editor) card(ctx context.Context, bubble int, before ...bot.Text) error {
	published, draft, err := e.versions(ctx)
	if err != nil {
		return err
	}
	p, err := e.st.Page(ctx, e.key, e.lang, 0)
	if err != nil {
		return err
	}
	lines := append(slices.Clone(before), bot.T("content.card", "title", p.Title, "language", bot.T("language."+e.lang)))
	if published == 0 {
		lines = append(lines, bot.T("content.builtin"))
	} else {
		lines = append(lines, bot.T("content.published", "n", published, "at", p.At))
	}
	if p.File != "" {
		lines = append(lines, bot.T("content.file"))
	}
	rows := [][]bot.Button{{e.button("content.do.view", pagePreview, strconv.Itoa(published))}}
	if draft != 0 {
		lines = append(lines, bot.T("content.draft", "n", draft))
		rows = append(rows, []bot.Button{e.button("content.do.draft", pagePreview, strconv.Itoa(draft)), e.button("content.do.publish", pagePublish, strconv.Itoa(draft))})
	}
	rows = append(rows, []bot.Button{e.button("content.do.write", pageWrite), e.button("content.do.file", pageFile)})
	last := []bot.Button{e.button("content.do.history", pageHistory)}
	if published != 0 {
		last = append(last, e.button("content.do.send", pageSend, strconv.Itoa(published)))
	}
	other := editor{e.st, e.r, e.key, languages[(slices.Index(languages, e.lang)+1)%len(languages)]}
	rows = append(rows, last, []bot.Button{{Label: bot.T("language." + other.lang), Do: other.action()}, {Label: bot.T("content.do.list"), Do: contentName}})
	e.r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: bubble})
	return nil
}

// preview shows a text exactly as residents see it.
func (e editor) preview(ctx context.Context, version int) error {
	p, err := e.st.Page(ctx, e.key, e.lang, version)
	if err != nil {
		return err
	}
	if p.File != "" {
		f, err := e.st.PageFile(ctx, p)
		if err != nil {
			return err
		}
		e.r.Reply(bot.Reply{File: bot.PageFile(f)})
	}
	e.r.Reply(bot.Reply{Lines: bot.PageLines(p), Buttons: [][]bot.Button{e.back()}})
	return nil
}

// write keeps a new draft, or asks for its text. The file of the page stays with it.
func (e editor) write(ctx context.Context, text string) error {
	if text == "" {
		bot.Await(e.st, e.r.Lang, contentName, string(e.key), e.lang, pageWrite)
		e.r.Reply(bot.Reply{Lines: []bot.Text{bot.T("content.ask", "title", cases.MaxPageTitle, "body", cases.MaxPageBody)}, Buttons: [][]bot.Button{e.back()}})
		return nil
	}
	title, body, err := cases.ParsePage(text)
	if err != nil {
		bot.Await(e.st, e.r.Lang, contentName, string(e.key), e.lang, pageWrite)
		e.r.Alert(bot.T(cases.TextOf(err)))
		return nil
	}
	return e.change(ctx, func(p *cases.Page) { p.Title, p.Body = title, body }, false)
}

// change makes a new draft from the one there is, or from what is published.
func (e editor) change(ctx context.Context, edit func(*cases.Page), dropFile bool) error {
	_, draft, err := e.versions(ctx)
	if err != nil {
		return err
	}
	return e.draftFrom(ctx, draft, edit, dropFile)
}

func (e editor) draftFrom(ctx context.Context, version int, edit func(*cases.Page), dropFile bool) error {
	p, err := e.st.Page(ctx, e.key, e.lang, version)
	if err != nil {
		return err
	}
	var file *cases.CleanFile
	if p.File != "" && !dropFile {
		f, err := e.st.PageFile(ctx, p)
		if err != nil {
			return err
		}
		file = &f
	}
	edit(&p)
	n, err := e.st.DraftPage(ctx, e.r.Staff.ID, p, file)
	if err != nil {
		return err
	}
	if err := e.preview(ctx, n); err != nil {
		return err
	}
	return e.card(ctx, 0, bot.T("content.kept", "n", n))
}

// publish asks once more, then makes a draft what residents read.
func (e editor) publish(ctx context.Context, version int, sure bool) error {
	if _, draft, err := e.versions(ctx); err != nil || version == 0 || version != draft {
		return cmp.Or(err, cases.Fail(cases.Conflict, "pages.moved"))
	}
	if !sure {
		if err := e.preview(ctx, version); err != nil {
			return err
		}
		e.r.Reply(bot.Reply{Lines: []bot.Text{bot.T("content.publish.sure", "n", version)}, Buttons: [][]bot.Button{
			{e.button("button.sure", pagePublish, strconv.Itoa(version), yes)}, e.back(),
		}})
		return nil
	}
	if err := e.st.PublishPage(ctx, e.key, e.lang, version); err != nil {
		return err
	}
	return e.card(ctx, e.r.Bubble(), bot.T("content.publish.done", "n", version))
}

// history lists the texts there were, each to be seen or taken up again.
func (e editor) history(ctx context.Context) error {
	all, err := e.st.PageHistory(ctx, e.key, e.lang)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		e.r.Toast(bot.T("content.history.none"))
		return nil
	}
	lines := []bot.Text{bot.T("content.history")}
	var rows [][]bot.Button
	for _, v := range all {
		n := strconv.Itoa(v.Version)
		lines = append(lines, bot.T("content.version."+string(v.State), "n", v.Version, "by", v.By, "at", v.At))
		rows = append(rows, []bot.Button{
			{Label: bot.T("content.do.see", "n", v.Version), Do: e.action(pagePreview, n)},
			{Label: bot.T("content.do.restore", "n", v.Version), Do: e.action(pageRestore, n)},
		})
	}
	e.r.Reply(bot.Reply{Lines: lines, Buttons: append(rows, e.back()), Edit: e.r.Bubble()})
	return nil
}

// restore takes an earlier text up as a new draft.
func (e editor) restore(ctx context.Context, version int) error {
	if version == 0 {
		return cases.Fail(cases.NotFound, "")
	}
	return e.draftFrom(ctx, version, func(*cases.Page) {}, false)
}

// send asks once more, then sends the published text to the subscribers.
func (e editor) send(ctx context.Context, version int, sure bool) error {
	if !sure {
		n, err := e.st.Subscribers(ctx)
		if err != nil {
			return err
		}
		e.r.Reply(bot.Reply{Lines: []bot.Text{bot.T("content.send.sure", "n", n, "language", bot.T("language."+e.lang))}, Edit: e.r.Bubble(), Buttons: [][]bot.Button{
			{e.button("button.sure", pageSend, strconv.Itoa(version), yes)}, e.back(),
		}})
		return nil
	}
	if err := e.st.SendPage(ctx, e.r.Staff.ID, e.key, e.lang, version); err != nil {
		return err
	}
	return e.card(ctx, e.r.Bubble(), bot.T("content.send.done"))
}

// fileWanted is a staff draft while a file for a page is awaited.
type fileWanted struct {
	Page *[2]string `json:"page_file"` // key and language
}

func (e editor) awaitFile() error {
	raw, err := json.Marshal(fileWanted{&[2]string{string(e.key), e.lang}})
	if err != nil {
		return err
	}
	e.st.SaveDraft(raw, e.r.Lang)
	e.r.Reply(bot.Reply{Lines: []bot.Text{bot.T("content.file.ask")}, Buttons: [][]bot.Button{{e.button("content.do.nofile", pageNoFile)}, e.back()}})
	return nil
}

// takePageFile takes a file that was asked for; false when none was.
func takePageFile(ctx context.Context, st Store, r *bot.Request) (bool, error) {
	var want fileWanted
	raw := st.Draft()
	if r.File == nil || raw == nil || !r.Staff.Role.May(cases.EditPages) {
		return false, nil
	}
	if err := json.Unmarshal(raw, &want); err != nil || want.Page == nil {
		return false, nil //nolint:nilerr // a draft of something else
	}
	key, err := cases.ParsePageKey(want.Page[0])
	if err != nil {
		return false, err
	}
	if r.File.Kind != cases.Photo && r.File.Kind != cases.Document {
		r.Say(bot.T("content.file.kind"))
		return true, nil
	}
	st.DropDraft()
	r.Say(bot.T("content.file.coming"))
	return true, st.OfferPageFile(ctx, r.Staff.ID, key, want.Page[1], *r.File)
}

// PageKept is what staff read when a file has come to a page.
func PageKept(key cases.PageKey, lang string) [][]bot.Button {
	e := editor{key: key, lang: lang}
	return [][]bot.Button{{e.button("button.open")}}
}
