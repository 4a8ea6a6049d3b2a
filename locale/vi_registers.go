package locale

// viRegisters are the Vietnamese texts of the registers that staff fill for the report:
// "register.<register>.<question>" is a question, with ".<choice>" an answer to it, with
// ".hint" what helps.
var viRegisters = map[string]string{
	"cmd.so": "Sổ theo dõi: truyền thông, tập huấn, văn bản, kết quả xử lý, kinh phí", "usage.register": "[sổ]",

	"registers.head":     "📒 Sổ theo dõi cho báo cáo định kỳ. Chọn sổ:",
	"registers.list":     "📒 <b>{register}</b>: {n} mục, mới nhất trước.",
	"registers.behind":   "📒 <b>{register}</b>: {n} mục tính vào số liệu từ {from:day} đến {to:day}.",
	"registers.readonly": "Sổ này chỉ để xem.",
	"registers.card":     "📒 <b>{register}</b> · mục {id}", "registers.line": "• {label}: {value}", "registers.both": "{one} · {other}", "registers.item.void": "🗑 {label}",
	"registers.void": "🗑 Đã bỏ, không tính vào báo cáo. Lý do: {reason}", "registers.written": "Bản {n}, ghi lúc {at}, {by}",
	"registers.none": "—", "registers.count": "{n}", "registers.money": "{n} đ", "registers.day": "{day:day}", "registers.said.yes": "Có", "registers.said.no": "Không",

	"registers.do.all": "📒 Các sổ", "registers.do.totals": "📊 Số liệu", "registers.do.new": "➕ Ghi mục mới", "registers.do.list": "📋 Danh sách", "registers.do.fix": "✏️ Sửa",
	"registers.do.void": "🗑 Bỏ", "registers.do.log": "🕘 Các bản", "registers.do.send": "✅ Gửi", "registers.do.change": "✏️ Sửa", "registers.do.clear": "✅ Đã xóa điểm, thôi theo dõi", "registers.do.behind": "📋 {register}: các mục trong kỳ", "registers.do.given": "Đã có số liệu",

	"registers.filling": "📒 <b>{register}</b> ({done}/{all})", "registers.ask": "\n❓ <b>{question}</b>", "registers.hint": "💡 <i>{hint}</i>", "registers.wrong": "⚠️ {help}",
	"registers.how.day": "Bấm chọn, hoặc gõ ngày, ví dụ 12/3.", "registers.how.choice": "Bấm chọn.", "registers.how.count": "Gõ một số, ví dụ 40.",
	"registers.how.money": "Gõ số tiền, ví dụ 12.500.000 hoặc 12,5 triệu.", "registers.how.yesno": "Bấm chọn.", "registers.how.words": "Gõ trong một tin.",
	"registers.today": "Hôm nay", "registers.yesterday": "Hôm qua",
	"registers.review": "\nKiểm tra lại, rồi bấm <b>Gửi</b>.", "registers.press": "Đã đủ. Hãy bấm Gửi, Sửa hoặc Hủy.", "registers.which": "\nSửa mục nào?",
	"registers.kept": "✅ Đã ghi.", "registers.same": "Không có gì thay đổi.", "registers.cancelled": "Đã hủy, không ghi gì.", "registers.moved": "Mục này vừa được người khác sửa. Đây là bản mới.", "registers.gone": "Mục đang ghi không còn mở. Hãy chọn sổ và ghi lại.",
	"registers.void.ask": "🗑 Bỏ mục {id}: vì sao? Viết trong một tin. Mục vẫn được giữ để đối chiếu nhưng không tính vào báo cáo.",
	"registers.log":      "🕘 <b>{register}</b> · mục {id}: các bản, mới nhất trước", "registers.log.version": "\nBản {n}, {at}, {by}", "registers.log.first": "• Ghi mới",
	"registers.log.change": "• {label}: {was} → {is}",

	"registers.totals": "📊 <b>Số liệu các sổ</b> từ {from:day} đến {to:day}", "registers.totals.none": "Chưa có số liệu nào trong kỳ này.",
	"registers.totals.legend": "\n✍️ nhập tay · ⚙️ hệ thống", "registers.group": "\n▸ <b>{group}</b>", "registers.total": "{mark} {label}: {value}", "registers.computed": "xem /thongke",
	"registers.span.ky": "Nửa năm", "registers.span.nam": "Cả năm", "registers.span.tatca": "Từ 2026",

	"registers.error.choice": "Hãy bấm một nút bên dưới.", "registers.error.yesno": "Hãy bấm Có hoặc Không.", "registers.error.count": "Hãy gửi một số, ví dụ 40.",
	"registers.error.least": "Ít nhất là 1.", "registers.error.most": "Số này quá lớn. Nhiều nhất là 1.000.000.",
	"registers.error.money":     "Hãy gửi số tiền bằng đồng, ví dụ 12.500.000 hoặc 12,5 triệu.",
	"registers.error.moneymost": "Số tiền này quá lớn. Nhiều nhất là 1.000 tỷ đồng.",
	"registers.error.day":       "Hãy gửi một ngày, ví dụ 12/3 hoặc 12/3/2026.", "registers.error.future": "Ngày này chưa đến.", "registers.error.early": "Ngày này quá xa, ngoài các kỳ báo cáo.",
	"registers.error.words": "Hãy viết bằng chữ trong một tin.", "registers.error.long": "Dài quá. Hãy viết ngắn hơn.",
	"registers.missing": "Còn câu chưa trả lời.", "registers.order": "Ngày kết thúc không thể trước ngày bắt đầu.", "registers.toomany": "Số cán bộ được cập nhật lớn hơn tổng số cán bộ.",
	"registers.nothing": "Chưa có con số nào. Hãy điền ít nhất một số.",

	"register.documents": "Văn bản", "register.documents.day": "Ngày ban hành", "register.documents.kind": "Loại văn bản", "register.documents.kind.plan": "Kế hoạch",
	"register.documents.kind.letter": "Công văn", "register.documents.kind.decision": "Quyết định", "register.documents.kind.report": "Báo cáo", "register.documents.kind.other": "Khác",
	"register.documents.documents": "Số văn bản", "register.documents.title": "Số, trích yếu",

	"register.meetings": "Cuộc họp", "register.meetings.day": "Ngày họp", "register.meetings.meetings": "Số cuộc họp", "register.meetings.title": "Nội dung",

	"register.taskforce": "Tổ công tác liên ngành", "register.taskforce.day": "Ngày thành lập, kiện toàn", "register.taskforce.taskforce": "Đã thành lập", "register.taskforce.title": "Số quyết định",

	"register.communication": "Truyền thông", "register.communication.day": "Ngày", "register.communication.form": "Hình thức", "register.communication.form.direct": "Trực tiếp",
	"register.communication.form.broadcast": "Truyền thanh", "register.communication.form.digital": "Nền tảng số", "register.communication.form.social": "Mạng xã hội",
	"register.communication.form.school": "Trường học", "register.communication.audience": "Dành cho", "register.communication.audience.residents": "Người dân",
	"register.communication.audience.pupils": "Học sinh", "register.communication.audience.premises": "Chủ, nhân viên cơ sở", "register.communication.sessions": "Số buổi, lượt",
	"register.communication.attendance": "Số người dự", "register.communication.leaflets": "Tờ rơi, tài liệu đã phát", "register.communication.regular": "Duy trì thường xuyên",
	"register.communication.regular.hint": "Có nếu đây là hình thức phường làm đều đặn.", "register.communication.topic": "Nội dung, địa điểm",

	"register.training": "Tập huấn", "register.training.day": "Ngày", "register.training.staff": "Tổng số cán bộ hiện nay", "register.training.updated": "Cán bộ được cập nhật kiến thức",
	"register.training.updated.hint": "Chỉ tính người lần đầu trong năm, để không đếm hai lần.", "register.training.city": "Cán bộ dự tập huấn của Thành phố",
	"register.training.city.hint": "Chỉ tính người lần đầu trong năm, để không đếm hai lần.", "register.training.topic": "Nội dung",

	"register.results": "Kết quả xử lý", "register.results.day": "Ngày ra kết quả", "register.results.kind": "Loại kết quả", "register.results.kind.administrative": "Hành chính",
	"register.results.kind.licence": "Giấy phép", "register.results.kind.penal": "Hình sự", "register.results.administrative": "Số vụ", "register.results.buying": "Người mua dâm bị xử lý",
	"register.results.selling": "Người bán dâm bị xử lý", "register.results.other": "Người có hành vi khác", "register.results.decisions": "Quyết định xử phạt", "register.results.fines": "Tổng tiền phạt",
	"register.results.licences": "Giấy phép bị tước, đình chỉ", "register.results.transferred": "Vụ chuyển cơ quan điều tra", "register.results.prosecuted": "Vụ khởi tố",
	"register.results.accused": "Bị can", "register.results.minors": "Vụ có người dưới 18 tuổi", "register.results.trafficking": "Vụ có dấu hiệu mua bán người",
	"register.results.note": "Ghi chú", "register.results.note.hint": "Không ghi tên, địa chỉ của ai.",

	"register.hotspots": "Điểm phức tạp, địa bàn", "register.hotspots.kind": "Loại", "register.hotspots.kind.hotspot": "Điểm phức tạp", "register.hotspots.kind.watched": "Địa bàn theo dõi",
	"register.hotspots.place": "Nơi", "register.hotspots.place.hint": "Tên đường, khu vực; không ghi tên người.", "register.hotspots.day": "Ngày bắt đầu", "register.hotspots.cleared": "Ngày xóa điểm, thôi theo dõi",
	"register.hotspots.cleared.hint": "Bỏ qua nếu vẫn còn.", "register.hotspots.note": "Ghi chú",

	"register.harm": "Truyền thông giảm hại", "register.harm.day": "Ngày", "register.harm.reached": "Số người được truyền thông", "register.harm.items": "Vật phẩm đã phát", "register.harm.note": "Ghi chú",

	"register.budget": "Kinh phí", "register.budget.day": "Ngày giao, ngày chi", "register.budget.kind": "Loại", "register.budget.kind.planned": "Được giao", "register.budget.kind.spent": "Đã chi",
	"register.budget.source": "Nguồn", "register.budget.source.ward": "Ngân sách phường", "register.budget.source.combined": "Lồng ghép", "register.budget.source.raised": "Huy động",
	"register.budget.amount": "Số tiền", "register.budget.note": "Nội dung",

	"register.remarks": "Nhận xét, kiến nghị", "register.remarks.day": "Ngày", "register.remarks.kind": "Mục", "register.remarks.kind.difficulties": "Khó khăn, vướng mắc",
	"register.remarks.kind.proposals": "Kiến nghị, đề xuất", "register.remarks.kind.plans": "Phương hướng kỳ sau", "register.remarks.kind.rewards": "Biểu dương, khen thưởng",
	"register.remarks.words": "Nội dung", "register.remarks.words.hint": "Viết đúng như sẽ đưa vào báo cáo; không ghi tên người dân.",
}
