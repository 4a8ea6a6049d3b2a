package cases

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// EstablishmentStatus is whether an establishment works.
type EstablishmentStatus string

// The states of an establishment. One that was closed down stays in the register and is
// counted apart; one that was removed was entered by mistake and is counted nowhere.
const (
	EstablishmentOpen    EstablishmentStatus = "open"
	EstablishmentPaused  EstablishmentStatus = "paused"
	EstablishmentClosed  EstablishmentStatus = "closed"
	EstablishmentRemoved EstablishmentStatus = "removed"
)

// EstablishmentDeed is what a version of an establishment changed.
type EstablishmentDeed string

// The deeds. Those of a field are called like the field.
const (
	DeedAdd      EstablishmentDeed = "add"
	DeedName     EstablishmentDeed = "name"
	DeedAddress  EstablishmentDeed = "address"
	DeedOwner    EstablishmentDeed = "owner"
	DeedPhone    EstablishmentDeed = "phone"
	DeedLicence  EstablishmentDeed = "licence"
	DeedType     EstablishmentDeed = "type"
	DeedRisk     EstablishmentDeed = "risk"
	DeedHamlet   EstablishmentDeed = "hamlet"
	DeedSecurity EstablishmentDeed = "security"
	DeedExposed  EstablishmentDeed = "vulnerable"
	DeedCommit   EstablishmentDeed = "commitment"
	DeedReview   EstablishmentDeed = "review"
	DeedOpen     EstablishmentDeed = "open"
	DeedPause    EstablishmentDeed = "pause"
	DeedClose    EstablishmentDeed = "close"
	DeedImport   EstablishmentDeed = "import"
	DeedUndo     EstablishmentDeed = "undo"
)

// Establishment is one version of an entry of the register.
type Establishment struct {
	ID      int // from 1 in each ward; 0 = not kept yet
	Version int
	EstablishmentWords
	Type       string // key of the ward's list of types
	Risk       string // key of the ward's list of risk classes; "" = not said
	Hamlet     int    // from 1; 0 = not said
	Security   bool   // có điều kiện về an ninh trật tự
	Vulnerable bool   // dễ bị lợi dụng
	Commitment bool   // a commitment was signed
	Status     EstablishmentStatus
	Reviewed   Day // last time somebody looked whether the entry is right; zero = never
	Import     int // number of the import that wrote this version; 0 = none
	Deed       EstablishmentDeed
	By         string
	At         time.Time
}

// EstablishmentWords are the parts of an entry that name a place or a person.
type EstablishmentWords struct {
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	Owner   string `json:"owner,omitempty"`
	Phone   string `json:"phone,omitempty"`
	Licence string `json:"licence,omitempty"` // number
	Reason  string `json:"reason,omitempty"`  // why it was paused or closed
}

// MaxEstablishmentWords is how many characters each part of an entry has at most.
const MaxEstablishmentWords = 200

// Key is what two entries for one establishment have in common: its name without marks
// and signs, and the hamlet.
func (e Establishment) Key() EstablishmentKey {
	return EstablishmentKey{strings.Join(WordsOf(e.Name), " "), e.Hamlet}
}

// EstablishmentKey finds entries that stand twice.
type EstablishmentKey struct {
	Name   string
	Hamlet int
}

// Alive reports whether the establishment counts for the register: open or paused.
func (e Establishment) Alive() bool {
	return e.Status == EstablishmentOpen || e.Status == EstablishmentPaused
}

// ReviewedIn reports whether the entry was looked at in a year.
func (e Establishment) ReviewedIn(year int) bool {
	return e.Reviewed.Valid() && e.Reviewed.Year == year
}

// ListName names a list that the ward edits.
type ListName string

// The lists.
const (
	TypeList  ListName = "type"
	RiskList  ListName = "risk"  // from the lowest class to the highest
	CheckList ListName = "check" // questions of an inspection
)

// ListNames lists the lists in the order of their buttons.
var ListNames = []ListName{TypeList, RiskList, CheckList}

// ListItem is an entry of a list. One that is not offered any more keeps its key, so
// that what was written with it can still be read.
type ListItem struct {
	Key   string `json:"key"`
	Label string `json:"label"` // in the language of the ward, like the names of hamlets
	Off   bool   `json:"off,omitempty"`
}

// Limits of a list, so that it fits on the buttons of one message.
const (
	MaxListItems = 40
	MaxListLabel = 60 // characters
)

// EstablishmentLists are the lists as the ward has them.
type EstablishmentLists map[ListName][]ListItem

// Label is the name of an entry; its key when the ward has none of that key.
func (l EstablishmentLists) Label(name ListName, key string) string {
	for _, item := range l[name] {
		if item.Key == key {
			return item.Label
		}
	}
	return key
}

// Offered are the entries of a list that can be chosen.
func (l EstablishmentLists) Offered(name ListName) []ListItem {
	return slices.DeleteFunc(slices.Clone(l[name]), func(item ListItem) bool { return item.Off })
}

// Find gives the key of an offered entry by its label, a part of it between commas, or
// its key, however they are written; "" when there is none.
func (l EstablishmentLists) Find(name ListName, words string) string {
	wanted := strings.Join(WordsOf(words), " ")
	if wanted == "" {
		return ""
	}
	for _, item := range l.Offered(name) {
		names := append(strings.Split(item.Label, ","), item.Label, item.Key)
		if slices.ContainsFunc(names, func(n string) bool { return strings.Join(WordsOf(n), " ") == wanted }) {
			return item.Key
		}
	}
	return ""
}

// Rank orders risk classes: the highest first, not said last.
func (l EstablishmentLists) Rank(risk string) int {
	return len(l[RiskList]) - 1 - slices.IndexFunc(l[RiskList], func(item ListItem) bool { return item.Key == risk })
}

// DefaultLists are the lists a ward begins with: the types from Kế hoạch 89/KH-UBND of
// Hà Nội (2011) and later lists (domain.md 2.5) in neutral words, three classes of risk,
// and questions that name no provision of a law, since those change.
func DefaultLists() EstablishmentLists {
	return EstablishmentLists{
		TypeList: {
			{Key: "hotel", Label: "Khách sạn, nhà khách"},
			{Key: "guesthouse", Label: "Nhà nghỉ"},
			{Key: "boarding", Label: "Nhà trọ"},
			{Key: "karaoke", Label: "Karaoke"},
			{Key: "massage", Label: "Xoa bóp, tẩm quất"},
			{Key: "sauna", Label: "Xông hơi"},
			{Key: "spa", Label: "Spa"},
			{Key: "salon", Label: "Cắt tóc, gội đầu, bấm huyệt"},
			{Key: "dance", Label: "Vũ trường, câu lạc bộ khiêu vũ"},
			{Key: "bar", Label: "Bar, pub, lounge"},
			{Key: "beer", Label: "Quán bia"},
			{Key: "restaurant", Label: "Nhà hàng"},
			{Key: "cafe", Label: "Quán cà phê"},
			{Key: "spring", Label: "Tắm khoáng nóng"},
			{Key: "other", Label: "Khác"},
		},
		RiskList: {{Key: "low", Label: "Thấp"}, {Key: "medium", Label: "Trung bình"}, {Key: "high", Label: "Cao"}},
		CheckList: {
			{Key: "licence", Label: "Giấy phép, giấy chứng nhận còn hiệu lực"},
			{Key: "manager", Label: "Có mặt chủ hoặc người quản lý"},
			{Key: "guests", Label: "Ghi sổ, khai báo khách lưu trú (nếu có lưu trú)"},
			{Key: "staff", Label: "Có danh sách, hợp đồng của người làm việc"},
			{Key: "minors", Label: "Không có người dưới 18 tuổi làm việc ban đêm"},
			{Key: "rules", Label: "Niêm yết nội quy, giá dịch vụ"},
			{Key: "told", Label: "Đã phổ biến quy định và cách báo tin"},
			{Key: "commitment", Label: "Đã ký cam kết"},
		},
	}
}

// findEstablishment looks an entry up by its number.
func findEstablishment(list []Establishment, id int) (Establishment, bool) {
	i := slices.IndexFunc(list, func(e Establishment) bool { return e.ID == id })
	if i < 0 {
		return Establishment{}, false
	}
	return list[i], true
}

// EstablishmentByID gives the entry of a number; NotFound when the ward has none.
func EstablishmentByID(list []Establishment, id int) (Establishment, error) {
	if e, ok := findEstablishment(list, id); ok {
		return e, nil
	}
	return Establishment{}, Fail(NotFound, "")
}

// Twin gives another entry of the same name in the same hamlet.
func Twin(list []Establishment, e Establishment) (Establishment, bool) {
	for _, other := range list {
		if other.ID != e.ID && other.Key() == e.Key() {
			return other, true
		}
	}
	return Establishment{}, false
}

// EstablishmentFilter narrows the register; zero values narrow nothing.
type EstablishmentFilter struct {
	Hamlet     int
	Type, Risk string
	Pending    bool     // open, and not inspected since 01/01/2026
	Unreviewed int      // open, and not reviewed in this year
	Words      []string // folded, each of which stands in name, address, owner, phone or licence
}

// Fits reports whether an entry is meant; inspected are those inspected since 2026.
func (f EstablishmentFilter) Fits(e Establishment, inspected map[int]bool) bool {
	switch {
	case f.Hamlet != 0 && e.Hamlet != f.Hamlet, f.Type != "" && e.Type != f.Type, f.Risk != "" && e.Risk != f.Risk:
		return false
	case f.Pending && (!e.Alive() || inspected[e.ID]), f.Unreviewed != 0 && (!e.Alive() || e.ReviewedIn(f.Unreviewed)):
		return false
	}
	text := " " + strings.Join(WordsOf(strings.Join([]string{e.Name, e.Address, e.Owner, e.Phone, e.Licence}, " ")), " ")
	return !slices.ContainsFunc(f.Words, func(w string) bool { return !strings.Contains(text, " "+w) })
}

// Pending are the establishments of the register that were not inspected since
// 01/01/2026: the highest risk first, then by hamlet and number.
func Pending(list []Establishment, inspected map[int]bool, lists EstablishmentLists) []Establishment {
	var out []Establishment
	for _, e := range list {
		if (EstablishmentFilter{Pending: true}).Fits(e, inspected) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Establishment) int {
		return cmp.Or(cmp.Compare(lists.Rank(a.Risk), lists.Rank(b.Risk)), cmp.Compare(a.Hamlet, b.Hamlet), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// RouteStop is a hamlet of a suggested route with what is to be inspected there.
type RouteStop struct {
	Hamlet int
	Stops  []Establishment // the highest risk first
}

// RouteFrom suggests in which order to go: hamlet by hamlet, always on to the one whose
// number is nearest to where one is, since neighbours have numbers in a row. from = 0
// begins where the risk is highest.
func RouteFrom(pending []Establishment, from int, lists EstablishmentLists) []RouteStop {
	by := map[int][]Establishment{}
	for _, e := range pending {
		by[e.Hamlet] = append(by[e.Hamlet], e)
	}
	if from == 0 && len(pending) > 0 {
		from = slices.MinFunc(pending, func(a, b Establishment) int {
			return cmp.Or(cmp.Compare(lists.Rank(a.Risk), lists.Rank(b.Risk)), cmp.Compare(a.Hamlet, b.Hamlet))
		}).Hamlet
	}
	var route []RouteStop
	for at := from; len(by) > 0; {
		next, nearest := 0, -1
		for h := range by {
			far := max(h-at, at-h)
			if nearest < 0 || far < nearest || far == nearest && h < next {
				next, nearest = h, far
			}
		}
		stops := by[next]
		slices.SortStableFunc(stops, func(a, b Establishment) int {
			return cmp.Or(cmp.Compare(lists.Rank(a.Risk), lists.Rank(b.Risk)), cmp.Compare(Fold(a.Address), Fold(b.Address)), cmp.Compare(a.ID, b.ID))
		})
		route = append(route, RouteStop{next, stops})
		delete(by, next)
		at = next
	}
	return route
}

// Verbs between reports and the register.
const (
	LinkPlace   Verb = "link_place"   // the report is about an establishment
	UnlinkPlace Verb = "unlink_place" // it is not
)
