package wecom

import (
	"frontdesk/desk"
)

// event reads what happened. It returns false when it is nothing for the desk.
// https://developer.work.weixin.qq.com/document/path/90240
func (n *notice) event(event string, root *element) bool {
	key := root.at("EventKey")
	switch event {
	case "click": // an entry of the menu, whose key is a command as people write it
		if key == "" {
			return false
		}
		say(&n.in, key)
		return n.in.Kind == desk.InputText
	case "template_card_event", "template_card_menu_event":
		return n.press(key, root)
	case "enter_agent":
		n.in.Kind, n.in.Arg = desk.InputEntered, key
	case "subscribe":
		n.in.Kind = desk.InputReturned
	case "unsubscribe":
		n.in.Kind = desk.InputBlocked
	default:
		return false
	}
	return true
}

// press reads a button of a card, or an entry of the menu in its corner. A card
// that offers a choice tells the chosen option beside the key of its button:
// when it is one, it is what was pressed.
func (n *notice) press(key string, root *element) bool {
	if selected := chosenIDs(root.child("SelectedItems")); len(selected) == 1 {
		key = selected[0]
	}
	if key == "" || key == settledKey {
		return false
	}
	n.taskID, n.code = root.at("TaskId"), root.at("ResponseCode")
	n.in.Kind, n.in.Ref = desk.InputPress, n.taskID
	n.in.Press = &desk.Press{ID: pressName(n.in), Data: key, Ref: n.taskID}
	return true
}

// pressName names a press so that it can be answered: by the member and the
// callback that it came with.
func pressName(in desk.Input) string { return in.From.ID + "/" + in.UpdateID }

// chosenIDs are the ids of all options that were chosen.
func chosenIDs(items *element) []string {
	if items == nil {
		return nil
	}
	var ids []string
	for _, item := range items.children {
		options := item.child("OptionIds")
		if options == nil {
			continue
		}
		for _, o := range options.children {
			if o.text != "" {
				ids = append(ids, o.text)
			}
		}
	}
	return ids
}
