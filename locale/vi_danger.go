package locale

// viDanger are the Vietnamese texts of danger: the numbers, the one question, the alarm
// and what the person is told of it.
var viDanger = map[string]string{
	// The numbers stand on lines of their own, so that phones make links of them.
	"crisis.said":  "Cảm ơn bạn đã nói ra. Bạn không có lỗi và bạn không đơn độc. <b>Nếu đang nguy hiểm, hãy gọi ngay, luôn có người nghe máy:</b>",
	"danger.first": "🆘 <b>Đang nguy hiểm, hãy gọi ngay:</b>",
	"hotline.113":  "📞 <b>113</b> – Công an", "hotline.115": "📞 <b>115</b> – Cấp cứu",
	"hotline.111":    "📞 <b>111</b> – Trẻ em, mua bán người (miễn phí, 24/7)",
	"hotline.listen": "📞 {number} – Có người lắng nghe bạn", "hotline.police": "📞 <b>{number}</b> – Công an phường",

	"danger.ask": "\n<b>Có ai đang gặp nguy hiểm không?</b>", "danger.yes": "🆘 Có người đang gặp nguy hiểm", "danger.no": "Không",
	"danger.yes.noted": "\n🆘 Đã ghi: có người đang gặp nguy hiểm. Khi bạn gửi, tin được báo khẩn ngay.", "danger.send": "✅ Gửi ngay",
	"danger.no.noted": "Đã ghi: hiện không ai gặp nguy hiểm. Nếu có thay đổi, hãy gọi <b>113</b>.",
	"danger.offer":    "Những gì bạn viết <b>chưa được gửi cho ai</b>. Bạn muốn:",
	"danger.report":   "🆘 Báo ngay cho phường và Công an", "danger.help": "🤝 Tôi cần được giúp (không báo Công an)",

	"report.received.urgent": `✅ Đã nhận tin khẩn. Mã của bạn:
<code>{code}</code>
Hãy lưu mã này; mất mã thì không tra cứu lại được.`,
	"help.received.urgent": `Cảm ơn bạn đã nhắn. Phường đã nhận yêu cầu. Mã của bạn:
<code>{code}</code>
Hãy lưu mã này; mất mã thì không tra cứu lại được.`,
	"alarm.reached":        "🚨 Đã báo khẩn đến: {who}. <b>Chưa có ai xác nhận.</b> Đang nguy hiểm, hãy gọi <b>113</b>, đừng chờ.",
	"alarm.confirmed":      "✅ Đã có người đang xử lý ({who}), lúc {at}.",
	"alarm.confirmed.help": "✅ Đã có người đang xử lý, lúc {at}.",
	"alarm.list":           "{first}, {next}",
	"alarm.role.police":    "Công an phường", "alarm.role.officer": "Phòng Văn hóa - Xã hội", "alarm.role.leader": "lãnh đạo phường",
	"alarm.role.health": "Trạm Y tế phường", "alarm.role.support": "đội hỗ trợ",
	"alarm.role.help": "cán bộ hỗ trợ",
	"alarm.late": `⏳ Sau {minutes} phút vẫn <b>chưa có ai xác nhận</b> tin bạn gửi. Đang nguy hiểm, hãy gọi ngay:
📞 <b>113</b> – Công an
📞 <b>111</b> – Trẻ em, mua bán người
Tin của bạn vẫn được giữ.`,

	// Staff
	"ring.again": "🚨 <b>KHẨN</b> – {number}: đã {minutes} phút, <b>chưa ai xác nhận</b>.",
	"ring.taken": "✅ {name} ({role}) đang xử lý <b>{number}</b>.", "ring.late": "{name} ({role}) đang xử lý rồi.",
	"cmd.dangxuly": "xác nhận đang xử lý một vụ khẩn", "do.dangxuly": "✅ Tôi đang xử lý",
	"card.alarm":           "🔔 <b>Chưa ai xác nhận</b> · đã báo: {who}",
	"card.alarm.nobody":    "🔔 <b>Chưa ai xác nhận</b> · chưa báo được cho ai",
	"card.alarm.confirmed": "✅ {name} ({role}) đang xử lý từ {at}",
	"card.denied":          "⚠️ Có dấu hiệu nguy hiểm hoặc việc đang diễn ra; người gửi cho biết hiện không ai gặp nguy hiểm.",
	"card.alerted":         "👁 Báo khẩn: chưa chuyển chính thức, chỉ gồm lời và tệp của người gửi.",
	"error.alerted":        "Tin này mới được báo khẩn, chưa chuyển chính thức: bạn xem và xác nhận đang xử lý được, các bước khác chờ phường chuyển.",
	"verb.deny_danger":     "cho biết hiện không ai gặp nguy hiểm", "verb.ring": "báo khẩn lại, chưa ai xác nhận", "verb.confirm": "xác nhận đang xử lý",
	"ring.minutes": "sau {n} phút",
}
