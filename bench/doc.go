// Package bench measures what a turn of a conversation costs: see README.md.
package bench
