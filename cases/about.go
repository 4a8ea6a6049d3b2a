package cases

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
