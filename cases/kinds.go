package cases

// Kind is the official classification, set by staff and never by the resident
// alone (plan 3.1 names the first five; domain.md 9.3).
type Kind string

// The kinds. Criminal ones are confirmed by the police only (domain.md 2.2).
const (
	Feedback     Kind = "phan_anh"    // phản ánh
	CrimeNews    Kind = "tin_bao"     // tin báo về tội phạm, BLTTHS Đ.144.2
	CrimeReport  Kind = "to_giac"     // tố giác về tội phạm, BLTTHS Đ.144.1
	Petition     Kind = "kien_nghi"   // kiến nghị
	Complaint    Kind = "khieu_nai"   // khiếu nại, Luật Khiếu nại 2011 Đ.2.1
	Denunciation Kind = "noi_dung_tc" // có nội dung tố cáo, guided to the named procedure
)

// Kinds lists the kinds in the order of their buttons.
var Kinds = []Kind{Feedback, CrimeNews, CrimeReport, Petition, Complaint, Denunciation}

// Criminal reports whether only the police may set the kind.
func (k Kind) Criminal() bool { return k == CrimeNews || k == CrimeReport }

// Concern is what the resident chose from the plain-words menu (domain.md 9.3).
type Concern string

// The concerns.
const (
	SawSigns   Concern = "signs"   // Tôi thấy dấu hiệu vi phạm
	Danger     Concern = "danger"  // Có người đang bị ép buộc hoặc nguy hiểm
	Minor      Concern = "minor"   // Có trẻ em dưới 18 tuổi liên quan
	Online     Concern = "online"  // Dấu hiệu trên mạng
	Suggestion Concern = "suggest" // Góp ý, đề nghị với phường
	NamedOne   Concern = "named"   // Tôi muốn khiếu nại hoặc tố cáo: guided to the right door first
	Crossed    Concern = "crossed" // passed on by the ward; nobody chooses it from the menu
)

// Concerns lists the concerns in the order of their buttons.
var Concerns = []Concern{SawSigns, Danger, Minor, Online, Suggestion, NamedOne}

// Urgent concerns put the emergency numbers first and jump the queue (domain.md 1, row 21).
func (c Concern) Urgent() bool { return c == Danger || c == Minor || c == Crossed }

// Service is one of the seven kinds of support of the plan (section 4.2).
type Service string

// The seven services.
const (
	HealthCare     Service = "health"
	Counselling    Service = "counsel"
	LegalAid       Service = "legal"
	Training       Service = "training"
	JobReferral    Service = "job"
	Livelihood     Service = "livelihood"
	SocialSecurity Service = "social"
)

// OtherNeed is what a request for help asks for that names none of the seven: the person
// does not know yet, or has to be brought out of where others hold him or her.
const OtherNeed Service = "other"

// Services lists the services in the order of the plan.
var Services = []Service{HealthCare, Counselling, LegalAid, Training, JobReferral, Livelihood, SocialSecurity}

// Level is the urgency shown to staff, in the words of iHanoi (domain.md 7).
type Level string

// The levels.
const (
	LevelUrgent  Level = "khan"
	LevelComplex Level = "phuc_tap"
	LevelNormal  Level = "binh_thuong"
)
