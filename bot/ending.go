package bot

import "tinbao/cases"

// ResultLines say what came of a case, and where it belongs, to the person who wrote.
func ResultLines(result cases.Result, w cases.Ward) []Text {
	key := "ended." + string(result.Ending)
	if result.Dest != "" {
		key = "ended.sent"
	}
	lines := []Text{T(key, "body", bodyName(result))}
	switch {
	case result.Body != nil:
		return append(lines, BodyLines(*result.Body)...)
	case result.Dest == "" && result.Ending == cases.EndElsewhere || result.Ending == cases.EndNamed:
		return append(lines, Reception(w))
	}
	return lines
}

// bodyName is the name of the body a case belongs to, or a word for one.
func bodyName(result cases.Result) Text {
	switch {
	case result.Body != nil:
		return Words(result.Body.Name)
	case result.Dest != "":
		return T("ended.dest." + string(result.Dest))
	}
	return T("ended.body.unnamed")
}

// BodyLines are the address, the hours, the number and the link of a body, as far as the
// ward has set them.
func BodyLines(b cases.Body) (lines []Text) {
	for _, part := range []struct{ key, value string }{{"place", b.Address}, {"hours", b.Hours}, {"phone", b.Phone}, {"link", b.Link}} {
		if part.value != "" {
			lines = append(lines, T("bodies."+part.key, part.key, Words(part.value)))
		}
	}
	return lines
}

// Reception leads to the reception desk of the ward, where no body is named.
func Reception(w cases.Ward) Text {
	reception := WordsOr(w.Reception, "guide.reception")
	if number := w.Phones["office"]; number != "" {
		return T("bodies.ask.phone", "reception", reception, "phone", number)
	}
	return T("bodies.ask", "reception", reception)
}
