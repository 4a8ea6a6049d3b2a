package locale

// viPages are the Vietnamese texts of the pages of information, and of the web form.
// "page.…" are the texts the program brings along; in them "# " begins a heading and
// "- " an item.
var viPages = map[string]string{
	// What the staff see
	"card.web": "🌐 Gửi qua trang web: người gửi đọc trả lời khi tra mã.",
	"told.web": "Đã ghi nhận. Người gửi qua trang web sẽ đọc được khi tra mã.",

	// Pages for residents
	"pages.menu": "📖 Hướng dẫn", "pages.ask": "Bạn muốn xem nội dung nào?", "pages.guide": "❓ Cách gửi, cách làm đơn", "pages.back": "◀ Các hướng dẫn khác",
	"pages.title": "📖 <b>{title}</b>", "pages.head": "▸ <b>{text}</b>", "pages.item": "• {text}",
	"pages.subscribe": "🔔 Nhận tin mới của phường", "pages.unsubscribe": "🔕 Thôi nhận tin mới",
	"pages.subscribed":   "Đã đăng ký nhận tin mới của phường. Bạn không cần cho biết tên. Thôi nhận lúc nào cũng được: bấm 🔕 dưới mỗi tin, hoặc gõ /huytin.",
	"pages.unsubscribed": "Đã thôi nhận tin mới. Thông tin để gửi tin cho bạn đã được xóa.",
	"pages.notin":        "Bạn đang không nhận tin mới.",
	"pages.news":         "📣 <b>Tin mới của phường</b>",

	"page.risk.title": "Dấu hiệu nguy cơ",
	"page.risk.body": `# Có thể có người đang cần giúp
- Bị giữ giấy tờ, điện thoại, không được tự ý ra ngoài
- Bị ép làm việc để trả nợ, bị đe dọa, đánh đập
- Không biết mình đang ở đâu, không được tự nói chuyện với người khác
- Người dưới 18 tuổi làm việc ban đêm ở nơi lưu trú, quán hát, quán bia
# Lời mời cần cảnh giác
- Việc nhẹ lương cao, không nói rõ chỗ làm, đòi giữ giấy tờ
- Người mới quen trên mạng rủ đi xa, ứng tiền trước
# Bạn có thể làm gì
Đừng tự theo dõi hay đối đầu. Đang nguy hiểm: gọi 113. Trẻ em, mua bán người: gọi 111 (miễn phí, 24/7). Không gấp: gửi cho phường ở mục Gửi phản ánh.`,
	"page.report.title": "Cách phản ánh hiệu quả",
	"page.report.body": `# Nên ghi
- Việc gì, ở đâu, khi nào, có lặp lại không
- Điều bạn tự thấy hoặc biết; điều nghe kể thì ghi là nghe kể
- Ảnh nếu đã có sẵn; đừng mạo hiểm để chụp
# Không cần ghi
Tên, số điện thoại, địa chỉ của bạn. Đừng gửi giấy tờ tùy thân.
# Sau khi gửi
- Bạn nhận một mã. Giữ mã để xem kết quả hoặc bổ sung.
- Cán bộ phường kiểm tra, phân loại, chuyển nơi có thẩm quyền.
- Có thể phường hỏi thêm; bạn trả lời hay bỏ qua đều được.
# Kênh khác
Muốn nêu tên: dùng VNeID hoặc iHanoi, hoặc đến nơi tiếp công dân của phường. Đang nguy hiểm: gọi 113.`,
	"page.rights.title": "Quyền của bạn",
	"page.rights.body": `- Không phải nêu tên khi báo tin hay hỏi về hỗ trợ.
- Xem tình trạng, bổ sung thông tin bằng mã của bạn.
- Ngừng nhận trả lời, rút lại hoặc yêu cầu xóa: tra mã rồi bấm Dữ liệu của tôi (trên trang web: Việc khác với mã này).
- Yêu cầu hỗ trợ được lưu riêng với phản ánh. Trường hợp nào có thể báo Công an được nói trước khi bạn viết.
- Người dưới 18 tuổi: gọi 111 lúc nào cũng được.
- Khiếu nại, tố cáo phải nêu rõ họ tên, địa chỉ: gửi đơn có chữ ký, hoặc đến nơi tiếp công dân của phường trình bày trực tiếp để cán bộ ghi lại.`,
	"page.health.title": "HIV và bệnh lây truyền qua đường tình dục",
	"page.health.body": `# Nên biết
- HIV lây qua máu, qua quan hệ tình dục không bảo vệ, và từ mẹ sang con. Không lây qua bắt tay, ăn uống chung, muỗi đốt.
- Bao cao su dùng đúng cách giúp phòng HIV và nhiều bệnh khác.
- Vừa có nguy cơ lây HIV: đến cơ sở y tế càng sớm càng tốt, trong 72 giờ, để hỏi về thuốc dự phòng sau phơi nhiễm (PEP).
- Người có nguy cơ cao có thể hỏi về thuốc dự phòng trước phơi nhiễm (PrEP).
- Điều trị HIV đều đặn giúp sống khỏe và không lây qua đường tình dục cho bạn tình khi tải lượng vi-rút dưới ngưỡng phát hiện (K=K).
# Khi nào nên đi khám
Tiết dịch lạ, vết loét, đau rát khi đi tiểu, đau bụng dưới. Nhiều bệnh không có dấu hiệu gì, nên khám định kỳ.
Hỏi Trạm Y tế phường, hoặc gửi câu hỏi ở mục Tôi cần hỗ trợ.`,
	"page.tests.title": "Xét nghiệm",
	"page.tests.body": `- Xét nghiệm HIV là tự nguyện và được giữ bí mật; bạn có thể hỏi về nơi xét nghiệm không cần nêu tên.
- Có thể hỏi Trạm Y tế phường về nơi xét nghiệm miễn phí, bộ tự xét nghiệm HIV và xét nghiệm giang mai, viêm gan.
- Kết quả có phản ứng ở lần đầu chưa phải là kết luận; nếu vừa có nguy cơ, cần xét nghiệm lại theo hướng dẫn của nhân viên y tế.
- Trước khi đi, hãy hỏi giờ làm việc và có mất phí không.
Không muốn gọi điện: chọn Tôi cần hỗ trợ, mục Khám sức khỏe, rồi ghi câu hỏi.`,
	"page.support.title": "Các dịch vụ hỗ trợ",
	"page.support.body": `Phường giúp kết nối với:
- Khám sức khỏe, HIV, bệnh lây truyền qua đường tình dục
- Tư vấn tâm lý
- Trợ giúp pháp lý
- Học nghề, việc làm
- Sinh kế, an sinh xã hội
Bạn chọn dịch vụ, hỏi điều mình cần, không phải nêu tên hay kể chuyện riêng. Cán bộ trả lời theo cách bạn chọn. Bạn có thể dừng lúc nào cũng được.`,

	// Pages kept by staff
	"cmd.noidung": "Soạn và đăng các trang hướng dẫn", "usage.page": "[trang] [vi|en]", "cmd.luotdoc": "Lượt đọc các trang hướng dẫn",
	"pages.form": "Dòng đầu là tiêu đề, các dòng sau là nội dung. Hãy viết lại.", "pages.long": "Dài quá: tiêu đề tối đa 60 ký tự, nội dung tối đa 2.500 ký tự. Hãy viết lại.",
	"pages.moved": "Bản này không còn là bản nháp hoặc bản đang đăng. Hãy mở lại trang.", "pages.sent": "Bản này đã được gửi cho người theo dõi rồi. Mỗi bản chỉ gửi một lần.",
	"content.head": "📖 <b>Các trang hướng dẫn.</b> Chọn trang cần sửa; ✏️ là trang có bản nháp.", "content.page.vi": "{title}", "content.page.en": "{title} (EN)", "content.page.draft": "✏️ {title}",
	"content.card": "📖 <b>{title}</b> · {language}", "content.builtin": "Đang dùng bản có sẵn của chương trình.", "content.published": "Đang đăng: bản {n} ({at}).",
	"content.draft": "✏️ Bản nháp: bản {n}, người dân chưa thấy.", "content.file": "📎 Có tệp kèm theo.",
	"content.do.view": "👁 Xem như người dân", "content.do.draft": "👁 Xem bản nháp", "content.do.publish": "✅ Đăng bản nháp", "content.do.write": "✏️ Viết mới", "content.do.file": "📎 Gắn ảnh, PDF",
	"content.do.history": "🕘 Các bản trước", "content.do.send": "📣 Gửi người theo dõi", "content.do.list": "◀ Các trang", "content.do.nofile": "🗑 Bỏ tệp đang có", "content.do.see": "👁 Bản {n}", "content.do.restore": "↩️ Lấy lại bản {n}",
	"content.ask":          "✏️ Gửi nội dung mới trong một tin: dòng đầu là tiêu đề (tối đa {title} ký tự), các dòng sau là nội dung (tối đa {body} ký tự). Dòng bắt đầu bằng # là đề mục, bằng - là gạch đầu dòng. Không nêu mức phạt, không hứa thưởng, không nêu tên ai.",
	"content.kept":         "Đã lưu bản nháp {n}. Ở trên là đúng như người dân sẽ thấy.",
	"content.publish.sure": "✅ <b>Đăng bản {n} như trên?</b> Người dân sẽ thấy ngay.", "content.publish.done": "✅ Đã đăng bản {n}.",
	"content.history": "🕘 <b>Các bản đã lưu</b>", "content.history.none": "Chưa có bản nào được lưu; đang dùng bản có sẵn.",
	"content.version.draft": "• Bản {n} · nháp · {by} · {at}", "content.version.published": "• Bản {n} · <b>đang đăng</b> · {by} · {at}", "content.version.former": "• Bản {n} · {by} · {at}",
	"content.send.sure": "📣 <b>Gửi trang này cho người theo dõi?</b> Có {n} người theo dõi; chỉ người dùng ngôn ngữ này ({language}) nhận được. Mỗi bản chỉ gửi một lần và không thu hồi được.",
	"content.send.done": "📣 Đang gửi dần cho người theo dõi.",
	"content.file.ask":  "📎 Gửi một ảnh hoặc một PDF. Thông tin ẩn trong tệp sẽ được xóa trước khi lưu.", "content.file.kind": "Chỉ nhận ảnh hoặc PDF.", "content.file.coming": "Đã nhận, đang xóa thông tin ẩn trong tệp.",
	"content.file.done": "📎 Đã gắn tệp vào bản nháp {n}.", "content.file.refused": "📎 Không gắn được tệp. {why}",
	"readings.head": "📖 <b>Lượt đọc hướng dẫn – {period}</b> ({from:day} – {to:day})", "readings.line": "• {title}: {vi} (tiếng Anh: {en})", "readings.total": "Cộng: {n} <i>(các tuần đã hết, làm tròn xuống bội số của 5)</i>", "readings.subscribers": "🔔 Người theo dõi tin mới: {n}",
}
