package locale

// enFields are the English texts of the fields of the report.
var enFields = map[string]string{
	"group.A": "A. Direction", "group.B": "B. Communication", "group.C": "C. Training", "group.D": "D. Information received and handled",
	"group.E": "E. Establishments", "group.F": "F. Results of handling", "group.G": "G. Areas", "group.H": "H. Support and harm reduction",
	"group.I": "I. Budget", "group.K": "K. Remarks and proposals",

	"origin.computed": "by the system", "origin.typed": "typed in", "origin.mark.computed": "⚙️", "origin.mark.typed": "✍️",
	"fieldtype.count": "count", "fieldtype.money": "money (VND)", "fieldtype.yesno": "yes/no", "fieldtype.ratio": "ratio", "fieldtype.text": "text",

	"field.A.documents": "Documents and plans issued", "field.A.meetings": "Meetings", "field.A.taskforce": "Joint task force set up",

	"field.B.sessions": "Communication sessions", "field.B.sessions.direct": "Of these: in person", "field.B.sessions.broadcast": "Of these: by loudspeaker",
	"field.B.sessions.digital": "Of these: digital platforms, website", "field.B.sessions.social": "Of these: social networks", "field.B.sessions.school": "Of these: in schools",
	"field.B.attendance": "Attendance", "field.B.attendance.residents": "Of these: residents", "field.B.attendance.pupils": "Of these: pupils",
	"field.B.attendance.premises": "Of these: owners and staff of establishments", "field.B.leaflets": "Leaflets handed out", "field.B.regular": "A regular form of communication is kept up",

	"field.C.staff": "Staff in this work", "field.C.updated": "Staff whose knowledge was updated", "field.C.city": "Staff at courses of the City",
	"field.C.ratio": "Share of staff updated in the year",

	"field.D.received": "Information received", "field.D.received.phan_anh": "Of these: feedback", "field.D.received.tin_bao": "Of these: crime reports (tin báo)",
	"field.D.received.to_giac": "Of these: crime denunciations (tố giác)", "field.D.received.kien_nghi": "Of these: petitions", "field.D.received.khieu_nai": "Of these: complaints",
	"field.D.received.noi_dung_tc": "Of these: denunciation content", "field.D.received.unnamed": "Of these: not classified yet",
	"field.D.verified": "Verified", "field.D.classified": "Classified", "field.D.forwarded": "Forwarded for handling", "field.D.handled": "Handled with a result",
	"field.D.late": "Late", "field.D.open": "Open, carried over", "field.D.outofscope": "Out of competence", "field.D.duplicates": "Duplicates",
	"field.D.invalid": "Invalid", "field.D.withdrawn": "Withdrawn by the sender",
	"field.D.ratio.received": "Share received", "field.D.ratio.verified": "Share verified", "field.D.ratio.classified": "Share classified",
	"field.D.ratio.forwarded": "Share forwarded for handling", "field.D.ratio.ontime": "Share on time",

	"field.E.register": "Establishments on the register", "field.E.closed": "Establishments closed down", "field.E.security": "Establishments under security conditions",
	"field.E.vulnerable": "Establishments easily misused", "field.E.reviewed": "Establishments reviewed in the year", "field.E.visits": "Inspections in the period",
	"field.E.inspected": "Establishments inspected at least once since 01/01/2026", "field.E.coverage": "Share inspected at least once since 01/01/2026",
	"field.E.commitments": "Establishments with a signed commitment", "field.E.violations": "Inspections that found a violation",

	"field.F.administrative": "Cases handled administratively", "field.F.persons": "Persons handled administratively", "field.F.persons.buying": "Of these: buying sex",
	"field.F.persons.selling": "Of these: selling sex", "field.F.persons.other": "Of these: other acts", "field.F.decisions": "Decisions on fines",
	"field.F.fines": "Fines in all", "field.F.licences": "Licences withdrawn or suspended", "field.F.transferred": "Cases passed to investigators", "field.F.prosecuted": "Cases prosecuted",
	"field.F.accused": "Persons accused", "field.F.minors": "Cases with people under 18", "field.F.trafficking": "Cases with signs of trafficking",

	"field.G.start": "Hot spots at the start", "field.G.new": "New hot spots", "field.G.cleared": "Hot spots turned around", "field.G.left": "Hot spots at the end",
	"field.G.watched": "Areas watched",

	"field.H.requests": "Requests for support", "field.H.service.health": "Health checks, HIV, sexually transmitted infections", "field.H.service.counsel": "Counselling",
	"field.H.service.legal": "Legal aid", "field.H.service.training": "Vocational training", "field.H.service.job": "Referral to work", "field.H.service.livelihood": "Livelihood",
	"field.H.service.social": "Social security", "field.H.referrals.sent": "Referrals made", "field.H.referrals.accepted": "Referrals accepted",
	"field.H.referrals.declined": "Referrals not accepted", "field.H.referrals.completed": "Referrals completed",
	"field.H.outcome.helped": "Outcome: was helped", "field.H.outcome.going_on": "Outcome: goes on", "field.H.outcome.out_of_reach": "Outcome: could not be reached",
	"field.H.outcome.stopped": "Outcome: the person wished to stop", "field.H.under18": "People under 18", "field.H.waiting": "Waiting to be contacted",
	"field.H.reached": "People reached on harm reduction", "field.H.items": "Items of harm reduction handed out",

	"field.I.planned.ward": "Granted: ward budget", "field.I.planned.combined": "Granted: combined programmes", "field.I.planned.raised": "Granted: raised",
	"field.I.spent.ward": "Spent: ward budget", "field.I.spent.combined": "Spent: combined programmes", "field.I.spent.raised": "Spent: raised",

	"field.K.difficulties": "Difficulties", "field.K.proposals": "Proposals", "field.K.plans": "Plans for the next period", "field.K.rewards": "Praise and rewards",
}
