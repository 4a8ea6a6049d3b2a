package reports

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"tinbao/cases"
)

// CityWords name in Vietnamese what stands as a key in a City: "kind phan_anh",
// "service legal". The sheet is a paper, so it is Vietnamese, whoever makes it.
type CityWords func(group, key string) string

// XLSX writes the export as a workbook: a row, or a set of rows, for each ward.
func (c City) XLSX(words CityWords) ([]byte, error) {
	b := cityBook{File: excelize.NewFile(), words: words}
	defer b.Close()
	b.begin()
	b.overview(c)
	b.breakdowns(c)
	b.establishments(c)
	b.help(c)
	if b.err != nil {
		return nil, fmt.Errorf("writing the workbook: %w", b.err)
	}
	// The time it is made at is that of the export, so the same figures give the same file.
	made := c.Made.UTC().Format("2006-01-02T15:04:05Z")
	b.try(b.SetDocProps(&excelize.DocProperties{Title: "Số liệu tổng hợp " + c.Period.From + " – " + c.Period.To, Creator: "tinbao", LastModifiedBy: "tinbao", Created: made, Modified: made, Language: "vi-VN"}))
	out, err := b.WriteToBuffer()
	b.try(err)
	if b.err != nil {
		return nil, fmt.Errorf("writing the workbook: %w", b.err)
	}
	return out.Bytes(), nil
}

// cityBook is a workbook being written; the first error stays.
type cityBook struct {
	*excelize.File

	words CityWords
	head  int // style of headings
	end   int // style of words in a column of numbers
	err   error
}

func (b *cityBook) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *cityBook) begin() {
	var err error
	b.head, err = b.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E4ECF3"}},
	})
	b.try(err)
	b.end, err = b.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Horizontal: "right"}})
	b.try(err)
}

const (
	wideColumn   = 34.0
	plainColumn  = 15.0
	headerHeight = 48.0
)

// sheet begins a sheet with its headings, of which the first so many are words, and gives
// what adds a row to it.
func (b *cityBook) sheet(name string, worded int, headings ...any) (add func(cells ...any)) {
	if first := b.GetSheetName(0); first == "Sheet1" {
		b.try(b.SetSheetName(first, name))
	} else {
		_, err := b.NewSheet(name)
		b.try(err)
	}
	row := 0
	put := func(cells ...any) {
		row++
		for i, v := range cells {
			cell, err := excelize.CoordinatesToCellName(i+1, row)
			b.try(err)
			b.try(b.SetCellValue(name, cell, v))
			if _, words := v.(string); words && row > 1 && i >= worded {
				b.try(b.SetCellStyle(name, cell, cell, b.end))
			}
		}
	}
	put(headings...)
	last, err := excelize.ColumnNumberToName(len(headings))
	b.try(err)
	edge, err := excelize.ColumnNumberToName(worded)
	b.try(err)
	b.try(b.SetCellStyle(name, "A1", last+"1", b.head))
	b.try(b.SetRowHeight(name, 1, headerHeight))
	b.try(b.SetColWidth(name, "A", last, plainColumn))
	b.try(b.SetColWidth(name, "A", edge, wideColumn))
	b.try(b.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: worded, YSplit: 1, TopLeftCell: firstBelow(worded), ActivePane: "bottomRight"}))
	landscape, wide, tall := "landscape", 1, 0
	b.try(b.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	fit := true
	b.try(b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	return put
}

func firstBelow(columns int) string {
	cell, err := excelize.CoordinatesToCellName(columns+1, 2)
	if err != nil {
		return "A2"
	}
	return cell
}

// countHeadings name the columns of Counts.
var countHeadings = []any{
	"Tiếp nhận", "Không thuộc thẩm quyền", "Trùng nội dung", "Không đủ thông tin", "Người gửi rút lại", "Khẩn",
	"Xác minh", "Phân loại", "Chuyển xử lý", "Đã có kết quả", "Quá hạn", "Chưa kết thúc",
}

func (c Counts) cells() []any {
	return []any{c.Received, c.OutOfScope, c.Duplicates, c.Invalid, c.Withdrawn, c.Urgent, c.Verified, c.Classified, c.Forwarded, c.Handled, c.Late, c.Open}
}

// nothing stands where there is nothing to divide by (domain.md 10).
const nothing = "không phát sinh"

func (s Share) cell() any {
	r := cases.Ratio(s)
	if r.Empty() {
		return nothing
	}
	return r.Percent()
}

func (b *cityBook) overview(c City) {
	headings := append([]any{"Phường, xã"}, countHeadings...)
	headings = append(headings, "Tỷ lệ xác minh", "Tỷ lệ phân loại", "Tỷ lệ phối hợp xử lý", "Tỷ lệ kịp thời", "Từ ngày", "Đến ngày")
	add := b.sheet("Tổng hợp", 1, headings...)
	for _, w := range c.Wards {
		row := append([]any{w.Name}, w.Reports.cells()...)
		add(append(row, w.Ratios["verified"].cell(), w.Ratios["classified"].cell(), w.Ratios["forwarded"].cell(), w.Ratios["on_time"].cell(), c.Period.From, c.Period.To)...)
	}
}

func (b *cityBook) breakdowns(c City) {
	add := b.sheet("Phân tích", 3, append([]any{"Phường, xã", "Phân theo", "Mục"}, countHeadings...)...)
	for _, w := range c.Wards {
		for _, d := range cityDimensions {
			for _, r := range w.By[string(d)] {
				add(append([]any{w.Name, b.words("by", string(d)), b.words(string(d), r.Value)}, r.cells()...)...)
			}
		}
	}
}

func (b *cityBook) establishments(c City) {
	add := b.sheet("Cơ sở", 1, "Phường, xã", "Trong danh sách quản lý", "Đã ngừng hoạt động", "Đã kiểm tra ít nhất một lần từ 01/01/2026", "Tỷ lệ", "Chỉ tiêu",
		"Lượt kiểm tra trong kỳ", "Lượt phát hiện vi phạm", "Được rà soát trong năm", "Đã ký cam kết", "Có điều kiện về an ninh trật tự", "Dễ bị lợi dụng")
	for _, w := range c.Wards {
		k := w.Coverage
		add(w.Name, k.Register, k.Closed, k.Inspected, Share{k.Inspected, k.Register}.cell(), strconv.Itoa(k.Target)+"%",
			k.Visits, k.Violations, k.Reviewed, k.Commitment, k.Security, k.Vulnerable)
	}
}

// hidden stands where a figure may not be told.
const hidden = "*"

func (b *cityBook) help(c City) {
	add := b.sheet("Hỗ trợ", 2, "Phường, xã", "Chỉ số (* = che vì số quá nhỏ)", "Số", "Từ ngày", "Đến ngày")
	for _, w := range c.Wards {
		h := w.Help
		if h == nil {
			add(w.Name, "Chưa công bố được số liệu của kỳ này")
			continue
		}
		put := func(name string, n *int) {
			var v any = hidden
			if n != nil {
				v = *n
			}
			add(w.Name, name, v, h.Period.From, h.Period.To)
		}
		put(b.words("help", "received"), h.Received)
		for _, s := range cases.Services {
			put(b.words("service", string(s)), h.ByService[string(s)])
		}
		for _, r := range referrals {
			put(b.words("referral", r), h.Referrals[r])
		}
		for _, o := range cases.Outcomes {
			put(b.words("outcome", o), h.Outcomes[o])
		}
		put(b.words("help", "under18"), h.Under18)
		put(b.words("help", "waiting"), h.Waiting)
	}
}
