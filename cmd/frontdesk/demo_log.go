package main

import (
	"context"
	"log/slog"
	"sync/atomic"
)

// loudest passes log lines on and counts those of the level error: on a good day
// there is none.
type loudest struct {
	slog.Handler
	errors atomic.Int64
	parent *loudest
}

// Handle implements slog.Handler.
func (l *loudest) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelError {
		top := l
		for top.parent != nil {
			top = top.parent
		}
		top.errors.Add(1)
	}
	return l.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (l *loudest) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &loudest{Handler: l.Handler.WithAttrs(attrs), parent: l}
}

// WithGroup implements slog.Handler.
func (l *loudest) WithGroup(name string) slog.Handler {
	return &loudest{Handler: l.Handler.WithGroup(name), parent: l}
}
