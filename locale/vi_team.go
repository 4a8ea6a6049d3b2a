package locale

// viTeam are the Vietnamese texts of the work together, of the talk with the person
// after the end, and of what staff write down for others.
var viTeam = map[string]string{
	// Giving cases to colleagues
	"cmd.giao": "giao hoặc bàn giao vụ việc cho đồng nghiệp", "usage.assign": "<i>số</i> [<i>tên</i>]", "do.giao": "📌 Giao việc", "do.giao.now": "📌 Giao, không ghi lời",
	"ask.giao":       "📌 <b>Giao {number} cho ai?</b>",
	"sure.giao":      "📌 <b>Giao {number} cho {name}?</b> Viết lời bàn giao (nội bộ, người gửi không thấy), hoặc bấm nút.",
	"staff.assigned": "📌 Bạn được giao <b>{number}</b>.", "staff.handedover": "📌 <b>{number}</b> đã được giao cho người khác.",
	"team.away": "{name} (vắng, {until:limit})", "verb.assign": "giao việc",

	// Absence
	"cmd.vang": "báo vắng mặt, chọn người làm thay", "usage.away": "[<i>từ ngày, đến ngày, tên</i>]",
	"away.head": "🏖 <b>Vắng mặt</b>", "away.line": "• {name}: {since:day} – {until:limit}, {standin} làm thay", "away.since": "Bạn vắng từ ngày nào? Có thể gõ: /vang 25/11 27/11",
	"away.until": "Vắng từ {first:day} đến hết ngày nào?", "away.day": "{day:day}", "away.who": "Ai làm thay bạn từ {first:day} đến hết {last:day}? Tin báo và việc của bạn sẽ chuyển cho người này.",
	"away.nobody": "Chưa có đồng nghiệp nào có cùng quyền để làm thay ({first:day} – {last:day}). Hãy nhờ lãnh đạo.",
	"away.set":    "🏖 Đã ghi: {first:day} – {last:day}, <b>{name}</b> làm thay. Tự hết khi qua ngày cuối.",
	"away.told":   "🏖 Bạn làm thay <b>{name}</b> từ {first:day} đến hết {last:day}. Xem việc ở /viec.", "away.ended": "Đã kết thúc vắng mặt. Tin báo lại đến bạn.", "do.vang.bo": "↩️ Tôi đã trở lại",

	// Workload
	"cmd.khoiluong": "mỗi người đang giữ bao nhiêu việc", "load.head": "⚖️ <b>Khối lượng công việc</b> (xong tính từ {from:day})",
	"load.line": "• {name}: đang giữ {open} · khẩn {urgent} · quá hạn {overdue} · đã xong {ended}", "load.nobody": "(chưa ai nhận)",

	// My work
	"cmd.viec": "việc của tôi, lời nhắc, lời gọi", "viec.head": "🗒 <b>Việc của tôi</b>", "viec.stream": "▪️ {stream}", "viec.line": "{case} → {next}",
	"viec.instead": "<i>Làm thay {name}:</i>", "viec.more": "… và {n} hồ sơ nữa, xem /hangdoi", "viec.call": "📣 <b>{number}</b> – có người gọi bạn, {at}", "viec.reminder": "⏰ <b>{number}</b> – nhắc lúc {at}",

	// Reminders
	"cmd.nhac": "nhắc tôi về một vụ việc", "usage.remind": "<i>số</i> [<i>1h, 4h, mai, 3ngay, tuan, bo</i>]", "do.nhac": "⏰ Nhắc tôi", "do.nhac.again": "⏰ Nhắc lại", "ask.nhac": "⏰ <b>Nhắc bạn về {number} khi nào?</b>",
	"delay.1h": "Sau 1 giờ", "delay.4h": "Sau 4 giờ", "delay.mai": "8:00 ngày mai", "delay.3ngay": "Sau 3 ngày", "delay.tuan": "Thứ Hai tuần sau", "delay.bo": "🔕 Thôi nhắc",
	"remind.done": "⏰ Sẽ nhắc bạn về <b>{number}</b> lúc {at}.", "remind.off": "🔕 Không nhắc về <b>{number}</b> nữa.", "staff.remind": "⏰ Nhắc việc: <b>{number}</b>", "verb.remind": "hẹn giờ nhắc",

	// Calls
	"cmd.goi": "gọi đồng nghiệp xem một vụ việc", "ask.goi": "📣 <b>Gọi ai xem {number}?</b>", "mention.which": "📣 “@{name}” trong ghi chú {number} là ai?",
	"mention.done": "📣 Đã gọi <b>{name}</b> xem <b>{number}</b>.", "staff.called": "📣 Đồng nghiệp gọi bạn xem <b>{number}</b>.", "verb.call_on": "gọi đồng nghiệp",

	// Written down for somebody
	"cmd.ghinhan": "ghi nhận thay người gọi điện, đến trực tiếp", "capture.stream": "🖊 Ghi nhận loại nào?", "capture.what": "🖊 <b>1.</b> Việc gì?", "capture.source": "🖊 <b>2.</b> Thông tin đến bằng cách nào?",
	"capture.age": "🖊 Người cần hỗ trợ đã đủ 18 tuổi chưa?", "capture.spot": "🖊 <b>3.</b> Ở đâu? Chọn hoặc viết địa điểm.", "capture.contact": "🖊 <b>3.</b> Liên hệ lại bằng cách nào? Viết ra, hoặc bỏ qua.",
	"capture.text": "🖊 <b>4.</b> Viết lại nội dung trong một tin. Không ghi tên, giấy tờ của người cung cấp nếu người đó không muốn.",
	"capture.done": `🖊 Đã ghi nhận <b>{number}</b>. Mã giao cho người cung cấp thông tin:
<code>{code}</code>
Mã chỉ hiện một lần ở đây. Người có mã xem được tiến độ trên kênh này; ngoài ra không có cách nhắn cho họ.`,
	"source.phone": "Người gọi điện", "source.visit": "Đến trực tiếp", "source.letter": "Đơn thư", "source.ihanoi": "iHanoi", "source.agency": "Cơ quan khác",
	"card.source": "• Nguồn: {source}", "verb.capture": "ghi nhận thay",

	// Ready answers
	"cmd.mau": "câu trả lời mẫu", "usage.canned": "[<i>số</i>]", "do.mau": "📄 Mẫu", "do.mau.them": "➕ Thêm mẫu", "do.mau.sua": "✏️ Sửa", "do.mau.xoa": "🗑 Xóa",
	"canned.head": "📄 <b>Câu trả lời mẫu</b> – {stream}: {n}", "canned.always": "Mọi tình trạng", "canned.status": "📄 Dùng khi vụ việc ở tình trạng nào?",
	"canned.words":   "📄 Viết câu mẫu. Có thể dùng <code>{ngày_gửi}</code>, <code>{hạn}</code>, <code>{phường}</code>.",
	"canned.toolong": "Câu mẫu quá dài (tối đa 1.000 ký tự). Hãy viết lại.", "canned.unknown": "Không có biến “{name}”. Hãy viết lại, chỉ dùng <code>{ngày_gửi}</code>, <code>{hạn}</code>, <code>{phường}</code>.",
	"canned.full": "Đã có 40 mẫu. Hãy xóa bớt trước khi thêm.", "canned.show": "📄 <b>{status}</b>\n{text}", "canned.choose": "📄 <b>{number}</b>: chọn mẫu, hoặc tự viết.",
	"canned.none": "📄 <b>{number}</b>: chưa có mẫu cho tình trạng này. Thêm ở /mau, hoặc tự viết.", "canned.preview": "📄 <b>{number}</b>, sẽ gửi:\n{text}\n\nBấm Gửi, hoặc tự viết câu khác.",

	// Files for the person
	"handout.wait": "📎 Tệp đang được làm sạch, xong sẽ gửi cho người gửi.", "handout.refused": "📎 <b>{number}</b>: tệp của bạn chưa gửi được. {why}",
	"files.caption.staff": "{number} – tệp {n}/{of} (cán bộ gửi)", "resident.file": "📎 Tệp phường gửi kèm, về nội dung bạn gửi lúc {received:at}.",

	// After the end
	"rate.star": "{n} ⭐", "rate.ask": "Bạn hài lòng đến mức nào? Bấm số sao (5 là tốt nhất).", "rate.yours": "Bạn đã đánh giá: {n} ⭐",
	"rate.thanks": "Cảm ơn bạn, đã ghi {n} ⭐.", "rate.more": "✍️ Viết thêm một lời", "rate.word": "Bạn muốn góp ý điều gì? Viết trong một tin.", "rate.word.done": "Đã ghi lời góp ý. Cảm ơn bạn.",
	"rate.twice": "Vụ việc này đã được đánh giá rồi.", "rate.late": "Vụ việc này không còn nhận đánh giá.", "after.refuse": "Ở bước này hãy viết bằng chữ.", "verb.rate": "đánh giá",
	"card.word":  "• Lời kèm đánh giá: {value}",
	"card.stars": "• Người gửi đánh giá: {stars}", "cmd.hailong": "mức hài lòng của người gửi theo tháng", "rate.head": "⭐ <b>Mức hài lòng</b> (trung bình, số đánh giá)",
	"rate.month": "• {month}: {average} ⭐ ({n})", "rate.few": "• {month}: dưới 5 đánh giá, không hiển thị", "rate.none": "• {month}: không phát sinh",
	"again.ask":  "Điều gì chưa được giải quyết? Viết trong một tin; cán bộ phường sẽ xem và quyết định có mở lại hay không.",
	"again.done": "✅ Đã gửi đề nghị mở lại. Bạn sẽ được báo kết quả.", "again.late": "Không đề nghị mở lại được nữa (đã quá 30 ngày, hoặc đang có đề nghị). Nội dung bạn vừa viết vẫn còn. Bạn muốn làm gì tiếp?",
	"card.asked.person": "🔓 <b>Người gửi</b> đề nghị mở lại; cần một cán bộ đồng ý:", "staff.askreopen.person": "🔓 Người gửi đề nghị mở lại <b>{number}</b>.",
	"resident.reopened": "Theo đề nghị của bạn, phường đang xem lại nội dung bạn gửi lúc {received:at}.",
	"resident.keptshut": "Phường đã xem đề nghị của bạn về nội dung gửi lúc {received:at} và chưa mở lại, vì {reason}. Nếu có thông tin mới, bạn cứ gửi.",
	"ask.khongmo":       "✋ <b>Vì sao chưa mở lại {number}?</b> Người đề nghị sẽ đọc được.",
	"kept.nothing_new":  "chưa có thông tin mới so với lần xem trước", "kept.handled": "việc này đã được xử lý", "kept.elsewhere": "việc này thuộc thẩm quyền nơi khác", "kept.unclear": "chưa đủ thông tin để kiểm tra",
}
