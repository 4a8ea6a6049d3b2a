package staffcmds_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

// shelfed are the pages of a fake: version n is the n-th text of any page.
type shelfed struct {
	pages     []cases.Page
	published int
	sent      []int
	offered   []cases.OfferedFile
}

func (f *fake) Page(_ context.Context, key cases.PageKey, lang string, version int) (cases.Page, error) {
	if version == 0 {
		version = f.shelf.published
	}
	if version > len(f.shelf.pages) {
		return cases.Page{}, cases.Fail(cases.NotFound, "")
	}
	if version == 0 {
		return cases.Page{Key: key, Lang: lang, Title: "Có sẵn", Body: "Nội dung"}, f.fault
	}
	return f.shelf.pages[version-1], f.fault
}

func (f *fake) PageFile(context.Context, cases.Page) (cases.CleanFile, error) {
	return cases.CleanFile{Kind: cases.Photo, MIME: "image/jpeg", Body: []byte("x")}, f.fault
}

func (f *fake) PageStates(context.Context) (list []cases.Page, _ error) {
	for _, p := range f.shelf.pages {
		if p.State != cases.PageFormer {
			list = append(list, p)
		}
	}
	return list, f.fault
}

func (f *fake) PageHistory(context.Context, cases.PageKey, string) (list []cases.PageVersion, _ error) {
	for _, p := range f.shelf.pages {
		list = append(list, cases.PageVersion{Version: p.Version, State: p.State, By: "Cô Hoa", At: f.now})
	}
	return list, f.fault
}

func (f *fake) DraftPage(_ context.Context, _ cases.StaffID, p cases.Page, file *cases.CleanFile) (int, error) {
	for i := range f.shelf.pages {
		if f.shelf.pages[i].State == cases.PageDraft {
			f.shelf.pages[i].State = cases.PageFormer
		}
	}
	p.Version, p.State, p.File = len(f.shelf.pages)+1, cases.PageDraft, ""
	if file != nil {
		p.File = file.Kind
	}
	f.shelf.pages = append(f.shelf.pages, p)
	return p.Version, f.fault
}

func (f *fake) PublishPage(_ context.Context, _ cases.PageKey, _ string, version int) error {
	for i := range f.shelf.pages {
		if f.shelf.pages[i].State == cases.PagePublished {
			f.shelf.pages[i].State = cases.PageFormer
		}
	}
	f.shelf.published, f.shelf.pages[version-1].State = version, cases.PagePublished
	return f.fault
}

func (f *fake) SendPage(_ context.Context, _ cases.StaffID, _ cases.PageKey, _ string, version int) error {
	if slices.Contains(f.shelf.sent, version) {
		return cases.Fail(cases.Conflict, "pages.sent")
	}
	f.shelf.sent = append(f.shelf.sent, version)
	return f.fault
}

func (f *fake) OfferPageFile(_ context.Context, _ cases.StaffID, _ cases.PageKey, _ string, file cases.OfferedFile) error {
	f.shelf.offered = append(f.shelf.offered, file)
	return f.fault
}

func (f *fake) Readings(context.Context, time.Time, time.Time) ([]cases.Reading, error) {
	return []cases.Reading{{Key: cases.PageTests, Lang: "vi", N: 12}}, f.fault
}

func (f *fake) Subscribers(context.Context) (int, error) { return 7, f.fault }

// A file that nobody asked for, or that comes from somebody who may not edit, is taken
// for no page; one that was asked for is.
func TestPageFileIsTakenWhenAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		role  cases.Role
		asked bool
		kind  cases.MediaKind
		want  int
	}{
		{cases.Officer, true, cases.Photo, 1},
		{cases.Officer, true, cases.Document, 1},
		{cases.Officer, true, cases.Voice, 0},
		{cases.Officer, false, cases.Photo, 0},
		{cases.Police, true, cases.Photo, 0},
	} {
		p := setup(t)
		chat := chatOf(c.role)
		if c.asked {
			p.drafts[chat] = []byte(`{"page_file":["risk","vi"]}`)
		}
		message := map[string]any{"message_id": 7, "chat": map[string]any{"id": chat, "type": "private"}, "from": map[string]any{"id": chat}}
		switch c.kind {
		case cases.Photo:
			message["photo"] = []map[string]any{{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}}
		default:
			message[string(c.kind)] = map[string]any{"file_id": "a", "file_unique_id": "a"}
		}
		p.update(chat, map[string]any{"update_id": 1, "message": message})
		if len(p.shelf.offered) != c.want {
			t.Errorf("%+v: %d taken", c, len(p.shelf.offered))
		}
	}
}

// A page goes from a text that was asked for to what residents read, with a look at it
// and one more question before; an earlier text comes back as a draft; news go out once.
func TestPageIsWrittenAndPublished(t *testing.T) {
	t.Parallel()
	w := setup(t)
	chat := chatOf(cases.Officer)
	shown := w.says(chat, "/noidung")
	shown = w.on(chat, shown, "noidung|risk|vi")
	w.wants(shown, chat, "Có sẵn", "bản có sẵn")
	w.wants(w.on(chat, shown, "noidung|risk|vi|viet"), chat, "dòng đầu là tiêu đề")
	w.wants(w.says(chat, "Chỉ có tiêu đề"), chat, "Hãy viết lại")
	shown = w.says(chat, "Dấu hiệu\n# Cần giúp\n- Bị giữ giấy tờ")
	w.wants(shown, chat, "Dấu hiệu", "• Bị giữ giấy tờ", "bản nháp 1")
	if w.shelf.published != 0 {
		t.Fatal("a draft is read")
	}
	shown = w.on(chat, shown, "noidung|risk|vi|dang|1")
	w.wants(shown, chat, "Đăng bản 1")
	shown = w.on(chat, shown, "noidung|risk|vi|dang|1|ok")
	w.wants(shown, chat, "Đã đăng bản 1")
	w.wants(w.taps(chat, "noidung|risk|vi|dang|1|ok"), chat, "không còn là bản nháp")
	shown = w.on(chat, shown, "noidung|risk|vi|gui|1")
	w.wants(shown, chat, "Có 7 người theo dõi")
	w.wants(w.on(chat, shown, "noidung|risk|vi|gui|1|ok"), chat, "Đang gửi dần")
	w.wants(w.taps(chat, "noidung|risk|vi|gui|1|ok"), chat, "đã được gửi")
	w.says(chat, "/noidung risk vi viet Tiêu đề hai\nNội dung hai")
	shown = w.taps(chat, "noidung|risk|vi|lichsu")
	w.wants(shown, chat, "Bản 1", "đang đăng", "Bản 2")
	w.wants(w.on(chat, shown, "noidung|risk|vi|khoiphuc|1"), chat, "bản nháp 3", "Bị giữ giấy tờ")
	w.wants(w.says(chatOf(cases.Observer), "/luotdoc"), chatOf(cases.Observer), "Xét nghiệm: 12", "Người theo dõi tin mới: 7")
	w.wants(w.says(chatOf(cases.Police), "/noidung"), chatOf(cases.Police), "Không có lệnh này")
}

// The markup is letters but for two marks, and what staff write fits into a message.
func TestPageMarkup(t *testing.T) {
	t.Parallel()
	got := cases.Lines("# Đầu\n\n- một <b>\n  hai\n#ba\n-bốn")
	want := []cases.Line{{Kind: cases.HeadLine, Text: "Đầu"}, {Kind: cases.EmptyLine}, {Kind: cases.ItemLine, Text: "một <b>"}, {Kind: cases.PlainLine, Text: "hai"}, {Kind: cases.PlainLine, Text: "#ba"}, {Kind: cases.PlainLine, Text: "-bốn"}}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	for in, fine := range map[string]bool{
		"Tiêu đề\nNội dung": true, "Chỉ tiêu đề": false, "": false, "\n\nA\r\nB": true, "A\n" + strings.Repeat("ă", cases.MaxPageBody): true,
		"A\n" + strings.Repeat("ă", cases.MaxPageBody+1): false, strings.Repeat("ă", cases.MaxPageTitle+1) + "\nB": false,
	} {
		if _, _, err := cases.ParsePage(in); (err == nil) != fine {
			t.Errorf("%.20q: %v", in, err)
		}
	}
}
