package main

// care lets the job that asks and reminds run once.
func (s *story) care() {
	s.t.Helper()
	work(s.t, &care{app: s.app})
	s.settle()
}
