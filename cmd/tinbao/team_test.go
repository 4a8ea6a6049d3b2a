package main

// remind lets the reminders come whose time has come.
func (s *story) remind() {
	s.t.Helper()
	work(s.t, &remind{app: s.app})
	s.settle()
}

// closeHalfYears closes those that have ended; the job that comes by itself may do so at
// the same moment, and then one of the two has to look again.
func (s *story) closeHalfYears() {
	s.t.Helper()
	_, err := s.app.store.CloseHelpFigures(s.t.Context())
	if err != nil {
		_, err = s.app.store.CloseHelpFigures(s.t.Context())
	}
	if err != nil {
		s.t.Fatal(err)
	}
}
