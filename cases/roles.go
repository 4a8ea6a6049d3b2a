package cases

import "slices"

// Role is what a member of staff is to the bot (domain.md 9.4).
type Role string

// The roles.
const (
	Officer  Role = "officer"  // cán bộ tiếp nhận, xác minh – Phòng VH-XH
	Police   Role = "police"   // Công an phường
	Health   Role = "health"   // Trạm Y tế phường
	Support  Role = "support"  // Đội CTXH tình nguyện
	Leader   Role = "leader"   // Lãnh đạo UBND phường
	Clerk    Role = "clerk"    // cán bộ tổng hợp báo cáo
	Admin    Role = "admin"    // quản trị hệ thống: accounts, no case content
	Observer Role = "observer" // theo dõi cấp trên – Sở Y tế: aggregate figures only
)

// Roles lists every role in the order of the invitation menu.
var Roles = []Role{Officer, Police, Health, Support, Leader, Clerk, Admin, Observer}

// Right is one thing a role may do.
type Right string

// The rights. A right on one stream says nothing about the other.
const (
	ReadReports        Right = "read_reports"        // see queue and cards of reports
	WorkReports        Right = "work_reports"        // take, verify, propose a kind, answer, close
	PoliceReports      Right = "police_reports"      // receive forwarded reports, confirm criminal kinds, record results
	ReadHelp           Right = "read_help"           // see queue and cards of requests for help
	WorkHelp           Right = "work_help"           // take, contact, refer, close
	SeeFigures         Right = "see_figures"         // statistics without content
	ManageStaff        Right = "manage_staff"        // invite and lock accounts
	SeeLog             Right = "see_log"             // read who did what to reports, views included
	SecondReports      Right = "second_reports"      // agree, as the second person, that an ended report is opened again
	SecondHelp         Right = "second_help"         // the same for a request for help
	KeptReports        Right = "kept_reports"        // deal with reports that accuse the office, which it does not see
	AssignReports      Right = "assign_reports"      // give reports to colleagues, see how much each has in hand
	EditPages          Right = "edit_pages"          // write and publish information for residents
	SetClocks          Right = "set_clocks"          // say what the limits and the days off are
	KeepEstablishments Right = "keep_establishments" // write the register of establishments and inspections
	SeeEstablishments  Right = "see_establishments"  // read them
	EditLists          Right = "edit_lists"          // types, risk classes and questions of the register
	FillRegisters      Right = "fill_registers"      // write down what the periodic report counts; which register, its roles say

	FillReports    Right = "fill_reports"    // give the own unit's part of a periodic report
	CompileReports Right = "compile_reports" // open, merge, issue and correct periodic reports
	ApproveReports Right = "approve_reports" // approve them, say what their periods and due days are
)

// Rights lists every right, in the order of the page that explains them.
var Rights = []Right{
	ReadReports, WorkReports, PoliceReports, SecondReports, KeptReports, AssignReports, ReadHelp, WorkHelp, SecondHelp, SeeFigures, SeeLog, ManageStaff, EditPages, SetClocks,
	KeepEstablishments, SeeEstablishments, EditLists, FillRegisters,
	FillReports, CompileReports, ApproveReports,
}

// RightsTable is the single source of who may do what. No row gives a police
// account any right on help, and none gives an admin a right on content.
var RightsTable = map[Role][]Right{
	Officer:  {ReadReports, WorkReports, SecondReports, AssignReports, ReadHelp, WorkHelp, SecondHelp, SeeFigures, EditPages, KeepEstablishments, SeeEstablishments, EditLists, FillRegisters, FillReports, CompileReports},
	Police:   {PoliceReports, SeeFigures, KeepEstablishments, SeeEstablishments, FillRegisters, FillReports},
	Health:   {ReadHelp, WorkHelp, SecondHelp, SeeFigures, EditPages, FillRegisters, FillReports},
	Support:  {ReadHelp, WorkHelp, SecondHelp},
	Leader:   {ReadReports, SecondReports, KeptReports, AssignReports, SeeFigures, ManageStaff, SeeLog, EditPages, SetClocks, SeeEstablishments, EditLists, ApproveReports},
	Clerk:    {SeeFigures, FillRegisters, CompileReports},
	Admin:    {ManageStaff},
	Observer: {SeeFigures},
}

// May reports whether the role has the right.
func (r Role) May(right Right) bool { return slices.Contains(RightsTable[r], right) }

// MayAny reports whether the role has at least one of the rights.
func (r Role) MayAny(rights ...Right) bool { return slices.ContainsFunc(rights, r.May) }

// ParseRole reads a role's name; NotFound for any other word.
func ParseRole(s string) (Role, error) {
	if slices.Contains(Roles, Role(s)) {
		return Role(s), nil
	}
	return "", Fail(Invalid, "error.role")
}
