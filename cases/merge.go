package cases

// SourcesShown is the smallest number of independent reports that is told; below it
// nothing is, so that nobody learns whether two come from one person.
const SourcesShown = 3

// mergeable are the statuses in which a report can be put together with another:
// those in which it is the desk's own. What the police hold stays apart.
var mergeable = []Status{Received, Verifying, NeedInfo, Verified, Classified, Returned, Reopened}

// MayMerge tells whether one report may be counted with another: they are two, the
// other is open, and nothing urgent is put behind something that is not.
func MayMerge(one, into Case) error {
	switch {
	case one.Number.Stream != ReportStream || into.Number.Stream != ReportStream:
		return Fail(NotFound, "")
	case one.ID == into.ID:
		return Fail(NotAllowed, "error.merge.same")
	case into.Status.Final() || into.Erased:
		return Fail(NotAllowed, "error.merge.ended")
	case one.Urgent && !into.Urgent:
		return Fail(NotAllowed, "error.merge.urgent")
	}
	return nil
}

// MayPart tells whether a report may be taken out of another again: while that one is
// open. Later it takes two people, as for every report that has ended.
func MayPart(one Case) error {
	if one.MergedInto.IsZero() || one.Erased {
		return Fail(NotAllowed, "error.merge.none")
	}
	if one.MergedEnded {
		return Fail(NotAllowed, "error.merge.late")
	}
	return nil
}

// Sources is how many reports that tell of the same come from people who are certainly
// not the same, or 0 when that is not told. chats are the ways back of each report;
// counted leaves some of them out, see storage. A report without a way back counts for
// nobody, because it could come from anybody.
func Sources(chats [][]int64, counted func(i int) bool) int {
	seen, n := map[int64]bool{}, 0
	for i, of := range chats {
		fresh := len(of) > 0 && (i == 0 || counted(i))
		for _, chat := range of {
			fresh = fresh && !seen[chat]
		}
		if fresh {
			n++
			for _, chat := range of {
				seen[chat] = true
			}
		}
	}
	if n < SourcesShown {
		return 0
	}
	return n
}
