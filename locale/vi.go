package locale

// vi is the Vietnamese catalogue. People are called "bạn"; nobody is labelled
// (wording rules of domain.md 9.1).
var vi = map[string]string{
	// Menu of residents
	"menu.report": "🔔 Gửi phản ánh", "menu.help": "🤝 Tôi cần hỗ trợ", "menu.lookup": "🔎 Tra cứu mã",
	"menu.guide": "📖 Hướng dẫn", "menu.emergency": "🆘 Khẩn cấp", "menu.privacy": "🔒 Quyền riêng tư",

	"start": `Xin chào! Đây là kênh của <b>UBND {ward}</b>.
🔔 Phản ánh dấu hiệu vi phạm, không cần nêu tên.
🤝 Hỏi về hỗ trợ: sức khỏe, pháp lý, việc làm.
Chọn một nút bên dưới. Đang nguy hiểm? Gọi ngay <b>113</b>.

English: /language`,
	"ward.unnamed": "phường",
	// What Telegram shows about the bot: in an empty chat (512 characters), and beside its links (120)
	"bot.description": "Kênh của UBND {ward}.\n🔔 Phản ánh dấu hiệu vi phạm, không cần nêu tên.\n🤝 Hỏi về hỗ trợ: sức khỏe, pháp lý, việc làm.\nĐang nguy hiểm? Gọi ngay 113. Trẻ em, mua bán người: 111.\n\nBấm Bắt đầu (START).",
	"bot.short":       "Kênh tiếp nhận thông tin của UBND {ward}.",
	"resident.commands": `Bạn có thể bấm các nút bên dưới, hoặc gõ:
/baotin – gửi phản ánh
/hotro – hỏi về hỗ trợ
/tracuu – tra cứu mã
/ma – xem lại mã vừa nhận
/cuatoi – danh sách của tôi
/kindao – tin kín đáo
/huongdan – hướng dẫn
/khancap – số điện thoại khẩn cấp
/riengtu – quyền riêng tư
/language – Tiếng Việt / English
/huy – hủy việc đang làm
/xoachat – xóa nhanh cuộc trò chuyện này`,
	"emergency": `⚠️ Nếu có người đang gặp nguy hiểm, hãy <b>GỌI NGAY</b>:
<b>113</b> (Công an) · <b>115</b> (Cấp cứu) · <b>111</b> (Trẻ em, mua bán người – miễn phí, 24/7).
Kênh nhắn tin này KHÔNG có người trực 24/24 và không thay cho cuộc gọi khẩn cấp.`,
	"emergency.police": "Công an phường: <b>{number}</b>",
	"emergency.health": "Trạm Y tế phường: <b>{number}</b>",
	"emergency.office": "Phòng Văn hóa - Xã hội: <b>{number}</b>",
	"guide": `<b>Gửi phản ánh thế nào?</b>
1. Bấm “🔔 Gửi phản ánh” và trả lời vài câu ngắn.
2. Chỉ ghi những gì bạn nhìn thấy hoặc biết. Đừng tự theo dõi, chụp lén hay đối đầu.
3. Lưu mã nhận được để xem kết quả hoặc bổ sung bằng “🔎 Tra cứu mã”, từ bất kỳ tài khoản nào.

<b>Cần hỗ trợ?</b> Bấm “🤝 Tôi cần hỗ trợ” để hỏi về khám sức khỏe, tư vấn tâm lý, trợ giúp pháp lý, học nghề, việc làm, sinh kế, an sinh xã hội.

<b>Khiếu nại, tố cáo</b> phải nêu rõ họ tên, địa chỉ, nên tin ẩn danh ở đây không thay được. Bạn gửi đơn có chữ ký qua bưu điện, hoặc đến {reception}: nộp đơn hay trình bày trực tiếp để cán bộ ghi lại.

Bạn cũng có thể phản ánh có danh tính qua VNeID hoặc iHanoi.`,
	"privacy": `<b>Quyền riêng tư</b>
• Cán bộ phường không nhìn thấy tài khoản Telegram của bạn. Hệ thống chỉ giữ một đường liên lạc đã mã hóa để trả lời bạn (không có tên, không có số điện thoại).
• Nội dung và tệp được mã hóa khi lưu. Thông tin ẩn trong tệp (máy chụp, vị trí) được xóa; vị trí nơi bạn đứng được làm mờ khoảng 100 m, trừ khi bạn đồng ý gửi chính xác để được hỗ trợ; nơi xảy ra được giữ chính xác.
• Phản ánh có thể được chuyển Công an phường; Công an cũng không nhìn thấy tài khoản của bạn. Yêu cầu hỗ trợ được lưu riêng với phản ánh.
• Đường liên lạc bị xóa sau {routes:span}, nội dung sau {content:span}, kể từ khi vụ việc kết thúc. Phần chưa gửi: phản ánh giữ 24 giờ, yêu cầu hỗ trợ 30 phút (hoặc 24 giờ nếu bạn chọn), tính từ lần bạn viết cuối; phần bạn bỏ được xóa hẳn sau 10 phút.
• Để xem, ngừng nhận trả lời, rút lại hoặc xóa: bấm 🔎 Tra cứu mã, rồi “🔒 Dữ liệu của tôi”. Cần xóa nhanh cuộc trò chuyện này: gõ /xoachat (các tin trong 48 giờ; với tin cũ hơn, bạn hãy tự xóa trong Telegram)
• Ai có mã của bạn đều xem được tình trạng và lời nhắn. Hãy giữ mã kín.
• Người khác có thể xem máy của bạn? Bật 🤫 Tin kín đáo.
• Telegram vẫn lưu tin nhắn trên máy chủ của họ ở nước ngoài; bạn có thể tự xóa cuộc trò chuyện này. Đừng gửi giấy tờ tùy thân.`,
	"button.own": "🔒 Dữ liệu của tôi",
	"own.kept.report": `<b>Phường đang giữ</b>
• Nội dung và tệp bạn đã gửi, đã mã hóa. Nội dung bị xóa sau {content:span}, tệp sau {files:span}, kể từ khi vụ việc kết thúc.
• Một đường liên lạc đã mã hóa để trả lời bạn, bị xóa sau {routes:span} kể từ khi vụ việc kết thúc.
• Không có tên, số điện thoại hay tài khoản Telegram mà cán bộ xem được.`,
	"own.kept.help": `<b>Phường đang giữ</b>
• Nội dung và tệp bạn đã gửi, đã mã hóa, lưu riêng với phản ánh. Nội dung bị xóa sau {content:span}, tệp sau {files:span}, kể từ khi kết thúc.
• Một đường liên lạc đã mã hóa để trả lời bạn, bị xóa sau {routes:span} kể từ khi kết thúc.
• Không có tên, số điện thoại hay tài khoản Telegram mà cán bộ xem được, trừ khi bạn tự viết.`,
	"own.cut.report": "🔕 Không nhận trả lời nữa", "own.cut.help": "🔕 Không nhận trả lời nữa", "own.out.report": "↩️ Rút lại", "own.out.help": "↩️ Rút lại", "own.del.help": "🗑 Xóa dữ liệu của tôi", "own.del.report": "🗑 Xóa mã và liên lạc (giữ nội dung)",
	"own.cut.sure.report": "Sau bước này, phường <b>không nhắn cho bạn về vụ này được nữa</b>. Bạn vẫn xem được tình trạng bằng mã.",
	"own.cut.sure.help":   "Sau bước này, phường <b>không nhắn cho bạn về yêu cầu này được nữa</b>. Bạn vẫn xem được tình trạng bằng mã.",
	"own.out.sure.report": "Rút lại: phường sẽ dừng xem xét phản ánh này. Chỉ rút được khi chưa chuyển Công an.",
	"own.out.sure.help":   "Rút lại: cán bộ hỗ trợ sẽ dừng xử lý yêu cầu này.",
	"own.del.sure.report": "Xóa ngay mã tra cứu và đường liên lạc với bạn. Sau đó <b>không ai xem được tình trạng bằng mã nữa</b>. Nội dung phản ánh vẫn được giữ đến hết thời hạn để phường kiểm tra.",
	"own.del.sure.help":   "Xóa ngay mọi điều bạn đã viết và gửi trong yêu cầu này. <b>Không khôi phục được.</b>",
	"own.notyours":        "🔑 Hồ sơ này được gửi từ nơi khác. Với mã, bạn xem và gửi thêm được; rút, xóa hay đồng ý thay người gửi thì không.",
	"own.elsewhere":       "🔑 Mã bạn đang giữ vừa được mở ở nơi khác. Ở đó chỉ xem và gửi thêm được. Nếu không phải bạn, hãy cất mã kín hơn.",
	"own.word.set":        "🔑 Đặt từ khóa", "own.word.change": "🔑 Đổi từ khóa", "own.word.enter": "🔑 Nhập từ khóa",
	"own.word.ask":        "🔑 Viết một từ hoặc câu ngắn chỉ mình bạn biết. Ở máy khác, có mã và từ này mới rút, xóa được. Phường không xem lại được từ khóa.",
	"own.word.length":     "Từ khóa cần từ 4 đến 60 ký tự.",
	"own.word.done":       "✅ Đã đặt từ khóa; tin nhắn có từ khóa đã được xóa.",
	"own.word.prove":      "🔑 Viết từ khóa bạn đã đặt.",
	"own.word.wrong":      "Chưa đúng. Bạn thử lại nhé.",
	"own.word.right":      "✅ Đúng rồi. Từ giờ cuộc trò chuyện này cũng quyết định được về hồ sơ.",
	"own.full":            "Hồ sơ này đã có đủ số nơi nhận tin. Hãy quyết định ở nơi đã gửi.",
	"own.cut.done.report": "✅ Phường sẽ không nhắn cho bạn về vụ này nữa.", "own.cut.done.help": "✅ Phường sẽ không nhắn cho bạn về yêu cầu này nữa.",
	"own.out.done.report": "✅ Đã rút lại.", "own.out.done.help": "✅ Đã rút lại.", "own.out.late": "Không rút lại được nữa: vụ việc đã được chuyển, là vụ khẩn, hoặc đã kết thúc.",
	"own.del.done.report": "✅ Đã xóa mã tra cứu và đường liên lạc.", "own.del.done.help": "✅ Đã xóa. Không ai đọc được nội dung đó nữa.",
	"cleared":         "Đã xong. Muốn xóa hẳn cuộc trò chuyện: giữ tên của nó trong danh sách rồi chọn Xóa.",
	"error.erased":    "Nội dung vụ việc này đã được xóa theo thời hạn hoặc theo yêu cầu, không thực hiện tiếp được.",
	"file.taken":      "Người gửi đã rút lại tệp này.",
	"file.erased":     "Tệp đã được xóa theo thời hạn hoặc theo yêu cầu.",
	"staff.withdrawn": "↩️ Người gửi đã rút lại: <b>{number}</b>", "staff.withdrawn.urgent": "↩️ Người gửi đã rút lại: <b>{number}</b>",
	"language.ask": "Chọn ngôn ngữ / Choose a language", "language.vi": "Tiếng Việt", "language.en": "English",
	"language.set": "Từ bây giờ kênh này dùng tiếng Việt.",
	"edited":       "Nội dung bạn vừa sửa trong tin nhắn cũ không được ghi nhận. Nếu cần, hãy gửi lại thành tin nhắn mới.",

	// Conversations
	"button.back": "⬅️ Quay lại", "button.skip": "Bỏ qua", "button.cancel": "✖️ Hủy", "button.review": "📋 Xem lại",
	"button.next": "Xong ➡️", "button.send": "✅ Gửi", "button.answer": "💬 Trả lời", "button.add": "➕ Bổ sung thông tin", "button.open": "Xem",
	"button.clearchat": "🧹 Xóa nhanh cuộc trò chuyện",
	"link":             "Kênh của <b>UBND {ward}</b>.", "link.hamlet": "Kênh của <b>UBND {ward}</b>. 📍 Nơi xảy ra: {place} (đổi được khi xem lại).",
	"button.more":      "🔒 Xem thêm",
	"button.old":       "Nút này đã cũ. Hãy dùng các nút ở tin nhắn mới nhất hoặc bên dưới.",
	"dialog.cancelled": "Đã hủy. Không có gì được gửi đi.",
	"dialog.stale":     "Kênh vừa được cập nhật. Các câu trả lời của bạn vẫn còn; vui lòng xem lại từ đầu.",
	"dialog.expired":   "Phần bạn đang viết đã hết thời gian giữ nên được xóa; chưa có gì được gửi đi. Khi nào sẵn sàng, bạn có thể bắt đầu lại bằng nút bên dưới.",
	"dialog.noskip":    "Câu này bắt buộc.",
	"dialog.refuse":    "Vui lòng chọn một nút ở câu hỏi trên.",
	"dialog.odd":       "Kênh này nhận chữ, ảnh, video, ghi âm, PDF và vị trí. Vui lòng gửi lại theo một trong các dạng đó.",
	"dialog.toolong":   "Tin nhắn quá dài. Vui lòng chia thành các tin ngắn hơn.",
	"dialog.full":      "Đã đủ số tin hoặc tệp cho một lần gửi (10 tin, 20 tệp); phần vừa rồi không được giữ. Hãy gửi phần đã có, sau đó có thể bổ sung bằng mã.",
	"dialog.kept.text": "📝 Đã ghi ({n}). Bạn có thể viết thêm, gửi ảnh, video, ghi âm, hoặc bấm “{done}”.",
	"dialog.kept.file": "📎 Đã nhận tệp. Bạn có thể gửi thêm, viết thêm, hoặc bấm “{done}”.",
	"dialog.need.what": "Hãy chọn điều bạn muốn phản ánh.", "dialog.need.text": "Hãy viết vài chữ hoặc gửi ảnh, ghi âm về điều bạn thấy.",
	"dialog.need.service": "Hãy chọn việc bạn cần giúp.",
	"guide.reception":     "nơi tiếp công dân của phường",
	"button.clear":        "🗑 Xóa, viết lại",
	"dialog.have":         "Đã có {texts} tin nhắn, {files} tệp kèm theo.",
	"dialog.early.text":   "📝 Đã ghi phần bạn vừa viết. Mời bạn tiếp tục:",
	"dialog.early.file":   "📎 Đã nhận tệp. Mời bạn tiếp tục:",
	"dialog.resume":       "Phần bạn đang viết vẫn còn. Mời bạn tiếp tục:",
	"dialog.code":         "Đây là mã tra cứu nên không được ghi vào nội dung. Để xem kết quả, bấm “🔎 Tra cứu mã”; phần đang viết được giữ lại.",
	"dialog.nothing":      "Không có gì đang viết dở. Những gì đã gửi trước đó vẫn được giữ.",
	"lookup.refuse":       "Ở bước này hãy nhập mã bằng chữ, ví dụ ABC234-DEF567-GHJ892.",
	"lookup.carried":      "Nội dung bạn vừa viết vẫn được giữ. Bấm “➕ Bổ sung thông tin” để thêm vào đây.",
	"lookup.earlier":      "… còn {n} tin nhắn trước đó",
	"add.refuse":          "Ở bước này hãy viết hoặc gửi ảnh, video, ghi âm, PDF.",
	"add.ended":           "Việc bạn gửi lúc {received:at} đã kết thúc nên không bổ sung được nữa. Nội dung bạn vừa viết vẫn còn. Bạn muốn làm gì tiếp?",
	"outside.full":        "Đã đủ số tin hoặc tệp có thể giữ (10 tin, 20 tệp); phần vừa rồi không được giữ. Bạn muốn làm gì tiếp?",
	"outside.dropped":     "Đã bỏ. Không có gì được gửi đi.",
	"outside.more":        "Đã giữ thêm. Bạn muốn làm gì tiếp?",
	"received.urgent":     "Cán bộ đã được báo khẩn. Kênh này KHÔNG có người trực 24/24: nếu đang có nguy hiểm, hãy gọi <b>113</b>.",
	"received.unheard":    "Hiện CHƯA có cán bộ nào nhận được báo khẩn. Nếu đang có nguy hiểm, hãy gọi <b>113</b> ngay.",
	"none":                "(không nêu)",

	"report.notice": `<b>Ẩn danh:</b> không cần tên, số điện thoại; cán bộ không thấy tài khoản Telegram của bạn.
Chỉ kể điều bạn thấy hoặc biết, đừng tự theo dõi hay đối đầu. Đang nguy hiểm: gọi <b>113</b>.`,
	"report.more": `<b>Ẩn danh.</b> Bạn không cần cho biết tên, số điện thoại hay địa chỉ. Cán bộ phường không nhìn thấy tài khoản Telegram của bạn. Hệ thống chỉ giữ một đường liên lạc đã mã hóa để trả lời bạn (không có tên, không có số điện thoại), xóa sau {days:span} kể từ khi vụ việc kết thúc. Telegram vẫn lưu tin nhắn trên máy chủ của họ ở nước ngoài; bạn có thể tự xóa cuộc trò chuyện này. Đừng gửi giấy tờ tùy thân.
<b>An toàn.</b> Chỉ ghi những gì bạn nhìn thấy hoặc biết. Đừng tự theo dõi, chụp lén hay đối đầu.
<b>Đúng sự thật.</b> Bạn chỉ cần kể điều mình biết; nhầm lẫn không sao. Cố ý báo sai mới có thể bị xử lý theo pháp luật.
<b>Đây không phải đơn khiếu nại, tố cáo.</b> Tin ẩn danh là nguồn thông tin để kiểm tra. Cách khiếu nại, tố cáo: xem 📖 Hướng dẫn.`,
	"report.what":  "Bạn muốn cho phường biết điều gì?",
	"report.where": "Ở đâu? Bấm tổ dân phố, hoặc viết địa chỉ, tên quán, hoặc gửi vị trí (📎 → Vị trí).",

	"report.text":   "Bạn thấy điều gì? Viết một tin là đủ; gửi kèm ảnh, video, ghi âm, PDF cũng được (thông tin ẩn trong tệp sẽ được xóa). Nếu tiện, bấm thời gian:",
	"report.review": "Xem lại rồi bấm “✅ Gửi”. Muốn thêm gì, cứ viết hoặc gửi tiếp.",
	"report.received": `✅ Đã nhận thông tin. Mã của bạn:
<code>{code}</code>
Hãy lưu mã này; mất mã thì không tra cứu lại được. Dự kiến phản hồi trước {due:day}.`,
	// As staff and papers name it
	"concern.staff.signs": "Dấu hiệu vi phạm", "concern.staff.danger": "Có người bị ép buộc hoặc nguy hiểm", "concern.staff.minor": "Có người dưới 18 tuổi liên quan",
	"concern.staff.online": "Dấu hiệu trên mạng", "concern.staff.suggest": "Góp ý, đề nghị", "concern.staff.named": "Khiếu nại hoặc tố cáo", "concern.staff.crossed": "Thông tin khẩn do phường chuyển",
	"concern.signs": "Tôi thấy dấu hiệu vi phạm", "concern.danger": "Có người đang bị ép buộc hoặc nguy hiểm",
	"concern.minor": "Có người dưới 18 tuổi liên quan", "concern.online": "Dấu hiệu trên mạng", "concern.suggest": "Góp ý, đề nghị với phường",
	"when.now": "Đang diễn ra", "when.today": "Hôm nay", "when.week": "Trong tuần này", "when.often": "Thường xuyên",
	"edit.what": "✏️ Việc gì", "edit.where": "✏️ Ở đâu", "edit.contact": "✏️ Cách liên hệ",
	"review.what": "• Việc gì: {value}", "review.where": "• Ở đâu: {value}", "review.when": "• Khi nào: {value}",
	"review.text": "• Nội dung: {value}", "review.files": "• Tệp kèm theo: {n}",
	"review.age": "• Tuổi: {value}", "review.service": "• Dịch vụ: {value}", "review.contact": "• Liên hệ: {value}",
	"place.blurred": "vị trí làm mờ khoảng 100 m",

	"help.notice":           "Lời bạn viết chỉ cán bộ xã hội, y tế và người hỗ trợ được phân công đọc. Không chuyển Công an nếu bạn không đồng ý. Không cần nêu tên.",
	"help.notice.exception": "Lời bạn viết chỉ cán bộ xã hội, y tế và người hỗ trợ được phân công đọc. Không chuyển Công an nếu bạn không đồng ý, <b>trừ khi có người dưới 18 tuổi hoặc tính mạng bị đe dọa</b>; khi đó bạn sẽ được báo. Không cần nêu tên.",
	"help.more": `<b>Riêng tư.</b> Yêu cầu của bạn được lưu riêng với phản ánh. Chỉ cán bộ văn hóa - xã hội, Trạm Y tế và người hỗ trợ được phân công (có thể là tình nguyện viên) xem. Hệ thống chỉ giữ một đường liên lạc đã mã hóa để trả lời bạn (không có tên, không có số điện thoại), xóa sau {days:span} kể từ khi kết thúc. Telegram vẫn lưu tin nhắn trên máy chủ của họ ở nước ngoài. Đừng gửi giấy tờ tùy thân.
<b>Tùy bạn.</b> Bấm một nút rồi gửi là đủ; mọi điều khác đều không bắt buộc. Bạn dừng lúc nào cũng được.
<b>Nếu người khác có thể xem điện thoại của bạn:</b> bấm 🧹 hoặc gõ /xoachat để xóa nhanh cuộc trò chuyện này (các tin trong 48 giờ; với tin cũ hơn, bạn hãy tự xóa trong Telegram).`,
	"help.adult": "Đủ 18 tuổi", "help.minor": "Chưa đủ 18 tuổi",
	"help.under18": "Nếu bạn dưới 18 tuổi, hãy gọi <b>111</b> – miễn phí, 24/7, giữ bí mật. Đang gặp nguy hiểm: gọi <b>113</b>. Bạn vẫn có thể nhắn ở đây.",

	"help.contact": "Phường trả lời bạn bằng cách nào? Mặc định chỉ qua kênh này; nếu muốn cách khác, hãy viết ra (ví dụ số điện thoại và giờ gọi).", "help.contact.bot": "Chỉ qua kênh này",
	"help.review": "Bấm “✅ Gửi” là xong. Nếu muốn, bạn có thể viết hoặc ghi âm thêm, gửi vị trí. Bạn đã đủ 18 tuổi chưa?",
	"help.received": `Cảm ơn bạn đã nhắn. Phường đã nhận yêu cầu và sẽ trả lời trước {due:day}. Mã của bạn:
<code>{code}</code>
Hãy lưu mã này; mất mã thì không tra cứu lại được.`,
	"service.health": "Khám sức khỏe, HIV, bệnh lây truyền qua đường tình dục", "service.counsel": "Tư vấn tâm lý", "service.legal": "Trợ giúp pháp lý",
	"service.training": "Học nghề", "service.job": "Việc làm", "service.livelihood": "Sinh kế", "service.social": "An sinh xã hội",

	"toofast":      "Bạn gửi hơi nhanh. Các tin từ đây đến {at} không được ghi nhận; vui lòng gửi lại sau đó. Nếu khẩn cấp hãy gọi <b>113</b>.",
	"send.limited": "Hôm nay bạn đã gửi nhiều nội dung nên nội dung này chưa được gửi. Hãy thử lại vào ngày mai; nếu khẩn cấp hãy gọi 113.",
	"resident.consent": `Về yêu cầu bạn gửi lúc {received:at}: cán bộ hỗ trợ muốn chuyển cho Công an phường <b>đúng đoạn sau</b>, ngoài ra không chuyển gì khác:
{text}

Bạn có đồng ý không? Không đồng ý cũng không ảnh hưởng gì đến việc hỗ trợ bạn. Đã chuyển thì không lấy lại được.`,
	"consent.yes": "✅ Đồng ý chuyển đoạn này", "consent.no": "✋ Không đồng ý", "consent.no.done": "Đã ghi nhận: không chuyển. Việc hỗ trợ bạn vẫn tiếp tục.",
	"consent.yes.done": `Đã chuyển đúng đoạn trên cho Công an phường. Công an không nhìn thấy tài khoản của bạn. Mã để theo dõi đoạn này:
<code>{code}</code>`,
	"consent.old": "Câu hỏi này không còn hiệu lực.",
	"resident.alarm": `Về yêu cầu bạn gửi lúc {received:at}: vì lý do <b>{grounds}</b>, để bảo vệ người đang gặp nguy hiểm, phường đã báo cho Công an phường đúng đoạn dưới đây, không kèm gì khác:
{text}

Việc hỗ trợ bạn vẫn tiếp tục. Nếu đang có nguy hiểm, hãy gọi <b>113</b>; trẻ em: <b>111</b>.`,
	"grounds.under18": "có người dưới 18 tuổi", "grounds.life": "tính mạng bị đe dọa",
	"staff.consent": "🤝 Người cần hỗ trợ đã đồng ý chuyển cho Công an: <b>{number}</b>", "staff.consent.urgent": "🤝 Người cần hỗ trợ đã đồng ý chuyển cho Công an: <b>{number}</b>",
	"staff.noconsent": "✋ Người cần hỗ trợ không đồng ý chuyển cho Công an: <b>{number}</b>", "staff.noconsent.urgent": "✋ Người cần hỗ trợ không đồng ý chuyển cho Công an: <b>{number}</b>",
	"lookup.wait": "Đã nhập sai mã nhiều lần. Vui lòng thử lại sau {at}.",
	"code.repeat": "Trong {minutes} phút tới, gõ /ma để xem lại mã này.",
	"code.again":  "Mã của bạn:\n<code>{code}</code>", "code.gone": "Không còn mã nào để xem lại. Mã chỉ xem lại được trong 10 phút đầu.",
	"lookup.ask": "Nhập mã bạn đã nhận (chữ hoa hay thường, có hoặc không có gạch nối đều được).", "receipt.notfound": "Không tìm thấy mã này. Vui lòng kiểm tra lại và nhập lại mã.",
	"lookup.status": "Tình trạng: <b>{status}</b>", "lookup.received": "Nhận lúc {at}", "lookup.due": "Dự kiến phản hồi trước {due:day}.", "lookup.you": "• {at} – bạn: {text}", "lookup.ward": "• {at} – phường: {text}",
	"add.text": "Hãy viết hoặc gửi tệp bạn muốn bổ sung, rồi bấm Gửi.", "add.empty": "Bạn chưa viết hay gửi gì.", "add.done": "✅ Đã bổ sung. Cảm ơn bạn.",
	"outside":        "Phường đã thấy tin của bạn nhưng chưa chuyển cho cán bộ. Bạn muốn làm gì tiếp?",
	"outside.report": "🔔 Gửi thành phản ánh", "outside.help": "🤝 Dùng để hỏi về hỗ trợ", "outside.add": "➕ Thêm vào tin đã gửi (cần mã)", "outside.drop": "🗑 Bỏ nội dung này",

	"resident.status.received": "Đã nhận", "resident.status.verifying": "Đang kiểm tra", "resident.status.need_info": "Cần bạn cho biết thêm",
	"resident.status.verified": "Đang kiểm tra", "resident.status.classified": "Đang kiểm tra", "resident.status.forwarded": "Đã chuyển Công an phường",
	"resident.status.acknowledged": "Công an phường đã nhận", "resident.status.returned": "Đang kiểm tra", "resident.status.in_handling": "Công an phường đang xử lý",
	"resident.status.resolved": "Đã kiểm tra xong, chờ kết luận", "resident.status.closed": "Đã kết thúc", "resident.status.out_of_scope": "Không thuộc phạm vi của phường",
	"resident.status.duplicate": "Đã nhận, đang xem cùng thông tin tương tự", "resident.status.invalid": "Không đủ nội dung để xử lý",
	"resident.status.withdrawn": "Bạn đã rút thông tin này", "resident.status.reopened": "Đang kiểm tra lại",
	"resident.help.received": "Đã nhận", "resident.help.contacted": "Cán bộ hỗ trợ đã liên hệ", "resident.help.assessed": "Đang sắp xếp hỗ trợ",
	"resident.help.referred": "Đã kết nối với nơi hỗ trợ", "resident.help.accepted": "Đơn vị hỗ trợ đã tiếp nhận", "resident.help.declined": "Đang tìm nơi hỗ trợ khác",
	"resident.help.outcome": "Đã có kết quả hỗ trợ", "resident.help.closed": "Đã xong", "resident.help.withdrawn": "Bạn đã rút yêu cầu này", "resident.help.reopened": "Đang xem lại",

	// What residents hear about a case. It is named by its day only: the phone may lie open.
	"resident.about": "Về nội dung bạn gửi lúc {received:at}:",
	"resident.question": `Cán bộ phường cần biết thêm về thông tin bạn gửi lúc {received:at}:
{text}

Bạn cứ trả lời ngay tại đây, hoặc bỏ qua.`,
	"resident.answer": `Phường trả lời về nội dung bạn gửi lúc {received:at}:
{text}`,
	"resident.referred": "Về yêu cầu bạn gửi lúc {received:at}: cán bộ đã kết nối bạn với dịch vụ {service}.",

	// Staff
	"staff.new": "📥 Có việc mới, gần nhất là <b>{number}</b>", "staff.new.urgent": "🚨 <b>KHẨN</b> – {number} vừa đến, cần xem ngay.",
	"staff.added": "➕ Người gửi vừa bổ sung: <b>{number}</b>", "staff.added.urgent": "🚨 Người gửi vừa bổ sung vụ khẩn: <b>{number}</b>",

	// Files that cannot be kept
	"file.refused": "📎 Có tệp bạn gửi không nhận được, trong nội dung gửi lúc {received:at}.", "file.refused.one": "• {which}: {why}", "file.nth": "{kind} thứ {n}",
	"file.document": "Tệp", "file.again": "Bạn có thể gửi tệp khác ngay tại đây.",

	"file.toobig":   "Tệp lớn hơn 20 MB nên không nhận được. Hãy gửi đoạn ngắn hơn.",
	"file.type":     "Loại tệp này không nhận được. Kênh nhận ảnh, video, ghi âm và PDF.",
	"file.image":    "Loại ảnh này không nhận được dưới dạng tệp. Hãy gửi lại dưới dạng ảnh.",
	"file.heic":     "Không mở được ảnh HEIC này. Hãy gửi lại dưới dạng ảnh.",
	"file.pixels":   "Ảnh có kích thước quá lớn. Hãy gửi lại dưới dạng ảnh.",
	"file.broken":   "Tệp bị hỏng hoặc gửi chưa hết. Hãy gửi lại.",
	"file.video":    "Không xóa được thông tin ẩn trong video hoặc ghi âm này nên không nhận.",
	"file.noffmpeg": "Hiện kênh chưa nhận video và ghi âm. Hãy gửi ảnh hoặc viết mô tả.",
	"file.hard":     "Tệp quá nặng hoặc có cấu trúc lạ nên không mở được an toàn. Hãy gửi ảnh chụp hoặc đoạn ngắn hơn.",
	"file.pdf":      "Không mở được PDF này nên không giữ. Hãy gửi ảnh chụp.",
	"file.locked":   "PDF này có mật khẩu nên không mở được. Hãy bỏ mật khẩu rồi gửi lại, hoặc gửi ảnh chụp.",
	"file.pages":    "PDF quá dài, kênh nhận tối đa 100 trang. Hãy gửi riêng những trang cần thiết.",
	"file.exe":      "Tệp này là chương trình nên không nhận.",
	"file.gone":     "Tệp không còn trên Telegram.",

	// Errors
	"error.internal": "Có lỗi. Tin của bạn vẫn được giữ; vui lòng thử lại sau ít phút.", "error.invalid": "Không đọc được. Vui lòng kiểm tra lại.",
	"error.not_found": "Không tìm thấy.", "error.conflict": "Vụ việc vừa được người khác cập nhật. Hãy xem lại thẻ mới.",
	"error.not_allowed": "Bước này chưa thực hiện được.", "error.step": "Bước này chưa thực hiện được ở tình trạng hiện tại.",
	"error.transient": "Hệ thống đang bận, vui lòng chờ.", "error.expired": "Liên kết này đã hết hạn hoặc đã được dùng.",
	"error.limited": "Bạn gửi hơi nhanh. Vui lòng thử lại sau ít phút; nếu khẩn cấp hãy gọi 113.", "error.number": "Số hồ sơ không đúng. Ví dụ: PA-26-0042.",
	"error.role": "Không có vai trò này.", "error.command": "Không có lệnh này. Hãy dùng các nút bên dưới, hoặc gõ /help.",
}
