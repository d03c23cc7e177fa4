package main

// DemoCmd plays a day.
type DemoCmd struct {
	Play bool
	Seed int64
}

// Run plays.
func (cmd *DemoCmd) Run() error { return nil }
