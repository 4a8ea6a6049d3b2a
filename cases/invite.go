package cases

import (
	"slices"
	"time"
)

// InviteTime is how long an invitation can be used.
const InviteTime = 24 * time.Hour

// Invitation opens one account, once.
type Invitation struct {
	Token    string // in the link; "" where the invitation was read back
	Ref      string // names it on a button, and opens nothing
	Role     Role
	Name     string
	By       StaffID // 0 = the command line
	Expires  time.Time
	Second   bool    // a second person has to agree before it opens anything
	Agree    []Staff // who that may be
	Waits    bool    // for a second person
	AgreedBy StaffID // 0 = nobody
	Hash     []byte  // under which it is stored
}

// SeesCases reports whether the role reads what people wrote.
func (r Role) SeesCases() bool {
	return r.MayAny(ReadReports, WorkReports, PoliceReports, KeptReports, ReadHelp, WorkHelp)
}

// NeedsSecond reports whether an invitation opens nothing before a second person agreed:
// nobody gives himself a second person for what the office does by two. Accounts without
// cases need none, nor does the command line, whose user has the server; nor a ward in which
// nobody of another role was ever there. Who locks all others does not do without.
func NeedsSecond(by StaffID, role Role, all []Staff) bool {
	i := slices.IndexFunc(all, func(s Staff) bool { return s.ID == by })
	return i >= 0 && role.SeesCases() &&
		slices.ContainsFunc(all, func(s Staff) bool { return s.Role != all[i].Role && s.Role.SeesCases() && s.Access.Chosen })
}

// MayAgree lists who may be the second person: of another role than who invites. Leaders
// come first; where there is none, anybody else who sees cases.
func MayAgree(by StaffID, all []Staff) (list []Staff) {
	i := slices.IndexFunc(all, func(s Staff) bool { return s.ID == by })
	if i < 0 {
		return nil
	}
	other := func(s Staff) bool { return !s.Locked && s.ID != by && s.Role != all[i].Role && s.Access.Chosen }
	for _, s := range all {
		if other(s) && s.Role == Leader {
			list = append(list, s)
		}
	}
	if list != nil {
		return list
	}
	for _, s := range all {
		if other(s) && s.Role.SeesCases() {
			list = append(list, s)
		}
	}
	return list
}

// Agrees reports whether somebody is among those who may agree.
func Agrees(by Staff, list []Staff) bool {
	return slices.ContainsFunc(list, func(s Staff) bool { return s.ID == by.ID })
}

// SameName reports whether two names are told apart by nobody.
func SameName(a, b string) bool { return FoldWord(a) == FoldWord(b) }

// NameTaken reports whether a living account, but for one, or an invitation that waits has
// a name: in lists and messages names stand for people.
func NameTaken(name string, all []Staff, open []Invitation, own StaffID) bool {
	return slices.ContainsFunc(all, func(s Staff) bool { return !s.Locked && s.ID != own && SameName(s.Name, name) }) ||
		slices.ContainsFunc(open, func(i Invitation) bool { return SameName(i.Name, name) })
}

// TellsAccounts lists who hears of a new or changed account: leaders, admins and the
// colleagues of its role.
func TellsAccounts(changed Staff, all []Staff) (list []Staff) {
	for _, s := range all {
		if s.ID != changed.ID && s.Reachable() && (s.Role == Leader || s.Role.May(ManageStaff) || s.Role == changed.Role) {
			list = append(list, s)
		}
	}
	return list
}
