package cases

// FieldKey names a field of the periodic report, its group first: "B.sessions".
type FieldKey string

// Group is the letter of the field's group in the report form (domain.md 10).
func (k FieldKey) Group() string { return string(k[:1]) }

// Origin is where a figure of the report comes from; it is marked in the report.
type Origin string

// The origins.
const (
	Computed Origin = "computed" // hệ thống
	Typed    Origin = "typed"    // nhập tay
)

// FieldType is what a field holds.
type FieldType string

// The types of fields.
const (
	CountField FieldType = "count"
	MoneyField FieldType = "money" // VND
	YesNoField FieldType = "yesno"
	RatioField FieldType = "ratio" // numerator and denominator
	TextField  FieldType = "text"  // not added up: the parts of a period stand below each other
)

// Field is one field of the periodic report.
type Field struct {
	Key    FieldKey
	Type   FieldType
	Origin Origin
	Owner  Role // whose unit gives it
}

// FieldValue is what stands in a field for one period.
type FieldValue struct {
	N      int64
	Ratio  Ratio
	Text   string
	Hidden bool // may not be told: a figure about few people
	Given  bool // typed fields: somebody gave it; otherwise a count is printed as 0
}

// FieldValues are the fields of a report for one period.
type FieldValues map[FieldKey]FieldValue
