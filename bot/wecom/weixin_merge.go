package wecom

import (
	"slices"

	"frontdesk/desk"
)

// Merge joins messages that wait for one person into as few as can be, in their
// order: five is all that the person can get. The texts stand below each other;
// the buttons of all of them are below the last, when they fit into one menu and
// nobody has to guess what each is about. A message with a file, and one that
// replaces another, stays by itself. What is joined has the key of its last
// message.
//
// It is pure and changes none of its arguments.
func (w *Weixin) Merge(list []desk.Drawn) []desk.Drawn { return Merge(list) }

// Merge is Weixin.Merge.
func Merge(list []desk.Drawn) []desk.Drawn {
	var out []desk.Drawn
	for _, m := range list {
		if len(out) > 0 {
			if joined, ok := join(out[len(out)-1], m); ok {
				out[len(out)-1] = joined
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// join makes one message of two, or says that they are better left two.
func join(a, b desk.Drawn) (desk.Drawn, bool) {
	if a.Edit != "" || b.Edit != "" || a.File != nil || b.File != nil {
		return desk.Drawn{}, false
	}
	m := b
	m.Silent = a.Silent && b.Silent
	m.Photos = slices.Concat(a.Photos, b.Photos)
	m.ReplyTo = ""
	switch {
	case cleanText(a.Text) == "":
		m.Text = b.Text
	case cleanText(b.Text) == "" || a.Text == b.Text:
		m.Text = a.Text
	default:
		m.Text = a.Text + "\n\n" + b.Text
	}
	m.Buttons = rowsOf(a.Buttons, b.Buttons)
	marks, err := cleanMarks(m.Buttons)
	switch {
	case err != nil, ambiguous(marks):
		return desk.Drawn{}, false
	case len(marks) > kfMaxItems && len(a.Buttons) > 0:
		return desk.Drawn{}, false
	case len(marks) > 0 && drawMenu(m.Text, marks) == nil && (drawable(a) || drawable(b)):
		return desk.Drawn{}, false // A menu to tap is worth a message.
	}
	return m, len(numbered(m.Text, marks, "")) <= MaxText
}

// ambiguous tells whether two buttons are called the same and do different things,
// such as the answers to the same question about two tickets.
func ambiguous(marks []desk.DrawnMark) bool {
	seen := map[string]bool{}
	for _, m := range marks {
		if seen[m.Label] {
			return true
		}
		seen[m.Label] = true
	}
	return false
}

// drawable tells whether a message has buttons that fit into a menu.
func drawable(m desk.Drawn) bool {
	marks, err := cleanMarks(m.Buttons)
	return err == nil && drawMenu(m.Text, marks) != nil
}

// rowsOf are the rows of two messages, a button that is in both only once.
func rowsOf(a, b [][]desk.DrawnMark) [][]desk.DrawnMark {
	var out [][]desk.DrawnMark
	seen := map[desk.DrawnMark]bool{}
	for _, row := range slices.Concat(a, b) {
		var kept []desk.DrawnMark
		for _, mark := range row {
			if !seen[mark] {
				seen[mark] = true
				kept = append(kept, mark)
			}
		}
		if len(kept) > 0 {
			out = append(out, kept)
		}
	}
	return out
}
