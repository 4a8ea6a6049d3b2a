package locale

// viClocks are the Vietnamese texts of limits, days off, reminders and the digest.
var viClocks = map[string]string{
	// Extension
	"do.giahan": "⏳ Gia hạn", "cmd.giahan": "gia hạn bước đang làm, kèm lý do", "verb.extend": "gia hạn", "verb.run_on": "hạn tính tiếp vì chưa có trả lời",
	"ask.giahan": "⏳ <b>Gia hạn {number} thêm bao lâu?</b> Lãnh đạo sẽ được báo.", "ask.giahan.words": "⏳ <b>{number}</b>: viết lý do gia hạn (chỉ cán bộ xem).",
	"extend.1": "1 ngày", "extend.3": "3 ngày", "extend.5": "5 ngày", "extend.10": "10 ngày", "extend.20": "20 ngày", "extend.60": "60 ngày",
	"error.noclock":  "Vụ việc này không có thời hạn đang chạy.",
	"staff.extended": "⏳ <b>{number}</b> vừa được gia hạn. Lý do ghi trong thẻ.", "staff.extended.help": "⏳ Một yêu cầu hỗ trợ vừa được gia hạn.",

	// Reminders
	"clock.remind.50":  "⏱ <b>{number}</b>: đã qua nửa thời hạn.",
	"clock.remind.80":  "⏰ <b>{number}</b>: sắp hết hạn (đã qua 80%).",
	"clock.remind.100": "❗ <b>{number}</b>: đã hết hạn.",
	"clock.remind.0":   "⏱ <b>{number}</b>: chưa có trả lời bổ sung, thời hạn tính tiếp.",
	"clock.over":       "❗ <b>{number}</b> đã quá hạn. Cán bộ phụ trách đã được nhắc.", "clock.over.help": "❗ Một yêu cầu hỗ trợ đã quá hạn. Cán bộ hỗ trợ đã được nhắc.",

	// The morning's digest
	"digest.head":    "☀️ <b>Việc hôm nay</b>",
	"digest.work":    "{stream}: chưa ai nhận {fresh}, của tôi {mine}, đến hạn hôm nay {today}, quá hạn {overdue}",
	"digest.police":  "{stream}: chờ xác nhận {fresh}, đến hạn hôm nay {today}, quá hạn {overdue}, đang mở {open}",
	"digest.watch":   "{stream}: chưa ai nhận {fresh}, đến hạn hôm nay {today}, quá hạn {overdue}, đang mở {open}",
	"digest.none":    "{stream}: không có việc đang chờ",
	"digest.figures": "{stream}: đang mở {open}, quá hạn {overdue}", "digest.button": "{label} ({n})",

	// Days off
	"do.lich": "📅 Ngày nghỉ", "cmd.lich": "ngày nghỉ lễ, nghỉ bù, làm bù của năm", "usage.calendar": "[<i>năm</i>]",
	"calendar.head": "📅 <b>Ngày nghỉ năm {year}</b> (ngoài thứ Bảy, Chủ nhật)", "calendar.days": "• {kind}: {days}",
	"calendar.kind.holiday": "Nghỉ lễ, Tết", "calendar.kind.compensatory_off": "Nghỉ bù, hoán đổi", "calendar.kind.working_weekend": "Làm bù", "calendar.kind.ordinary": "Ngày bình thường",
	"calendar.unchecked":   "⚠️ Chưa đối chiếu với thông báo chính thức của năm.",
	"calendar.checked":     "✅ {by} đã đối chiếu với thông báo chính thức, {at}.",
	"calendar.checked.now": "✅ Đã ghi nhận việc đối chiếu.", "calendar.set": "✅ Đã lưu. Hạn đã tính trước đó giữ nguyên.",
	"calendar.edit": "✏️ Sửa một ngày", "calendar.check": "✅ Đã kiểm tra", "calendar.month": "Tháng {n}",
	"calendar.which.month": "✏️ <b>Năm {year}</b>: chọn tháng.", "calendar.which.day": "✏️ <b>Tháng {month}/{year}</b>: chọn ngày.",
	"calendar.which.kind": "✏️ <b>{weekday}, {day}</b> là ngày gì?",
	"calendar.invalid":    "Không đặt được ngày này. Làm bù chỉ vào thứ Bảy, Chủ nhật.",
	"calendar.weekday.0":  "Chủ nhật", "calendar.weekday.1": "Thứ Hai", "calendar.weekday.2": "Thứ Ba", "calendar.weekday.3": "Thứ Tư", "calendar.weekday.4": "Thứ Năm", "calendar.weekday.5": "Thứ Sáu", "calendar.weekday.6": "Thứ Bảy",

	// Limits
	"do.thoihan": "⏱ Thời hạn các bước", "cmd.thoihan": "thời hạn các bước và căn cứ",
	"clocks.head": "⏱ <b>Thời hạn các bước</b>", "clocks.line": "• <b>{name}</b>: {amount}. {source} {verified}",
	"clocks.unverified": "⚠️ chưa kiểm tra", "clocks.verified": "✅ {by} đã kiểm tra",
	"clocks.calendar_days": "{n} ngày", "clocks.working_days": "{n} ngày làm việc", "clocks.working_hours": "{n} giờ làm việc", "clocks.running_hours": "{n} giờ liên tục",
	"clocks.type.calendar_days": "Ngày", "clocks.type.working_days": "Ngày làm việc", "clocks.type.working_hours": "Giờ làm việc", "clocks.type.running_hours": "Giờ liên tục",
	"clocks.edit": "✏️ <b>{name}</b>: {amount}\nCăn cứ: {source}\nBấm để đổi rồi lưu. Hạn đã tính trước đó giữ nguyên.",
	"clocks.keep": "💾 Lưu, chưa kiểm tra", "clocks.keep.verified": "✅ Lưu, đã đối chiếu căn cứ", "clocks.kept": "✅ Đã lưu, áp dụng từ bây giờ.",
	"clocks.invalid": "Không đặt được thời hạn này.",
	"clock.receive":  "Nhận phản ánh", "clock.receive_urgent": "Nhận phản ánh khẩn", "clock.forward": "Chuyển Công an, vụ khẩn", "clock.verify": "Xác minh",
	"clock.classify": "Phân loại", "clock.respond": "Trả lời", "clock.crime": "Giải quyết tin báo, tố giác", "clock.denounce": "Xử lý ban đầu nội dung tố cáo",
	"clock.complaint": "Thụ lý khiếu nại", "clock.pause": "Chờ bổ sung (hạn tạm dừng)", "clock.help": "Liên hệ người cần hỗ trợ", "clock.help_urgent": "Liên hệ người cần hỗ trợ dưới 18 tuổi",
}
