package cases

import "slices"

// Transition is one row of the table of allowed steps.
type Transition struct {
	Stream Stream
	Verb   Verb
	From   []Status
	To     Status // "" = the status stays
	Urgent bool   // allowed only when the case is urgent
}

// open statuses in which a report still moves.
var openReport = []Status{
	Received, Verifying, NeedInfo, Verified, Classified, Forwarded,
	Acknowledged, Returned, InHandling, Resolved, Reopened,
}

var openHelp = []Status{Received, Contacted, Assessed, Referred, Accepted, Declined, Outcome, Reopened}

var endedReport = []Status{Closed, OutOfScope, Duplicate, InvalidCase, Transferred}

// kept are the statuses in which the office alone holds a report: what the police get of
// it can still be chosen, and another body be found.
var kept = []Status{Received, Verifying, NeedInfo, Verified, Classified, Returned, Reopened}

// handed are those in which the police hold it.
var handed = []Status{Forwarded, Acknowledged, InHandling}

// Transitions is the whole life of a case. A step that is not here does not exist.
// The urgent rows let danger, force, trafficking or a minor reach the police
// before verification and classification are written down (domain.md 9.2).
var Transitions = []Transition{
	{Stream: ReportStream, Verb: Take, From: []Status{Received, Reopened, Returned}, To: Verifying},
	{Stream: ReportStream, Verb: Take, From: []Status{Verifying, NeedInfo, Verified, Classified}},
	{Stream: ReportStream, Verb: Release, From: []Status{Verifying, NeedInfo, Verified, Classified}},
	{Stream: ReportStream, Verb: AskInfo, From: []Status{Received, Verifying, Verified, Classified, Returned}, To: NeedInfo},
	{Stream: ReportStream, Verb: AddInfo, From: []Status{NeedInfo}, To: Verifying},
	{Stream: ReportStream, Verb: AddInfo, From: slices.DeleteFunc(slices.Clone(openReport), func(s Status) bool { return s == NeedInfo })},
	{Stream: ReportStream, Verb: Verify, From: []Status{Received, Verifying, NeedInfo, Returned, Reopened}, To: Verified},
	{Stream: ReportStream, Verb: Verify, From: []Status{Forwarded, Acknowledged, InHandling, Resolved}, Urgent: true},
	{Stream: ReportStream, Verb: Classify, From: []Status{Verified, Classified, Returned}, To: Classified},
	{Stream: ReportStream, Verb: Classify, From: []Status{Forwarded, Acknowledged, InHandling, Resolved}},
	{Stream: ReportStream, Verb: MarkAct, From: openReport},
	{Stream: ReportStream, Verb: SetLevel, From: openReport},
	{Stream: ReportStream, Verb: SetBody, From: openReport},
	{Stream: ReportStream, Verb: AskName, From: openReport},
	{Stream: ReportStream, Verb: StayUnnamed, From: openReport},
	{Stream: ReportStream, Verb: OwnDoor, From: []Status{Received, Verifying, NeedInfo, Verified, Classified, Returned, Reopened}, To: OutOfScope},
	{Stream: ReportStream, Verb: Forward, From: []Status{Classified, Returned}, To: Forwarded},
	{Stream: ReportStream, Verb: Forward, From: []Status{Received, Verifying, NeedInfo, Verified, Reopened}, To: Forwarded, Urgent: true},
	{Stream: ReportStream, Verb: Acknowledge, From: []Status{Forwarded}, To: Acknowledged},
	{Stream: ReportStream, Verb: Return, From: []Status{Forwarded, Acknowledged}, To: Returned},
	{Stream: ReportStream, Verb: Escalate, From: []Status{Forwarded}},
	{Stream: ReportStream, Verb: AskOffice, From: handed},
	{Stream: ReportStream, Verb: TellPolice, From: handed},
	{Stream: ReportStream, Verb: Redact, From: kept},
	{Stream: ReportStream, Verb: Slip, From: openReport},
	{Stream: ReportStream, Verb: Transfer, From: kept, To: Transferred},
	{Stream: ReportStream, Verb: ConfirmTransfer, From: []Status{Transferred}},
	{Stream: ReportStream, Verb: AnswerTransfer, From: []Status{Transferred}},
	{Stream: ReportStream, Verb: Handle, From: []Status{Acknowledged}, To: InHandling},
	{Stream: ReportStream, Verb: Resolve, From: []Status{Acknowledged, InHandling, Classified}, To: Resolved},
	{Stream: ReportStream, Verb: Close, From: []Status{Resolved, Verified, Classified}, To: Closed},
	{Stream: ReportStream, Verb: SetAside, From: []Status{Received, Verifying, NeedInfo, Verified, Returned, Reopened}, To: OutOfScope},
	{Stream: ReportStream, Verb: Merge, From: mergeable, To: Duplicate},
	{Stream: ReportStream, Verb: Unmerge, From: []Status{Duplicate}, To: Verifying}, // or where it was
	{Stream: ReportStream, Verb: AskReopen, From: endedReport},
	{Stream: ReportStream, Verb: KeepShut, From: endedReport},
	{Stream: ReportStream, Verb: Reopen, From: endedReport, To: Reopened},
	{Stream: ReportStream, Verb: Withdraw, From: []Status{Received, Verifying, NeedInfo, Verified, Classified, Returned, Reopened}, To: Withdrawn},
	{Stream: ReportStream, Verb: Answer, From: append(slices.Clone(openReport), endedReport...)},
	{Stream: ReportStream, Verb: Note, From: append(slices.Clone(openReport), endedReport...)},
	{Stream: ReportStream, Verb: Assign, From: openReport},
	{Stream: ReportStream, Verb: Rate, From: []Status{Closed}},
	{Stream: ReportStream, Verb: Extend, From: openReport},
	{Stream: ReportStream, Verb: RunOn, From: []Status{NeedInfo}},
	{Stream: ReportStream, Verb: Confirm, From: openReport, Urgent: true},
	{Stream: ReportStream, Verb: Mute, From: append(slices.Clone(openReport), endedReport...)},

	{Stream: HelpStream, Verb: Take, From: openHelp},
	{Stream: HelpStream, Verb: Release, From: openHelp},
	{Stream: HelpStream, Verb: Contact, From: []Status{Received, Reopened}, To: Contacted},
	{Stream: HelpStream, Verb: Assess, From: []Status{Received, Contacted, Reopened}, To: Assessed},
	{Stream: HelpStream, Verb: Refer, From: []Status{Received, Contacted, Assessed, Declined, Reopened, Referred, Accepted}, To: Referred},
	{Stream: HelpStream, Verb: Accept, From: []Status{Referred}, To: Accepted},
	{Stream: HelpStream, Verb: Decline, From: []Status{Referred}, To: Declined},
	{Stream: HelpStream, Verb: RecordDone, From: []Status{Contacted, Assessed, Referred, Accepted, Declined}, To: Outcome},
	{Stream: HelpStream, Verb: Close, From: []Status{Contacted, Assessed, Declined, Accepted, Outcome}, To: Closed},
	{Stream: HelpStream, Verb: AskReopen, From: []Status{Closed}},
	{Stream: HelpStream, Verb: KeepShut, From: []Status{Closed}},
	{Stream: HelpStream, Verb: Reopen, From: []Status{Closed}, To: Reopened},
	{Stream: HelpStream, Verb: Withdraw, From: openHelp, To: Withdrawn},
	{Stream: HelpStream, Verb: AddInfo, From: openHelp},
	{Stream: HelpStream, Verb: AskConsent, From: openHelp},
	{Stream: HelpStream, Verb: Consent, From: openHelp},
	{Stream: HelpStream, Verb: NoConsent, From: openHelp},
	{Stream: HelpStream, Verb: Alarm, From: openHelp},
	{Stream: HelpStream, Verb: AskNeeds, From: []Status{Received, Contacted, Reopened}},
	{Stream: HelpStream, Verb: NeedsYes, From: openHelp},
	{Stream: HelpStream, Verb: NeedsNo, From: openHelp},
	{Stream: HelpStream, Verb: NeedsOral, From: []Status{Received, Contacted, Reopened}},
	{Stream: HelpStream, Verb: Assign, From: openHelp},
	{Stream: HelpStream, Verb: KeepDate, From: []Status{Referred, Accepted}},
	{Stream: HelpStream, Verb: OtherDate, From: []Status{Referred, Accepted}},
	{Stream: HelpStream, Verb: FollowAnswer, From: openHelp},
	{Stream: HelpStream, Verb: Extend, From: openHelp},
	{Stream: HelpStream, Verb: Confirm, From: openHelp, Urgent: true},
	{Stream: HelpStream, Verb: Answer, From: append(slices.Clone(openHelp), Closed)},
	{Stream: HelpStream, Verb: Note, From: append(slices.Clone(openHelp), Closed)},
	{Stream: HelpStream, Verb: Assign, From: openHelp},
	{Stream: HelpStream, Verb: Rate, From: []Status{Closed}},
}

// Waiting are the statuses in which a case waits for somebody of the desk to go on
// with it: those that are handed out, and that count as taken by nobody. What waits
// for the person or for the police is not among them.
func Waiting(s Stream) []Status {
	if s == HelpStream {
		return []Status{Received, Contacted, Assessed, Declined, Reopened}
	}
	return []Status{Received, Verifying, Verified, Classified, Returned, Reopened}
}

// Next gives the status after verb, or NotAllowed when the table has no such step.
func Next(stream Stream, from Status, verb Verb, urgent bool) (Status, error) {
	for _, t := range Transitions {
		if t.Stream != stream || t.Verb != verb || !slices.Contains(t.From, from) || t.Urgent && !urgent {
			continue
		}
		if t.To == "" {
			return from, nil
		}
		return t.To, nil
	}
	return from, Fail(NotAllowed, "error.step")
}

// Steps lists the verbs that exist from a status, each once, in the order of the table.
func Steps(stream Stream, from Status, urgent bool) []Verb {
	var verbs []Verb
	for _, t := range Transitions {
		if t.Stream == stream && slices.Contains(t.From, from) && (!t.Urgent || urgent) && !slices.Contains(verbs, t.Verb) {
			verbs = append(verbs, t.Verb)
		}
	}
	return verbs
}
