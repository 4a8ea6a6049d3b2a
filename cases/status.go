package cases

// Status is where a case stands. The words shown for it are in locale
// ("status.…" for staff, "resident.status.…" for the person who wrote).
type Status string

// Statuses of a report, in the order of the plan.
const (
	Received     Status = "received"
	Verifying    Status = "verifying"
	NeedInfo     Status = "need_info"
	Verified     Status = "verified"
	Classified   Status = "classified"
	Forwarded    Status = "forwarded"
	Acknowledged Status = "acknowledged"
	Returned     Status = "returned"
	InHandling   Status = "in_handling"
	Resolved     Status = "resolved"
	Closed       Status = "closed"
	OutOfScope   Status = "out_of_scope"
	Duplicate    Status = "duplicate"
	InvalidCase  Status = "invalid"
	Withdrawn    Status = "withdrawn"
	Reopened     Status = "reopened"
)

// Statuses of a request for help; Received, Closed, Withdrawn and Reopened are shared.
const (
	Contacted Status = "contacted"
	Assessed  Status = "assessed"
	Referred  Status = "referred"
	Accepted  Status = "accepted"
	Declined  Status = "declined"
	Outcome   Status = "outcome"
)

// Verb is what somebody did to a case. It is the name of the event in its history.
type Verb string

// Verbs on a report or a request for help.
const (
	Submit      Verb = "submit"      // the person sent it
	Take        Verb = "take"        // Nhận việc
	Release     Verb = "release"     // give it back to the queue
	AskInfo     Verb = "ask_info"    // Yêu cầu bổ sung
	AddInfo     Verb = "add_info"    // the person answered or added something
	Verify      Verb = "verify"      // Đã xác minh
	Classify    Verb = "classify"    // Phân loại
	Forward     Verb = "forward"     // Chuyển Công an
	Acknowledge Verb = "acknowledge" // Xác nhận đã nhận
	Return      Verb = "return"      // Trả lại
	Handle      Verb = "handle"      // start of handling by the police
	Resolve     Verb = "resolve"     // Ghi kết quả
	Close       Verb = "close"       // Kết thúc
	AskReopen   Verb = "ask_reopen"  // Đề nghị mở lại: the first of the two people it takes
	KeepShut    Verb = "keep_shut"   // the second person did not agree
	Reopen      Verb = "reopen"      // Mở lại: the second person agreed
	SetAside    Verb = "set_aside"   // not within competence, or no content
	Merge       Verb = "merge"       // Gộp trùng
	Unmerge     Verb = "unmerge"     // Tách: it was no duplicate
	Withdraw    Verb = "withdraw"    // the person takes it back
	Answer      Verb = "answer"      // a message to the person
	Note        Verb = "note"        // an internal note
	View        Verb = "view"        // somebody opened it
	Contact     Verb = "contact"     // first contact with a person asking for help
	Assess      Verb = "assess"      // needs assessed
	Refer       Verb = "refer"       // Chuyển gửi
	Accept      Verb = "accept"      // the service accepted
	Decline     Verb = "decline"     // the service declined
	RecordDone  Verb = "record_done" // outcome of the support
	Mute        Verb = "mute"        // reports of the same sender are put apart for a while
	MarkAct     Verb = "behaviour"   // hành vi
	SetLevel    Verb = "level"       // mức độ
	SetBody     Verb = "competence"  // thẩm quyền
	AskName     Verb = "ask_name"    // the sender was told that this kind needs a name
	StayUnnamed Verb = "unnamed"     // the sender lets it stay as phản ánh
	OwnDoor     Verb = "own_door"    // the sender will go to the right door
	AskConsent  Verb = "ask_consent" // the person is asked to let a message pass to the police
	Consent     Verb = "consent"     // the person agreed
	NoConsent   Verb = "no_consent"  // the person did not
	Alarm       Verb = "alarm"       // passed to the police without consent, by the ward's exception
	CutRoute    Verb = "cut_route"   // the way back to the person was destroyed
	Erase       Verb = "erase"       // what was written can no longer be read
	Assign      Verb = "assign"      // Giao việc: given, or handed over, to a colleague
	CallOn      Verb = "call_on"     // a colleague is called on in a note
	Remind      Verb = "remind"      // somebody wants to be reminded
	Capture     Verb = "capture"     // written down by staff for somebody who called or came
	Rate        Verb = "rate"        // the person said how content the person is

	TakeWords    Verb = "take_words"    // the person took back what was just added
	RaiseUrgent  Verb = "raise_urgent"  // words of danger came in: the case goes first
	DenyDanger   Verb = "deny_danger"   // words of danger came in, and the person says nobody is in danger now
	Ring         Verb = "ring"          // nobody had confirmed: the alarm rang once more
	Confirm      Verb = "confirm"       // Tôi đang xử lý: a member of staff took the alarm
	AskNeeds     Verb = "ask_needs"     // the person is asked whether the needs may be written down
	NeedsYes     Verb = "needs_yes"     // the person agreed
	NeedsNo      Verb = "needs_no"      // the person did not
	NeedsOral    Verb = "needs_oral"    // the person agreed by word of mouth
	KeepDate     Verb = "keep_date"     // the person will come to the appointment
	OtherDate    Verb = "other_date"    // the person asks for another time
	RemindDate   Verb = "remind_date"   // the person was reminded of the appointment
	FollowUp     Verb = "follow_up"     // the person was asked how it goes
	FollowAnswer Verb = "follow_answer" // the person said how it goes
	Extend       Verb = "extend"        // Gia hạn: the limit that runs got more days, with a reason
	RunOn        Verb = "run_on"        // nobody answered: the limit that stood still runs again
	TellLate     Verb = "tell_late"     // the person was told that the promised day has passed
)

// Finding is the result of verification (domain: "Đã xác minh: …").
type Finding string

// The four findings.
const (
	Founded       Finding = "founded"
	PartlyFounded Finding = "partly"
	NotEnough     Finding = "not_enough"
	Unfounded     Finding = "unfounded"
)

// Findings lists the findings in the order of their buttons.
var Findings = []Finding{Founded, PartlyFounded, NotEnough, Unfounded}

// Final reports whether nothing more is expected of the ward.
func (s Status) Final() bool {
	switch s {
	case Closed, OutOfScope, Duplicate, InvalidCase, Withdrawn, Transferred:
		return true
	}
	return false
}
