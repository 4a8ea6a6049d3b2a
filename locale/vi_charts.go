package locale

// viCharts are the Vietnamese texts of charts and of the dashboard.
var viCharts = map[string]string{
	// Charts
	"cmd.bieudo": "biểu đồ của các số liệu", "usage.bieudo": "[<i>kỳ, xuhuong, loai, buoc, coso, to, toi</i>]",
	"chart.menu": "📈 <b>Biểu đồ</b> – {period}", "chart.menu.hint": "Chọn biểu đồ; ảnh sẽ đến sau ít giây.", "chart.drawing": "Đang vẽ biểu đồ…",
	"chart.unknown": "Không có biểu đồ này.", "chart.failed": "Không vẽ được biểu đồ. Hãy thử lại sau.", "chart.light": "☀️ Nền sáng", "chart.dark": "🌙 Nền tối",
	"chart.button.trend": "📈 Theo thời gian", "chart.button.kinds": "📊 Theo loại", "chart.button.funnel": "🔻 Bốn bước", "chart.button.coverage": "🏢 Kiểm tra cơ sở",
	"chart.button.hamlets": "🗺 Theo tổ dân phố",
	"chart.title.trend":    "Thông tin tiếp nhận theo thời gian", "chart.title.kinds": "Thông tin tiếp nhận theo loại", "chart.title.funnel": "Bốn bước xử lý thông tin",
	"chart.title.coverage": "Cơ sở đã được kiểm tra ít nhất một lần từ 01/01/2026", "chart.title.hamlets": "Thông tin tiếp nhận theo tổ dân phố",
	"chart.empty": "Không phát sinh trong kỳ này", "chart.empty.coverage": "Chưa có cơ sở trong danh sách quản lý", "chart.note": "{from:day} – {to:day}",
	"chart.caption": "📈 <b>{title}</b>\n{period}", "chart.now": "Kỳ này ({n})", "chart.before": "Kỳ trước ({n})", "chart.reached": "Đã kiểm tra", "chart.target": "Chỉ tiêu",
	"chart.notyet": "chưa đến", "chart.others": "Các tổ khác", "chart.unsaid": "Không rõ tổ dân phố", "chart.unnamed": "Chưa phân loại",
	"chart.step.received": "Đã tiếp nhận", "chart.step.verified": "Đã xác minh", "chart.step.classified": "Đã phân loại", "chart.step.forwarded": "Đã chuyển xử lý",

	// The way into the dashboard
	"cmd.bangdieukhien": "mở bảng điều khiển trên máy tính",
	"dashboard.none":    "Phường chưa có địa chỉ của bảng điều khiển. Hãy đề nghị người vận hành hệ thống đặt TINBAO_DASHBOARD_URL.",
	"dashboard.link":    "🖥 Liên kết mở bảng điều khiển, dùng một lần, trong 5 phút (đến {until}). Không gửi liên kết này cho người khác.\n<code>{link}</code>",
	"dashboard.open":    "Mở bảng điều khiển", "dashboard.expired": "Liên kết không dùng được: đã dùng rồi, hoặc đã quá 5 phút. Hãy gõ /bangdieukhien trong bot để lấy liên kết mới.",
	"dashboard.ended":   "Phiên làm việc đã kết thúc. Hãy gõ /bangdieukhien trong bot để lấy liên kết mới.",
	"dashboard.limited": "Có quá nhiều lần thử với liên kết không đúng. Hãy thử lại sau ít phút.",

	// Pages of the dashboard
	"board.title": "Bảng điều khiển", "board.skip": "Đến nội dung chính", "board.enter": "Vào bảng điều khiển",
	"board.enter.hint": "Bấm nút để mở. Liên kết chỉ dùng được một lần; trang tự đóng sau 30 phút.", "board.leave": "Đóng bảng điều khiển", "board.left": "Bảng điều khiển đã đóng.",
	"board.who": "{name} – {role}", "board.until": "Số liệu lúc {at}. Trang tự đóng sau 30 phút.", "board.sections": "Các phần", "board.period": "Kỳ số liệu",
	"board.from": "Từ ngày", "board.to": "Đến ngày", "board.show": "Xem", "board.of": "Số liệu từ {from:day} đến {to:day}", "board.problem": "Kỳ đã chọn không đúng",
	"board.ratios": "Tỷ lệ theo Kế hoạch", "board.ratio": "Tỷ lệ", "board.part": "Số tin", "board.whole": "Trên tổng số", "board.percent": "Phần trăm",
	"board.ratio.received": "Tiếp nhận", "board.ratio.verified": "Xác minh", "board.ratio.classified": "Phân loại", "board.ratio.forwarded": "Phối hợp xử lý", "board.ratio.ontime": "Kịp thời",
	"board.counts": "Số lượng", "board.count": "Chỉ số", "board.n": "Số",
	"board.count.received": "Tiếp nhận", "board.count.outofscope": "Không thuộc thẩm quyền", "board.count.duplicates": "Trùng nội dung", "board.count.invalid": "Không đủ thông tin",
	"board.count.withdrawn": "Người gửi rút lại", "board.count.urgent": "Khẩn", "board.count.handled": "Đã có kết quả", "board.count.late": "Quá hạn", "board.count.open": "Chưa kết thúc",
	"board.count.backlog": "Đang mở (mọi kỳ)", "board.count.overdue": "Trong đó quá hạn", "board.count.two": "Việc có từ 2 tin", "board.count.three": "Việc có từ 3 tin",
	"board.stages": "Thời gian xử lý (giờ)", "board.stage": "Bước", "board.measured": "Số tin", "board.median": "Trung vị", "board.p90": "90% không quá",
	"board.stage.verify": "Xác minh", "board.stage.classify": "Phân loại", "board.stage.forward": "Chuyển xử lý", "board.stage.end": "Từ tiếp nhận đến kết thúc",
	"board.charts": "Biểu đồ", "board.bucket": "Thời gian", "board.before": "Kỳ trước", "board.hamlet": "Tổ dân phố", "board.data": "Số liệu của biểu đồ", "board.total": "Tổng",
	"board.breakdowns": "Phân tích", "board.by.kind": "Theo loại thông tin", "board.by.behaviour": "Theo hành vi", "board.by.source": "Theo nguồn", "board.by.level": "Theo mức độ",
	"board.by.unit": "Theo đơn vị có thẩm quyền", "board.by.note": "Một tin có thể thuộc nhiều dòng.", "board.value": "Mục", "board.unsaid": "Chưa xác định",
	"board.coverage": "Cơ sở kinh doanh", "board.year": "Năm", "board.target": "Chỉ tiêu", "board.coverage.register": "Trong danh sách quản lý", "board.coverage.closed": "Đã ngừng hoạt động",
	"board.coverage.inspected": "Đã kiểm tra ít nhất một lần từ 01/01/2026", "board.coverage.visits": "Lượt kiểm tra trong kỳ", "board.coverage.reviewed": "Được rà soát trong năm",
	"board.coverage.violations": "Lượt kiểm tra phát hiện vi phạm", "board.coverage.commitment": "Đã ký cam kết", "board.coverage.security": "Có điều kiện về an ninh trật tự",
	"board.coverage.vulnerable": "Dễ bị lợi dụng để hoạt động mại dâm",
	"board.coverage.type":       "Theo loại hình", "board.coverage.risk": "Theo mức độ rủi ro",
	"board.help": "Yêu cầu hỗ trợ", "board.help.hidden": "Ô có dấu * được che vì số quá nhỏ.", "board.help.of": "Số liệu từ {from:day} đến {to:day}", "board.help.none": "Chưa công bố được số liệu của kỳ này.",
	"board.help.received": "Tổng số yêu cầu", "board.help.under18": "Người dưới 18 tuổi", "board.help.waiting": "Đang chờ liên hệ", "board.hidden": "*",
	"board.referral.sent": "Đã chuyển gửi", "board.referral.accepted": "Nơi nhận đồng ý", "board.referral.declined": "Nơi nhận từ chối", "board.referral.completed": "Đã hoàn thành",
	"board.none": "Không phát sinh", "board.failed": "Trang tạm thời không mở được. Hãy thử lại sau.", "board.notfound": "Không có trang này.",
}
