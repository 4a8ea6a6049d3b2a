package locale

// Texts of words that find their case, and of what is understood beside that.
var viThreads = map[string]string{
	"thread.help":         "Đã gửi thêm cho cán bộ hỗ trợ, vào yêu cầu gửi lúc {received:at}.",
	"thread.help.today":   "Đã gửi thêm cho cán bộ hỗ trợ, vào yêu cầu gửi lúc {received:clock} hôm nay.",
	"thread.report.today": "Đã gửi thêm vào phản ánh gửi lúc {received:clock} hôm nay.",
	"thread.report":       "Đã gửi thêm vào phản ánh gửi lúc {received:at}.",
	"thread.undo":         "↩️ Không phải",
	"thread.late":         "Đã quá 2 phút nên không rút lại được nữa.",
	"thread.taken":        "Đã rút lại khỏi nội dung gửi lúc {received:at}, không còn hiện với cán bộ.",
	"thread.to.help":      "💬 Gửi thêm cho cán bộ hỗ trợ",
	"thread.to.help.of":   "💬 Gửi thêm cho cán bộ hỗ trợ, lúc {received:at}",
	"thread.to.report":    "📝 Thêm vào phản ánh lúc {received:at}",
	"outside.what":        "Bạn muốn làm gì với nội dung này?",
	"staff.tookback":      "↩️ Người gửi đã rút lại tin vừa bổ sung vào {number}.",
	"edited.draft":        "Đã thay bằng nội dung bạn vừa sửa.",
	"edited.sent":         "Đã thay bằng nội dung bạn vừa sửa, trong nội dung gửi lúc {received:at}. Cán bộ sẽ xem bản mới.",
	"edited.added":        "Đã gửi thêm phần bạn vừa sửa vào nội dung gửi lúc {received:at}.",
	"origin.mark":         "Chuyển tiếp từ:",
	"edited.mark":         "Đã sửa:",
	"code.blanked":        "(mã tra cứu)",
	"code.covered":        "Tin của bạn có mã tra cứu. Mã đã được che để cán bộ không thấy.",
	"code.lost":           "Phường không xem lại được mã của bạn: hệ thống chỉ lưu mã ở dạng không đọc được.\n• Hãy tìm trong cuộc trò chuyện này hoặc ảnh chụp màn hình.\n• Nếu vẫn dùng tài khoản này, cứ nhắn tại đây; cán bộ trả lời tại đây.\n• Nếu không còn cách nào, hãy gửi lại tin mới.",
	"code.lost.here":      "Việc gần nhất của bạn tại đây:",
	"talk.greeting":       "Chào bạn. Bạn cần phường giúp việc gì? Hãy chọn nút bên dưới hoặc viết luôn tại đây.",
	"talk.thanks":         "Cảm ơn bạn. Khi cần, bạn cứ nhắn tại đây.",
}
