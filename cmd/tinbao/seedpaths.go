package main

import (
	"slices"
	"time"

	"tinbao/cases"
)

const (
	hours = time.Hour
	days  = 24 * time.Hour
)

func by(role cases.Role, after time.Duration, ch cases.Change) walked { return walked{after, role, ch} }

// helper is a step of whoever cares for the service asked for.
func helper(after time.Duration, ch cases.Change) walked { return by(anyHelper, after, ch) }

func path(parts ...[]walked) []walked { return slices.Concat(parts...) }

// Pieces of the ways a report can go.
var (
	taken    = []walked{by(cases.Officer, 12*hours, cases.Change{Verb: cases.Take})}
	verified = path(taken, []walked{by(cases.Officer, 20*hours, cases.Change{Verb: cases.Verify, Finding: cases.Founded})})
	sorted   = []walked{by(cases.Officer, 4*hours, cases.Change{Verb: cases.Classify})}
	sent     = []walked{by(cases.Officer, 2*hours, cases.Change{Verb: cases.Forward})}
	seen     = []walked{by(cases.Police, 3*hours, cases.Change{Verb: cases.Acknowledge})}
	handled  = []walked{
		by(cases.Police, 20*hours, cases.Change{Verb: cases.Classify}),
		by(cases.Police, 1*hours, cases.Change{Verb: cases.Handle}),
	}
	solved = []walked{by(cases.Police, 1*days, cases.Change{Verb: cases.Resolve, Text: "Đã kiểm tra cơ sở, lập biên bản và xử lý theo quy định."})}
	closed = closedAs(cases.EndHandled)

	sentInformed = path(taken, []walked{
		by(cases.Officer, 5*hours, cases.Change{Verb: cases.AskInfo, Text: "Bạn có thể cho biết rõ hơn địa điểm và thời gian không?"}),
		{20 * hours, "", cases.Change{Verb: cases.AddInfo, Text: "Tôi chỉ nhớ là vào buổi tối, khoảng sau 21 giờ."}},
		by(cases.Officer, 10*hours, cases.Change{Verb: cases.Verify, Finding: cases.PartlyFounded}),
	}, sorted, sent)
	informed = path(sentInformed, seen, handled)
)

func closedAs(e cases.Ending) []walked {
	return []walked{by(cases.Officer, 1*days, cases.Change{Verb: cases.Close, Ending: e})}
}

// reportPaths are the ways of the demo's reports, by the names in the seed file.
var reportPaths = map[string][]walked{
	"new":          nil,
	"taken":        taken,
	"verified":     verified,
	"classified":   path(verified, sorted),
	"acknowledged": path(verified, sorted, sent, seen),
	"handling":     path(verified, sorted, sent, seen, handled),
	"resolved":     path(verified, sorted, sent, seen, handled, solved),
	"closed":       path(verified, sorted, sent, seen, handled, solved, closed),
	"settled": path(verified, sorted, []walked{
		by(cases.Officer, 1*days, cases.Change{Verb: cases.Answer, Text: "Cảm ơn bạn đã góp ý. Phường đã giao Phòng Văn hóa - Xã hội xem xét và thực hiện."}),
	}, closedAs(cases.EndNoted)),
	"unfounded": path(taken, []walked{
		by(cases.Officer, 1*days, cases.Change{Verb: cases.Verify, Finding: cases.Unfounded}),
	}, sorted, closedAs(cases.EndWatched)),
	"out":       path(taken, []walked{by(cases.Officer, 3*hours, cases.Change{Verb: cases.SetAside, To: cases.OutOfScope})}),
	"duplicate": {by(cases.Officer, 10*hours, cases.Change{Verb: cases.Merge})},
	"invalid":   {by(cases.Officer, 10*hours, cases.Change{Verb: cases.SetAside, To: cases.InvalidCase})},
	"elsewhere": path(verified, []walked{by(cases.Officer, 5*hours, cases.Change{
		Verb: cases.Transfer, Dest: cases.ToWard, Text: "Phường Dương Nội\nNơi xảy ra thuộc địa bàn phường Dương Nội.",
	})}),
	"late": path(taken, []walked{
		by(cases.Officer, 9*days, cases.Change{Verb: cases.Verify, Finding: cases.PartlyFounded}),
	}, sorted, sent, seen, handled, solved, closed),
	"returned": path(verified, sorted, sent, []walked{
		by(cases.Police, 6*hours, cases.Change{Verb: cases.Return, Text: "Đề nghị bổ sung thời gian và địa điểm cụ thể."}),
		by(cases.Officer, 5*hours, cases.Change{Verb: cases.AskInfo, Text: "Bạn có thể cho biết rõ hơn địa điểm và thời gian không?"}),
		{9 * hours, "", cases.Change{Verb: cases.AddInfo, Text: "Tôi chỉ nhớ là vào buổi tối, khoảng sau 21 giờ."}},
		by(cases.Officer, 6*hours, cases.Change{Verb: cases.Verify, Finding: cases.Founded}),
	}, sorted, sent, seen, handled, solved, closed),
	"withinfo": sentInformed,
	"asking": path(taken, []walked{
		by(cases.Officer, 3*hours, cases.Change{Verb: cases.AskInfo, Text: "Bạn có thể cho biết rõ hơn là dãy nhà nào và vào lúc mấy giờ không?"}),
	}),
	"reopened": path(taken, []walked{
		by(cases.Officer, 1*days, cases.Change{Verb: cases.Verify, Finding: cases.NotEnough}),
	}, sorted, closedAs(cases.EndUnclear), []walked{
		by(cases.Officer, 5*days, cases.Change{Verb: cases.AskReopen, Text: "Có thêm người phản ánh cùng địa điểm, xem lại."}),
		by(cases.Leader, 2*hours, cases.Change{Verb: cases.Reopen}),
	}),
	"urgent": path([]walked{
		by(cases.Officer, 1*hours, cases.Change{Verb: cases.Forward}),
		by(cases.Police, 1*hours, cases.Change{Verb: cases.Acknowledge}),
		by(cases.Officer, 20*hours, cases.Change{Verb: cases.Verify, Finding: cases.Founded}),
	}, handled, solved, closed),
	"sent_back": path(verified, sorted, sent, []walked{
		by(cases.Police, 6*hours, cases.Change{Verb: cases.Return, Text: "Thông tin chưa đủ rõ, đề nghị hỏi thêm người gửi."}),
	}),
	"answered":         path(informed, solved, closed),
	"urgent_confirmed": {by(cases.Police, 4*time.Minute, cases.Change{Verb: cases.Confirm})},
	"forwarded_urgent": {by(cases.Officer, 1*hours, cases.Change{Verb: cases.Forward})},
}

// Pieces of the ways a request for help can go.
var (
	contacted = []walked{
		helper(14*hours, cases.Change{Verb: cases.Take}),
		helper(1*hours, cases.Change{Verb: cases.Contact}),
		helper(1*hours, cases.Change{Verb: cases.Answer, Text: "Chào bạn, cán bộ hỗ trợ đã nhận tin. Bạn cứ nhắn ở đây, không cần cho biết tên."}),
	}
	assessed = path(contacted, []walked{helper(1*hours, cases.Change{Verb: cases.AskNeeds}), {2 * hours, "", cases.Change{Verb: cases.NeedsYes}}, helper(1*days, cases.Change{Verb: cases.Assess, Text: "Đã trao đổi qua kênh, người cần hỗ trợ đồng ý được giới thiệu dịch vụ."})})
	referred = path(assessed, []walked{helper(5*hours, cases.Change{Verb: cases.Refer})})
	accepted = path(referred, []walked{helper(2*days, cases.Change{Verb: cases.Accept})})
	gained   = path(accepted, []walked{helper(14*days, cases.Change{Verb: cases.RecordDone, Choice: "helped", Text: "Đã được hỗ trợ, người cần hỗ trợ cho biết hài lòng."})})
)

// helpPaths are the ways of the demo's requests for help.
var helpPaths = map[string][]walked{
	"waiting":   nil,
	"contacted": contacted,
	"assessed":  assessed,
	"referred":  referred,
	"accepted":  accepted,
	"declined":  path(referred, []walked{helper(3*days, cases.Change{Verb: cases.Decline, Text: "Lớp đã đủ người, hẹn đợt sau."})}),
	"outcome":   gained,
	"reopened": path(gained, []walked{
		helper(1*days, cases.Change{Verb: cases.Close, Ending: cases.EndDone}),
		helper(20*days, cases.Change{Verb: cases.AskReopen, Text: "Người cần hỗ trợ nhắn lại, cần được hỗ trợ thêm."}),
		by(otherHelper, 2*hours, cases.Change{Verb: cases.Reopen}),
	}),
	"helped": path(gained, []walked{helper(1*days, cases.Change{Verb: cases.Close, Ending: cases.EndConnected})}),
}
