package bot

import "tinbao/cases"

// PageLines are a page of information as it is read on a phone. The only marks are
// those of cases.Lines; everything else is shown as letters.
func PageLines(p cases.Page) []Text {
	lines := []Text{T("pages.title", "title", p.Title)}
	for _, l := range cases.Lines(p.Body) {
		switch l.Kind {
		case cases.HeadLine:
			lines = append(lines, T("pages.head", "text", l.Text))
		case cases.ItemLine:
			lines = append(lines, T("pages.item", "text", l.Text))
		default:
			lines = append(lines, Words(l.Text))
		}
	}
	return lines
}

// PageFile is the file of a page as it is sent; it has no name from outside.
func PageFile(f cases.CleanFile) *Attachment {
	if f.Kind == cases.Photo {
		return &Attachment{Photo: true, Name: "page.jpg", Body: f.Body}
	}
	return &Attachment{Name: "page.pdf", Body: f.Body}
}
