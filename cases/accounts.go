package cases

import "time"

// AccountVerb is what was done to an account or an invitation.
type AccountVerb string

// What the history of accounts holds.
const (
	AccountFound     AccountVerb = "found"     // it was there when the history began
	AccountInvited   AccountVerb = "invited"   // an invitation was made
	AccountAgreed    AccountVerb = "agreed"    // a second person agreed to it
	AccountRefused   AccountVerb = "refused"   // or refused
	AccountOpened    AccountVerb = "opened"    // by an invitation, or on the server
	AccountRenamed   AccountVerb = "renamed"   // by another invitation
	AccountRole      AccountVerb = "role"      // it has another role, by another invitation
	AccountLocked    AccountVerb = "locked"    //
	AccountUnlocked  AccountVerb = "unlocked"  //
	AccountPINForgot AccountVerb = "pin_reset" // its owner chooses a new PIN
)

// AccountVerbs lists them all.
var AccountVerbs = []AccountVerb{
	AccountFound, AccountInvited, AccountAgreed, AccountRefused, AccountOpened, AccountRenamed, AccountRole, AccountLocked, AccountUnlocked, AccountPINForgot,
}

// AccountEvent is a row of the history of accounts. Names are those of that moment.
type AccountEvent struct {
	Seq     int64 // gapless in a ward, from 1
	At      time.Time
	Verb    AccountVerb
	Account StaffID // 0 = an invitation that has opened none
	Name    string  // after the step
	Former  string  // before it, where it was renamed
	Role    Role    // after the step
	From    Role    // before it, where it changed
	By      StaffID // 0 = the command line, or the program itself
	ByName  string
	Invite  string // names the invitation it is about
}

// AccountLog is a page of the history of accounts, the newest row first.
type AccountLog struct {
	Rows  []AccountEvent
	Total int
}

// HelpViews is how often somebody opened a request for help within some time.
type HelpViews struct {
	Name   string // of the viewer, at that time
	Number Number
	Times  int
	Last   time.Time
	Holds  bool // the request is the viewer's now
}
