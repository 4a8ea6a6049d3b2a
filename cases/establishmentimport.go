package cases

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ImportColumn is a column of a file of establishments.
type ImportColumn string

// The columns.
const (
	ColName       ImportColumn = "name"
	ColType       ImportColumn = "type"
	ColHamlet     ImportColumn = "hamlet"
	ColAddress    ImportColumn = "address"
	ColRisk       ImportColumn = "risk"
	ColSecurity   ImportColumn = "security"
	ColVulnerable ImportColumn = "vulnerable"
	ColOwner      ImportColumn = "owner"
	ColPhone      ImportColumn = "phone"
	ColLicence    ImportColumn = "licence"
	ColCommitment ImportColumn = "commitment"
)

// ImportColumns lists the columns in the order of the form, which is also the order of
// the parts of one line typed with commas. The first three must be there.
var ImportColumns = []ImportColumn{
	ColName, ColType, ColHamlet, ColAddress, ColRisk, ColSecurity, ColVulnerable, ColOwner, ColPhone, ColLicence, ColCommitment,
}

var neededColumns = ImportColumns[:3]

// ImportHeads are the heads of the columns of the form.
var ImportHeads = map[ImportColumn]string{
	ColName: "Tên cơ sở", ColType: "Loại hình", ColHamlet: "Tổ dân phố", ColAddress: "Địa chỉ", ColRisk: "Mức rủi ro",
	ColSecurity: "Có điều kiện về ANTT", ColVulnerable: "Dễ bị lợi dụng", ColOwner: "Chủ cơ sở", ColPhone: "Điện thoại", ColLicence: "Số giấy phép", ColCommitment: "Đã ký cam kết",
}

// headWords are further heads that are understood, folded.
var headWords = map[string]ImportColumn{
	"ten": ColName, "ten co so kinh doanh": ColName, "loai": ColType, "loai hinh kinh doanh": ColType, "nganh nghe": ColType, "to": ColHamlet, "tdp": ColHamlet, "dia ban": ColHamlet,
	"dia chi co so": ColAddress, "rui ro": ColRisk, "phan loai": ColRisk, "antt": ColSecurity, "co dieu kien ve an ninh trat tu": ColSecurity, "dieu kien antt": ColSecurity,
	"chu": ColOwner, "ho ten chu co so": ColOwner, "nguoi dai dien": ColOwner, "so dien thoai": ColPhone, "sdt": ColPhone, "giay phep": ColLicence, "so gpkd": ColLicence,
	"cam ket": ColCommitment, "ky cam ket": ColCommitment,
}

// Limits of a file of establishments.
const (
	MaxImportRows  = 2000
	MaxImportBytes = 2 << 20
)

// SheetRow is a row of a table as it stands in a file.
type SheetRow struct {
	Row   int // from 1, as the program that wrote the file shows it
	Cells []string
}

// RowFault says what is wrong with a row. Fault is one of the words below.
type RowFault struct {
	Row    int
	Column ImportColumn
	Fault  string
}

// What can be wrong with a cell.
const (
	FaultMissing = "missing"
	FaultUnknown = "unknown" // in no list of the ward
	FaultLong    = "long"
	FaultYesNo   = "yesno"
	FaultTwice   = "twice" // the same establishment stands in an earlier row
)

// ImportRow is a row that would be written.
type ImportRow struct {
	Row   int
	Fresh bool // a new entry; otherwise a change of one
	Establishment
}

// ImportPreview is what a file would do to the register.
type ImportPreview struct {
	Rows   []ImportRow
	Same   int // rows that change nothing
	Faults []RowFault
	Head   []string   // of the file
	Wrong  []SheetRow // rows with faults, as they stand in the file
}

// Fresh and Changed count the rows that would be written.
func (p ImportPreview) Fresh() (n int) {
	for _, r := range p.Rows {
		if r.Fresh {
			n++
		}
	}
	return n
}

// Changed counts the entries that would change.
func (p ImportPreview) Changed() int { return len(p.Rows) - p.Fresh() }

// EstablishmentRegister is what rows are compared with.
type EstablishmentRegister struct {
	Now     []Establishment
	Lists   EstablishmentLists
	Hamlets []string // names; the first is number 1
}

// columnsOf finds the columns of a head; false when a needed one is missing.
func columnsOf(head []string) (map[ImportColumn]int, bool) {
	at := map[ImportColumn]int{}
	for i, cell := range head {
		words := strings.Join(WordsOf(cell), " ")
		column, known := headWords[words]
		for c, name := range ImportHeads {
			if strings.Join(WordsOf(name), " ") == words {
				column, known = c, true
			}
		}
		if _, twice := at[column]; known && !twice {
			at[column] = i
		}
	}
	missing := slices.ContainsFunc(neededColumns, func(c ImportColumn) bool { _, there := at[c]; return !there })
	return at, !missing
}

// mostHeadRow is how far down the head of a table may stand, below its title.
const mostHeadRow = 10

// Compare reads a table and says what it would do. An error means that it is no table of
// establishments: no head was found in its first rows, or it is too long.
func (r EstablishmentRegister) Compare(sheet []SheetRow) (ImportPreview, error) {
	var p ImportPreview
	for i, row := range sheet[:min(len(sheet), mostHeadRow)] {
		columns, ok := columnsOf(row.Cells)
		if !ok {
			continue
		}
		rows := sheet[i+1:]
		if len(rows) > MaxImportRows {
			return p, Fail(Invalid, "import.long")
		}
		p.Head = row.Cells
		r.compareRows(&p, columns, rows)
		return p, nil
	}
	return p, Fail(Invalid, "import.head")
}

func (r EstablishmentRegister) compareRows(p *ImportPreview, columns map[ImportColumn]int, rows []SheetRow) {
	known := map[EstablishmentKey]Establishment{}
	for _, e := range r.Now {
		known[e.Key()] = e
	}
	seen := map[EstablishmentKey]bool{}
	for _, row := range rows {
		if !slices.ContainsFunc(row.Cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			continue
		}
		cells := map[ImportColumn]string{}
		for c, i := range columns {
			if i < len(row.Cells) {
				cells[c] = row.Cells[i]
			}
		}
		fresh, faults := r.Read(cells)
		if len(faults) == 0 && seen[fresh.Key()] {
			faults = []RowFault{{Column: ColName, Fault: FaultTwice}}
		}
		if len(faults) > 0 {
			for _, f := range faults {
				f.Row = row.Row
				p.Faults = append(p.Faults, f)
			}
			p.Wrong = append(p.Wrong, row)
			continue
		}
		seen[fresh.Key()] = true
		old, there := known[fresh.Key()]
		switch merged := overlay(old, fresh, cells); {
		case !there:
			p.Rows = append(p.Rows, ImportRow{row.Row, true, fresh})
		case merged == old:
			p.Same++
		default:
			merged.Deed = DeedImport
			p.Rows = append(p.Rows, ImportRow{row.Row, false, merged})
		}
	}
}

// overlay is an entry with the cells that say something. An empty cell changes nothing.
func overlay(old, said Establishment, cells map[ImportColumn]string) Establishment {
	given := func(c ImportColumn) bool { return strings.TrimSpace(cells[c]) != "" }
	e := old
	for c, put := range map[ImportColumn]func(){
		ColType: func() { e.Type = said.Type }, ColAddress: func() { e.Address = said.Address }, ColRisk: func() { e.Risk = said.Risk },
		ColSecurity: func() { e.Security = said.Security }, ColVulnerable: func() { e.Vulnerable = said.Vulnerable }, ColOwner: func() { e.Owner = said.Owner },
		ColPhone: func() { e.Phone = said.Phone }, ColLicence: func() { e.Licence = said.Licence }, ColCommitment: func() { e.Commitment = said.Commitment },
	} {
		if given(c) {
			put()
		}
	}
	return e
}

// Read reads the parts of an entry. Every part that cannot be read is a fault.
func (r EstablishmentRegister) Read(cells map[ImportColumn]string) (Establishment, []RowFault) {
	e := Establishment{Status: EstablishmentOpen, Deed: DeedImport}
	var faults []RowFault
	for _, c := range ImportColumns {
		said := strings.Join(strings.Fields(cells[c]), " ")
		if fault := r.readCell(&e, c, said); fault != "" {
			faults = append(faults, RowFault{Column: c, Fault: fault})
		}
	}
	return e, faults
}

func (r EstablishmentRegister) readCell(e *Establishment, c ImportColumn, said string) (fault string) {
	if said == "" {
		if slices.Contains(neededColumns, c) {
			return FaultMissing
		}
		return ""
	}
	if utf8.RuneCountInString(said) > MaxEstablishmentWords {
		return FaultLong
	}
	ok := true
	switch c {
	case ColName:
		e.Name = said
		ok = len(WordsOf(said)) > 0
	case ColAddress:
		e.Address = said
	case ColOwner:
		e.Owner = said
	case ColPhone:
		e.Phone = said
	case ColLicence:
		e.Licence = said
	case ColType:
		e.Type = r.Lists.Find(TypeList, said)
		ok = e.Type != ""
	case ColRisk:
		e.Risk = r.Lists.Find(RiskList, said)
		ok = e.Risk != ""
	case ColHamlet:
		e.Hamlet = HamletOf(r.Hamlets, said)
		ok = e.Hamlet > 0
	case ColSecurity, ColVulnerable, ColCommitment:
		yes, known := yesNo(said)
		if !known {
			return FaultYesNo
		}
		*map[ImportColumn]*bool{ColSecurity: &e.Security, ColVulnerable: &e.Vulnerable, ColCommitment: &e.Commitment}[c] = yes
	}
	if !ok {
		return FaultUnknown
	}
	return ""
}

func yesNo(said string) (yes, known bool) {
	switch strings.Join(WordsOf(said), " ") {
	case "co", "x", "yes", "1", "dung", "c", "true":
		return true, true
	case "khong", "no", "0", "k", "ko", "sai", "false":
		return false, true
	}
	return false, false
}

// HamletOf finds a hamlet by its name, however it is written: "TDP 5", "Tổ 5" and "5" are
// the one called "Tổ dân phố 5"; 0 when there is none.
func HamletOf(hamlets []string, said string) int {
	plain := func(s string) string {
		s = strings.Join(WordsOf(s), " ")
		for _, head := range []string{"to dan pho so ", "to dan pho ", "tdp so ", "tdp ", "to so ", "to "} {
			if rest, ok := strings.CutPrefix(s, head); ok && rest != "" {
				return strings.TrimLeft(rest, "0")
			}
		}
		return strings.TrimLeft(s, "0")
	}
	wanted := plain(said)
	for i, name := range hamlets {
		if wanted != "" && plain(name) == wanted {
			return i + 1
		}
	}
	if n, err := strconv.Atoi(wanted); err == nil && n >= 1 && n <= len(hamlets) {
		return n
	}
	return 0
}

// ReadLine reads an entry typed in one line, its parts in the order of ImportColumns with
// commas between them.
func (r EstablishmentRegister) ReadLine(line string) (Establishment, []RowFault) {
	cells := map[ImportColumn]string{}
	for i, part := range strings.Split(line, ",") {
		if i < len(ImportColumns) {
			cells[ImportColumns[i]] = part
		}
	}
	e, faults := r.Read(cells)
	e.Deed = DeedAdd
	return e, faults
}

// ImportState is what became of an import.
type ImportState string

// The states.
const (
	ImportWaiting ImportState = "waiting"
	ImportApplied ImportState = "applied"
	ImportDropped ImportState = "dropped"
	ImportUndone  ImportState = "undone"
)

// Import is a file of establishments that was sent in.
type Import struct {
	ID                          int
	By                          StaffID
	At                          time.Time
	State                       ImportState
	Fresh, Changed, Same, Wrong int
	Rows                        []ImportRow // while it waits
}
