package locale

// viPoster are the Vietnamese texts of posters.
var viPoster = map[string]string{
	"poster.ward": "UBND {ward}", "poster.scan": "Mở camera điện thoại, quét mã này", "poster.web": "Không dùng Telegram? Vào",
	"poster.danger": "Đang nguy hiểm? Gọi ngay", "poster.foot": "Cán bộ không nhìn thấy tài khoản của bạn. Kênh nhắn tin này không có người trực 24/24.",
	"poster.report.title": "Thấy dấu hiệu vi phạm?\nBáo cho phường", "poster.report.lines": "Không cần nêu tên, số điện thoại\nBấm vài nút, viết một tin là xong",
	"poster.help.title": "Cần người giúp?\nHỏi kín, không cần nêu tên", "poster.help.lines": "Sức khỏe · Tâm lý · Pháp lý · Việc làm\nCán bộ và người hỗ trợ trả lời riêng cho bạn",
	"poster.page.title": "{title}", "poster.page.lines": "Đọc ngay trên điện thoại\nKhông cần nêu tên",
	"poster.who.113": "Công an", "poster.who.115": "Cấp cứu", "poster.who.111": "Trẻ em, mua bán người (miễn phí)",
	"poster.who.police": "Công an phường", "poster.who.health": "Trạm Y tế phường", "poster.who.office": "Phòng Văn hóa - Xã hội", "poster.who.listen": "Đường dây lắng nghe",
}
