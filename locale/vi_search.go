package locale

// viSearch are the Vietnamese texts of the search and of reports put together.
var viSearch = map[string]string{
	// Search
	"cmd.timkiem": "tìm vụ việc theo số, tên gọi, loại, trạng thái, nơi, ngày, từ trong nội dung", "usage.search": "[<i>điều cần tìm</i>]",
	"search.ask": "🔎 Gõ điều cần tìm, theo thứ tự nào cũng được, có dấu hay không dấu: số (PA-26-0042), tên gọi (Sen 42), tổ dân phố, loại (tố giác), trạng thái (đang xác minh), " +
		"ngày (10/11, 10/11–20/11 hoặc trước 10/11), từ trong nội dung. Cụm trong dấu \"…\" luôn được hiểu là nội dung.",
	"search.head": "🔎 <b>{stream}</b>: {n} vụ", "search.by": "• {what}", "search.day": "Nhận ngày {day:day}", "search.dates": "Nhận từ {from:day} đến {to:day}",
	"search.none": "Không tìm thấy vụ nào.", "search.none.words": "Từ chỉ được tìm trong nội dung của vụ đang mở.",
	"search.older": "Vụ nhận trước ngày {day:day} chưa được tìm hết.", "search.older.button": "⏪ Tìm trong vụ cũ hơn", "search.before": "Nhận trước ngày {day:day}",
	"search.older.how": "Vụ nhận trước ngày {day:day} chưa được tìm hết. Muốn tìm tiếp, hãy tìm lại và ghi thêm “trước {day:day}”.",
	"search.narrow":    "Còn {n} vụ nữa: hãy thêm từ hoặc ngày để thu hẹp.", "search.again": "🔎 Tìm lại",
	"error.search.day": "Không có ngày này. Hãy ghi ngày/tháng, ví dụ 10/11 hoặc 10/11/2026.",

	// Reports that tell of the same
	"cmd.tuongtu": "xem các tin có thể trùng", "cmd.gop": "gộp tin trùng vào một tin khác", "cmd.tach": "tách tin đã gộp nhầm", "usage.merge": "<i>số giữ lại, số trùng</i>",
	"do.tuongtu": "🧩 Tin tương tự", "do.tach": "✂️ Tách ra", "do.gop.open": "🧩 Mở {number}",
	"similar.head": "🧩 Tin có thể nói về cùng một việc với <b>{number}</b>:", "similar.line": "• <b>{number}</b> · nhận {received:day} · {like} · {status}",
	"similar.very": "rất giống", "similar.part": "giống một phần", "similar.place": "cùng nơi", "similar.merge": "🔗 Gộp {number}",
	"similar.none": "Không có tin đang mở nào giống, trong vòng {days} ngày.",
	"sure.gop":     "🔗 <b>Gộp {number} vào {into}?</b> {number} dừng tính hạn; người gửi được báo là tin đang được xem cùng thông tin tương tự, và từ nay nhận mọi tin trả lời, câu hỏi của {into}.",
	"card.merged":  "🧩 Trùng nội dung, xem cùng <b>{number}</b>.", "card.merged.part": "🔒 Hồ sơ đã đóng. Nếu gộp nhầm, bấm ✂️ Tách ra (khi tin kia còn mở).", "card.followers": "🧩 Đã gộp vào đây: {numbers}", "card.sources": "👥 Ít nhất {n} tin độc lập.",
	"verb.unmerge":    "tách ra",
	"resident.merged": "Thông tin bạn gửi lúc {received:at}: đã nhận, đang xem cùng thông tin tương tự. Khi có tin mới, phường sẽ báo cho bạn.",
	"error.merge.two": "Hãy ghi hai số: số giữ lại trước, số trùng sau. Ví dụ: /gop 42 45", "error.merge.same": "Hai số này là một tin.",
	"error.merge.ended": "Chỉ gộp và so sánh được tin đang mở.", "error.merge.urgent": "Tin khẩn không gộp vào tin thường. Hãy gộp chiều ngược lại.",
	"error.merge.none": "Tin này không được gộp vào tin nào.", "error.merge.late": "Tin được gộp vào đã kết thúc. Muốn mở lại tin này, cần hai người: /molai.",
}
