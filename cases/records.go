package cases

import (
	"cmp"
	"slices"
	"time"
)

// MediaKind is what a file is to the person who sent it.
type MediaKind string

// The kinds of files residents send.
const (
	Photo    MediaKind = "photo"
	Video    MediaKind = "video"
	Voice    MediaKind = "voice"
	Document MediaKind = "document"
)

// OfferedFile is a file waiting at Telegram. FileID opens it there until it is
// fetched; Size is in bytes as Telegram tells it, 0 = not told.
type OfferedFile struct {
	Kind   MediaKind `json:"kind"`
	FileID string    `json:"file_id"`
	MIME   string    `json:"mime,omitempty"`
	Size   int64     `json:"size,omitempty"`
}

// CleanFile is a file that was cleaned before it came to its case.
type CleanFile struct {
	Kind MediaKind
	MIME string
	Body []byte
}

// FileState is how far an attachment has come.
type FileState string

// States of an attachment.
const (
	FileWaiting FileState = "waiting" // to be fetched
	FileStored  FileState = "stored"  // cleaned and sealed
	FileRefused FileState = "refused" // cannot be cleaned, or the person's phone took it back
)

// File is an attachment as staff see it. SHA256 (hex) is of the cleaned bytes.
type File struct {
	ID      string
	Kind    MediaKind
	State   FileState
	Fault   string // locale key of why it was refused, "" = it was not
	MIME    string
	Size    int64
	SHA256  string
	ByStaff bool // sent by staff to the person
}

// Source is the way a case came in (domain.md 10, group D).
type Source string

// The sources.
const (
	FromBot     Source = "bot"
	FromWeb     Source = "web"
	FromConsent Source = "consent" // a person who asked for help let a message pass to the police
	FromDanger  Source = "danger"  // the ward's exception: under 18, or a life in danger
	FromPhone   Source = "phone"   // người gọi điện
	FromVisit   Source = "visit"   // đến trực tiếp
	FromLetter  Source = "letter"  // đơn thư
	FromIHanoi  Source = "ihanoi"  // iHanoi
	FromAgency  Source = "agency"  // cơ quan khác chuyển đến
)

// CapturedSources are those that staff write down for, in the order of their buttons.
var CapturedSources = []Source{FromPhone, FromVisit, FromLetter, FromIHanoi, FromAgency}

// NewCase is a case about to be received. Exactly one of Report and Help is set.
type NewCase struct {
	Report *ReportContent
	Help   *HelpContent
	Files  []OfferedFile
	Ready  []CleanFile // files that are here already
	Source Source
	Apart  bool // a report that looks like one of a flood, or like nothing
	// Announced: the ward's police exception stood before the person wrote.
	Announced bool
	// Danger is what the person said when asked whether somebody is in danger now.
	Danger DangerSaid
}

// Stream tells which of the two the case belongs to.
func (n NewCase) Stream() Stream {
	if n.Help != nil {
		return HelpStream
	}
	return ReportStream
}

// Signs are the signs of danger in the case.
func (n NewCase) Signs() Signs {
	if n.Help != nil {
		return SignsIn(n.Help.Said())
	}
	s := SignsIn(n.Report.Said())
	s.Now = n.Report.GoesOnNow()
	return s
}

// Urgent reports whether the case jumps the queue and rings, whatever was chosen first.
func (n NewCase) Urgent() bool {
	chosen := n.Report != nil && n.Report.Concern.Urgent()
	if n.Help != nil {
		chosen = n.Help.Forced || n.Help.Under18
	}
	return urgent(chosen, n.Signs(), n.Danger)
}

// Route is the way back to a person: the chat in clear (only ever in memory) and
// the language of the texts.
type Route struct {
	Chat int64
	Lang string
	// CaseID and Received are of the case the person wrote, where a list holds ways back
	// of several cases; they are not kept.
	CaseID   string    `json:"-"`
	Received time.Time `json:"-"`
}

// StaffID is the number of a staff account in this installation; 0 = nobody.
type StaffID int64

// Staff is an account of a member of staff.
type Staff struct {
	ID     StaffID
	Role   Role
	Name   string // as colleagues know the person; sealed at rest
	Locked bool
	Route  Route
	Access Access
	// Altered: the row was changed by other means than this program; it counts as locked.
	Altered bool
	// Newest is about the newest message of the chat, to clear it when the account is
	// locked; 0 = not known.
	Newest int
	// StandsFor are the colleagues away now whose notices this account gets.
	StandsFor []StaffID
	// Event is the newest row of the history of accounts about this one, 0 = none.
	Event int64
}

// Reachable reports whether notices may come to an account: it is open and has a chat.
func (s Staff) Reachable() bool { return !s.Locked && s.Route.Chat != 0 }

// Answers reports whether what is meant for an account comes to this one now.
func (s Staff) Answers(whom StaffID) bool {
	return s.ID == whom || slices.Contains(s.StandsFor, whom)
}

// Talk is one message between staff and the person who wrote, or an internal note.
type Talk struct {
	Seq       int // its number in the case, from 1; 0 where it was copied from another case
	At        time.Time
	FromStaff bool
	Internal  bool   // a note, never shown to the person
	ToPolice  bool   // written by the police or to them; other notes stay with the office
	Given     bool   // a note of the office, read as the copy that the police get
	By        string // name of the member of staff, "" for the person
	Text      string
}

// Event is one row of a case's history. It names no resident.
type Event struct {
	Seq    int
	At     time.Time
	Verb   Verb
	From   Status
	To     Status
	By     string // name of the member of staff, "" for the person or the system
	ByID   StaffID
	Detail string // finding, kind, service or reason
}

// LogEntry is a row of the history of all cases: which case, and what happened.
type LogEntry struct {
	Number Number
	Event
}

// LogPage is a page of the history of all cases, the newest row first.
type LogPage struct {
	Rows  []LogEntry
	Total int  // rows there are, as far as they were counted
	More  bool // there are more than Total
}

// Case is a case as a member of staff with the right may see it.
type Case struct {
	ID           string // random identifier, bound into every sealed column
	Number       Number
	Alias        string // a per-case name for the unknown person
	Status       Status
	Urgent       bool
	Finding      Finding
	Kind         Kind
	Confirmed    bool    // the kind is not criminal, or the police have set it (domain.md 2.2)
	Service      Service // the service referred to; help only
	Hamlet       int
	Version      int // grows by one with each event; a button carries the version it was made for
	Received     time.Time
	Due          time.Time // when the next step is due; zero = no limit runs
	AnswerBy     time.Time // when the person can expect an answer; zero for an urgent case
	Assignee     StaffID
	Keeper       StaffID // to whom it was given last, also when the time to have it alone is over; 0 = nobody
	Holder       string  // name of the assignee
	Report       *ReportContent
	Help         *HelpContent
	Files        []File
	Talks        []Talk
	History      []Event
	Acts         []Behaviour // reports
	Level        Level
	Body         Competence // who has to deal with it
	Named        bool       // the sender was asked whether it may stay without a name
	Announced    bool       // the exception from consent stood before the person wrote; help only
	ConsentTalk  int        // number of the message the person is asked to let pass; 0 = none
	Crossed      Number     // the report just made of a request for help; zero = none
	Apart        bool       // put apart from the queue until somebody takes it
	Erased       bool       // what was written can no longer be read
	Shut         bool       // it has ended: what was written is shown again after two people opened it
	AskedBy      StaffID    // who asks for it to be opened again; 0 = nobody
	Asker        string     // name of that person
	Silent       bool       // the person cannot be reached: blocked the bot, or cut the route
	MergedInto   Number     // the report this one is counted with; zero = none
	MergedEnded  bool       // that report has ended
	Merged       []Number   // reports counted with this one
	Sources      int        // independent reports at least, this one included; 0 = not told
	ByPerson     bool       // the person who wrote asks for it to be opened again
	Former       StaffID    // who had it before it was just given to somebody; 0 = nobody
	Stars        Stars      // what the person thought of it; 0 = not told, or not ended
	Word         string     // what the person wrote with a rating, of a case that was opened again
	Source       Source
	NewTalk      int           // number of the message just written; 0 = none was
	ByWeb        bool          // it came by the web: the person reads answers with the receipt
	About        About         // reports: whose people it accuses, and from whom it is kept
	Result       *Result       // what it ended with; nil = it goes on, or nothing was chosen
	Alarm        *Ringing      // of an urgent case that rings, or rang; nil = it never did
	Confirmation *Confirmation // what was just done confirmed the alarm: who is to hear of it
	Ring         bool          // what was just done started the alarm: its staff are to be rung now
	Alerted      bool          // the police read the report because it is urgent; it was not handed over
}

// Overdue reports whether the running limit has passed.
func (c Case) Overdue(now time.Time) bool { return !c.Due.IsZero() && now.After(c.Due) }

// QueueItem is one line of the queue; it holds no content.
type QueueItem struct {
	Number   Number
	Status   Status
	Finding  Finding // "" = not verified
	Urgent   bool
	Concern  Concern // reports
	Wanted   Service // help: the service asked for
	Hamlet   int
	Received time.Time
	Due      time.Time
	Holder   string
}

// QueueView chooses which cases a queue shows.
type QueueView string

// The views, in the order of their buttons.
const (
	QueueOpen    QueueView = "open"    // everything that still moves
	QueueNew     QueueView = "new"     // nobody has taken it
	QueueMine    QueueView = "mine"    // taken by the viewer
	QueueOverdue QueueView = "overdue" // the limit has passed
	QueueUrgent  QueueView = "urgent"  // urgent and not ended
	QueueApart   QueueView = "apart"   // put apart: of a flood, or hardly a report
	QueueDone    QueueView = "done"    // ended
)

// QueueViews lists the views in the order of their buttons.
var QueueViews = []QueueView{QueueOpen, QueueNew, QueueMine, QueueOverdue, QueueUrgent, QueueApart, QueueDone}

// QueuePage is a page of a queue, urgent first, then the nearest limit.
type QueuePage struct {
	View  QueueView
	Items []QueueItem
	Page  int  // from 0
	Total int  // cases in the view, as far as they were counted
	More  bool // there are more than Total
	Size  int  // lines a page
}

// Change is what a member of staff does to a case. Only the fields the verb
// needs are set.
type Change struct {
	Verb    Verb
	Finding Finding      // Verify
	Kind    Kind         // Classify
	Service Service      // Refer
	Grounds Grounds      // Alarm
	Act     Behaviour    // MarkAct: put in, or taken out
	Level   Level        // SetLevel
	Body    Competence   // SetBody
	Refusal Refusal      // SetAside
	Days    int          // Mute: for how long; 0 = no longer. Extend: how many more
	To      Status       // SetAside without a reason: OutOfScope or InvalidCase; Unmerge: the status before; "" = by the table
	Text    string       // note, answer, question, result or reason
	Into    Number       // Merge: the report it is counted with
	Whom    StaffID      // Assign: the colleague
	File    *OfferedFile // Answer: a file for the person
	Choice  string       // a choice from a list the verb has: RecordDone, FollowAnswer, KeepShut
	Meeting Meeting      // Refer: where the person is expected
	Dest    Destination  // Transfer
	Ending  Ending       // Close: what came of it; Resolve: what the police suggest, "" = nothing
	Where   *Body        // Close, SetAside, Transfer: where it belongs; nil = not named
}

// ResidentView is what a receipt shows: plain words, no staff names, no number.
type ResidentView struct {
	CaseID   string
	Stream   Stream
	Status   Status
	Finding  Finding
	Received time.Time
	Concern  Concern // of a report
	Talks    []Talk  // without internal notes and without names
	CanAdd   bool
	CanTake  bool // the person may take it back
	CanRate  bool // it has ended and was not rated
	CanAsk   bool // the person may ask for it to be opened again
	Stars    Stars
	Alarmed  bool        // the police were told without consent, by the ward's exception
	Result   *Result     // what it ended with; nil = it goes on, was taken back, or ended before there was this
	Way      []Milestone // what happened on the way, in order
	AnswerBy time.Time   // when the person can expect an answer; zero for an urgent case
	Alarm    *Ringing    // of an urgent case, without a name; nil = it does not ring
	// Elsewhere are the chats that sent the case, to be told, once a day, that another
	// place opened it.
	Elsewhere []Route
}

// Ward is what the bot must know of the ward it serves.
type Ward struct {
	ID        WardID
	Name      string            // "phường Yên Nghĩa"
	Reception string            // where a named complaint is handed in, "" = not set
	Hamlets   []string          // names of the tổ dân phố; the number of one is its place from 1
	Phones    map[string]string // "police", "health", "office", "listen"; missing or "" = not shown
	// PoliceException: help may reach the police without consent when somebody is under
	// 18 or a life is in danger. The bot says so before the person writes, or never uses it.
	PoliceException bool
	// Bodies are the places a person can turn to, in the order of their buttons.
	Bodies []Body
	// Exit is the page to which the quick exit of the web form leads; "" = DefaultExit.
	Exit string
}

// DefaultExit is a page that anybody may have open: the weather.
const DefaultExit = "https://nchmf.gov.vn/"

// ExitPage is where the quick exit leads.
func (w Ward) ExitPage() string { return cmp.Or(w.Exit, DefaultExit) }
