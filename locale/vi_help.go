package locale

// viHelp are the Vietnamese texts of support: the directory of services,
// referrals, follow-ups.
var viHelp = map[string]string{
	// What stands before hidden words, also on a locked phone
	"discreet.line": "Bạn có tin nhắn từ phường.",

	// Directory, as residents see it
	"places.offer": "📍 Bạn có thể xem các nơi hỗ trợ trong phường và lân cận.", "places.open": "📍 Nơi hỗ trợ", "places.open.one": "📍 Nơi hỗ trợ: {service}",
	"places.choose": "📍 <b>Bạn cần nơi hỗ trợ về việc gì?</b>", "places.none": "Chưa có nơi nào trong danh mục.", "places.head": "📍 <b>{service}</b>",
	"places.name": "\n<b>{name}</b> · {free}{youth}", "places.free": "miễn phí", "places.paid": "có thu phí", "places.youth": " · thân thiện với người trẻ",
	"places.place": "Ở đâu: {place}", "places.hours": "Giờ mở cửa: {hours}", "places.phone": "Điện thoại: {phone}",

	// Directory, as staff keep it
	"cmd.dichvu": "danh mục nơi hỗ trợ: xem, thêm, sửa, ẩn", "usage.service": "[<i>dịch vụ</i>]",
	"services.head": "📒 <b>Danh mục nơi hỗ trợ</b>. Người dân chỉ thấy những nơi đang hiện.", "services.count": "{service} ({n})",
	"services.list": "📒 <b>{service}</b> ({n})", "services.entry": "{name}", "services.entry.hidden": "{name} (ẩn)", "services.add": "➕ Thêm nơi mới",
	"services.card": "📒 <b>{name}</b> · {service}", "services.empty": "(chưa ghi)", "services.state.shown": "👁 Người dân đang thấy nơi này.", "services.state.hidden": "🙈 Đang ẩn: người dân không thấy.",
	"services.marks": "• {free}{youth}", "services.changed": "Sửa lần cuối {at} – {by}", "services.do.name": "✏️ Tên", "services.do.place": "✏️ Địa chỉ", "services.do.hours": "✏️ Giờ", "services.do.phone": "✏️ Điện thoại",
	"services.do.free": "💰 Miễn phí / có phí", "services.do.youth": "🌱 Người trẻ: có / không", "services.do.show": "👁 Cho hiện", "services.do.hide": "🙈 Ẩn đi", "services.do.log": "🕘 Các lần sửa", "services.do.back": "📒 Danh mục",
	"services.ask.new": "➕ Viết tên nơi hỗ trợ ({service}). Nơi mới được ẩn cho đến khi bạn cho hiện.", "services.ask.name": "✏️ Viết tên mới của nơi này.", "services.ask.place": "✏️ Viết địa chỉ (gõ - để bỏ trống).",
	"services.ask.hours": "✏️ Viết giờ mở cửa (gõ - để bỏ trống).", "services.ask.phone": "✏️ Viết số điện thoại (gõ - để bỏ trống).",
	"services.log.head": "🕘 <b>{name}</b> – các lần sửa ({n})", "services.log.line": "• {at} – {by}: {name}; {place}; {hours}; {phone}; {free}{youth}{shown}", "services.log.hidden": " · ẩn", "services.toolong": "Ngắn hơn một chút: tối đa {n} ký tự.",

	// Referral and appointment
	"ask.chuyengui.entry": "🤝 <b>Chuyển gửi đến nơi nào?</b> ({service})", "ask.chuyengui.none": "Chưa chọn nơi cụ thể", "ask.chuyengui.day": "🗓 <b>Hẹn ngày nào?</b> {name}", "ask.chuyengui.nodate": "Không hẹn giờ",
	"ask.chuyengui.time": "🗓 <b>Hẹn lúc mấy giờ?</b> {name}, ngày {day}", "weekday.day": "{weekday} {day}",
	"weekday.0": "CN", "weekday.1": "T2", "weekday.2": "T3", "weekday.3": "T4", "weekday.4": "T5", "weekday.5": "T6", "weekday.6": "T7",
	"resident.referred.place": `Về yêu cầu bạn gửi lúc {received:at}: cán bộ đã kết nối bạn với nơi sau:
{service}
{words}`,
	"resident.meeting": `Về yêu cầu bạn gửi lúc {received:at}: cán bộ đã đặt lịch hẹn cho bạn:
{service}
{words}
Bạn đến được không?`,
	"meet.keep": "✅ Tôi sẽ đến", "meet.other": "🗓 Xin đổi giờ khác", "meet.keep.done": "✅ Đã ghi nhận, hẹn gặp bạn. Nếu có thay đổi, bạn cứ nhắn.", "meet.other.done": "🗓 Đã nhắn cán bộ: bạn cần giờ khác. Cán bộ sẽ hẹn lại.",
	"meet.remind": `🗓 Ngày mai bạn có hẹn, về yêu cầu gửi lúc {received:at}:
{words}
Bạn đến được không?`,
	"staff.meet.keep": "✅ Người cần hỗ trợ sẽ đến hẹn: <b>{number}</b>", "staff.meet.keep.urgent": "✅ Người cần hỗ trợ sẽ đến hẹn: <b>{number}</b>",
	"staff.meet.other": "🗓 Người cần hỗ trợ xin đổi giờ hẹn: <b>{number}</b>", "staff.meet.other.urgent": "🗓 Người cần hỗ trợ xin đổi giờ hẹn: <b>{number}</b>",

	// Consent to writing needs down
	"ask.needs": "📋 <b>Trước khi ghi nhu cầu cần có sự đồng ý của người cần hỗ trợ.</b>", "ask.needs.asked": "📋 <b>Đã hỏi, đang chờ người cần hỗ trợ trả lời.</b>", "ask.needs.no": "📋 <b>Người cần hỗ trợ không đồng ý ghi lại nhu cầu.</b> Chỉ hỏi lại khi người ấy muốn.",
	"needs.ask": "❔ Hỏi người cần hỗ trợ", "needs.oral": "🗣 Đã đồng ý bằng lời", "needs.asked": "Đã gửi câu hỏi. Bạn sẽ được báo khi có trả lời.",
	"error.needs": "Chưa có sự đồng ý của người cần hỗ trợ. Hãy bấm 📋 Đánh giá nhu cầu để hỏi trước.", "error.needs.ask": "Vẫn nhắn được cho người cần hỗ trợ, hãy hỏi qua kênh này.",
	"resident.needs": "Về yêu cầu bạn gửi lúc {received:at}: để tìm đúng dịch vụ, cán bộ muốn trao đổi và <b>ghi lại các nhu cầu của bạn</b>. Chỉ cán bộ văn hóa - xã hội, y tế và người hỗ trợ được phân công đọc được; bạn có thể xóa bất cứ lúc nào. Không đồng ý cũng vẫn được hỗ trợ.",
	"needs.yes":      "✅ Đồng ý ghi lại", "needs.no": "✋ Không ghi lại", "needs.yes.done": "✅ Đã ghi nhận. Cán bộ sẽ trao đổi với bạn.", "needs.no.done": "Đã ghi nhận: bạn không đồng ý lưu nhu cầu. Việc hỗ trợ bạn vẫn tiếp tục.",
	"staff.needs.yes": "📋 Người cần hỗ trợ đồng ý cho ghi nhu cầu: <b>{number}</b>", "staff.needs.yes.urgent": "📋 Người cần hỗ trợ đồng ý cho ghi nhu cầu: <b>{number}</b>",
	"staff.needs.no": "✋ Người cần hỗ trợ không đồng ý cho ghi nhu cầu: <b>{number}</b>", "staff.needs.no.urgent": "✋ Người cần hỗ trợ không đồng ý cho ghi nhu cầu: <b>{number}</b>",

	// Follow-up
	"follow.ask":    "Chào bạn, phường hỏi thăm về yêu cầu bạn gửi lúc {received:at}. Hiện giờ bạn thấy thế nào?",
	"follow.better": "🙂 Đã đỡ", "follow.not_yet": "😟 Chưa ổn", "follow.call": "💬 Muốn cán bộ nhắn lại", "follow.stop": "🔕 Đừng hỏi nữa",
	"follow.better.done": "Cảm ơn bạn đã cho biết. Khi cần, bạn cứ nhắn lại.", "follow.not_yet.done": "Cảm ơn bạn đã cho biết. Cán bộ hỗ trợ đã được báo và sẽ tìm cách khác.",
	"follow.call.done":     "Cán bộ hỗ trợ đã được báo và sẽ nhắn bạn. Bạn cũng có thể viết ngay tại đây.",
	"follow.stop.done":     "Vâng, phường sẽ không hỏi thăm nữa. Yêu cầu của bạn vẫn được tiếp tục.",
	"staff.follow.not_yet": "😟 Người cần hỗ trợ cho biết chưa ổn: <b>{number}</b>", "staff.follow.not_yet.urgent": "😟 Người cần hỗ trợ cho biết chưa ổn: <b>{number}</b>",
	"staff.follow.call": "💬 Người cần hỗ trợ muốn cán bộ nhắn lại: <b>{number}</b>", "staff.follow.call.urgent": "💬 Người cần hỗ trợ muốn cán bộ nhắn lại: <b>{number}</b>",

	// Outcome
	"outcome.helped": "Đã được hỗ trợ", "outcome.going_on": "Đang tiếp tục", "outcome.out_of_reach": "Không liên lạc được", "outcome.stopped": "Người cần hỗ trợ không muốn tiếp tục",
	"ask.hoanthanh.words": "🏁 <b>{number}</b>: viết thêm về kết quả hỗ trợ (chỉ cán bộ xem).",

	// Hand-over to a support worker
	"ask.giao.none": "👤 <b>Chưa có tài khoản cán bộ hỗ trợ nào.</b> Hãy mời bằng /moi.",

	// History
	"verb.take_words":   "người gửi rút lại tin vừa bổ sung",
	"verb.raise_urgent": "chuyển thành khẩn vì lời báo nguy hiểm", "verb.ask_needs": "xin phép ghi nhu cầu", "verb.needs_yes": "đồng ý cho ghi nhu cầu", "verb.needs_no": "không đồng ý cho ghi nhu cầu",
	"verb.needs_oral": "ghi nhận đồng ý bằng lời", "verb.keep_date": "sẽ đến hẹn", "verb.other_date": "xin đổi giờ hẹn", "verb.remind_date": "nhắc hẹn",
	"verb.follow_up": "hỏi thăm", "verb.follow_answer": "trả lời hỏi thăm",
}
