package cases

import "slices"

// About is whose people a report accuses. A complaint or denunciation about somebody of
// the ward is led to a body outside of it, and what is written here all the same does not
// come to the unit it is about.
type About string

// Whom a report can be about.
const (
	AboutNobody  About = ""        // of the ward
	AboutOfficer About = "officer" // cán bộ, công chức phường: the leader alone sees it
	AboutPolice  About = "police"  // Công an phường: it is never handed to them
	AboutLeader  About = "leader"  // lãnh đạo phường: nothing is kept here, only led outside
)

// Abouts lists the answers in the order of their buttons.
var Abouts = []About{AboutOfficer, AboutPolice, AboutLeader}

// Subject is what the bodies that deal with it are listed for.
func (a About) Subject() Subject {
	switch a {
	case AboutOfficer:
		return ForOfficer
	case AboutPolice:
		return ForPolice
	case AboutLeader:
		return ForLeader
	}
	return ForPetition
}

// Kept reports whether the ward keeps a report about them at all.
func (a About) Kept() bool { return a != AboutLeader }

// Unit is the unit of an account from which reports are kept; "" = none: leaders, and
// accounts that see no report.
func (r Role) Unit() About {
	switch r {
	case Officer:
		return AboutOfficer
	case Police:
		return AboutPolice
	}
	return AboutNobody
}

// KeptFrom reports whether a case does not exist for an account, since it accuses people
// of its unit. The database holds the same; this is for choosing who is told.
func KeptFrom(s Staff, c Case) bool { return c.About != AboutNobody && c.About == s.Role.Unit() }

// MayHear reports whether an account may be told that something happened to a case: the
// case exists for it.
func MayHear(s Staff, c Case) bool { return MaySeeHelp(s, c) && !KeptFrom(s, c) }

// KeptVerbs are the steps with which the leader deals with a report that accuses the
// office, and with no other.
var KeptVerbs = []Verb{Verify, AskInfo, Answer, Note, SetAside, Transfer, ConfirmTransfer, AnswerTransfer, Close}

// MayDealKept holds the leader to reports that accuse the office, and keeps these from
// being given to it.
func MayDealKept(by Staff, about About, verb Verb) error {
	switch {
	case verb == Assign && about == AboutOfficer:
		return Fail(NotAllowed, "error.kept.officer")
	case slices.Contains(KeptVerbs, verb) && by.Role.May(KeptReports) && !by.Role.May(WorkReports) && about != AboutOfficer:
		return Fail(NotAllowed, "error.step")
	}
	return nil
}

// MayRing reports whether an account may be rung about somebody in danger. The ward police
// are not rung about what accuses them, also where the person has not said so: the numbers
// the person reads lead to others. ward is the name of the ward.
func MayRing(s Staff, c Case, ward string) bool {
	if !MayHear(s, c) {
		return false
	}
	return s.Role != Police || c.Report == nil || Accuses(c.Report.Text, ward) != AboutPolice
}
