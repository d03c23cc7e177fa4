package main

import (
	"fmt"
	"strings"

	"frontdesk/bot/playground"
	"frontdesk/desk"
)

// print prints what the channel received since the last time: what people did
// (▸), what the desk said (◂), changed in place (✎) or replied to a card (↩), and
// in brackets what only the presser saw. It tells whether there was anything.
func (d *demo) print() (grew bool) {
	log := d.channel.Log()
	for i, e := range log[d.printed:] {
		at := e.At.In(d.zone)
		if n := d.printed + i; n == 0 || log[n-1].At.In(d.zone).YearDay() != at.YearDay() {
			fmt.Fprintf(d.out, "\n== %s ==\n", at.Format("2006-01-02"))
		}
		if said := d.said(e); said != "" {
			head := at.Format("15:04") + " " + d.where(e) + " "
			fmt.Fprintln(d.out, head+strings.ReplaceAll(said, "\n", "\n"+strings.Repeat(" ", 8)))
		}
	}
	grew = len(log) > d.printed
	d.printed = len(log)
	return grew
}

// where says in which chat, and who acted there.
func (d *demo) where(e playground.Entry) string {
	who := d.channel.Title(desk.Address{Channel: playground.Name, ID: e.Person})
	switch {
	case !d.isGroup(e.Chat):
		return d.channel.Title(e.Chat)
	case e.Person == "":
		return "[" + d.channel.Title(e.Chat) + "]"
	}
	return "[" + d.channel.Title(e.Chat) + "] " + who
}

func (d *demo) isGroup(a desk.Address) bool {
	return a == d.engineering || a == d.cleaning || a == d.security
}

func (d *demo) said(e playground.Entry) string {
	switch e.Kind {
	case playground.Sent:
		mark := "◂ "
		if e.Message.ReplyTo != "" {
			mark = "↩ "
		}
		return mark + d.shown(e.Message)
	case playground.Edited:
		return "✎ " + d.shown(e.Message)
	case playground.Answered:
		switch {
		case e.URL != "":
			return "(→ " + e.URL + ")"
		case e.Text != "":
			return "(" + e.Text + ")"
		}
		return ""
	case playground.Said:
		mark := "▸ "
		if e.Message.ReplyTo != "" {
			mark = "▸↩ "
		}
		return mark + d.shown(e.Message)
	case playground.Pressed:
		return "▸ [" + e.Text + "]"
	}
	return "+ " + d.inStaff("服务台", "the desk")
}

// shown is a message with its photos, its file and its buttons.
func (d *demo) shown(m playground.Message) string {
	return shown(m, d.inStaff("〔照片〕", "[photo] "), d.inStaff("〔文件 %s〕", "[file %s]"))
}

func shown(m playground.Message, photo, file string) string {
	lines := []string{}
	if m.Text != "" {
		lines = append(lines, m.Text)
	}
	if len(m.Photos) > 0 {
		lines = append(lines, strings.TrimSpace(strings.Repeat(photo, len(m.Photos))))
	}
	if m.File != nil {
		lines = append(lines, fmt.Sprintf(file, m.File.Name))
	}
	for _, row := range m.Buttons {
		var labels []string
		for _, b := range row {
			labels = append(labels, "["+b.Label+"]")
		}
		lines = append(lines, strings.Join(labels, " "))
	}
	return strings.Join(lines, "\n")
}
