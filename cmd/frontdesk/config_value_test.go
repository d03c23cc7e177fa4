package main

import "go.yaml.in/yaml/v3"

// scalarValue is a value as it would stand in line 1.
func scalarValue(c *checker, s string) value {
	return value{c: c, path: "key", line: 1, node: &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}}
}
