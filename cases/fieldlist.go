package cases

// RegisterForms are the short forms that staff fill on the phone for what the bot cannot
// know, in the order of their buttons. Each typed field belongs to one.
var RegisterForms = []string{
	"documents", "meetings", "taskforce", // A
	"communication", // B
	"training",      // C
	"results",       // F
	"hotspots",      // G
	"harm",          // H, communication on harm reduction
	"budget",        // I
	"remarks",       // K
}

// CommunicationForms are the forms of communication (plan 3.1).
var CommunicationForms = []string{"direct", "broadcast", "digital", "social", "school"}

// Audiences are whom communication is for.
var Audiences = []string{"residents", "pupils", "premises"}

// BudgetSources are where money comes from (plan III).
var BudgetSources = []string{"ward", "combined", "raised"}

// Fields lists the fields of the periodic report that are the same in every ward
// (domain.md 10, groups A–K), in the order of the report. Establishments by type and risk
// class are data of the ward and follow group E as a table.
var Fields = fields()

func fields() []Field {
	var list []Field
	add := func(origin Origin, owner Role, typ FieldType, keys ...string) {
		for _, key := range keys {
			list = append(list, Field{Key: FieldKey(key), Type: typ, Origin: origin, Owner: owner})
		}
	}
	each := func(prefix string, names []string) (keys []string) {
		for _, n := range names {
			keys = append(keys, prefix+n)
		}
		return keys
	}
	add(Typed, Officer, CountField, "A.documents", "A.meetings")
	add(Typed, Officer, YesNoField, "A.taskforce")
	add(Typed, Officer, CountField, "B.sessions")
	add(Typed, Officer, CountField, each("B.sessions.", CommunicationForms)...)
	add(Typed, Officer, CountField, "B.attendance")
	add(Typed, Officer, CountField, each("B.attendance.", Audiences)...)
	add(Typed, Officer, CountField, "B.leaflets")
	add(Typed, Officer, YesNoField, "B.regular")
	add(Typed, Officer, CountField, "C.staff", "C.updated", "C.city")
	add(Typed, Officer, RatioField, "C.ratio")
	add(Computed, Officer, CountField, "D.received")
	for _, k := range Kinds {
		add(Computed, Officer, CountField, "D.received."+string(k))
	}
	add(Computed, Officer, CountField, "D.received.unnamed") // kind not recorded yet
	add(Computed, Officer, CountField, "D.verified", "D.classified", "D.forwarded", "D.handled",
		"D.late", "D.open", "D.outofscope", "D.duplicates", "D.invalid", "D.withdrawn")
	add(Computed, Officer, RatioField, "D.ratio.received", "D.ratio.verified", "D.ratio.classified", "D.ratio.forwarded", "D.ratio.ontime")
	add(Computed, Police, CountField, "E.register", "E.closed", "E.security", "E.vulnerable", "E.reviewed", "E.visits", "E.inspected")
	add(Computed, Police, RatioField, "E.coverage")
	add(Computed, Police, CountField, "E.commitments", "E.violations")
	add(Typed, Police, CountField, "F.administrative", "F.persons")
	add(Typed, Police, CountField, "F.persons.buying", "F.persons.selling", "F.persons.other")
	add(Typed, Police, CountField, "F.decisions")
	add(Typed, Police, MoneyField, "F.fines")
	add(Typed, Police, CountField, "F.licences", "F.transferred", "F.prosecuted", "F.accused", "F.minors", "F.trafficking")
	add(Typed, Police, CountField, "G.start", "G.new", "G.cleared", "G.left", "G.watched")
	add(Computed, Health, CountField, "H.requests")
	for _, s := range Services {
		add(Computed, Health, CountField, "H.service."+string(s))
	}
	add(Computed, Health, CountField, "H.referrals.sent", "H.referrals.accepted", "H.referrals.declined", "H.referrals.completed")
	add(Computed, Health, CountField, each("H.outcome.", Outcomes)...)
	add(Computed, Health, CountField, "H.under18", "H.waiting")
	add(Typed, Health, CountField, "H.reached", "H.items")
	add(Typed, Officer, MoneyField, each("I.planned.", BudgetSources)...)
	add(Typed, Officer, MoneyField, each("I.spent.", BudgetSources)...)
	add(Typed, Officer, TextField, "K.difficulties", "K.proposals", "K.plans", "K.rewards")
	return list
}
