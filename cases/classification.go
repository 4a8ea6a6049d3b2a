package cases

import "slices"

// Behaviour is what a report says somebody does. A report can be about several.
type Behaviour string

// The behaviours: prohibited acts of Pháp lệnh PCMD 2003 Đ.4, and what makes any of
// them graver (domain.md 2.3, 9.3).
const (
	Buying      Behaviour = "mua"     // mua dâm
	Selling     Behaviour = "ban"     // bán dâm
	Harbouring  Behaviour = "chua"    // chứa mại dâm
	Organising  Behaviour = "tochuc"  // tổ chức hoạt động mại dâm
	Forcing     Behaviour = "ep"      // cưỡng bức bán dâm
	Procuring   Behaviour = "moigioi" // môi giới mại dâm
	Protecting  Behaviour = "baoke"   // bảo kê mại dâm
	Business    Behaviour = "dichvu"  // lợi dụng kinh doanh dịch vụ
	Trafficking Behaviour = "muaban"  // liên quan mua bán người
	WithMinor   Behaviour = "duoi18"  // có người dưới 18 tuổi
	OnTheNet    Behaviour = "mang"    // qua mạng
	OtherAct    Behaviour = "khac"    // khác
)

// Behaviours lists the behaviours in the order of their buttons.
var Behaviours = []Behaviour{
	Buying, Selling, Harbouring, Organising, Forcing, Procuring,
	Protecting, Business, Trafficking, WithMinor, OnTheNet, OtherAct,
}

// Grave reports behaviours that make a report urgent whoever marks them (domain.md 2.3:
// minor, trafficking, force).
func (b Behaviour) Grave() bool { return b == Forcing || b == Trafficking || b == WithMinor }

// Toggled is a set of behaviours with one put in, or taken out.
func Toggled(set []Behaviour, b Behaviour) []Behaviour {
	if slices.Contains(set, b) {
		return slices.DeleteFunc(slices.Clone(set), func(other Behaviour) bool { return other == b })
	}
	out := append(slices.Clone(set), b)
	slices.SortFunc(out, func(x, y Behaviour) int { return slices.Index(Behaviours, x) - slices.Index(Behaviours, y) })
	return out
}

// Levels lists the levels in the order of their buttons.
var Levels = []Level{LevelUrgent, LevelComplex, LevelNormal}

// Competence is who has to deal with a report.
type Competence string

// Those who may be competent (plan 5.1, domain.md 7). There is no district any more.
const (
	ByPolice    Competence = "congan"   // Công an phường
	ByOffice    Competence = "vhxh"     // Phòng Văn hóa - Xã hội
	ByHealth    Competence = "yte"      // Trạm Y tế phường
	ByOtherWard Competence = "phuong"   // phường, xã khác
	ByCity      Competence = "thanhpho" // cơ quan cấp thành phố
	ByOther     Competence = "khac"     // cơ quan khác
)

// Competences lists them in the order of their buttons.
var Competences = []Competence{ByPolice, ByOffice, ByHealth, ByOtherWard, ByCity, ByOther}

// NamedOnly reports kinds that the law takes with name, address and signature only
// (Luật Khiếu nại 2011, Luật Tố cáo 2018 Đ.22–25; domain.md 2.1). An anonymous message
// is never one: its sender is told the right door and asked whether it may stay as
// phản ánh.
func (k Kind) NamedOnly() bool { return k == Complaint || k == Denunciation }

// Refusal is why a report is not dealt with further.
type Refusal string

// The reasons.
const (
	OtherWard    Refusal = "otherward" // happens in another ward
	OtherField   Refusal = "field"     // not about what the ward deals with
	OtherBody    Refusal = "body"      // another body already deals with it
	NeedsName    Refusal = "named"     // a complaint or denunciation that needs a name
	NoContent    Refusal = "empty"     // nothing to act on
	NotCheckable Refusal = "nocheck"   // too little to check, and no way to ask
	Trial        Refusal = "test"      // a try, advertising, a joke
)

// Refusals lists the reasons in the order of their buttons.
var Refusals = []Refusal{OtherWard, OtherField, OtherBody, NeedsName, NoContent, NotCheckable, Trial}

// Status is where a report goes that is set aside for the reason.
func (r Refusal) Status() Status {
	switch r {
	case NoContent, NotCheckable, Trial:
		return InvalidCase
	}
	return OutOfScope
}
