package cases

import (
	"cmp"
	"regexp"
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
var headWords = func() map[string]ImportColumn {
	all := map[string]ImportColumn{}
	for column, heads := range map[ImportColumn]string{
		ColName: "ten|co so|ten co so kinh doanh|ten co so kd|ten co so kinh doanh dich vu|co so kinh doanh|ten cs|ten doanh nghiep|ten don vi|ten ho kinh doanh|" +
			"ten bien hieu|bien hieu|co so ten",
		ColType: "loai|loai hinh kinh doanh|loai hinh kd|loai hinh co so|loai hinh dich vu|loai hinh hoat dong|nganh nghe|nganh nghe kinh doanh|nganh nghe kd|linh vuc|" +
			"linh vuc kinh doanh|loai hinh dich vu kinh doanh|dich vu|loai co so",
		ColHamlet:     "to|tdp|to dp|dia ban|to dan pho so|to so|tdp so|so to|khu pho|to dan pho khu pho|thon to dan pho|to dan pho thon|dia ban to dan pho|dia ban tdp|thuoc to dan pho|thuoc tdp|khu dan cu",
		ColAddress:    "dia chi co so|dia chi kinh doanh|dia diem|dia diem kinh doanh|so nha|so nha duong|so nha duong pho|so nha ngo duong|dia chi cu the|dia chi hoat dong|dia chi so nha",
		ColRisk:       "rui ro|phan loai|nguy co|muc nguy co|muc do nguy co|muc do rui ro|phan loai rui ro|phan loai nguy co",
		ColSecurity:   "antt|co dieu kien ve an ninh trat tu|dieu kien antt|dieu kien an ninh trat tu|kinh doanh co dieu kien ve antt|co dieu kien antt|dk antt",
		ColVulnerable: "de loi dung|nguy co bi loi dung",
		ColOwner: "chu|ten chu co so|ho ten chu co so|ho va ten chu co so|chu co so kinh doanh|ho ten chu|ho va ten chu|ho ten|ho va ten|nguoi dai dien|nguoi dai dien phap luat|nguoi dung dau|" +
			"chu ho kinh doanh|nguoi chiu trach nhiem|ten chu|chu kinh doanh|nguoi quan ly",
		ColPhone: "so dien thoai|sdt|dt|so dt|dien thoai lien he|sdt lien he|so dien thoai lien he|lien he|lien he dien thoai|dien thoai di dong|dtdd|so may",
		ColLicence: "giay phep|so gpkd|gpkd|giay phep so|giay phep kinh doanh|so giay phep kinh doanh|so giay phep kd|so gp|giay phep kd|so giay chung nhan|giay chung nhan|" +
			"giay chung nhan so|so gcn|gcn|giay phep so hieu",
		ColCommitment: "cam ket|ky cam ket|da cam ket|ban cam ket",
	} {
		for head := range strings.SplitSeq(heads, "|") {
			all[head] = column
		}
	}
	for column, head := range ImportHeads {
		all[strings.Join(WordsOf(head), " ")] = column
	}
	return all
}()

// inBrackets is what a head adds to its name.
var inBrackets = regexp.MustCompile(`\s*[(\[].*?[)\]]`)

// columnOf knows a column by its head, with or without what stands in brackets.
func columnOf(head string) (ImportColumn, bool) {
	bare := inBrackets.ReplaceAllString(head, "")
	for _, text := range []string{head, bare, strings.ReplaceAll(bare, ".", "")} {
		if column, known := headWords[strings.Join(WordsOf(text), " ")]; known {
			return column, true
		}
	}
	return "", false
}

// Limits of a file of establishments.
const (
	MaxImportRows  = 2000
	MaxImportBytes = 2 << 20
)

// RowFault says what is wrong with a row. Fault is one of the words below.
type RowFault struct {
	Row    int
	Column ImportColumn
	Fault  string
	Cell   string // where, as "D7"; "" in what was typed
	Value  string // what stands there
}

// What can be wrong with a cell.
const (
	FaultMissing = "missing"
	FaultUnknown = "unknown" // in no list of the ward
	FaultLong    = "long"
	FaultYesNo   = "yesno"
	FaultTwice   = "twice"   // the same establishment stands in an earlier row
	FaultError   = "error"   // a formula that failed, as #N/A
	FaultLetters = "letters" // of an unknown code page
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

	Sheet     string // the name of the sheet that is read
	HeadRow   int    // the last row of its head
	Others    []string
	Lists     []string       // of the other sheets those that hold a list, too
	Passed    map[Passed]int // rows
	Unused    []string       // heads of columns that are not read
	Wide      bool           // there are more columns than are read
	Converted int            // cells that were written for an older code page
	Zeros     int            // phone numbers that got back the zero they begin with
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

// Compare reads the list of a workbook and says what it would do. The list is in the sheet
// with a head and the most entries; a sheet that is not hidden comes first. An error means
// that no sheet has a head, or that the list is too long.
func (r EstablishmentRegister) Compare(book []Sheet) (ImportPreview, error) {
	type candidate struct {
		at      int
		head    tableHead
		entries int
	}
	var lists []candidate
	for i, s := range book {
		head, found := headOf(s.Rows)
		if !found {
			continue
		}
		c := candidate{i, head, 0}
		d := reading{head: head, number: head.number(), r: r}
		for _, row := range s.Rows[head.at+head.depth:] {
			if len(row.filled()) > 0 && d.passed(row) == "" {
				c.entries++
			}
		}
		lists = append(lists, c)
	}
	if len(lists) == 0 {
		return ImportPreview{}, Fail(Invalid, "import.head")
	}
	best := slices.MaxFunc(lists, func(a, b candidate) int {
		shown := func(c candidate) int {
			if book[c.at].Hidden || c.entries == 0 {
				return 0
			}
			return 1
		}
		return cmp.Or(shown(a)-shown(b), a.entries-b.entries, b.at-a.at)
	})
	s := book[best.at]
	if best.entries > MaxImportRows || s.More {
		return ImportPreview{}, Fail(Invalid, "import.long")
	}
	p := ImportPreview{
		Head: best.head.names, Sheet: s.Name, HeadRow: s.Rows[best.head.at+best.head.depth-1].Row, Passed: map[Passed]int{},
		Unused: best.head.unused(), Wide: s.Wide, Converted: s.Converted,
	}
	for i, other := range book {
		switch {
		case i == best.at || len(other.Rows) == 0:
		case slices.ContainsFunc(lists, func(c candidate) bool { return c.at == i && c.entries > 0 }):
			p.Lists = append(p.Lists, other.Name)
		default:
			p.Others = append(p.Others, other.Name)
		}
	}
	r.compareRows(&p, best.head, s.Rows[best.head.at+best.head.depth:])
	return p, nil
}

func (r EstablishmentRegister) compareRows(p *ImportPreview, head tableHead, rows []SheetRow) {
	known := map[EstablishmentKey]Establishment{}
	for _, e := range r.Now {
		known[e.Key()] = e
	}
	seen := map[EstablishmentKey]bool{}
	d := reading{head: head, number: head.number(), r: r}
	for _, row := range rows {
		if len(row.filled()) == 0 {
			continue
		}
		if kind := d.passed(row); kind != "" {
			p.Passed[kind]++
			continue
		}
		cells := map[ImportColumn]string{}
		for c, i := range head.columns {
			cells[c] = row.cell(i)
		}
		fresh, faults := r.Read(cells)
		faults = append(faults, unreadable(row, head)...)
		if len(faults) == 0 && seen[fresh.Key()] {
			faults = []RowFault{{Column: ColName, Fault: FaultTwice, Value: fresh.Name}}
		}
		if len(faults) > 0 {
			for _, f := range faults {
				f.Row, f.Cell = row.Row, cellName(head.columns[f.Column], row.Row)
				p.Faults = append(p.Faults, f)
			}
			p.Wrong = append(p.Wrong, row)
			continue
		}
		if fresh.Phone != cells[ColPhone] {
			p.Zeros++
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

// unreadable are the faults of cells whose letters are of an unknown code page.
func unreadable(row SheetRow, head tableHead) (faults []RowFault) {
	for _, c := range ImportColumns {
		if at, there := head.columns[c]; there && slices.Contains(row.Doubtful, at) {
			faults = append(faults, RowFault{Column: c, Fault: FaultLetters, Value: row.cell(at)})
		}
	}
	return faults
}

// cellName is how spreadsheets call a cell; columns from 0.
func cellName(column, row int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + strconv.Itoa(row)
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
			faults = append(faults, RowFault{Column: c, Fault: fault, Value: said})
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
	switch {
	case utf8.RuneCountInString(said) > MaxEstablishmentWords:
		return FaultLong
	case failed.MatchString(said):
		return FaultError
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
		e.Phone = phoneOf(said)
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

// failed is what a spreadsheet shows for a formula without a result.
var failed = regexp.MustCompile(`(?i)^(#(N/A|NV|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|BLOCKED!|CONNECT!|GETTING_DATA)|Err:\d+)$`)

var (
	barePhone = regexp.MustCompile(`^[0-9][0-9 .,-]*$`)
	// withoutZero is a number of the country whose first 0 a spreadsheet took away: nine digits of
	// a mobile phone, ten of another one.
	withoutZero = regexp.MustCompile(`^([35789]\d{8}|2\d{9})$`)
)

// phoneOf gives a phone number that was kept as a number its first zero back.
func phoneOf(said string) string {
	if !barePhone.MatchString(said) {
		return said
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, strings.TrimSuffix(said, ".0"))
	if withoutZero.MatchString(digits) {
		return "0" + digits
	}
	return said
}

func yesNo(said string) (yes, known bool) {
	switch strings.TrimSuffix(strings.Join(WordsOf(said), " "), " 0") {
	case "co", "x", "v", "yes", "1", "dung", "c", "true", "da ky", "roi":
		return true, true
	case "khong", "no", "0", "k", "ko", "sai", "false", "chua", "chua ky":
		return false, true
	}
	switch said {
	case "✓", "✔", "√", "☑", "☒", "✗", "✘":
		return true, true
	case "-", "–", "—", "☐":
		return false, true
	}
	return false, false
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
