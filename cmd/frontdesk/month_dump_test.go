package main

import (
	"fmt"
	"os"
	"strings"

	"frontdesk/bot/playground"
)

// dump writes all that was about a ticket, or all.
func (m *month) dump(path string) {
	f, _ := os.Create(path)
	defer f.Close()
	for _, e := range m.channel.LogSince(0) {
		text := e.Text
		if e.Kind == playground.Sent || e.Kind == playground.Edited || e.Kind == playground.Said {
			text = e.Message.Text
		}
		var labels []string
		for _, r := range e.Message.Buttons {
			for _, b := range r {
				labels = append(labels, b.Label)
			}
		}
		fmt.Fprintf(f, "%s %s %s/%s %q %q\n", e.At.In(m.zone).Format("01-02T15:04:05"), e.Kind, e.Chat.ID, e.Person, strings.ReplaceAll(text, "\n", " / "), labels)
	}
}
