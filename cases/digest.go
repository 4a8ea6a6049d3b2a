package cases

// Digest is what waits in a stream in the morning, in numbers.
type Digest struct {
	Stream  Stream
	Fresh   int // nobody has taken it; for the police: not acknowledged
	Mine    int
	Today   int // due today
	Overdue int
	Open    int
}

// Reminder says that a part of the time of a case has passed.
type Reminder struct {
	Number  Number
	Urgent  bool
	Police  bool    // the police hold it
	About   About   // whose people it accuses
	Holder  StaffID // who has the case; 0 = nobody
	Percent int     // 50, 80 or 100; 0 = nobody answered, and the limit runs again
}

// HeldByPolice reports whether the next step of a report is one of the police.
func (s Status) HeldByPolice() bool {
	return s == Forwarded || s == Acknowledged || s == InHandling
}

// DigestStreams are the streams whose numbers a role gets in the morning: those it works
// on or answers for, or, with figures only, reports. How much help is asked for is told to
// those who give it.
func (r Role) DigestStreams() []Stream {
	var list []Stream
	if help := r.MayAny(ReadHelp, WorkHelp); r.MayAny(ReadReports, WorkReports, PoliceReports) || r.May(SeeFigures) && !help {
		list = append(list, ReportStream)
	}
	if r.MayAny(ReadHelp, WorkHelp) {
		list = append(list, HelpStream)
	}
	return list
}
