package main

import "errors"

func (s *story) sendFile(id int64, what string) error { return errors.New("later") }
