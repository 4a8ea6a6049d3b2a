package locale

// viIntake are the Vietnamese texts of drafts and of what a report or a request tells
// about a place.
var viIntake = map[string]string{
	// A place: labels for staff, and what a person reads
	"place.happened": "nơi xảy ra, vị trí chính xác", "place.stood": "nơi người gửi đứng, làm mờ khoảng 100 m",
	"place.agreed": "vị trí chính xác, người gửi đồng ý", "place.near": "làm mờ khoảng 100 m",
	"where.outside": "Ngoài phường / không biết",
	"map.none":      "Vụ việc này không có vị trí trên bản đồ.", "map.line": "🗺 <b>{number}</b> – {kind}:",

	"review.venue": "• Địa điểm trên bản đồ: {value}", "review.online": "• Trên mạng: {value}", "review.origin": "• Chuyển tiếp từ: {value}",
	"service.other": "Khác / tôi chưa biết",
	"place.exact":   "vị trí chính xác", "review.files.album": "• Tệp kèm theo: cả bộ ảnh vừa gửi",
	"dialog.number": "<b>{n}/{of}.</b> {question}", "button.chosen": "✔️ {label}", "button.clear.place": "🗑 Xóa nơi đã ghi",
	"dialog.early.place": "📍 Đã ghi vị trí. Mời bạn tiếp tục:", "dialog.early.venue": "📍 Đã ghi địa điểm. Mời bạn tiếp tục:",

	// A report
	"report.which":       "📍 Vị trí vừa gửi là nơi nào?\nNơi xảy ra: giữ chính xác để tìm đúng chỗ. Nơi bạn đứng: làm mờ khoảng 100 m.",
	"report.which.there": "📍 Nơi xảy ra", "report.which.here": "🧍 Nơi tôi đang đứng",
	"report.online": "Gửi trong một tin những gì bạn biết: đường link, tên hoặc nick, số điện thoại. Ảnh chụp màn hình cũng được.\n" +
		"Nếu bạn chuyển tiếp tin nhắn, phường sẽ thấy tên kênh hoặc tài khoản đã đăng tin đó.",

	// A request for help
	"help.need":     "Bạn cần giúp việc gì?",
	"help.forced":   "🆘 Tôi đang bị ép, bị giữ, cần được đưa ra",
	"help.services": "Bấm để chọn hoặc bỏ chọn, rồi bấm “Xong ➡️”.", "help.add.service": "➕ Thêm dịch vụ khác", "help.add.where": "📍 Vị trí",
	"help.where":         "Gửi vị trí của bạn (📎 → Vị trí), hoặc viết địa chỉ, tên nơi đó. Vị trí chỉ được gửi chính xác khi bạn đồng ý.",
	"help.review.forced": "🆘 <b>Bạn đang bị ép, bị giữ, cần được đưa ra.</b> Nếu an toàn, hãy gửi vị trí (📎 → Vị trí).",
	"share.ask":          "📍 Gửi vị trí này cho cán bộ thế nào? Chính xác: người xử lý việc của bạn đến được đúng chỗ. Khu vực: làm mờ khoảng 100 m.",
	"share.agree":        "✅ Đồng ý gửi vị trí chính xác", "share.near": "Chỉ gửi khu vực (mờ khoảng 100 m)", "share.drop": "Không gửi vị trí",
	"share.more":  "📍 Phường nhận được khu vực, đã làm mờ khoảng 100 m. Nếu muốn cán bộ đến đúng chỗ, bấm nút dưới đây.",
	"share.sent":  "📍 Đã gửi vị trí chính xác.",
	"share.exact": "vị trí chính xác, bạn đã đồng ý",

	// The list of the own cases, and discreet messages
	"menu.list": "📒 Danh sách của tôi", "menu.discreet": "🤫 Tin kín đáo",
	"list.off": "📒 <b>Danh sách của tôi</b> đang tắt.\nKhi bật, các việc bạn gửi ở đây hiện thành danh sách, chỉ có số thứ tự và giờ gửi; bấm vào là xem, bổ sung, trả lời được, không cần mã.\n" +
		"⚠️ <b>Ai cầm máy này cũng xem được.</b> Danh sách tự xóa sau {days} ngày không mở; tắt bằng một nút.",
	"list.on":    "✅ Bật danh sách",
	"list.head":  "📒 <b>Danh sách của tôi</b>. Tự xóa nếu không mở lại trước ngày {until:day}.",
	"list.empty": "Chưa có việc nào. Việc bạn gửi từ bây giờ sẽ hiện ở đây; việc cũ thì tra mã rồi bấm “📒 Ghi vào danh sách”.",
	"list.line":  "{n} · {received}",
	"list.end":   "🗑 Tắt và xóa danh sách", "list.ended": "Đã tắt và xóa danh sách.", "list.add": "📒 Ghi vào danh sách", "list.added": "Đã ghi vào danh sách.",
	"list.gone": "Việc này đã được xóa.", "list.back": "📒 Danh sách",
	"waiting.unnamed": "❓ Phường hỏi: việc này phải nêu rõ họ tên, địa chỉ mới được giải quyết như đơn. Bạn muốn:",
	"waiting.meeting": "🗓 Bạn có hẹn:\n{words}\nBạn đến được không?", "waiting.follow": "Phường hỏi thăm: hiện giờ bạn thấy thế nào?",
	"discreet.off": "🤫 <b>Tin kín đáo</b> đang tắt.\nKhi bật, tin phường gửi đến chỉ hiện một dòng “Bạn có tin nhắn từ phường.”. Bấm “👁 Xem” mới thấy nội dung, xem xong bấm “🙈 Ẩn lại”. Tin đã nhận trước đó không thay đổi.",
	"discreet.on":  "🤫 <b>Tin kín đáo</b> đang bật: tin phường gửi đến chỉ hiện một dòng, bấm “👁 Xem” mới thấy nội dung.", "discreet.do.on": "✅ Bật tin kín đáo", "discreet.do.off": "Tắt tin kín đáo",
	"discreet.see": "👁 Xem", "discreet.hide": "🙈 Ẩn lại", "discreet.gone": "Nội dung này không còn ở đây. Bạn xem lại bằng mã ở mục 🔎 Tra cứu mã.",

	// Drafts
	"draft.remind": "📝 Bạn còn phần đang viết, chưa gửi.", "draft.send": "✅ Gửi ngay", "draft.drop": "🗑 Bỏ", "draft.go": "➡️ Tiếp tục", "draft.back": "↩️ Lấy lại",
	"draft.there": "📝 Bạn có bản nháp chưa gửi.", "draft.go.other": "➡️ Bản nháp khác", "draft.other": "📝 Bạn còn một bản nháp khác, chưa gửi.",
	"draft.beside":    "📝 Phần đang viết được giữ riêng; bấm lại nút cũ để viết tiếp.",
	"draft.drop.sure": "Bỏ bản nháp này?", "draft.clear.sure": "Xóa phần đã ghi?",
	"draft.dropped": "Đã bỏ. Không có gì được gửi đi. Trong 10 phút có thể lấy lại.", "draft.cleared": "Đã xóa phần đã ghi. Trong 10 phút có thể lấy lại.",
	"draft.gone": "Phần này đã được xóa hẳn.", "draft.long": "⏳ Giữ nháp 24 giờ",
}
