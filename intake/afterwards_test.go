package intake

import (
	"context"

	"tinbao/cases"
)

// after is what a person said about a case that has ended.
type after struct {
	stars cases.Stars
	words string
	wish  string
	late  error // refuses everything; nil = it is taken
}

func (s *shelf) Rate(_ context.Context, _ cases.Stream, _ string, stars cases.Stars) error {
	if s.after.late == nil {
		s.after.stars = stars
	}
	return s.after.late
}

func (s *shelf) RateWords(_ context.Context, _ cases.Stream, _, text string) error {
	if s.after.late == nil {
		s.after.words = text
	}
	return s.after.late
}

func (s *shelf) AskAgain(_ context.Context, stream cases.Stream, _, text string, _ cases.Route) (cases.Case, error) {
	if s.after.late == nil {
		s.after.wish = text
	}
	return cases.Case{Number: cases.Number{Stream: stream, Year: 2026, Seq: 1}}, s.after.late
}
