package staffcmds

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/cases"
)

// reader reads what somebody types into the search, in any order: a number, dates,
// words of the lists below, names of hamlets. What stands in quotes, and everything
// else, are words to be looked for.
type reader struct {
	ward   cases.Ward
	today  cases.Day
	stream cases.Stream // when none is named
}

// statusWords are what a status is called in a search, folded. Single syllables are not
// among them: they would be words of what people write.
var statusWords = map[string]cases.Status{
	"da tiep nhan": cases.Received, "dang xac minh": cases.Verifying, "can bo sung thong tin": cases.NeedInfo, "can bo sung": cases.NeedInfo, "da xac minh": cases.Verified,
	"da phan loai": cases.Classified, "da chuyen noi khac": cases.Transferred, "da chuyen xu ly cong an phuong": cases.Forwarded, "da chuyen xu ly": cases.Forwarded, "da chuyen": cases.Forwarded,
	"cong an da nhan": cases.Acknowledged, "cong an tra lai": cases.Returned, "dang phoi hop xu ly": cases.InHandling, "dang xu ly": cases.InHandling,
	"da co ket qua": cases.Resolved, "da ket thuc": cases.Closed, "khong thuoc tham quyen da huong dan": cases.OutOfScope, "khong thuoc tham quyen": cases.OutOfScope,
	"trung noi dung": cases.Duplicate, "tin trung": cases.Duplicate, "khong hop le": cases.InvalidCase, "nguoi gui rut lai": cases.Withdrawn, "da mo lai": cases.Reopened,
	"da lien he": cases.Contacted, "da danh gia nhu cau": cases.Assessed, "da chuyen gui": cases.Referred, "co so dich vu da nhan": cases.Accepted,
	"co so dich vu khong nhan": cases.Declined, "noi ho tro khong nhan": cases.Declined, "noi ho tro da nhan": cases.Accepted, "da co ket qua ho tro": cases.Outcome,
}

var kindWords = map[string]cases.Kind{
	"phan anh": cases.Feedback, "tin bao ve toi pham": cases.CrimeNews, "tin bao": cases.CrimeNews, "to giac ve toi pham": cases.CrimeReport, "to giac": cases.CrimeReport,
	"kien nghi": cases.Petition, "khieu nai": cases.Complaint, "co noi dung to cao": cases.Denunciation, "noi dung to cao": cases.Denunciation, "to cao": cases.Denunciation,
}

var serviceWords = map[string]cases.Service{
	"kham suc khoe": cases.HealthCare, "kham suc khoe hiv benh lay truyen qua duong tinh duc": cases.HealthCare, "kham suc khoe hiv benh lay qua duong tinh duc": cases.HealthCare, "tu van tam ly": cases.Counselling, "tro giup phap ly": cases.LegalAid,
	"hoc nghe": cases.Training, "viec lam": cases.JobReferral, "sinh ke": cases.Livelihood, "an sinh xa hoi": cases.SocialSecurity,
}

// groupWords are statuses taken together.
var groupWords = map[string]bool{"dang mo": false, "da xong": true} // final?

// Parts of a search that are no words: quotes of any phone, a number with its stream, a
// day or two, and what stands before the day all was received before.
var (
	quoted     = regexp.MustCompile(`["“”„«»]([^"“”„«»]*)["“”„«»]`)
	fullNumber = regexp.MustCompile(`(?i)\b(?:PA|HT)[\s-]*(?:\d{2}[\s-]+)?\d{1,7}\b`)
	days       = regexp.MustCompile(`(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?:\s*(?:-|–|—|den|to)\s*(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?)?`)
	beforeDay  = regexp.MustCompile(`(?:^|\s)(?:truoc|before)(?:\s+ngay)?\s*$`)
)

// readSearch reads a typed line. The error is Invalid, for a day there is not.
func readSearch(line string, r reader) (searchAsk, error) {
	line = strings.TrimSpace(strings.Map(func(c rune) rune {
		if c == '|' || c == '~' { // these part what a button carries
			return ' '
		}
		return c
	}, cases.Fold(line)))
	ask := searchAsk{line: line, stream: r.stream}
	if !slices.Contains(both, ask.stream) {
		ask.stream = cases.ReportStream
	}
	if n, err := cases.ParseNumber(line, ask.stream, r.today.Year); err == nil {
		ask.Number, ask.stream = n, n.Stream
		return ask, nil
	}
	line = quoted.ReplaceAllStringFunc(line, func(q string) string {
		ask.Words = append(ask.Words, cases.WordsOf(q)...)
		return " "
	})
	if found := fullNumber.FindString(line); found != "" {
		if n, err := cases.ParseNumber(found, ask.stream, r.today.Year); err == nil {
			ask.Number, ask.stream = n, n.Stream
			line = strings.Replace(line, found, " ", 1)
		}
	}
	line, err := r.readDays(line, &ask)
	if err != nil {
		return ask, err
	}
	r.readWords(cases.WordsOf(line), &ask)
	return ask, nil
}

// readDays takes a day, the day all was received before, or the first and the last of
// several, out of the line.
func (r reader) readDays(line string, ask *searchAsk) (rest string, err error) {
	m := days.FindStringSubmatch(line)
	if m == nil {
		return line, nil
	}
	last := r.today
	to := m[1:4]
	if m[4] != "" {
		to = m[4:7]
	}
	if last, err = dayOf(to, last); err != nil {
		return line, err
	}
	first := last
	if m[4] != "" {
		if first, err = dayOf(m[1:4], last); err != nil {
			return line, err
		}
	}
	if last.Start().Before(first.Start()) {
		first, last = last, first
	}
	ask.From, ask.To = first.Start(), last.End()
	front, back, _ := strings.Cut(line, m[0])
	if word := beforeDay.FindString(front); word != "" && m[4] == "" {
		ask.From, ask.To = time.Time{}, first.Start()
		front = strings.TrimSuffix(front, word)
	}
	return front + " " + back, nil
}

// dayOf reads day, month and year; without a year it is the last such day up to a limit.
func dayOf(parts []string, limit cases.Day) (cases.Day, error) {
	day, _ := strconv.Atoi(parts[0])
	month, _ := strconv.Atoi(parts[1])
	year, _ := strconv.Atoi(parts[2])
	d := cases.Day{Year: year, Month: time.Month(month), Day: day}
	switch {
	case parts[2] == "":
		d.Year = limit.Year
		if limit.Start().Before(d.Start()) {
			d.Year--
		}
	case year < 100:
		d.Year += 2000
	}
	if !d.Valid() {
		return d, cases.Fail(cases.Invalid, "error.search.day")
	}
	return d, nil
}

// longestPhrase is how many syllables the name of something has at most.
const longestPhrase = 12

// readWords takes the names of lists out of the words, the longest first.
func (r reader) readWords(words []string, ask *searchAsk) {
	for i := 0; i < len(words); {
		n := min(longestPhrase, len(words)-i)
		for n > 0 && !r.readPhrase(strings.Join(words[i:i+n], " "), ask) {
			n--
		}
		if n == 0 {
			ask.Words = append(ask.Words, words[i])
			n = 1
		}
		i += n
	}
}

func (r reader) readPhrase(p string, ask *searchAsk) bool {
	if stream := cases.Stream(queueWords[p]); slices.Contains(both, stream) {
		ask.stream = stream
		return true
	}
	if final, ok := groupWords[p]; ok {
		ask.Statuses = statusesOf(final)
		return true
	}
	if s, ok := statusWords[p]; ok {
		ask.Statuses = []cases.Status{s}
		return true
	}
	if k, ok := kindWords[p]; ok && ask.stream == cases.ReportStream {
		ask.Kind = k
		return true
	}
	if s, ok := serviceWords[p]; ok && ask.stream == cases.HelpStream {
		ask.Wanted = s
		return true
	}
	if p == "khan cap" || p == "tin khan" || p == "urgent" {
		ask.Urgent = true
		return true
	}
	for i, name := range r.ward.Hamlets {
		if hamletWord(p) == hamletWord(strings.Join(cases.WordsOf(name), " ")) {
			ask.Hamlet = i + 1
			return true
		}
	}
	return false
}

// hamletWord is a hamlet's name as it is compared: "TDP 5", "Tổ 5" and "Tổ dân phố số 5"
// are one.
func hamletWord(folded string) string {
	return strings.NewReplacer("to dan pho so ", "to ", "to dan pho ", "to ", "tdp ", "to ").Replace(folded)
}

// statusesOf are all statuses that are final, or all others.
func statusesOf(final bool) []cases.Status {
	var list []cases.Status
	for _, t := range cases.Transitions {
		for _, s := range append(slices.Clone(t.From), t.To) {
			if s != "" && s.Final() == final && !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	}
	return list
}
