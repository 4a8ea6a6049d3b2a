package locale

// viReports are the Vietnamese texts of periodic reports.
var viReports = map[string]string{
	"cmd.baocao": "báo cáo định kỳ: phần của đơn vị, tổng hợp, duyệt, tệp", "usage.baocao": "[<i>số báo cáo</i>]",

	// Figures
	"figure.hidden": "(*)", "figure.none": "không phát sinh", "figure.ratio": "{percent} ({part}/{whole})", "figure.money": "{n} đồng", "figure.yes": "Có", "figure.no": "Không",
	"figure.unsaid": "chưa ghi", "figure.nothing": "Không có.", "figure.count": "{n}",

	// Types
	"baocao.kind.half1": "6 tháng đầu năm", "baocao.kind.half2": "6 tháng cuối năm", "baocao.kind.year": "Năm", "baocao.kind.adhoc": "Đột xuất", "baocao.kind.midterm": "Sơ kết", "baocao.kind.final": "Tổng kết 2026–2030",
	"baocao.type.half1": "6 tháng đầu năm {year}", "baocao.type.half2": "6 tháng cuối năm {year}", "baocao.type.year": "năm {year}",
	"baocao.type.adhoc": "từ {from:day} đến {to:day} (đột xuất)", "baocao.type.midterm": "giai đoạn 2026–{year} (sơ kết)", "baocao.type.final": "giai đoạn 2026–2030 (tổng kết)",
	"baocao.corrected":    "{title}, điều chỉnh lần {n}",
	"baocao.unit.officer": "Phòng Văn hóa - Xã hội", "baocao.unit.police": "Công an phường", "baocao.unit.health": "Trạm Y tế phường",

	// List
	"baocao.head":      "📑 <b>Báo cáo định kỳ</b>",
	"baocao.line.open": "• {title}: đang thu phần các đơn vị, hạn {due:day}", "baocao.line.merged": "• {title}: chờ lãnh đạo duyệt, hạn {due:day}",
	"baocao.line.approved": "• {title}: đã duyệt, chưa ban hành", "baocao.line.issued": "• {title}: đã ban hành", "baocao.line.coming": "• {title}: chưa mở, hạn {due:day}",
	"baocao.do.open": "➕ Mở báo cáo", "baocao.do.rules": "⚙️ Kỳ và hạn", "baocao.do.template": "📄 Mẫu", "baocao.do.list": "📑 Danh sách báo cáo",
	"baocao.which.type": "➕ <b>Mở báo cáo nào?</b>", "baocao.which.year": "➕ <b>{type}</b>: chọn năm.",
	"baocao.opened": "✅ Đã mở. Các đơn vị đã được báo.", "baocao.there": "Báo cáo này đã có.", "baocao.period.invalid": "Không mở được báo cáo cho kỳ này.",

	// Card
	"baocao.card": "📑 <b>Báo cáo {title}</b>", "baocao.card.days": "Số liệu từ {from:day} đến {to:day}", "baocao.card.due": "Hạn gửi: {due:day}", "baocao.card.overdue": "❗ Quá hạn gửi ({due:day})",
	"baocao.state.open": "Đang thu phần các đơn vị", "baocao.state.merged": "Đã tổng hợp, chờ lãnh đạo duyệt",
	"baocao.state.approved": "✅ {by} đã duyệt, {at}. Số liệu giữ nguyên từ đây.", "baocao.state.issued": "📤 Đã ban hành ({by} duyệt, {at})",
	"baocao.part.missing": "• {unit}: ⏳ chưa gửi", "baocao.part.returned": "• {unit}: ✅ {by}, {at}",
	"baocao.do.part": "✍️ Phần của đơn vị tôi", "baocao.do.merge": "🧩 Tổng hợp", "baocao.do.approve": "✅ Duyệt", "baocao.do.giveback": "↩️ Trả lại", "baocao.do.issue": "📤 Đã ban hành",
	"baocao.do.correct": "✏️ Điều chỉnh", "baocao.do.files": "📎 Tệp báo cáo", "baocao.do.source": "🔎 Số này từ đâu?",
	"baocao.sure.missing": "Còn {n} đơn vị chưa gửi. Vẫn tổng hợp?", "baocao.sure.giveback": "Trả lại để sửa? Các đơn vị có thể sửa phần của mình.",
	"baocao.sure.approve": "Duyệt báo cáo? Số liệu được giữ nguyên từ lúc này; muốn sửa phải lập bản điều chỉnh.", "baocao.sure.issue": "Báo cáo đã có số, ngày, chữ ký và đã gửi đi?",
	"baocao.sure.correct": "Lập bản điều chỉnh? Báo cáo đã duyệt giữ nguyên; bản mới ghi rõ những gì thay đổi.",
	"baocao.merged":       "✅ Đã tổng hợp. Lãnh đạo nhận được bản dự thảo.", "baocao.done.giveback": "↩️ Đã trả lại.", "baocao.done.approve": "✅ Đã duyệt.", "baocao.done.issue": "📤 Đã ghi nhận ban hành.",
	"baocao.done.correct": "✏️ Đã lập bản điều chỉnh.", "baocao.state": "Không làm được ở bước này.", "baocao.later": "Đã có bản điều chỉnh mới hơn.",

	// Part of a unit
	"baocao.part.head": "✍️ <b>{unit}</b>, báo cáo {title}", "baocao.part.hard": "• Khó khăn, vướng mắc: {words}", "baocao.part.wish": "• Kiến nghị, đề xuất: {words}", "baocao.part.nothing": "không có",
	"baocao.part.todo": "Xem số liệu theo nhóm, bổ sung vào sổ nếu thiếu, rồi gửi phần của đơn vị.", "baocao.part.in": "✅ Đã gửi.", "baocao.part.kept": "💾 Đã lưu.", "baocao.part.sent": "✅ Đã gửi phần của đơn vị.",
	"baocao.part.back": "↩️ Đã rút về để sửa.",
	"baocao.do.hard":   "✏️ Khó khăn", "baocao.do.wish": "✏️ Kiến nghị", "baocao.do.nothing": "Không có gì nêu", "baocao.do.handin": "📤 Gửi phần này", "baocao.do.takeback": "↩️ Rút về để sửa",
	"baocao.ask.kk": "✏️ <b>{title}</b>: viết khó khăn, vướng mắc của đơn vị.", "baocao.ask.kn": "✏️ <b>{title}</b>: viết kiến nghị, đề xuất của đơn vị.",

	// Where a figure comes from
	"baocao.do.group": "Nhóm {letter}", "baocao.group.head": "<b>{group}</b>\nBáo cáo {title}. ⚙️ hệ thống tính, ✍️ nhập tay; (*) không công bố.",
	"baocao.figure":      "• {label}: <b>{now}</b> (cùng kỳ {before}; từ 2026: {all}) {mark}",
	"baocao.figure.text": "• {label}: {words} {mark}", "baocao.which.group": "🔎 <b>Báo cáo {title}</b>: chọn nhóm.", "baocao.which.field": "🔎 <b>{group}</b>: chọn chỉ tiêu.",
	"baocao.origin.computed": "Nguồn: hệ thống tự tính.", "baocao.origin.typed": "Nguồn: nhập tay, {unit}.", "baocao.definition": "Cách tính: {text}", "baocao.do.behind": "📋 Xem danh sách",
	"definition.register":   "cộng các mục của sổ “{register}” có ngày trong kỳ; chỉ tiêu trạng thái lấy mục mới nhất.",
	"definition.D.received": "tin có ngày tiếp nhận trong kỳ, từ mọi kênh.", "definition.D.received.each": "như trên, theo loại đã ghi; tin báo, tố giác do Công an xác nhận.",
	"definition.D.received.unnamed": "tin tiếp nhận trong kỳ, chưa ghi loại.", "definition.D.verified": "tin trong kỳ thuộc thẩm quyền, đã ghi kết quả xác minh.",
	"definition.D.classified": "tin trong kỳ thuộc thẩm quyền, đã ghi loại.", "definition.D.forwarded": "tin trong kỳ thuộc thẩm quyền, đã chuyển cơ quan có thẩm quyền hoặc phường đã giải quyết.",
	"definition.D.handled": "tin trong kỳ đã có kết quả.", "definition.D.late": "tin trong kỳ có bước xong sau hạn, hoặc còn mở sau hạn.", "definition.D.open": "tin trong kỳ chưa kết thúc.",
	"definition.D.outofscope": "tin trong kỳ không thuộc thẩm quyền, tính riêng.", "definition.D.duplicates": "tin trong kỳ được gộp vào tin khác.", "definition.D.invalid": "tin trong kỳ không đủ nội dung.",
	"definition.D.withdrawn": "tin trong kỳ người gửi đã rút lại.", "definition.D.ratio.received": "tin đã tiếp nhận trên tin gửi đến; mỗi tin gửi đến đều được ghi nhận.",
	"definition.D.ratio.verified": "tin đã xác minh trên tin thuộc thẩm quyền.", "definition.D.ratio.classified": "tin đã phân loại trên tin thuộc thẩm quyền.", "definition.D.ratio.forwarded": "tin đã chuyển hoặc đã giải quyết trên tin thuộc thẩm quyền.",
	"definition.D.ratio.ontime": "tin không quá hạn bước nào trên tin thuộc thẩm quyền.",
	"definition.E.register":     "cơ sở trong danh sách ở cuối kỳ.", "definition.E.closed": "cơ sở đã ngừng hoạt động trước cuối kỳ, tính riêng.", "definition.E.security": "cơ sở ở cuối kỳ, có điều kiện về an ninh trật tự.",
	"definition.E.vulnerable": "cơ sở ở cuối kỳ, dễ bị lợi dụng.", "definition.E.reviewed": "cơ sở ở cuối kỳ, đã rà soát trong năm của cuối kỳ.", "definition.E.visits": "lượt kiểm tra có ngày trong kỳ.",
	"definition.E.inspected": "cơ sở ở cuối kỳ, đã được kiểm tra ít nhất một lần từ 01/01/2026.", "definition.E.coverage": "cơ sở đã được kiểm tra ít nhất một lần từ 01/01/2026 trên cơ sở trong danh sách ở cuối kỳ.",
	"definition.E.commitments": "cơ sở ở cuối kỳ, đã ký cam kết.", "definition.E.violations": "lượt kiểm tra trong kỳ có phát hiện vi phạm.",
	"definition.H.requests": "yêu cầu hỗ trợ nhận trong kỳ; số nhỏ không công bố.", "definition.H.service.each": "yêu cầu trong kỳ theo dịch vụ; một người có thể cần nhiều dịch vụ.",
	"definition.H.referrals.each": "lượt chuyển gửi của yêu cầu trong kỳ.", "definition.H.outcome.each": "kết quả đã ghi của yêu cầu trong kỳ.",
	"definition.H.under18": "yêu cầu trong kỳ của người dưới 18 tuổi.", "definition.H.waiting": "yêu cầu trong kỳ chưa liên hệ được ở cuối kỳ.",

	// Notices
	"baocao.told.open": "📑 Đã mở báo cáo <b>{title}</b>, hạn {due:day}. Đơn vị xem số liệu và gửi phần của mình.", "baocao.told.complete": "📑 Báo cáo <b>{title}</b>: đã đủ phần của các đơn vị.",
	"baocao.told.merge": "📑 Báo cáo <b>{title}</b> đã tổng hợp, chờ duyệt. Tệp dự thảo được gửi kèm ngay sau đây.", "baocao.told.giveback": "↩️ Báo cáo <b>{title}</b> được trả lại để sửa.",
	"baocao.told.approve": "✅ Báo cáo <b>{title}</b> đã được duyệt.", "baocao.told.issue": "📤 Báo cáo <b>{title}</b> đã ban hành.",
	"baocao.remind.unit": "⏰ Báo cáo <b>{title}</b>: còn {days} ngày làm việc đến hạn {due:day}. Đơn vị chưa gửi phần của mình.", "baocao.remind.merge": "⏰ Báo cáo <b>{title}</b>: còn {days} ngày làm việc đến hạn {due:day}. Số đơn vị chưa gửi: {missing}.",

	// Files
	"baocao.files.coming": "⏳ Đang lập tệp, gửi sau ít phút.", "baocao.file.draft": "📎 Báo cáo <b>{title}</b> – DỰ THẢO, chưa duyệt.", "baocao.file.approved": "📎 Báo cáo <b>{title}</b> – bản đã duyệt; số, ngày, chữ ký để trống.",
	"baocao.file.try": "📎 Xem thử mẫu mới với báo cáo <b>{title}</b>.", "baocao.file.failed": "Chưa lập được tệp báo cáo <b>{title}</b>. Hãy thử lại sau.", "baocao.file.template": "Mẫu của phường có phần lấy dữ liệu từ nơi khác nên báo cáo này theo mẫu có sẵn. Hãy gửi lại mẫu.", "baocao.file.nopdf": "Máy chủ không có LibreOffice nên không có bản PDF.",

	// Settings
	"baocao.rules.head": "⚙️ <b>Kỳ báo cáo và hạn gửi</b>\nBấm để đổi ngày chốt, số ngày từ khi chốt đến hạn.", "baocao.rules.close": "Chốt số liệu: 6 tháng {half}, năm {year}", "baocao.rules.line": "• {title}: {from:day}–{to:day}, hạn {due:day}",
	"baocao.rules.unkept": "⚠️ Chưa lưu.", "baocao.rules.kept": "✅ Đã lưu, áp dụng cho báo cáo mở từ bây giờ.", "baocao.rules.invalid": "Không đặt được kỳ hoặc hạn này.",
	"baocao.rules.calendar": "Theo lịch 30/06, 31/12", "baocao.rules.decree": "14/06, 14/12", "baocao.rules.due.half": "6 tháng +{n}", "baocao.rules.due.year": "Năm +{n}", "baocao.rules.due.other": "Khác +{n}", "baocao.do.keep": "💾 Lưu",

	// Templates
	"baocao.template.head": "📄 <b>Mẫu báo cáo</b>: {name}", "baocao.template.builtin": "mẫu có sẵn", "baocao.template.own": "mẫu của phường, bản {n}",
	"baocao.template.how": "Tải về, sửa bằng Word, gửi lại. Giữ các chỗ trong dấu ngoặc kép nhọn, ví dụ {{ B.sessions }}.",
	"baocao.do.download":  "⬇️ Tải mẫu", "baocao.do.upload": "⬆️ Gửi mẫu mới", "baocao.do.builtin": "↩️ Về mẫu có sẵn", "baocao.do.use": "✅ Dùng mẫu này",
	"baocao.template.caption": "📄 Mẫu đang dùng. {{ bang:D }} là bảng của nhóm D, {{ bieudo:phu }} là biểu đồ, {{ B.sessions|cung_ky }} là số cùng kỳ năm trước.",
	"baocao.template.ask":     "⬆️ Gửi tệp .docx của mẫu mới (tối đa 2 MB).", "baocao.template.coming": "⏳ Đang kiểm tra mẫu.", "baocao.template.notword": "Hãy gửi tệp Word (.docx).",
	"baocao.template.back": "✅ Đã về mẫu có sẵn.", "baocao.template.used": "✅ Từ nay dùng mẫu này cho các báo cáo chưa duyệt.", "baocao.template.good": "✅ Mẫu dùng được. Xem bản thử rồi bấm để dùng.",
	"baocao.template.bad": "❌ <b>Mẫu chưa dùng được.</b>", "baocao.template.fault.word": "• Không phải tệp Word .docx, hoặc quá lớn.", "baocao.template.fault.macros": "• Có macro hoặc tệp nhúng.",
	"baocao.template.fault.links": "• Có liên kết ra ngoài, hoặc trường (field) lấy dữ liệu từ nơi khác.", "baocao.template.fault.pictures": "• Có hình không phải PNG, JPEG hoặc GIF; hãy chèn lại hình.",
	"baocao.template.fault.traces": "• Còn nhận xét hoặc theo dõi thay đổi; hãy chấp nhận hết và xóa nhận xét.", "baocao.template.fault.unknown": "• Chỗ điền không có nghĩa: {names}",
	"baocao.template.fault.missing": "• Thiếu chỗ điền bắt buộc: {names}", "baocao.template.fault.groups": "• Không có số liệu nào của nhóm: {names}", "baocao.template.gone": "Không tải được tệp. Hãy gửi lại.",

	// Words of the paper
	"baocao.paper.none":        "Chưa phân loại",
	"baocao.paper.chart.trend": "Tin tiếp nhận theo thời gian", "baocao.paper.chart.kinds": "Tin tiếp nhận theo loại và thời gian", "baocao.paper.chart.coverage": "Tỷ lệ cơ sở được kiểm tra ít nhất một lần từ 2026 so với chỉ tiêu",
	"baocao.paper.reached": "Đã đạt (%)", "baocao.paper.target": "Chỉ tiêu (%)", "baocao.paper.empty": "Không có số liệu trong kỳ", "baocao.paper.notyet": "chưa đến kỳ",
	"baocao.paper.column.0": "Kỳ này", "baocao.paper.column.1": "Cùng kỳ năm trước", "baocao.paper.column.2": "Lũy kế từ 01/01/2026",
	"baocao.paper.source.online": "Trực tuyến", "baocao.paper.source.visit": "Trực tiếp", "baocao.paper.source.phone": "Điện thoại", "baocao.paper.source.ihanoi": "iHanoi", "baocao.paper.source.letter": "Đơn thư", "baocao.paper.source.agency": "Cơ quan khác", "baocao.paper.source.other": "Khác",
	"baocao.card.unfinished": "⚠️ Kỳ số liệu chưa kết thúc; số liệu tính đến lúc này.", "baocao.source.frozen": "Số liệu giữ nguyên từ lúc duyệt; danh sách là hiện tại.",
	"baocao.figure.zero": "Bằng 0 (kỳ này, cùng kỳ, từ 2026):", "baocao.figure.zero.one": "· {label} {mark}",
	"baocao.paper.help": "Nhóm H, cột “{column}”: số liệu từ {from:day} đến {to:day} (các kỳ 6 tháng đã chốt số liệu).",
}
