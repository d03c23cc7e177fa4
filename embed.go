// Package frontdesk holds what the program carries along with it.
package frontdesk

import "embed"

// ExampleConfig is config.example.yaml: every key with its meaning. It loads as
// it is, and the demo plays on its site.
//
//go:embed config.example.yaml
var ExampleConfig []byte

// Guides are the documents that `frontdesk help` prints: guides/ROLE.md and the
// other pages for whoever runs a desk, the Chinese ones named .zh-CN.md.
//
//go:embed docs/*.md docs/guides/*.md
var Guides embed.FS
