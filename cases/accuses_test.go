package cases_test

import (
	"testing"

	"tinbao/cases"
)

func TestAccuses(t *testing.T) {
	t.Parallel()
	for who, texts := range map[cases.About][]string{
		cases.AboutPolice: {
			"Công an phường bảo kê quán karaoke ở ngõ 12.", "cong an phuong bao ke quan", "Quán này được công an phường chống lưng", "CSKV nhận tiền của chủ nhà nghỉ hàng tháng",
			"công an bảo kê", "Chủ quán nộp tiền cho công an phường", "có sự bao che của công an phường nên không ai dám nói", "Công an Yên Nghĩa làm ngơ",
			"Bé bị nhốt, công an phường biết mà không xử lý", "the ward police take money from the owner", "vợ công an phường mở quán massage",
			"Công an khu vực đe dọa tôi khi tôi tố giác", "cảnh sát khu vực báo trước cho quán mỗi lần kiểm tra", "chủ quán hối lộ công an phường",
		},
		cases.AboutOfficer: {
			"Cán bộ phường nhận tiền", "can bo phuong an tien cua chu nha nghi", "Cán bộ văn hóa đòi tiền tôi 5 triệu", "công chức phường vòi vĩnh", "người nhà cán bộ phường mở quán gội đầu",
			"Quán bia đưa phong bì cho cán bộ UBND", "Cán bộ phường Yên Nghĩa nhũng nhiễu dân",
		},
		cases.AboutLeader: {
			"Chủ tịch phường bao che", "chu tich phuong nhan hoi lo", "Con trai chủ tịch phường đứng sau quán này", "Phó chủ tịch UBND ăn chia với chủ quán",
			"Công an phường bảo kê, lãnh đạo phường làm ngơ",
		},
		cases.AboutNobody: {
			"", "Quán karaoke có người bảo kê, đề nghị công an phường kiểm tra", "Tôi đã báo công an phường việc bảo kê ở đây", "Nhờ cán bộ phường xử lý nhóm bảo kê",
			"Công an phường đã đến kiểm tra và xử lý", "Chủ quán nhận tiền của khách", "Cán bộ phường bị đe dọa", "Công an phường bị hành hung khi làm nhiệm vụ",
			"Công an phường không nhận tiền", "Cán bộ phường khác nhận tiền", "Công an phường Dương Nội bảo kê", "Công an thành phố nhận tiền", "Mong công an phường vào cuộc vì có bảo kê",
			"Gọi công an phường giúp tôi, chúng nó đe dọa tôi", "Có nhóm bảo kê. Công an phường ở gần đó.", "cảm ơn cán bộ phường", "please call the police, he threatens me",
			"Đề nghị phường xử lý quán này", "Chủ tịch công đoàn công ty nhận tiền", "công an phường xử lý bọn bảo kê rất tốt",
		},
	} {
		for _, text := range texts {
			if got := cases.Accuses(text, "phường Yên Nghĩa"); got != who {
				t.Errorf("%q: %q, want %q", text, got, who)
			}
		}
	}
}
