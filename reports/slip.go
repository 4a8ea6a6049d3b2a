package reports

import (
	"strconv"
	"strings"
	"time"
)

// Slip is what stands in a phiếu chuyển (domain.md section 6): a report that the office
// hands to the police of the ward. Empty strings leave their line out.
type Slip struct {
	Ward      string // "phường Yên Nghĩa"
	To        string // "Công an phường Yên Nghĩa"
	Number    string // of the case
	Received  time.Time
	Forwarded time.Time // zero = not handed over yet
	Urgent    bool
	Kind      string // as the office proposes, or the police confirmed
	Finding   string // what verification found
	Concern   string // the person's choice from the list
	Where     string
	When      string
	Text      []string // in the person's words, covered where that was decided
	Covered   bool     // something was covered
	Files     []SlipFile
	ReplyBy   time.Time // zero = left empty
}

// SlipFile is a line of the list of attachments, as they are handed over.
type SlipFile struct {
	Name   string
	Kind   string
	Size   int64  // bytes
	SHA256 string // hex; "" = Note says why there is none
	Note   string
}

// Sizes of letters, in half points (NĐ 30/2020, Phụ lục I).
const (
	size11, size12, size13, size14, sizeHash = 22, 24, 26, 28, 19
)

// zone is Vietnam's; it has no summer time.
var zone = time.FixedZone("ICT", 7*60*60)

// basis is the law the slip goes by (domain.md 2.3); the ward adds its own plan by hand.
const basis = "Căn cứ Pháp lệnh Phòng, chống mại dâm số 10/2003/PL-UBTVQH11 ngày 17 tháng 3 năm 2003;"

// Docx writes the slip as a Word document.
func (s Slip) Docx() ([]byte, error) {
	var d docx
	d.table(s.head())
	d.add(
		para{after: 120},
		para{runs: []run{{text: "PHIẾU CHUYỂN", size: size14, bold: true}}, align: centre},
		para{runs: []run{{text: "Thông tin do người dân phản ánh, mã số " + s.Number, size: size14, bold: true}}, align: centre},
		para{line: textWidth / 4, within: textWidth, after: paragraph},
		para{runs: []run{{text: "Kính gửi: " + s.To}}, align: centre, after: paragraph},
	)
	d.add(words(true, basis), words(false, "Ủy ban nhân dân "+s.Ward+" chuyển đến "+s.To+" thông tin sau để tiếp nhận, xử lý theo thẩm quyền:"))
	for i, f := range s.fields() {
		d.add(field(i+1, f))
	}
	d.add(s.told()...)
	d.add(s.attachments(&d)...)
	reply := "ngày …… tháng …… năm ………"
	if !s.ReplyBy.IsZero() {
		reply = day(s.ReplyBy)
	}
	ask := words(false, "Đề nghị "+s.To+" xem xét, xử lý theo quy định và thông báo kết quả cho Ủy ban nhân dân "+s.Ward+" trước "+reply+"./.")
	ask.keepNext = true // no page with nothing but a signature
	d.add(ask)
	d.table(s.foot())
	return d.bytes("Phiếu chuyển " + s.Number)
}

// head is the top of the page: who issues it, and the country's name and motto.
func (s Slip) head() table {
	return officialHead(strings.ToUpper(s.Ward), placeOf(s.Ward), "PC-UBND")
}

// mottoLength is how long the motto is at size 13 in bold, which the line below it follows.
const mottoLength = 3250

// words is a paragraph of the body.
func words(italic bool, text string) para {
	return para{runs: []run{{text: text, italic: italic}}, align: justified, indent: firstLine, after: paragraph}
}

func field(n int, f [2]string) para {
	p := words(false, strconv.Itoa(n)+". "+f[0]+": ")
	p.runs[0].bold = true
	p.runs = append(p.runs, run{text: f[1]})
	return p
}

// fields are the numbered lines, each a name and what is known.
func (s Slip) fields() [][2]string {
	level := "Bình thường"
	if s.Urgent {
		level = "KHẨN"
	}
	out := [][2]string{
		{"Tiếp nhận", moment(s.Received) + ", qua kênh Telegram của Ủy ban nhân dân " + s.Ward},
		{"Người cung cấp thông tin", "không cung cấp danh tính"},
		{"Mức độ", level},
	}
	for _, f := range [][2]string{
		{"Loại thông tin", s.Kind},
		{"Kết quả xác minh bước đầu", s.Finding},
		{"Việc được phản ánh", s.Concern},
		{"Địa điểm", s.Where},
		{"Thời gian", s.When},
	} {
		if f[1] != "" {
			out = append(out, f)
		}
	}
	if !s.Forwarded.IsZero() {
		out = append(out, [2]string{"Chuyển qua hệ thống", moment(s.Forwarded)})
	}
	return out
}

// told is what the person wrote, line by line.
func (s Slip) told() []para {
	title := words(false, strconv.Itoa(len(s.fields())+1)+". Nội dung (nguyên văn):")
	if s.Covered {
		title.runs[0].text = strconv.Itoa(len(s.fields())+1) + ". Nội dung (phần ■ được che để bảo vệ người cung cấp thông tin):"
	}
	title.runs[0].bold, title.keepNext = true, true
	out := []para{title}
	for _, text := range s.Text {
		for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
			if line = strings.TrimSpace(line); line != "" {
				out = append(out, words(false, line))
			}
		}
	}
	if len(out) == 1 {
		title.runs = append(title.runs, run{text: " không có lời mô tả."})
		return []para{title}
	}
	return out
}

// attachments writes the list of files; without any it is a line.
func (s Slip) attachments(d *docx) []para {
	title := words(false, strconv.Itoa(len(s.fields())+2)+". Tài liệu kèm theo: ")
	title.runs[0].bold = true
	if len(s.Files) == 0 {
		title.runs = append(title.runs, run{text: "không có."})
		return []para{title}
	}
	title.runs = append(title.runs, run{text: strconv.Itoa(len(s.Files)) + " tệp."})
	title.keepNext = true
	d.add(title)
	cell := func(text string, size int, bold bool, a align) []para {
		return []para{{runs: []run{{text: text, size: size, bold: bold}}, align: a}}
	}
	t := table{widths: []int{620, 2250, 1100, 1400, textWidth - 620 - 2250 - 1100 - 1400}, ruled: true}
	var top [][]para
	for _, h := range []string{"STT", "Tên tệp", "Loại", "Dung lượng", "SHA-256"} {
		top = append(top, cell(h, size12, true, centre))
	}
	t.rows = append(t.rows, top)
	for i, f := range s.Files {
		sum := cell(f.Note, size12, false, left)
		if f.SHA256 != "" {
			half := len(f.SHA256) / 2 // so that it breaks at the same place in every program
			sum = append(cell(f.SHA256[:half], sizeHash, false, left), cell(f.SHA256[half:], sizeHash, false, left)...)
		}
		size := ""
		if f.Size > 0 {
			size = bytesText(f.Size)
		}
		t.rows = append(t.rows, [][]para{
			cell(strconv.Itoa(i+1), size12, false, centre), cell(f.Name, size12, false, left), cell(f.Kind, size12, false, left),
			cell(size, size12, false, centre), sum,
		})
	}
	d.table(t)
	return []para{{after: paragraph / 2}}
}

// foot is who gets it, where the receiver signs, and who signs for the ward.
func (s Slip) foot() table {
	const half = textWidth / 2
	to := []para{{runs: []run{{text: "Nơi nhận:", size: size12, bold: true, italic: true}}}}
	for _, line := range []string{"- Như trên;", "- Lãnh đạo UBND " + s.Ward + " (để b/c);", "- Lưu: VT, VHXH."} {
		to = append(to, para{runs: []run{{text: line, size: size11}}})
	}
	to = append(to, para{after: paragraph}, para{runs: []run{{text: "NGƯỜI NHẬN", size: size13, bold: true}}},
		para{runs: []run{{text: "(Ký, ghi rõ họ tên, thời gian nhận)", size: size12, italic: true}}})
	var signs []para
	for _, line := range []string{"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"} {
		signs = append(signs, para{runs: []run{{text: line, size: size13, bold: true}}, align: centre})
	}
	room := para{after: 1100} // for a signature and a stamp
	return table{widths: []int{half, textWidth - half}, rows: [][][]para{{append(to, room), append(signs, room)}}}
}

func moment(t time.Time) string {
	t = t.In(zone)
	return t.Format("15") + " giờ " + t.Format("04") + " phút " + day(t)
}

// day writes a date as papers do: days below 10 and January, February with a zero.
func day(t time.Time) string {
	t = t.In(zone)
	month := strconv.Itoa(int(t.Month()))
	if t.Month() < 3 {
		month = "0" + month
	}
	return "ngày " + t.Format("02") + " tháng " + month + " năm " + t.Format("2006")
}

// bytesText is a size as a person reads it: 350 KB, 1,2 MB.
func bytesText(n int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	switch {
	case n < kilo:
		return strconv.FormatInt(n, 10) + " B"
	case n < mega:
		return strconv.FormatInt((n+kilo-1)/kilo, 10) + " KB"
	}
	return strings.Replace(strconv.FormatFloat(float64(n)/mega, 'f', 1, 64), ".", ",", 1) + " MB"
}
