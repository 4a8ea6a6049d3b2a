package locale

// viEndings are the Vietnamese texts of what a person hears on the way and at the end.
// They say nothing of the subject: the phone may lie open.
var viEndings = map[string]string{
	// On the buttons of staff
	"ending.handled": "✅ Có dấu hiệu vi phạm, đã xử lý", "ending.watched": "👁 Chưa thấy dấu hiệu, tiếp tục theo dõi",
	"ending.elsewhere": "🏛 Thuộc thẩm quyền nơi khác", "ending.unclear": "❔ Chưa đủ thông tin", "ending.named": "Cần nêu rõ họ tên, địa chỉ",
	"ending.noted": "💡 Đã ghi nhận góp ý",
	"ending.done":  "✅ Việc cần đã xong", "ending.connected": "🔗 Đã kết nối với nơi phù hợp", "ending.stopped": "✋ Dừng theo ý người gửi",
	"ending.silent": "📭 Không liên lạc lại được", "ending.none": "Không đề xuất", "ending.suggested": "{ending} ⭐ Công an đề xuất",
	"ask.dong":         "✔️ <b>Kết thúc {number}: kết quả thế nào?</b> Người gửi sẽ đọc được.",
	"ask.dong.words":   "✍️ <b>{number}</b>: viết một câu gửi thêm cho người gửi. Không nêu tên người, biện pháp nghiệp vụ.",
	"ask.noi":          "🏛 <b>{number}: nơi nào tiếp nhận việc này?</b>",
	"ask.noi.none":     "Không nêu nơi cụ thể",
	"end.preview":      "👀 <b>{number}</b> – người gửi sẽ đọc:\n",
	"end.send":         "✅ Gửi và kết thúc",
	"end.add":          "✍️ Thêm một câu",
	"end.change":       "✍️ Viết lại câu",
	"ask.ketqua":       "🏁 <b>{number}</b>: đề xuất báo cho người gửi kết quả nào? Bước sau: viết kết quả xử lý (chỉ cán bộ xem).",
	"ask.ketqua.words": "🏁 <b>{number}</b>: viết kết quả xử lý (chỉ cán bộ xem).",
	"error.ending":     "Hãy chọn kết quả để báo cho người gửi.",
	"card.result":      "• Kết quả đã báo người gửi: {ending}", "card.result.body": "• Nơi tiếp nhận: {body}",
	"ask.chuyennoi.words": "📤 <b>{number}</b>: viết tên nơi nhận ở dòng đầu (người gửi đọc được), lý do chuyển ở dòng sau.",
	"ask.chuyennoi.why":   "📤 <b>{number}</b>: viết lý do chuyển (người gửi không thấy).",
	"verb.tell_late":      "báo người gửi: chưa trả lời kịp",
	"error.kept.leader":   "Nội dung về lãnh đạo phường không gửi ở đây: hãy gửi đến cơ quan ngoài phường.",
	"error.kept.officer":  "Nội dung này nói về cán bộ phường nên chỉ lãnh đạo phường xử lý, không giao cho cán bộ.",
	"error.kept.police":   "Nội dung này nói về Công an phường nên không chuyển cho Công an phường. Hãy chuyển nơi khác.",

	"card.about.officer": "• 🔒 Nói về cán bộ, công chức phường: chỉ lãnh đạo phường xem và xử lý.",
	"card.about.police":  "• 🔒 Nói về Công an phường: không chuyển cho Công an phường.",
	"card.accuses":       "• ⚠️ Có thể nói về {who}: kiểm tra trước khi chuyển.",
	"about.officer":      "cán bộ, công chức phường", "about.police": "Công an phường", "about.leader": "lãnh đạo phường",

	// About people of the ward
	"about.ask":            "Việc này nói về người của phường?",
	"about.no":             "Không",
	"about.option.officer": "Về cán bộ, công chức phường", "about.option.police": "Về Công an phường", "about.option.leader": "Về lãnh đạo phường",
	"about.out.officer":    "Khiếu nại, tố cáo về <b>cán bộ, công chức phường</b> nên gửi ra ngoài phường. Bạn không cần viết gì ở đây:",
	"about.out.police":     "Khiếu nại, tố cáo về <b>Công an phường</b> nên gửi ra ngoài phường. Bạn không cần viết gì ở đây:",
	"about.out.leader":     "Khiếu nại, tố cáo về <b>lãnh đạo phường</b> phải gửi ra ngoài phường; kênh này không giữ nội dung nào về việc đó:",
	"about.body":           "🏛 <b>{name}</b>",
	"about.bodies":         "🏛 Ban Tiếp công dân, Thanh tra hoặc Công an thành phố.",
	"about.stay.officer":   "Nếu vẫn muốn để lại thông tin ở đây, bạn trả lời tiếp: chỉ lãnh đạo phường xem được, cán bộ phường không thấy.",
	"about.stay.police":    "Nếu vẫn muốn để lại thông tin ở đây, bạn trả lời tiếp: nội dung không được chuyển hay báo cho Công an phường.",
	"about.led":            "Bạn gửi đến một trong các nơi trên nhé. Không có gì được lưu ở đây.",
	"about.led.other":      "🔔 Tôi muốn báo việc khác",
	"about.led.gone":       "Nội dung bạn vừa viết đã được xóa, không lưu ở đây.",
	"about.offer":          "🔒 Việc này về {who}",
	"review.about.officer": "🔒 Về cán bộ phường: chỉ lãnh đạo phường xem.", "review.about.police": "🔒 Về Công an phường: không chuyển cho Công an phường.",
	"review.about.leader": "🔒 Về lãnh đạo phường: không lưu ở đây.",

	// On the way
	"resident.seen":      "👀 Đã có cán bộ xem nội dung bạn gửi lúc {received:at}.",
	"resident.forwarded": "Ngày {at:day}, thông tin bạn gửi lúc {received:at} đã được chuyển đến Công an phường.",
	"resident.done":      "Thông tin bạn gửi lúc {received:at} đã được kiểm tra xong. Phường sẽ báo kết quả cho bạn.",
	"resident.late": `Xin lỗi bạn, phường chưa trả lời kịp nội dung bạn gửi lúc {received:at}: {why}.
{then}`,
	"late.untaken": "chưa có cán bộ tiếp nhận", "late.checking": "đang kiểm tra, xác minh", "late.police": "đang chờ Công an phường",
	"late.result": "đang hoàn tất kết quả", "late.help": "đang sắp xếp",
	"late.until": "Bước này dự kiến xong: {until:limit}.", "late.open": "Phường sẽ nhắn bạn ngay khi có kết quả.",

	// Under a receipt
	"receipt.copy": "📋 Sao chép mã", "receipt.picture": "🖼 Lưu ảnh", "receipt.add": "➕ Bổ sung", "receipt.status": "🔎 Tình trạng", "receipt.clear": "🧹 Xóa nhanh",
	"receipt.mark": "Trong các tin sau, việc này có ký hiệu <b>{mark}</b>.",

	// The end
	"resident.ended.report": "Thông tin bạn gửi lúc {received:at} đã được xem xét xong.",
	"resident.ended.help":   "Về nội dung bạn gửi lúc {received:at}:",
	"resident.ended.words":  "💬 {words}",
	"ended.handled":         "<b>Kết quả:</b> đã kiểm tra, có dấu hiệu vi phạm và đã xử lý. Cảm ơn bạn.",
	"ended.watched":         "<b>Kết quả:</b> đã kiểm tra, chưa thấy dấu hiệu vi phạm; phường tiếp tục theo dõi. Cảm ơn bạn.",
	"ended.elsewhere":       "<b>Kết quả:</b> việc này thuộc thẩm quyền của {body}.",
	"ended.sent":            "<b>Kết quả:</b> đã chuyển đến {body}, nơi có thẩm quyền.",
	"ended.unclear":         "<b>Kết quả:</b> chưa đủ thông tin để xử lý. Nếu biết rõ hơn về địa điểm, thời gian hoặc có ảnh, bạn có thể gửi lại.",
	"ended.noted":           "<b>Kết quả:</b> đã ghi nhận góp ý và giao bộ phận phụ trách xem xét. Cảm ơn bạn.",
	"ended.named":           "<b>Kết quả:</b> việc này cần nêu rõ họ tên, địa chỉ: gửi đơn có chữ ký, hoặc đến trình bày trực tiếp để cán bộ ghi lại.",
	"ended.done":            "<b>Kết quả:</b> việc bạn cần đã xong. Khi cần, bạn có thể nhắn lại bất cứ lúc nào.",
	"ended.connected":       "<b>Kết quả:</b> bạn đã được kết nối với nơi phù hợp. Khi cần, bạn có thể nhắn lại bất cứ lúc nào.",
	"ended.stopped":         "<b>Kết quả:</b> dừng lại theo ý bạn. Khi cần, bạn có thể nhắn lại bất cứ lúc nào.",
	"ended.silent":          "<b>Kết quả:</b> phường chưa liên lạc lại được với bạn. Khi cần, bạn có thể nhắn lại bất cứ lúc nào.",
	"ended.body.unnamed":    "nơi khác", "ended.dest.ward": "phường, xã khác", "ended.dest.city": "cơ quan cấp thành phố", "ended.dest.other": "cơ quan khác",
	"bodies.place": "📍 {place}", "bodies.hours": "🕘 {hours}", "bodies.phone": "📞 {phone}", "bodies.link": "🔗 {link}",
	"bodies.ask": "Muốn biết gửi ở đâu, bạn hỏi {reception}.", "bodies.ask.phone": "Muốn biết gửi ở đâu, bạn hỏi {reception}, điện thoại {phone}.",
	"button.again": "🔁 Chưa giải quyết xong, đề nghị xem lại",

	// Milestones, for the web
	"way.received": "Đã nhận", "way.seen": "Cán bộ đã xem", "way.police": "Đã chuyển Công an phường", "way.checked": "Đã kiểm tra xong",
	"way.late": "Đã báo bạn: chưa trả lời kịp", "way.again": "Xem lại", "way.ended": "Kết thúc",
}
