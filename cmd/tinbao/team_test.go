package main

// remind lets the reminders come whose time has come.
func (s *story) remind() {
	s.t.Helper()
	if err := (&remind{app: s.app}).Work(s.t.Context(), nil); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}
