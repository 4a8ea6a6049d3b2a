package locale

// viStaff are the Vietnamese texts shown to staff. "cmd.…" also stand in the menu of a
// phone, so they carry no marks.
var viStaff = map[string]string{
	// Menu and greeting
	"staff.menu.queue": "📋 Hàng đợi", "staff.menu.take": "🙋 Nhận việc tiếp theo", "staff.menu.figures": "📊 Thống kê", "staff.menu.staff": "👥 Nhân viên", "staff.menu.help": "❓ Các lệnh",
	"button.sure": "✅ Đồng ý", "chosen": "✓ {label}", "page.back": "◀", "page.next": "▶", "page.of": "{page}/{pages}", "page.more": "{n}+", "count.more": "hơn {n}",

	// Roles and streams
	"role.officer": "Cán bộ tiếp nhận, xác minh", "role.police": "Công an phường", "role.health": "Trạm Y tế phường", "role.support": "Người hỗ trợ",
	"role.leader": "Lãnh đạo UBND phường", "role.clerk": "Cán bộ tổng hợp báo cáo", "role.admin": "Quản trị hệ thống",
	"role.observer": "Cấp trên theo dõi", "stream.report": "Phản ánh", "stream.help": "Yêu cầu hỗ trợ",

	// Statuses, findings and kinds (domain.md 9.2, 9.3)
	"status.received": "Đã tiếp nhận", "status.verifying": "Đang xác minh", "status.need_info": "Cần bổ sung thông tin", "status.verified": "Đã xác minh",
	"status.classified": "Đã phân loại", "status.forwarded": "Đã chuyển xử lý (Công an phường)", "status.acknowledged": "Công an đã nhận",
	"status.returned": "Công an trả lại", "status.in_handling": "Đang phối hợp xử lý", "status.resolved": "Đã có kết quả", "status.closed": "Đã kết thúc",
	"status.out_of_scope": "Không thuộc thẩm quyền, đã hướng dẫn", "status.duplicate": "Trùng nội dung", "status.invalid": "Không hợp lệ",
	"status.withdrawn": "Người gửi rút lại", "status.reopened": "Đã mở lại", "status.contacted": "Đã liên hệ", "status.assessed": "Đã đánh giá nhu cầu",
	"status.referred": "Đã chuyển gửi", "status.accepted": "Nơi hỗ trợ đã nhận", "status.declined": "Nơi hỗ trợ không nhận",
	"status.outcome": "Đã có kết quả hỗ trợ", "finding.founded": "Đã xác minh: có cơ sở", "finding.partly": "Đã xác minh: có cơ sở một phần",
	"finding.not_enough": "Đã xác minh: chưa đủ căn cứ", "finding.unfounded": "Đã xác minh: không có cơ sở", "kind.phan_anh": "Phản ánh",
	"kind.tin_bao": "Tin báo về tội phạm", "kind.to_giac": "Tố giác về tội phạm", "kind.kien_nghi": "Kiến nghị", "kind.khieu_nai": "Khiếu nại",
	"kind.noi_dung_tc": "Có nội dung tố cáo",

	// The card
	"card.head": "<b>{number}</b> · {status} · <i>{alias}</i>", "card.head.urgent": "🚨 <b>{number}</b> · <b>KHẨN</b> · {status} · <i>{alias}</i>",
	"card.received": "Nhận {received}", "card.times": "Nhận {received} · hạn {due:limit}", "card.times.late": "Nhận {received} · ⏰ <b>quá hạn</b> {due:limit}",
	"card.holder": "Người phụ trách: {name}", "card.hamlet": "Tổ dân phố số {n}", "card.place": "• Vị trí: <code>{place}</code> ({kind})",
	"card.kind": "• Phân loại: {kind}", "card.kind.proposed": "• Phân loại: {kind} (đề xuất, chờ Công an xác nhận)",
	"card.referred": "• Đã chuyển gửi: {service}", "card.forced": "• 🆘 <b>Đang bị ép, bị giữ, cần được đưa ra</b>", "card.under18": "• Dưới 18 tuổi", "card.files": "• Tệp kèm theo: {n}",
	"card.silent": "🔇 Không còn cách nhắn cho người gửi.", "card.talk.person": "💬 {at} – người gửi: {text}", "card.talk.staff": "↩️ {at} – {by}: {text}",
	"card.talk.note": "📝 {at} – {by} (nội bộ): {text}", "card.more": "… (xem toàn bộ: /toanvan {number})", "full.head": "📄 <b>{number}</b> – toàn văn",

	// Buttons of the card
	"do.nhan": "✅ Xác nhận đã nhận", "do.xuly": "🛠 Bắt đầu xử lý", "do.ketqua": "🏁 Ghi kết quả", "do.tralai": "↩️ Trả lại", "do.nhanviec": "🙋 Nhận việc",
	"do.nha": "🔄 Trả về hàng đợi", "do.xacminh": "🔍 Đã xác minh", "do.phanloai": "🏷 Phân loại", "do.chuyen": "➡️ Chuyển Công an",
	"do.hoi": "❓ Yêu cầu bổ sung", "do.ngoai": "🚫 Không xử lý tiếp", "do.dong": "✔️ Kết thúc", "do.molai": "🔓 Đề nghị mở lại", "do.traloi": "💬 Trả lời người gửi",
	"do.ghichu": "📝 Ghi chú", "do.lienhe": "📞 Đã liên hệ", "do.danhgia": "📋 Đánh giá nhu cầu", "do.chuyengui": "🤝 Chuyển gửi",
	"do.chapnhan": "✅ Nơi hỗ trợ đã nhận", "do.tuchoi": "❌ Nơi hỗ trợ không nhận", "do.hoanthanh": "🏁 Ghi kết quả hỗ trợ", "do.toanvan": "📄 Toàn văn",
	"do.tep": "📎 Tệp ({n})", "do.tep.more": "📎 Các tệp tiếp theo", "do.bando": "🗺 Mở bản đồ", "do.lichsu": "🕘 Lịch sử", "do.hangdoi": "📋 Hàng đợi",
	"do.tiep": "🙋 Nhận việc tiếp theo", "do.moi": "➕ Mời", "do.khoa": "🔒 Khóa / mở khóa", "do.nhanvien": "👥 Danh sách nhân viên",

	// Questions under the card
	"ask.xacminh":  "🔍 <b>Kết quả xác minh?</b>",
	"ask.phanloai": "🏷 <b>Thông tin này thuộc loại nào?</b> Tin báo, tố giác về tội phạm do Công an xác nhận.",
	"ask.ngoai":    "🚫 <b>Vì sao không xử lý tiếp?</b>", "ask.chuyengui": "🤝 <b>Chuyển gửi đến dịch vụ nào?</b>",
	"ask.hoi": "❓ <b>{number}</b>: viết câu hỏi gửi cho người đã phản ánh.", "ask.traloi": "💬 <b>{number}</b>: viết câu trả lời gửi cho người gửi.",
	"ask.ghichu": "📝 <b>{number}</b>: viết ghi chú nội bộ (người gửi không thấy).", "ask.tralai": "↩️ <b>{number}</b>: viết lý do trả lại.",
	"ask.molai":   "🔓 <b>{number}</b>: viết lý do mở lại.",
	"ask.danhgia": "📋 <b>{number}</b>: viết các nhu cầu đã trao đổi với người cần hỗ trợ.",
	"ask.tuchoi":  "❌ <b>{number}</b>: viết lý do nơi hỗ trợ không nhận.", "ask.hoanthanh": "🏁 <b>Kết quả hỗ trợ thế nào?</b>",
	"ask.moi": "Viết họ tên của người được mời (vai trò: {role}), tối đa 60 ký tự.", "ask.khoa": "Chọn tài khoản cần khóa hoặc mở khóa.",
	"sure.chuyen":      "➡️ <b>Chuyển {number} sang Công an phường?</b> Người gửi được báo là đã chuyển.",
	"sure.khoa":        "🔒 Khóa tài khoản <b>{name}</b> ({role}, #{id})? Người này mất quyền ngay.",
	"sure.khoa.locked": "🔓 Mở khóa tài khoản <b>{name}</b> ({role}, #{id})?",

	// Files and history
	"files.none": "Vụ việc này không có tệp.", "files.caption": "{number} – tệp {n}/{of}",
	"files.waiting": "⏳ Tệp {n} đang được tải và làm sạch, hãy xem lại sau ít phút.",
	"files.refused": "⚠️ Tệp {n} không nhận được: {why}", "files.more": "Còn {n} tệp.", "files.unknown": "không tải được",
	"history.head": "🕘 <b>{number}</b> – lịch sử ({n})", "history.line": "• {at} – {by}: {verb}{detail}", "history.detail": " ({detail})",
	"log.head": "📜 <b>Nhật ký xử lý phản ánh</b> ({n} dòng)", "log.line": "{event} · <b>{number}</b>", "cmd.nhatky": "xem ai đã làm gì với các phản ánh",
	"anchor": "🔏 Mốc nhật ký đến {at} ({stream}):\n<code>{code}</code>\nHãy giữ tin này. Khi kiểm tra, mã phải không đổi.", "anchor.report": "phản ánh", "anchor.help": "hỗ trợ",
	"verb.cut_route": "ngừng liên lạc với người gửi", "verb.erase": "xóa nội dung", "card.erased": "🗑 Nội dung đã được xóa theo thời hạn hoặc theo yêu cầu của người gửi.",
	"history.person": "người gửi", "history.system": "hệ thống", "verb.submit": "gửi đến", "verb.take": "nhận việc", "verb.release": "trả về hàng đợi",
	"verb.ask_info": "yêu cầu bổ sung", "verb.add_info": "bổ sung thông tin", "verb.verify": "xác minh", "verb.classify": "phân loại",
	"verb.forward": "chuyển Công an", "verb.acknowledge": "xác nhận đã nhận", "verb.return": "trả lại", "verb.handle": "bắt đầu xử lý",
	"verb.resolve": "ghi kết quả", "verb.close": "kết thúc", "verb.reopen": "mở lại", "verb.set_aside": "không xử lý tiếp", "verb.merge": "gộp trùng",
	"verb.withdraw": "rút lại", "verb.answer": "trả lời người gửi", "verb.note": "ghi chú", "verb.view": "mở xem", "verb.contact": "liên hệ lần đầu",
	"verb.assess": "đánh giá nhu cầu", "verb.refer": "chuyển gửi", "verb.accept": "nơi hỗ trợ đã nhận", "verb.decline": "nơi hỗ trợ không nhận",
	"verb.record_done": "ghi kết quả hỗ trợ",

	// Queue
	"queue.head": "<b>{stream}</b> · {view}: {n}", "queue.empty": "Không có việc đang chờ.",
	"queue.line": "{mark}<b>{number}</b> {status} · {about}{where}{due}{holder}", "queue.urgent": "🚨 ", "queue.where": " · {where}",
	"queue.due": " · hạn {due:limit}", "queue.late": " · ⏰ quá hạn", "queue.holder": " · {name}", "queue.view.open": "Đang mở",
	"queue.view.new": "Chưa ai nhận", "queue.view.mine": "Của tôi", "queue.view.overdue": "Quá hạn", "queue.view.urgent": "Khẩn",
	"queue.view.done": "Đã xong", "queue.switch.report": "🔔 Phản ánh", "queue.switch.help": "🤝 Yêu cầu hỗ trợ", "take.none": "Không còn vụ nào chờ.",

	// Figures
	"stats.head": "📊 <b>{period}</b>", "stats.period.today": "Hôm nay", "stats.period.week": "Tuần này",
	"stats.period.month": "Tháng này", "stats.period.year": "Năm nay", "stats.ratios": "<b>Tỷ lệ theo Kế hoạch</b>", "stats.ratio.received": "• Tiếp nhận: {value}",
	"stats.ratio.verified": "• Xác minh: {value}", "stats.ratio.classified": "• Phân loại: {value}", "stats.ratio.forwarded": "• Phối hợp xử lý: {value}",
	"stats.ratio.ontime": "• Kịp thời: {value} (kỳ trước {before}, cùng kỳ {year})", "stats.value": "{part}/{whole} ({percent})", "stats.empty": "không phát sinh", "stats.urgent": "Khẩn: {n}", "stats.outofscope": "Không thuộc thẩm quyền: {n}",

	// Staff accounts
	"stafflist.head": "👥 <b>Cán bộ, công chức</b> ({n})", "stafflist.line": "• #{id} {name} – {role}",
	"stafflist.line.locked":  "• #{id} {name} – {role} 🔒 đã khóa",
	"stafflist.line.altered": "• #{id} {name} – {role} ⚠️ bị sửa ngoài bot, không dùng được",
	"account.altered":        "⚠️ Tài khoản này đã bị sửa ngoài bot nên không dùng được. Hãy báo người quản trị máy chủ, rồi mời lại bằng /moi.", "lock.choice": "🔒 {name} – {role} (#{id})",
	"lock.choice.locked": "🔓 {name} – {role} (#{id})", "lock.done": "🔓 Đã mở khóa <b>{name}</b> ({role}, #{id}).",
	"lock.done.locked": "🔒 Đã khóa <b>{name}</b> ({role}, #{id}).", "lock.closed": "Tài khoản cán bộ của bạn đã bị khóa.",
	"lock.opened": "Tài khoản cán bộ của bạn đã được mở lại.", "invite.role": "Mời người mới với vai trò nào?",
	"invite.link": `Liên kết mời <b>{name}</b> ({role}). Dùng một lần, hết hạn {expires}. Hãy gửi riêng cho đúng người:
{link}`,
	"invite.second": "⏳ Liên kết chỉ mở được sau khi một người ở vai trò khác đồng ý; người đó đã được báo.",
	"invite.ask":    "👤 <b>{by}</b> ({byrole}) mời <b>{name}</b> làm <b>{role}</b>, vai trò xem được nội dung người dân gửi. Bạn có đồng ý không?",
	"invite.agree":  "✅ Đồng ý", "invite.refuse": "🚫 Không đồng ý", "cmd.duyetmoi": "đồng ý hoặc từ chối một lời mời",
	"invite.agreed": "✅ {by} đã đồng ý mời <b>{name}</b> ({role}).", "invite.refused": "🚫 {by} không đồng ý mời <b>{name}</b> ({role}); liên kết đã hủy.",
	"invite.nobody":   "Chưa có ai ở vai trò khác để cùng đồng ý. Hãy mở khóa một tài khoản, hoặc mời bằng dòng lệnh trên máy chủ.",
	"invite.notyours": "Việc này cần một người ở vai trò khác với người mời.", "invite.none": "Không có lời mời nào chờ bạn.", "invite.gone": "Lời mời này đã hết hạn, đã dùng hoặc đã hủy.",
	"invite.taken": "Tên này đã có người dùng. Hãy ghi thêm họ, tên đệm hoặc chức vụ.", "invite.byserver": "máy chủ",
	"invite.waits":   "Lời mời đang chờ một người nữa của phường đồng ý. Bạn mở lại liên kết sau nhé.",
	"account.opened": "👤 Tài khoản mới: <b>{name}</b> – {role}, do {by} mời. Nếu không đúng, hãy báo lãnh đạo để khóa.",
	"account.locked": "🔒 {by} vừa khóa tài khoản <b>{name}</b> – {role}.", "account.unlocked": "🔓 {by} vừa mở khóa tài khoản <b>{name}</b> – {role}.",
	"account.pin":        "🔑 {by} vừa đặt lại mã PIN của <b>{name}</b> – {role}.",
	"pin.fresh":          "🔐 Nhập lại mã PIN để tiếp tục: {what}.",
	"pin.wanted.words":   "Khi đang khóa, điện thoại này đã nhận: “{text}”. Có phải bạn viết không?",
	"pin.wanted.command": "Khi đang khóa, điện thoại này đã nhận lệnh {command} {text}. Có phải bạn bấm không?",
	"pin.dots":           "{dots}", "pin.go": "▶️ Làm tiếp", "pin.drop": "🗑 Bỏ", "pin.dropped": "Đã bỏ, không làm gì cả.",
	"invite.welcome": "Chào {name}! Bạn đã được cấp quyền: <b>{role}</b>.",

	// The PIN
	"pin.ask": "🔐 Nhập mã PIN 6 số để mở khóa:\n{dots}", "pin.again": "🔐 Nhập lại mã PIN vừa chọn:\n{dots}",
	"pin.new":  "🔐 Hãy chọn mã PIN 6 số. Khi điện thoại để lâu, bot sẽ hỏi mã này để không ai khác xem được.\n{dots}",
	"pin.weak": "Mã này dễ đoán. Hãy chọn mã khác.", "pin.differ": "Hai lần nhập không giống nhau. Hãy chọn lại.",
	"pin.set": "✅ Đã đặt mã PIN.", "pin.opened": "🔓 Đã mở khóa.", "pin.wrong": "Mã PIN không đúng. Còn {n} lần thử.",
	"pin.barred": "Đã nhập sai nhiều lần. Hãy thử lại sau {at}.", "pin.forgot": "Quên?",
	"pin.forgot.how": "Hãy nhờ lãnh đạo hoặc quản trị đặt lại mã PIN cho bạn.", "pin.shut": "🔒 Đã khóa. Lần tới bot sẽ hỏi mã PIN.",
	"pin.guessed":        "⚠️ Tài khoản <b>{name}</b> ({role}, #{id}) vừa nhập sai mã PIN nhiều lần. Nếu điện thoại bị mất, hãy khóa tài khoản.",
	"pin.guessed.locked": "⚠️ Tài khoản <b>{name}</b> ({role}, #{id}) vừa nhập sai mã PIN nhiều lần.",
	"do.khoa.one":        "🔒 Khóa tài khoản này", "do.datlaipin": "🔑 Đặt lại mã PIN", "ask.datlaipin": "Chọn tài khoản cần đặt lại mã PIN.",
	"sure.datlaipin":        "🔑 Đặt lại mã PIN của <b>{name}</b> ({role}, #{id})? Chỉ làm khi chính người này nhờ.",
	"sure.datlaipin.locked": "🔑 Đặt lại mã PIN của <b>{name}</b> ({role}, #{id}, đang khóa)?",
	"pin.reset.done":        "🔑 <b>{name}</b> ({role}, #{id}) sẽ chọn mã PIN mới ở lần dùng tới.", "pin.reset.done.locked": "🔑 <b>{name}</b> ({role}, #{id}) sẽ chọn mã PIN mới khi được mở khóa.",
	"pin.reset.told": "🔑 Mã PIN của bạn đã được đặt lại. Nếu bạn không nhờ việc này, hãy báo ngay cho lãnh đạo.",
	"cmd.khoalai":    "khóa ngay trên điện thoại này", "cmd.datlaipin": "cho đồng nghiệp chọn mã PIN mới",
	"error.self.pin": "Bạn không thể tự đặt lại mã PIN của mình; hãy nhờ một người quản lý khác.",

	// Reports put apart
	"queue.view.apart": "🗂 Để riêng", "card.apart": "🗂 Được để riêng khỏi hàng đợi. Bấm một việc cần làm để đưa trở lại.",
	"staff.flood": "🗂 Số phản ánh trong một giờ đã vượt mức bình thường ({n}). Phần vượt được nhận đủ và để riêng; phản ánh khẩn vẫn vào hàng đợi.",
	"do.tamchan":  "🔕 Tạm chặn người gửi", "ask.tamchan": "🔕 <b>Để riêng các phản ánh tiếp theo của người gửi này trong bao lâu?</b>",
	"sure.tamchan": "🔕 <b>{choice}?</b> Phản ánh tiếp theo của người gửi này vẫn được nhận nhưng để riêng, không báo. Phản ánh khẩn và yêu cầu hỗ trợ không bị ảnh hưởng.",
	"mute.1":       "1 ngày", "mute.7": "7 ngày", "mute.30": "30 ngày", "mute.0": "Bỏ chặn", "cmd.tamchan": "tạm để riêng phản ánh của người gửi này",
	"verb.mute": "tạm chặn người gửi", "error.mute.none": "Không còn liên lạc với người gửi nên không chặn được.",

	// Retention
	"retention.soon.report": "🗓 Trong 7 ngày tới, theo thời hạn lưu giữ, các phản ánh đã kết thúc sẽ mất: {routes} liên lạc với người gửi, {files} tệp, {cases} nội dung. Cần giữ vụ nào, hãy đề nghị mở lại vụ đó trước.",
	"retention.soon.help":   "🗓 Trong 7 ngày tới, theo thời hạn lưu giữ, các yêu cầu hỗ trợ đã kết thúc sẽ mất: {routes} liên lạc với người gửi, {files} tệp, {cases} nội dung. Cần giữ yêu cầu nào, hãy đề nghị mở lại yêu cầu đó trước.",
	"retention.done":        "🧹 Đã xóa theo thời hạn lưu giữ: {routes} liên lạc với người gửi, {files} tệp, {cases} nội dung. Số liệu thống kê giữ nguyên.",

	// From a request for help to the police
	"do.xinphep": "🙏 Xin phép chuyển Công an", "do.baokhan": "🆘 Báo Công an (khẩn)", "cmd.xinphep": "xin người cần hỗ trợ cho phép chuyển một đoạn cho Công an",
	"cmd.baokhan": "báo Công an khi có người dưới 18 tuổi hoặc tính mạng bị đe dọa",
	"ask.xinphep": "🙏 <b>{number}</b>: viết đúng đoạn sẽ chuyển cho Công an. Người cần hỗ trợ sẽ đọc từng chữ và chọn đồng ý hay không; Công an chỉ nhận đoạn này.",
	"ask.baokhan": "🆘 <b>Vì lý do nào?</b> Chỉ dùng khi không thể chờ đồng ý.", "ask.baokhan.words": "🆘 <b>{number}</b>: viết đoạn báo cho Công an. Người cần hỗ trợ sẽ được báo đúng đoạn này.",
	"verb.ask_consent": "xin phép chuyển Công an", "verb.consent": "đồng ý chuyển Công an", "verb.no_consent": "không đồng ý chuyển Công an", "verb.alarm": "báo Công an theo ngoại lệ",
	"error.alarm": "Không dùng được ngoại lệ này: phường chưa quy định, hoặc người cần hỗ trợ chưa được báo trước khi viết. Hãy xin phép bằng nút 🙏, hoặc gọi 113.",

	// Opening an ended case again
	"card.shut":  "🔒 Hồ sơ đã kết thúc nên nội dung đã được đóng. Muốn xem lại, cần hai người: một người đề nghị, một người đồng ý.",
	"card.asked": "🔓 <b>{name}</b> đề nghị mở lại:", "do.dongymo": "✅ Đồng ý mở lại", "do.khongmo": "✋ Không mở lại",
	"cmd.dongymo": "đồng ý mở lại theo đề nghị của đồng nghiệp", "cmd.khongmo": "không đồng ý mở lại",
	"verb.ask_reopen": "đề nghị mở lại", "verb.keep_shut": "không đồng ý mở lại",
	"staff.askreopen": "🔓 Có đề nghị mở lại <b>{number}</b>, cần người thứ hai đồng ý.",
	"staff.reopened":  "🔓 <b>{number}</b> đã được đồng ý mở lại.", "staff.keptshut": "✋ <b>{number}</b>: đề nghị mở lại không được đồng ý.",
	"error.second.none": "Không có đề nghị mở lại, hoặc đề nghị đã quá 3 ngày.", "error.second.self": "Người đề nghị không thể tự đồng ý. Cần một người thứ hai.",
	"error.shut": "Hồ sơ đã kết thúc nên nội dung đã được đóng.",

	// Notices to staff
	"staff.forwarded": "➡️ <b>Chuyển đến Công an phường:</b> {number}", "staff.forwarded.urgent": "🚨 <b>KHẨN</b> – chuyển đến Công an phường: {number}",
	"staff.police.acknowledge": "✅ Công an phường đã nhận <b>{number}</b>.",
	"staff.police.return":      "↩️ Công an phường trả lại <b>{number}</b>.", "staff.police.handle": "🛠 Công an phường bắt đầu xử lý <b>{number}</b>.",
	"staff.police.resolve":  "🏁 Công an phường đã ghi kết quả <b>{number}</b>.",
	"staff.police.classify": "🏷 Công an phường đã xác định loại của <b>{number}</b>.",

	// Errors of staff commands
	"error.number.missing": "Hãy ghi số hồ sơ sau lệnh, ví dụ PA-26-0042, hoặc mở hồ sơ từ /hangdoi.",
	"error.toolong":        "Nội dung quá dài để gửi trong một tin. Hãy viết lại ngắn hơn (dưới 3.500 ký tự).",
	"error.silent":         "Đã ghi nhận, nhưng không còn cách nhắn cho người gửi.", "error.self": "Bạn không thể khóa tài khoản của chính mình.",

	// Help
	"help.head": "Các lệnh của bạn (<b>{role}</b>):", "help.line": "/{name}{usage} – {help}", "help.usage": " {usage}",
	"help.foot": "Mọi việc cũng làm được bằng các nút. Gõ số vụ việc (ví dụ 42 hoặc PA-26-0042) để mở thẻ.", "usage.case": "<i>số</i>",
	"usage.text": "<i>số nội dung</i>", "usage.choice": "<i>số</i>", "usage.queue": "[<i>moi, cuatoi, quahan, khan, xong</i>]",
	"usage.stream": "[<i>phananh, hotro</i>]", "usage.stats": "[<i>thang, quy 2, 2026, 1/1/2026 30/6/2026 …</i>] [<i>loai, nguon, thoigian …</i>]", "usage.invite": "[<i>vai trò, họ tên</i>]",
	"usage.lock": "[<i>mã tài khoản</i>]", "usage.language": "[<i>vi, en</i>]", "cmd.hangdoi": "hàng đợi, lọc và lật trang",
	"cmd.tiep": "nhận việc tiếp theo", "cmd.nhanviec": "nhận một vụ việc", "cmd.xem": "xem thẻ vụ việc", "cmd.toanvan": "đọc toàn bộ nội dung",
	"cmd.tep": "nhận các tệp kèm theo", "cmd.bando": "mở vị trí trên bản đồ", "cmd.lichsu": "xem lịch sử xử lý", "cmd.xacminh": "ghi kết quả xác minh", "cmd.phanloai": "phân loại thông tin",
	"cmd.chuyen": "chuyển Công an phường", "cmd.ngoai": "không xử lý tiếp: ngoài thẩm quyền, không đủ nội dung", "cmd.nhan": "xác nhận đã nhận",
	"cmd.tralai": "trả lại kèm lý do", "cmd.xuly": "bắt đầu xử lý", "cmd.ketqua": "ghi kết quả xử lý", "cmd.lienhe": "ghi đã liên hệ",
	"cmd.danhgia": "ghi nhu cầu hỗ trợ", "cmd.chuyengui": "chuyển gửi đến dịch vụ", "cmd.chapnhan": "nơi hỗ trợ đã nhận", "cmd.tuchoi": "nơi hỗ trợ không nhận",
	"cmd.hoanthanh": "ghi kết quả hỗ trợ", "cmd.hoi": "hỏi thêm người gửi", "cmd.traloi": "trả lời người gửi", "cmd.ghichu": "ghi chú nội bộ",
	"cmd.dong": "kết thúc vụ việc", "cmd.molai": "đề nghị mở lại vụ việc", "cmd.nha": "trả vụ việc về hàng đợi",
	"cmd.thongke": "số liệu của một kỳ: tỷ lệ, so sánh, theo loại, thời gian", "cmd.nhanvien": "danh sách cán bộ", "cmd.moi": "mời cán bộ mới",
	"cmd.khoa": "khóa, mở khóa tài khoản", "cmd.ngonngu": "Tiếng Việt / English", "cmd.help": "các lệnh của bạn",
}
