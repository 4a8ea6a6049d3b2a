package locale

// viFields are the names of the fields of the periodic report, of its groups, and of
// where a figure comes from (domain.md 10).
var viFields = map[string]string{
	"group.A": "A. Công tác chỉ đạo", "group.B": "B. Truyền thông", "group.C": "C. Tập huấn", "group.D": "D. Tiếp nhận, xử lý thông tin",
	"group.E": "E. Quản lý cơ sở kinh doanh dịch vụ", "group.F": "F. Kết quả xử lý", "group.G": "G. Địa bàn", "group.H": "H. Hỗ trợ, can thiệp giảm hại",
	"group.I": "I. Kinh phí", "group.K": "K. Nhận xét, kiến nghị",

	"origin.computed": "hệ thống", "origin.typed": "nhập tay", "origin.mark.computed": "⚙️", "origin.mark.typed": "✍️",
	"fieldtype.count": "số lượng", "fieldtype.money": "tiền (đồng)", "fieldtype.yesno": "có/không", "fieldtype.ratio": "tỷ lệ", "fieldtype.text": "văn bản",

	"field.A.documents": "Văn bản, kế hoạch đã ban hành", "field.A.meetings": "Cuộc họp, giao ban", "field.A.taskforce": "Đã thành lập Tổ công tác liên ngành (Đội Kiểm tra liên ngành 178)",

	"field.B.sessions": "Buổi, lượt truyền thông", "field.B.sessions.direct": "Trong đó: trực tiếp", "field.B.sessions.broadcast": "Trong đó: hệ thống truyền thanh",
	"field.B.sessions.digital": "Trong đó: nền tảng số, trang thông tin điện tử", "field.B.sessions.social": "Trong đó: mạng xã hội", "field.B.sessions.school": "Trong đó: tại trường học",
	"field.B.attendance": "Lượt người tham dự", "field.B.attendance.residents": "Trong đó: người dân", "field.B.attendance.pupils": "Trong đó: học sinh",
	"field.B.attendance.premises": "Trong đó: chủ, nhân viên cơ sở", "field.B.leaflets": "Tờ rơi, tài liệu đã phát", "field.B.regular": "Có hình thức truyền thông duy trì thường xuyên",

	"field.C.staff": "Tổng số cán bộ làm công tác này", "field.C.updated": "Cán bộ được phổ biến, cập nhật kiến thức", "field.C.city": "Cán bộ dự tập huấn do Thành phố tổ chức",
	"field.C.ratio": "Tỷ lệ cán bộ được cập nhật kiến thức trong năm",

	"field.D.received": "Thông tin đã tiếp nhận", "field.D.received.phan_anh": "Trong đó: phản ánh", "field.D.received.tin_bao": "Trong đó: tin báo về tội phạm",
	"field.D.received.to_giac": "Trong đó: tố giác về tội phạm", "field.D.received.kien_nghi": "Trong đó: kiến nghị", "field.D.received.khieu_nai": "Trong đó: khiếu nại",
	"field.D.received.noi_dung_tc": "Trong đó: có nội dung tố cáo", "field.D.received.unnamed": "Trong đó: chưa phân loại",
	"field.D.verified": "Đã xác minh", "field.D.classified": "Đã phân loại", "field.D.forwarded": "Đã chuyển, phối hợp xử lý", "field.D.handled": "Đã có kết quả xử lý",
	"field.D.late": "Quá hạn", "field.D.open": "Đang giải quyết, chuyển kỳ sau", "field.D.outofscope": "Không thuộc thẩm quyền", "field.D.duplicates": "Trùng nội dung",
	"field.D.invalid": "Không hợp lệ", "field.D.withdrawn": "Người gửi rút lại",
	"field.D.ratio.received": "Tỷ lệ được tiếp nhận", "field.D.ratio.verified": "Tỷ lệ được xác minh", "field.D.ratio.classified": "Tỷ lệ được phân loại",
	"field.D.ratio.forwarded": "Tỷ lệ được phối hợp xử lý", "field.D.ratio.ontime": "Tỷ lệ đúng hạn",

	"field.E.register": "Cơ sở trong danh sách quản lý", "field.E.closed": "Cơ sở đã ngừng hoạt động", "field.E.security": "Cơ sở có điều kiện về an ninh, trật tự",
	"field.E.vulnerable": "Cơ sở dễ bị lợi dụng để hoạt động mại dâm", "field.E.reviewed": "Cơ sở được rà soát trong năm", "field.E.visits": "Lượt kiểm tra trong kỳ",
	"field.E.inspected": "Cơ sở được kiểm tra ít nhất một lần từ 01/01/2026", "field.E.coverage": "Tỷ lệ cơ sở được kiểm tra ít nhất một lần từ 01/01/2026",
	"field.E.commitments": "Cơ sở đã ký cam kết", "field.E.violations": "Lượt kiểm tra phát hiện vi phạm",

	"field.F.administrative": "Vụ việc xử lý hành chính", "field.F.persons": "Người bị xử lý hành chính", "field.F.persons.buying": "Trong đó: hành vi mua dâm",
	"field.F.persons.selling": "Trong đó: hành vi bán dâm", "field.F.persons.other": "Trong đó: hành vi khác", "field.F.decisions": "Quyết định xử phạt",
	"field.F.fines": "Tổng số tiền phạt", "field.F.licences": "Giấy phép bị tước, đình chỉ", "field.F.transferred": "Vụ chuyển cơ quan điều tra", "field.F.prosecuted": "Vụ khởi tố",
	"field.F.accused": "Bị can", "field.F.minors": "Vụ có người dưới 18 tuổi", "field.F.trafficking": "Vụ có dấu hiệu mua bán người",

	"field.G.start": "Điểm phức tạp đầu kỳ", "field.G.new": "Điểm phức tạp mới phát sinh", "field.G.cleared": "Điểm phức tạp đã chuyển hóa", "field.G.left": "Điểm phức tạp cuối kỳ",
	"field.G.watched": "Địa bàn đang theo dõi",

	"field.H.requests": "Yêu cầu hỗ trợ đã tiếp nhận", "field.H.service.health": "Khám sức khỏe, HIV, bệnh lây truyền qua đường tình dục", "field.H.service.counsel": "Tư vấn tâm lý",
	"field.H.service.legal": "Trợ giúp pháp lý", "field.H.service.training": "Học nghề", "field.H.service.job": "Giới thiệu việc làm", "field.H.service.livelihood": "Hỗ trợ sinh kế",
	"field.H.service.social": "An sinh xã hội", "field.H.referrals.sent": "Lượt chuyển gửi", "field.H.referrals.accepted": "Lượt chuyển gửi được tiếp nhận",
	"field.H.referrals.declined": "Lượt chuyển gửi chưa được tiếp nhận", "field.H.referrals.completed": "Lượt chuyển gửi đã hoàn thành",
	"field.H.outcome.helped": "Kết quả: đã được hỗ trợ", "field.H.outcome.going_on": "Kết quả: đang tiếp tục", "field.H.outcome.out_of_reach": "Kết quả: không liên lạc được",
	"field.H.outcome.stopped": "Kết quả: người cần hỗ trợ không muốn tiếp tục", "field.H.under18": "Người dưới 18 tuổi", "field.H.waiting": "Đang chờ liên hệ",
	"field.H.reached": "Người được truyền thông giảm hại", "field.H.items": "Vật phẩm giảm hại đã phát",

	"field.I.planned.ward": "Được giao: ngân sách phường", "field.I.planned.combined": "Được giao: lồng ghép", "field.I.planned.raised": "Dự kiến huy động",
	"field.I.spent.ward": "Đã chi: ngân sách phường", "field.I.spent.combined": "Đã chi: lồng ghép", "field.I.spent.raised": "Đã chi: huy động",

	"field.K.difficulties": "Khó khăn, vướng mắc", "field.K.proposals": "Kiến nghị, đề xuất", "field.K.plans": "Phương hướng kỳ sau", "field.K.rewards": "Biểu dương, đề xuất khen thưởng",
}
