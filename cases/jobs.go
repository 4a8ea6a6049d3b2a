package cases

// DeliverArgs asked, until couriers did so, for what waits in one lane of the outbox to
// be delivered.
type DeliverArgs struct {
	Outgoing int64 `json:"outgoing"`
}

// Kind names the job in the queue.
func (DeliverArgs) Kind() string { return "deliver" }

// FetchAttachmentArgs asks for one file to be fetched, cleaned and sealed. Every
// role of the database reads the queue, so which file it is, and of which stream,
// is sealed.
type FetchAttachmentArgs struct {
	File []byte `json:"file"`
}

// Kind names the job in the queue.
func (FetchAttachmentArgs) Kind() string { return "fetch_attachment" }

// ExpireDialogsArgs asks for drafts left alone too long to be ended kindly.
type ExpireDialogsArgs struct{}

// Kind names the job in the queue.
func (ExpireDialogsArgs) Kind() string { return "expire_dialogs" }

// ReviveArgs asked for messages that everybody forgot to be given a new job.
type ReviveArgs struct{}

// Kind names the job in the queue.
func (ReviveArgs) Kind() string { return "revive" }

// AnchorArgs asks for an anchor of the history, when the last one is old enough.
type AnchorArgs struct{}

// Kind names the job in the queue.
func (AnchorArgs) Kind() string { return "anchor" }

// RetainArgs asks for what is past its time of retention to be removed.
type RetainArgs struct{}

// Kind names the job in the queue.
func (RetainArgs) Kind() string { return "retain" }

// SweepArgs asks for wiped updates and delivered messages to be removed.
type SweepArgs struct{}

// Kind names the job in the queue.
func (SweepArgs) Kind() string { return "sweep" }

// RemindArgs asks for the reminders whose time has come to be sent.
type RemindArgs struct{}

// Kind names the job in the queue.
func (RemindArgs) Kind() string { return "remind" }

// RingArgs asks for alarms that nobody has confirmed to ring again.
type RingArgs struct{}

// Kind names the job in the queue.
func (RingArgs) Kind() string { return "ring" }

// CareArgs asks for people who were helped to be reminded of appointments and asked
// how it goes.
type CareArgs struct{}

// Kind names the job in the queue.
func (CareArgs) Kind() string { return "care" }

// WarnArgs asks for the staff to be told what retention will remove soon.
type WarnArgs struct{}

// Kind names the job in the queue.
func (WarnArgs) Kind() string { return "warn_of_retention" }

// SendPageArgs asks for a published text to go to the next subscribers.
type SendPageArgs struct {
	Key     PageKey `json:"key"`
	Lang    string  `json:"lang"`
	Version int     `json:"version"`
}

// Kind names the job in the queue.
func (SendPageArgs) Kind() string { return "send_page" }

// FetchPageFileArgs asks for a file to be fetched, cleaned and put to a page. What it
// is about is sealed.
type FetchPageFileArgs struct {
	File []byte `json:"file"`
}

// Kind names the job in the queue.
func (FetchPageFileArgs) Kind() string { return "fetch_page_file" }

// ClocksArgs asks for reminders of limits that run out, and for limits to run again that
// stood still for long enough.
type ClocksArgs struct{}

// Kind names the job in the queue.
func (ClocksArgs) Kind() string { return "clocks" }

// DigestArgs asks for the morning's digest to be sent to whoever has not got it, when it
// is the time.
type DigestArgs struct{}

// Kind names the job in the queue.
func (DigestArgs) Kind() string { return "digest" }

// SlipPDFArgs asks for the PDF of a phiếu chuyển. Of which case, and for whom, is sealed.
type SlipPDFArgs struct {
	Slip []byte `json:"slip"`
}

// Kind names the job in the queue.
func (SlipPDFArgs) Kind() string { return "slip_pdf" }

// EscalateArgs asks for the leader to be told of reports the police have not acknowledged.
type EscalateArgs struct{}

// Kind names the job in the queue.
func (EscalateArgs) Kind() string { return "escalate" }

// ReportArgs asks for the files of a periodic report to be made and sent, or for a
// template to be fetched and checked. Which, and for whom, is sealed.
type ReportArgs struct {
	Report []byte `json:"report"`
}

// Kind names the job in the queue.
func (ReportArgs) Kind() string { return "periodic_report" }

// RemindReportsArgs asks for the units to be reminded of periodic reports that are due.
type RemindReportsArgs struct{}

// Kind names the job in the queue.
func (RemindReportsArgs) Kind() string { return "remind_of_reports" }

// FoldFiguresArgs asks for what was counted since the last time to be taken into the
// figures, and for what may be told of requests for help to be decided when a half-year
// has ended.
type FoldFiguresArgs struct{}

// Kind names the job in the queue.
func (FoldFiguresArgs) Kind() string { return "fold_figures" }

// CheckFiguresArgs asks for the figures to be compared with a full count.
type CheckFiguresArgs struct{}

// Kind names the job in the queue.
func (CheckFiguresArgs) Kind() string { return "check_figures" }

// FetchImportArgs asks for a file of establishments to be fetched and read. Which file,
// and who sent it, is sealed.
type FetchImportArgs struct {
	File []byte `json:"file"`
}

// Kind names the job in the queue.
func (FetchImportArgs) Kind() string { return "fetch_import" }

// FetchInspectionPhotoArgs asks for a photo to be fetched, cleaned and put to an
// inspection. What it is about is sealed.
type FetchInspectionPhotoArgs struct {
	File []byte `json:"file"`
}

// Kind names the job in the queue.
func (FetchInspectionPhotoArgs) Kind() string { return "fetch_inspection_photo" }
