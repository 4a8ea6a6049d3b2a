package main

import (
	"context"

	"tinbao/telegramsim"
)

func demoPeople() []telegramsim.User { return nil }

func (d *demo) seed(ctx context.Context, s settings) error { return nil }
