package reports

import "strings"

// groupTitles head the sections of the built-in template, by letter.
var groupTitles = [][2]string{
	{"A", "Công tác chỉ đạo, điều hành"},
	{"B", "Công tác truyền thông, giáo dục"},
	{"C", "Tập huấn, nâng cao năng lực cán bộ"},
	{"D", "Tiếp nhận, xác minh, phân loại và phối hợp xử lý thông tin phản ánh, tin báo, tố giác"},
	{"E", "Quản lý, kiểm tra cơ sở kinh doanh dịch vụ"},
	{"F", "Đấu tranh, xử lý vi phạm (số liệu của Công an phường)"},
	{"G", "Tình hình địa bàn (số liệu của Công an phường)"},
	{"H", "Tư vấn, hỗ trợ, can thiệp giảm hại và hòa nhập cộng đồng"},
	{"I", "Kinh phí thực hiện"},
	{"K", "Khó khăn, vướng mắc; kiến nghị; phương hướng kỳ sau"},
}

// sentences open a section with its main figures.
var sentences = map[string]string{
	"A": "Trong kỳ, phường đã ban hành {{A.documents}} văn bản chỉ đạo, kế hoạch và tổ chức {{A.meetings}} cuộc họp, giao ban về công tác phòng, chống mại dâm.",
	"B": "Đã tổ chức {{B.sessions}} buổi, đợt truyền thông với {{B.attendance}} lượt người tham dự; phát {{B.leaflets}} tờ rơi, tài liệu.",
	"C": "Tỷ lệ cán bộ được phổ biến, cập nhật kiến thức: {{C.ratio}}; {{C.city}} lượt cán bộ dự tập huấn do Thành phố tổ chức.",
	"D": "Tiếp nhận {{D.received}} tin (cùng kỳ năm trước {{D.received|cung_ky}}; lũy kế từ năm 2026 {{D.received|luy_ke}}). Trong số tin thuộc thẩm quyền: đã xác minh {{D.ratio.verified}}, phân loại {{D.ratio.classified}}, chuyển xử lý {{D.ratio.forwarded}}; đúng hạn {{D.ratio.ontime}}.",
	"E": "Đến cuối kỳ có {{E.register}} cơ sở trong danh sách quản lý, {{E.inspected}} cơ sở đã được kiểm tra ít nhất một lần từ năm 2026 (tỷ lệ: {{E.coverage}}). Trong kỳ đã kiểm tra {{E.visits}} lượt, phát hiện {{E.violations}} lượt có vi phạm.",
	"F": "Đã xử lý hành chính {{F.administrative}} vụ, {{F.persons}} người; tổng số tiền phạt {{F.fines}}. Chuyển xử lý hình sự {{F.transferred}} vụ, khởi tố {{F.prosecuted}} vụ.",
	"G": "Đầu kỳ có {{G.start}} điểm phức tạp, phát sinh mới {{G.new}}, đã chuyển hóa {{G.cleared}}, còn lại {{G.left}}.",
	"H": "Số yêu cầu hỗ trợ đã tiếp nhận: {{H.requests}}; truyền thông giảm hại đến {{H.reached}} lượt người, cấp phát {{H.items}} vật phẩm.",
}

// after are the blocks that follow the table of a section.
var afterTable = map[string][]string{
	"D": {"Tin tiếp nhận trong kỳ theo loại và nguồn:", "{{bang:loai_nguon}}", "{{bieudo:xu_huong}}", "{{bieudo:loai}}"},
	"E": {"Cơ sở trong danh sách theo loại và mức độ nguy cơ:", "{{bang:co_so}}", "{{bieudo:phu}}"},
}

// receivers are who gets the report (nơi nhận of the plan).
var receivers = []string{
	"- Sở Y tế Hà Nội (để b/c);", "- TT Đảng ủy, HĐND, UBND phường (để b/c);", "- UBMTTQ và các tổ chức CT-XH phường (p/h);", "- Công an phường, Trạm Y tế phường;", "- Lưu: VT, VHXH.",
}

// DefaultTemplate is the built-in template: a Word document with placeholders, as the
// ward downloads it to change it.
func DefaultTemplate() ([]byte, error) {
	var d docx
	d.table(officialHead("{{PHUONG}}", "{{dia_danh}}", "BC-UBND"))
	mark := func(text string) para {
		return para{runs: []run{{text: text, size: size13, bold: true}}, align: centre, after: paragraph / 2}
	}
	d.add(para{after: 120}, mark("{{du_thao}}"), mark("{{dieu_chinh}}"),
		para{runs: []run{{text: "BÁO CÁO", size: size14, bold: true}}, align: centre},
		para{runs: []run{{text: "{{trich_yeu}}", size: size14, bold: true}}, align: centre},
		para{line: textWidth / 4, within: textWidth, after: paragraph})
	d.add(words(true, "Căn cứ Kế hoạch số 213/KH-UBND ngày 02 tháng 6 năm 2026 của Ủy ban nhân dân thành phố Hà Nội;"),
		words(true, "Căn cứ Kế hoạch số 5867/KH-SYT ngày 17 tháng 6 năm 2026 của Sở Y tế Hà Nội;"),
		words(true, "Căn cứ Kế hoạch phòng, chống mại dâm giai đoạn 2026–2030 của Ủy ban nhân dân {{phuong}},"),
		words(false, "Ủy ban nhân dân {{phuong}} báo cáo kết quả thực hiện (số liệu từ ngày {{tu_ngay}} đến ngày {{den_ngay}}) như sau:"),
		para{runs: []run{{text: "{{bang:dieu_chinh}}"}}})
	for _, g := range groupTitles {
		title := words(false, g[0]+". "+strings.ToUpper(g[1]))
		title.runs[0].bold, title.keepNext, title.align = true, true, left
		d.add(title)
		if s := sentences[g[0]]; s != "" {
			sentence := words(false, s)
			sentence.keepNext = true
			d.add(sentence)
		}
		if g[0] == "K" {
			d.add(para{runs: []run{{text: "{{nhan_xet}}"}}})
			continue
		}
		d.add(para{runs: []run{{text: "{{bang:" + g[0] + "}}"}}})
		for _, s := range afterTable[g[0]] {
			line := words(false, s)
			line.keepNext = true
			d.add(line)
		}
	}
	d.add(para{runs: []run{{text: "Ghi chú:", size: size11, bold: true, italic: true}}, keepNext: true}, para{runs: []run{{text: "{{ghi_chu}}"}}})
	end := words(false, "Trên đây là báo cáo của Ủy ban nhân dân {{phuong}} về kết quả thực hiện công tác phòng, chống mại dâm {{ky}}./.")
	end.keepNext = true
	d.add(end)
	d.table(officialFoot(receivers))
	return d.bytes("Mẫu báo cáo")
}

// officialHead is the top of a paper of the ward: who issues it, the country's name and
// motto, number and date to be filled in by hand.
func officialHead(ward, place, code string) table {
	const office = 3700
	state := textWidth - office
	bold := func(text string, size int) para {
		return para{runs: []run{{text: text, size: size, bold: true}}, align: centre}
	}
	return table{widths: []int{office, state}, rows: [][][]para{
		{
			{bold("ỦY BAN NHÂN DÂN", size12), bold(ward, size12), {line: office * 2 / 5, within: office}},
			{bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size12), bold("Độc lập - Tự do - Hạnh phúc", size13), {line: mottoLength, within: state}},
		},
		{
			{{runs: []run{{text: "Số: ……… /" + code, size: size13}}, align: centre}},
			{{runs: []run{{text: place + ", ngày …… tháng …… năm ………", size: size13, italic: true}}, align: centre}},
		},
	}}
}

// officialFoot is who gets a paper, and who signs it.
func officialFoot(receivers []string) table {
	const half = textWidth / 2
	to := []para{{runs: []run{{text: "Nơi nhận:", size: size12, bold: true, italic: true}}, keepNext: true}}
	for _, line := range receivers {
		to = append(to, para{runs: []run{{text: line, size: size11}}})
	}
	var signs []para
	for _, line := range []string{"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"} {
		signs = append(signs, para{runs: []run{{text: line, size: size13, bold: true}}, align: centre})
	}
	return table{widths: []int{half, textWidth - half}, rows: [][][]para{{to, append(signs, para{after: 1100})}}} // room for signature and stamp
}
