package locale

// viIntake are the Vietnamese texts of drafts and of what a report or a request tells
// about a place.
var viIntake = map[string]string{
	// A place: labels for staff, and what a person reads
	"place.happened": "nơi xảy ra, vị trí chính xác", "place.stood": "nơi người gửi đứng, làm mờ khoảng 100 m",
	"place.agreed": "vị trí chính xác, người gửi đồng ý", "place.near": "làm mờ khoảng 100 m",
	"where.outside": "Ngoài phường / không biết",
	"map.none":      "Vụ việc này không có vị trí trên bản đồ.", "map.line": "🗺 <b>{number}</b> – {kind}:",

	"review.venue": "• Địa điểm trên bản đồ: {value}", "review.online": "• Trên mạng: {value}", "review.origin": "• Chuyển tiếp từ: {value}",
	"service.other": "Khác / tôi chưa biết",
}
