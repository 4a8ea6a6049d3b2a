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

	// Drafts
	"draft.remind": "📝 Bạn còn phần đang viết, chưa gửi.", "draft.send": "✅ Gửi ngay", "draft.drop": "🗑 Bỏ", "draft.go": "➡️ Tiếp tục", "draft.back": "↩️ Lấy lại",
	"draft.there": "📝 Bạn có bản nháp chưa gửi.", "draft.go.other": "➡️ Bản nháp khác", "draft.other": "📝 Bạn còn một bản nháp khác, chưa gửi.",
	"draft.beside":    "📝 Phần đang viết được giữ riêng; bấm lại nút cũ để viết tiếp.",
	"draft.drop.sure": "Bỏ bản nháp này?", "draft.clear.sure": "Xóa phần đã ghi?",
	"draft.dropped": "Đã bỏ. Không có gì được gửi đi. Trong 10 phút có thể lấy lại.", "draft.cleared": "Đã xóa phần đã ghi. Trong 10 phút có thể lấy lại.",
	"draft.gone": "Phần này đã được xóa hẳn.", "draft.long": "⏳ Giữ nháp 24 giờ",
}
