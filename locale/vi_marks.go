package locale

// viMarks are the Vietnamese texts of classification: behaviours, levels, competence,
// reasons, and kinds that need a name.
var viMarks = map[string]string{
	"act.mua": "Mua dâm", "act.ban": "Bán dâm", "act.chua": "Chứa mại dâm", "act.tochuc": "Tổ chức hoạt động mại dâm", "act.ep": "Cưỡng bức bán dâm", "act.moigioi": "Môi giới mại dâm",
	"act.baoke": "Bảo kê mại dâm", "act.dichvu": "Lợi dụng kinh doanh dịch vụ", "act.muaban": "Liên quan mua bán người", "act.duoi18": "Có người dưới 18 tuổi",
	"act.mang": "Qua mạng", "act.khac": "Khác", "level.khan": "Khẩn", "level.phuc_tap": "Phức tạp", "level.binh_thuong": "Bình thường",
	"body.congan": "Công an phường", "body.vhxh": "Phòng Văn hóa - Xã hội", "body.yte": "Trạm Y tế phường", "body.phuong": "Phường, xã khác",
	"body.thanhpho": "Cơ quan cấp thành phố", "body.khac": "Cơ quan khác",
	"reason.otherward": "Xảy ra ở phường, xã khác", "reason.field": "Không thuộc lĩnh vực này", "reason.body": "Cơ quan khác đang giải quyết",
	"reason.named": "Cần đơn có họ tên", "reason.empty": "Không đủ nội dung để xử lý", "reason.nocheck": "Không đủ căn cứ để kiểm tra, không hỏi lại được",
	"reason.test": "Gửi thử, quảng cáo",

	"card.acts": "• Hành vi: {acts}", "card.list": "{first}, {next}", "card.level": "• Mức độ: {level}", "card.body": "• Thẩm quyền: {body}",
	"do.hanhvi": "🧾 Hành vi", "do.mucdo": "🌡 Mức độ", "do.thamquyen": "🏛 Thẩm quyền",
	"ask.hanhvi": "🧾 <b>Thông tin nói về hành vi nào?</b> Bấm để chọn hoặc bỏ chọn.", "ask.mucdo": "🌡 <b>Mức độ?</b> “Khẩn” đưa vụ việc lên đầu hàng đợi.",
	"ask.thamquyen": "🏛 <b>Cơ quan nào có thẩm quyền?</b>",
	"cmd.hanhvi":    "ghi các hành vi", "cmd.mucdo": "đặt mức độ", "cmd.thamquyen": "ghi cơ quan có thẩm quyền",
	"verb.behaviour": "ghi hành vi", "verb.level": "đặt mức độ", "verb.competence": "ghi thẩm quyền", "verb.ask_name": "hướng dẫn gửi đơn có họ tên",
	"verb.unnamed": "đồng ý để là phản ánh", "verb.own_door": "sẽ tự gửi đơn",

	"concern.named": "Tôi muốn khiếu nại hoặc tố cáo",
	"named.guide": `<b>Khiếu nại, tố cáo phải nêu rõ họ tên, địa chỉ;</b> tin ẩn danh không thay được.
Bạn gửi đơn có chữ ký qua bưu điện, hoặc đến {reception}: nộp đơn hay trình bày trực tiếp để cán bộ ghi lại.
Nếu chỉ muốn báo cho phường biết mà không nêu tên, hãy trả lời tiếp các câu dưới đây: nội dung được lưu là phản ánh ẩn danh. Không muốn thì bấm Hủy.`,
	"resident.named": `Nội dung bạn gửi lúc {received:at} thuộc loại <b>{kind}</b>. Theo luật, loại này phải nêu rõ họ tên, địa chỉ: bạn gửi đơn có chữ ký qua bưu điện, hoặc đến {reception} nộp đơn hay trình bày trực tiếp để cán bộ ghi lại.
Bạn có muốn phường lưu nội dung này như một phản ánh ẩn danh không?`,
	"named.stay": "✅ Lưu như phản ánh ẩn danh", "named.door": "📮 Tôi sẽ tự gửi đơn",
	"named.stay.done": "Đã lưu như phản ánh ẩn danh. Phường tiếp tục xem xét.", "named.door.done": "Đã ghi nhận. Phường dừng xem xét nội dung này; bạn có thể gửi đơn bất cứ lúc nào.",
	"staff.unnamed": "📌 Người gửi đồng ý để là phản ánh: <b>{number}</b>", "staff.unnamed.urgent": "📌 Người gửi đồng ý để là phản ánh: <b>{number}</b>",
	"staff.owndoor": "📮 Người gửi sẽ tự gửi đơn, hồ sơ đã đóng: <b>{number}</b>", "staff.owndoor.urgent": "📮 Người gửi sẽ tự gửi đơn, hồ sơ đã đóng: <b>{number}</b>",
}
