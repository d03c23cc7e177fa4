package wecom

import (
	"slices"

	"frontdesk/desk"
	"frontdesk/storage"
)

// ask notes what the buttons of a message choose, so that its labels, and numbers
// where they are shown, are understood when they are written, and so that a press
// names its message.
func (w *Weixin) ask(tx *storage.Tx, d *kfDelivery) error {
	if len(d.options) == 0 {
		return nil
	}
	chat := desk.Address{Channel: WeixinName, ID: d.person}.String()
	return asked.Put(tx, Asked{Chat: chat, Ref: d.ref, Options: d.options, Numbered: d.numbered, At: tx.Now()})
}

// understood turns a number or a label that somebody wrote into the press that
// they could have made, and gives a press the name of its message. Everything
// else stays as it is.
func understood(tx *storage.Tx, in desk.Input) (desk.Input, error) {
	if in.Kind == desk.InputText {
		return choose(tx, in)
	}
	if in.Press == nil {
		return in, nil
	}
	row, found, err := asked.Get(tx, in.Address().String())
	if found && slices.ContainsFunc(row.Options, func(o Option) bool { return o.Data == in.Press.Data }) {
		press := *in.Press
		press.Ref = row.Ref
		in.Press = &press
	}
	return in, err
}
