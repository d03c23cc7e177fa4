// Package frontdesk holds what the program carries along with it.
package frontdesk

import _ "embed"

// ExampleConfig is config.example.yaml: every key with its meaning. It loads as
// it is, and the demo plays on its site.
//
//go:embed config.example.yaml
var ExampleConfig []byte
