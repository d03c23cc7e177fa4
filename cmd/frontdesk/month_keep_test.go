package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"frontdesk/bot/playground"
)

// keep writes what a supervisor got last into a folder, to be looked at: the digest
// and the report with their pictures, and the spreadsheet.
func (m *month) keep(dir string) {
	m.t.Helper()
	p := m.crew["supervisor/0"][0]
	m.taps(p, "button.week_sorts")
	write := func(name string, body []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o600); err != nil {
			m.t.Fatal(err)
		}
	}
	for _, message := range m.screens[p.ID()] {
		has := func(key string) bool { _, ok := m.ledger.reads(message.Text, key); return ok }
		name := ""
		switch {
		case has("digest.repairs"):
			name = "digest"
		case has("weekly.head"):
			name = "week"
		case has("weekly.sorts"):
			name = "sorts"
		case has("weekly.book"):
			write("week.xlsx", message.File.Body)
		}
		if name == "" {
			continue
		}
		write(name+".txt", []byte(asShown(*message)+"\n"))
		for _, photo := range message.Photos {
			file, err := m.channel.Fetch(context.Background(), photo)
			if err != nil {
				m.t.Fatal(err)
			}
			body, _ := io.ReadAll(file)
			write(name+".png", body)
		}
	}
}

func asShown(m playground.Message) string {
	return strings.ReplaceAll(shown(m, "〔照片〕", "〔文件 %s〕"), "\u00a0", " ")
}
