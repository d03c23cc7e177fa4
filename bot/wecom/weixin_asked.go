package wecom

import (
	"strconv"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// ask notes what the buttons of a message choose, so that its numbers and labels
// are understood when they are written, and so that a press names its message.
func (w *Weixin) ask(tx *storage.Tx, d *kfDelivery) error {
	if len(d.options) == 0 {
		return nil
	}
	chat := desk.Address{Channel: WeixinName, ID: d.person}.String()
	return asked.Put(tx, Asked{Chat: chat, Ref: d.ref, Options: d.options, At: tx.Now()})
}

// understood turns a number or a label that somebody wrote into the press that
// they could have made, and gives a press the name of its message. Everything
// else stays as it is.
func understood(tx *storage.Tx, in desk.Input) (desk.Input, error) {
	if in.Kind != desk.InputPress && in.Kind != desk.InputText {
		return in, nil
	}
	row, found, err := asked.Get(tx, in.Address().String())
	if err != nil || !found {
		return in, err
	}
	number, label := chosenNumber(in.Text), strings.TrimSpace(desk.Fold(in.Text))
	for i, o := range row.Options {
		switch {
		case in.Kind == desk.InputPress && o.Data == in.Press.Data:
			in.Press.Ref = row.Ref
			return in, nil
		case in.Kind == desk.InputText && (number == i+1 || label == strings.TrimSpace(desk.Fold(o.Label))):
			in.Kind, in.Text, in.Command, in.Arg = desk.InputPress, o.Label, "", ""
			in.Press = &desk.Press{ID: pressID(in.From.ID, in.UpdateID), Data: o.Data, Ref: row.Ref}
			return in, nil
		}
	}
	return in, nil
}

// chosenNumber reads an answer that is only a number, as people write it: 2, 2.,
// ２、; 0 when it is none.
func chosenNumber(s string) int {
	s = strings.Trim(desk.Fold(s), " .,、。，")
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || len(s) > 2 {
		return 0
	}
	return n
}

// kfCommand finds a command at the start of a text: /find x, ／find x. A path
// such as /a/b is none.
func kfCommand(text string) (name, arg string) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(strings.Replace(strings.TrimSpace(text), "／", "/", 1)), "/")
	if !ok {
		return "", ""
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return !nameRune(r) || r == '-' })
	if end < 0 {
		end = len(rest)
	}
	name, arg = strings.ToLower(rest[:end]), rest[end:]
	if len(name) > 32 || strings.HasPrefix(arg, "/") {
		return "", ""
	}
	return name, strings.TrimSpace(arg)
}
