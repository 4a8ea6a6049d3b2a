package locale

// viPapers are the Vietnamese texts of what goes between the office, the police and other
// bodies.
var viPapers = map[string]string{
	// Statuses and steps
	"status.transferred": "Đã chuyển nơi khác", "resident.status.transferred": "Đã chuyển đến nơi có thẩm quyền khác",
	"verb.redact": "che thông tin trước khi chuyển", "verb.slip": "lập phiếu chuyển", "verb.ask_office": "Công an hỏi thêm", "verb.tell_police": "trả lời Công an",
	"verb.escalate": "báo quá hạn xác nhận", "verb.transfer": "chuyển nơi khác", "verb.confirm_transfer": "nơi nhận đã xác nhận", "verb.answer_transfer": "nơi nhận đã trả lời",
	"dest.ward": "Phường, xã khác", "dest.city": "Cơ quan cấp thành phố", "dest.other": "Cơ quan khác",

	// Covering
	"do.che": "🖍 Che thông tin", "cmd.che": "che thông tin có thể lộ người gửi trước khi chuyển Công an",
	"card.covered":    "🖍 Công an nhận bản phường đã chọn và che; tại đây là bản gốc.",
	"cover.head":      "🖍 <b>{number}</b> – dưới đây là nội dung Công an sẽ nhận. Bấm số câu để chọn từ cần che.",
	"cover.suggested": "💡 Bot đã đánh dấu sẵn chỗ có thể lộ người gửi. Hãy đọc lại từng câu.",
	"cover.line":      "<b>{n}.</b> {text}", "cover.open": "✏️ {n}", "cover.nowords": "Không có lời mô tả.",
	"cover.photo": "🖼 Ảnh {n} (che {cells} ô)", "cover.others": "📎 {n} tệp khác không che được từng phần; Công an sẽ nhận nguyên tệp.",
	"cover.done": "✅ Dùng bản này", "cover.none": "🧽 Bỏ hết dấu che", "cover.back": "⬅️ Xem tất cả", "cover.all": "■ Cả câu",
	"cover.sentence": "🖍 <b>{number}</b> – câu {n}: bấm vào từ cần che, bấm lần nữa để bỏ.",
	"cover.word":     "{word}", "cover.word.marked": "■ {word}",
	"cover.grid":       "🖼 <b>{number}</b> – ảnh {n}: cột A–F từ trái sang, hàng 1–8 từ trên xuống. Bấm ô cần che.",
	"cover.line.note":  "<b>{n}.</b> 📝 <i>ghi chú của phường:</i> {text}",
	"cover.notes.stay": "📝 Ghi chú nội bộ và lời đã trả lời người gửi: {n}; gửi Công an: {sent}. Phần không chọn được giữ lại ở phường.",
	"cover.notes":      "📝 Ghi chú của phường", "cover.notes.head": "📝 <b>{number}</b> – lời của cán bộ. Công an chỉ nhận mục có ✅; hãy che tên người gửi nếu có.",
	"cover.note": "<b>{n}.</b> ▫️ {at} · {by}: {text}", "cover.note.sent": "<b>{n}.</b> ✅ {at} · {by}: {text}",
	"cover.note.pick": "✅ Gửi {n}", "cover.note.drop": "↩️ Giữ lại {n}",
	"handed.head": "<b>Công an sẽ nhận:</b>", "handed.words": "• {text}", "handed.note": "• 📝 <i>ghi chú của phường:</i> {text}",
	"handed.more": "… và {n} đoạn nữa, xem đủ ở 🖍 Che thông tin.", "handed.files": "📎 {n} tệp đính kèm.",
	"handed.stay": "📝 {n} ghi chú, lời trả lời người gửi được giữ lại ở phường.",
	"cover.again": "👁 Xem lại ảnh", "cover.made": "Đã ghi bản chuyển Công an. Bản gốc vẫn được giữ kín.",

	// The slip
	"do.phieuchuyen": "🧾 Phiếu chuyển", "cmd.phieuchuyen": "lập phiếu chuyển (Word, PDF)",
	"slip.caption":     "🧾 Phiếu chuyển <b>{number}</b>. Số, ngày và chữ ký để trống.",
	"slip.pdf.follows": "Bản PDF sẽ đến sau ít phút.", "slip.nopdf": "Máy này không tạo được PDF; hãy in từ tệp Word.",
	"slip.pdf": "🧾 Phiếu chuyển <b>{number}</b>, bản PDF.", "slip.pdf.failed": "Không tạo được PDF của phiếu chuyển <b>{number}</b>; hãy in từ tệp Word.",
	"paper.photo": "Ảnh", "paper.video": "Video", "paper.voice": "Ghi âm", "paper.document": "Tài liệu",
	"paper.proposed": "{kind} (đề xuất, chờ Công an xác nhận)", "paper.at": "{place} (nơi xảy ra, vị trí chính xác)", "paper.online": "Tài khoản, đường link trên mạng:", "paper.origin": "Nguồn tin được chuyển tiếp:", "paper.place": "{place} (đã làm mờ khoảng 100 m)",
	"paper.note": "Ghi chú của cơ quan chuyển: {text}", "paper.hamlet": "Tổ dân phố số {n}", "paper.waiting": "chưa tải xong", "paper.refused": "không nhận được",

	// Questions between the police and the office
	"do.hoithem": "❓ Hỏi lại cán bộ phường", "cmd.hoithem": "hỏi cán bộ đã chuyển", "ask.hoithem": "❓ <b>{number}</b>: viết câu hỏi cho cán bộ đã chuyển (người gửi không thấy).",
	"staff.police.ask_office": "❓ Công an phường hỏi thêm về <b>{number}</b>.",
	"do.traloica":             "↪️ Trả lời Công an", "cmd.traloica": "trả lời câu hỏi của Công an", "ask.traloica": "↪️ <b>{number}</b>: viết câu trả lời cho Công an (người gửi không thấy).",
	"staff.told_police": "↪️ Cán bộ phường đã trả lời về <b>{number}</b>.",
	"staff.late":        "⏰ <b>{number}</b>: đã chuyển nhưng Công an phường chưa xác nhận đúng hạn.",
	"staff.late.urgent": "⏰🚨 <b>{number}</b> (KHẨN): đã chuyển nhưng Công an phường chưa xác nhận sau 1 giờ.",

	// To another body
	"do.chuyennoi": "📤 Chuyển nơi khác", "cmd.chuyennoi": "chuyển phường khác hoặc cơ quan khác", "ask.chuyennoi": "📤 <b>Chuyển đến đâu?</b>",
	"do.noinhan": "📬 Nơi nhận đã xác nhận", "cmd.noinhan": "ghi nơi nhận đã xác nhận", "do.noitraloi": "📨 Nơi nhận trả lời", "cmd.noitraloi": "ghi trả lời của nơi nhận",
	"ask.noitraloi": "📨 <b>{number}</b>: viết tóm tắt trả lời của nơi nhận.",
}
