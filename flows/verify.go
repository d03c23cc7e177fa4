package flows

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/desk"
)

// Verify asks a resident who they are by the residents' list: the number and
// the name. Neither answer is judged alone, so that nobody learns whether a
// number exists. A report that had to wait for it goes on afterwards.
var Verify = Flow{
	Name: "verify", Again: "verify",
	Questions: []Question{
		{Name: "number", Text: true, Contact: true, MaxRunes: 60, When: canVerify, Check: checkOwnNumber, Split: numberAndName},
		{Name: "name", Text: true, MaxRunes: 60, When: canVerify, Check: checkListedName},
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		switch r, ok := desk.Entitled(c.World, c.Person); {
		case ok:
			return Outcome{Say: desk.T("verify.already", "name", r.Name, "room", roomText(c, r))}, nil
		case !c.World.Listed():
			return Outcome{Say: desk.T("verify.no_list")}, nil
		case !canVerify(c, a):
			return Outcome{Say: desk.T("verify.many"), Buttons: askHuman()}, nil
		}
		effects, p, result, err := desk.Verify(c.World, c.Person, a.Get("number"), a.Get("name"))
		out := Outcome{Effects: effects}
		switch result {
		case desk.VerifyDone:
			c.Person = p
			r, _ := c.World.Resident(p.Number)
			out.Say = desk.T("verify.done", "name", p.Name, "room", roomText(c, r))
			out.Next, out.Prefilled = a.Get("then"), waiting(a)
		case desk.VerifyTaken:
			out.Say, out.Buttons = desk.T("verify.taken"), askHuman()
		default:
			left := desk.VerifyTries - p.Tries
			out.Say, out.Buttons = desk.T("verify.wrong", "left", left), [][]desk.Button{
				desk.Row(desk.Button{Label: desk.T("option.again"), Data: desk.CommandData("verify")}, askHuman()[0][0]),
			}
			if left <= 0 {
				out.Say, out.Buttons = desk.T("verify.many"), askHuman()
			}
		}
		return out, err
	},
}

// canVerify tells whether there is anything to ask: a list, on which the person
// is not yet, and attempts that are left today.
func canVerify(c *Context, _ Answers) bool {
	_, ok := desk.Entitled(c.World, c.Person)
	spent := c.Person.Tries >= desk.VerifyTries && c.Person.TriedOn == desk.DateOf(c.World.Now(), c.site().Zone)
	return c.World.Listed() && !ok && !spent
}

// roomText is the room that the list has for an entry, if it has one.
func roomText(c *Context, r desk.Resident) desk.Text {
	if r.Room == "" {
		return desk.Text{}
	}
	return desk.T("verify.room", "place", c.site().PlaceLabel(r.Room))
}

func askHuman() [][]desk.Button {
	return [][]desk.Button{desk.Row(desk.Button{Label: desk.T("button.cmd_human"), Data: desk.CommandData("human")})}
}

// numberAndName takes apart what names both: 20230001 王小明, in either order.
func numberAndName(value string) (number string, rest map[string]string) {
	words := strings.FieldsFunc(value, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",,、;;", r) })
	digit := func(word string) bool { return strings.ContainsFunc(word, unicode.IsDigit) }
	last := len(words) - 1
	switch {
	case last < 1 || slices.ContainsFunc(words[1:last], digit) || digit(words[0]) == digit(words[last]):
		return value, nil
	case digit(words[0]):
		return words[0], map[string]string{"name": strings.Join(words[1:], " ")}
	}
	name := strings.Join(words[:last], " ")
	if slices.ContainsFunc(numberLeads, func(lead string) bool { return strings.Contains(desk.Fold(name)+" ", lead) }) {
		return value, nil // 学号 20230001
	}
	return words[last], map[string]string{"name": name}
}

// numberLeads may stand before a number.
var numberLeads = []string{"我的", "学号", "工号", "编号", "my ", "student ", "staff ", "number", "id ", "is ", "no."}

// checkNumber takes the number out of what is said: 学号 20230001.
func checkNumber(_ *Context, _ Answers, value string) (string, error) {
	folded := strings.TrimSpace(desk.Fold(value))
	for {
		rest := strings.TrimLeft(folded, " :是#")
		for _, lead := range numberLeads {
			rest = strings.TrimPrefix(rest, lead)
		}
		if rest == folded {
			break
		}
		folded = rest
	}
	number := desk.NumberKey(strings.TrimRight(folded, "。.!"))
	if number == "" || utf8.RuneCountInString(number) > 32 || !strings.ContainsFunc(number, func(r rune) bool { return r >= '0' && r <= '9' || letter(r) }) {
		return "", desk.Refuse("verify.bad_number")
	}
	return number, nil
}

// checkOwnNumber takes a number, or the person's own card: if its phone number
// and their name were on the list they are verified by now, and nothing more is
// asked.
func checkOwnNumber(c *Context, a Answers, value string) (string, error) {
	if c.Input.Kind != desk.InputContact {
		return checkNumber(c, a, value)
	}
	if _, ok := desk.Entitled(c.World, c.Person); !ok {
		return "", desk.Refuse("verify.bad_phone")
	}
	return value, nil
}

// checkListedName is checkName without the name that the channel shows: an
// answer of one word means that word.
func checkListedName(c *Context, a Answers, value string) (string, error) {
	if value == "shown" {
		return value, nil
	}
	return checkName(c, a, value)
}

// then begins the names of what a report knows while it waits for Verify.
const then = "then_"

// verifyFirst turns a report that has to wait into the answers of Verify, and
// waiting turns them back.
func verifyFirst(flow string, a Answers) map[string][]string {
	kept := map[string][]string{"then": {flow}}
	for name, values := range a {
		if name != "confirm" {
			kept[then+name] = values
		}
	}
	return kept
}

func waiting(a Answers) map[string][]string {
	kept := map[string][]string{}
	for name, values := range maps.All(a) {
		if rest, ok := strings.CutPrefix(name, then); ok {
			kept[rest] = values
		}
	}
	return kept
}

// heldBack is what an unverified person with too many open tickets is told; ok
// says that they are one. What is urgent is never held back.
func heldBack(c *Context, flow string, a Answers) (Outcome, bool) {
	if a.Get("confirm") == "urgent" || urgentAlready(c, a) || !desk.Unverified(c.World, c.Person) {
		return Outcome{}, false
	}
	open := 0
	for _, t := range c.World.TicketsOf(c.Person.ID, 50) {
		if t.State.Open() && t.Case == nil {
			open++
		}
	}
	if open < desk.UnverifiedLimit {
		return Outcome{}, false
	}
	out := Outcome{Say: desk.T("verify.limit", "limit", desk.UnverifiedLimit)}
	if canVerify(c, a) {
		out.Next, out.Prefilled = Verify.Name, verifyFirst(flow, a)
		return out, true
	}
	out.Buttons = askHuman()
	return out, true
}
