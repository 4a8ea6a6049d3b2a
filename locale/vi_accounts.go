package locale

// viAccounts are the Vietnamese texts of the two logs that are not of reports.
var viAccounts = map[string]string{
	"cmd.nhatkytk": "xem ai đã mời, khóa, đổi tài khoản nào", "do.nhatkytk": "🗂 Nhật ký tài khoản",
	"accountlog.head":   "🗂 <b>Nhật ký tài khoản</b> ({n} dòng)",
	"accountlog.line":   "• {at} – {by}: {verb} – <b>{name}</b>{number}, {role}{before}",
	"accountlog.number": " (số {id})", "accountlog.before": " (trước là {what})",
	"account.found.done": "tài khoản đã có từ trước", "account.invited.done": "mời", "account.agreed.done": "đồng ý lời mời", "account.refused.done": "từ chối lời mời",
	"account.opened.done": "mở tài khoản", "account.opened.invited.done": "đã mời, tài khoản nay mở",
	"account.renamed.done": "đã mời, đổi tên", "account.role.done": "đã mời, đổi vai trò", "account.locked.done": "khóa", "account.unlocked.done": "mở khóa",
	"account.pin_reset.done": "đặt lại mã PIN",

	"cmd.luotxem": "xem ai đã mở yêu cầu hỗ trợ nào, mấy lần", "do.luotxem": "👁 Lượt mở yêu cầu hỗ trợ", "do.nhatky": "📜 Nhật ký phản ánh",
	"helpviews.head": "👁 <b>Lượt mở yêu cầu hỗ trợ</b>, {from:day} – {to:day}\nChỉ có số yêu cầu và số lượt, không có nội dung. Mở nhiều lần mà không phụ trách thì nên hỏi lý do.",
	"helpviews.line": "• {name}: <b>{number}</b> – {n} lượt, không phụ trách (lần cuối {last})", "helpviews.line.holds": "• {name}: <b>{number}</b> – {n} lượt, đang phụ trách",
	"helpviews.none": "Tuần này không ai mở yêu cầu hỗ trợ nào.", "helpviews.earlier": "◀ Tuần trước", "helpviews.later": "Tuần sau ▶",
}
