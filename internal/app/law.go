package app

import "context"

type AssessCmd struct{}

func (c *AssessCmd) Run(ctx context.Context, p *Program) error { return nil }

type PackCmd struct{}

func (c *PackCmd) Run(ctx context.Context, p *Program) error { return nil }
