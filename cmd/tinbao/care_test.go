package main

// care lets the job that asks and reminds run once.
func (s *story) care() {
	s.t.Helper()
	if err := (&care{app: s.app}).Work(s.t.Context(), nil); err != nil {
		s.t.Fatal(err)
	}
	s.settle()
}
