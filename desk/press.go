package desk

import "strings"

// What a button carries. It is a short token and is never trusted: who presses
// and what is allowed is checked each time.
//
//	t|<ticket>|<action>|<arg>   an action on a ticket
//	m|<ticket>|<menu>           open a menu on the pressed post
//	s|<flow>|<ticket>|<arg>     start a conversation about a ticket
//	v|<ticket>                  look at a ticket
//	f|<conversation>.<count>|<option>  answer a question (package flows)
//	c|<command>                 the same as the command
//	e|<alarm>|<what>            danger: send somebody, what it is, where, or nothing happened
//	g|<ladder>|<what>           an emergency: somebody comes
//	y|<sentence>|<intent>       teach what a sentence means
//	j|<what>|<person>           join two accounts of one person

// PressData is the data of a button that acts on a ticket.
func PressData(ticket string, a Action, arg string) string {
	s := "t|" + ticket + "|" + string(a)
	if arg != "" {
		s += "|" + arg
	}
	return s
}

// MenuData opens a menu on the post that is pressed.
func MenuData(ticket, menu string) string { return "m|" + ticket + "|" + menu }

// StartData starts a conversation about a ticket.
func StartData(flow, ticket string) string { return "s|" + flow + "|" + ticket }

// LookData shows a ticket.
func LookData(ticket string) string { return "v|" + ticket }

// CommandData does what the command does.
func CommandData(command string) string { return "c|" + command }

// AlarmData answers whether there is danger.
func AlarmData(alarm, what string) string { return "e|" + alarm + "|" + what }

// LadderData answers a call to an emergency.
func LadderData(ladder, what string) string { return "g|" + ladder + "|" + what }

// TeachData says what a sentence means.
func TeachData(sentence, what string) string { return "y|" + sentence + "|" + what }

// SplitData takes a button's data apart; the missing parts are empty.
func SplitData(data string) (kind string, parts [3]string) {
	list := strings.SplitN(data, "|", 4)
	copy(parts[:], list[1:])
	return list[0], parts
}

// lookButtons offer the ticket to be looked at.
func lookButtons(t Ticket) [][]Button {
	return [][]Button{Row(Button{Label: T("button.look"), Data: LookData(t.ID)})}
}
