package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// LogCase files a complaint, a suggestion or praise for a caller; the answer "kind"
// says which. It is as secret as one that they file themselves: whoever types it in
// does not see it afterwards, unless they may know of it.
var LogCase = Flow{
	Name: "log_case", Photos: true, Words: true, Again: "log",
	May: Log.May,
	Questions: []Question{
		{Name: "kind", Options: caseKinds, PerRow: 3},
		{Name: "caller", Text: true, MaxRunes: 60, Contact: true, Check: checkCaseCaller, Topic: topic("caller"),
			Options: choices(Option{Key: nameless, Label: desk.T("option.nameless"), Words: []string{"匿名", "不说", "anonymous"}})},
		{Name: "type", Options: caseTypes, PerRow: 3, When: isCase(desk.KindComplaint), Topic: topic("type")},
		{Name: "about", PerRow: 3, When: isCase(desk.KindComplaint, desk.KindPraise), Topic: topic("about"),
			Options: func(c *Context, a Answers) []Option {
				if a.Get("kind") == desk.KindPraise {
					return aboutOptions(desk.AboutPerson, desk.AboutTeam)(c, a)
				}
				return aboutOptions(desk.AboutTeam, desk.AboutPerson, desk.AboutPlace, desk.AboutService, desk.AboutOther)(c, a)
			}},
		teamQuestion("log_case", true),
		{Name: "who", Text: true, MaxRunes: 200, When: isAbout(desk.AboutPerson), Topic: topic("who")},
		casePlace(),
		{Name: "service", Options: services, PerRow: 3, When: isAbout(desk.AboutService), Topic: topic("service")},
		{Name: "what", Text: true, Topic: topic("what")},
		callerMoment(),
		{Name: "name", PerRow: 2, Topic: topic("name"),
			When: func(_ *Context, a Answers) bool {
				return a.Get("kind") == desk.KindComplaint && a.Get("caller") != nameless
			},
			Options: choices(
				Option{Key: "named", Label: desk.T("option.named"), Words: []string{"实名", "with their name"}},
				Option{Key: nameless, Label: desk.T("option.anonymous"), Words: []string{"不留名", "保密", "anonymously"}},
			)},
		{Name: "confirm", Confirm: true},
	},
	Summary: func(c *Context, a Answers) desk.Text {
		from := desk.T("confirm.caller", "caller", desk.Literal(a.Get("caller")))
		if anonymously(a) {
			from = desk.T("confirm.caller_nameless")
		}
		what := desk.T("confirm.suggestion")
		switch a.Get("kind") {
		case desk.KindComplaint:
			what = desk.T("confirm.complaint", "type", desk.T("option.type_"+a.Get("type")), "about", aboutText(c, a))
		case desk.KindPraise:
			what = desk.T("confirm.praise", "about", aboutText(c, a))
		}
		return desk.Lines(from, what, desk.T("confirm.words", "words", short(strings.Join(strings.Fields(caseWords(a)), " "), 60)), momentText(c, a), filesText(c))
	},
	Done: logCase,
}

// nameless is the answer of a caller who gives no name.
const nameless = "anonymous"

// anonymously tells whether the caller stays unknown.
func anonymously(a Answers) bool { return a.Get("caller") == nameless || a.Get("name") == nameless }

func isCase(kinds ...string) func(*Context, Answers) bool {
	return func(_ *Context, a Answers) bool { return slices.Contains(kinds, a.Get("kind")) }
}

// caseKinds are what can be filed beside repairs and requests.
func caseKinds(*Context, Answers) []Option {
	return []Option{
		{Key: desk.KindComplaint, Label: desk.T("option.case_complaint"), Words: []string{"投诉", "complain"}},
		{Key: desk.KindSuggestion, Label: desk.T("option.case_suggestion"), Words: []string{"意见", "建议", "suggest"}},
		{Key: desk.KindPraise, Label: desk.T("option.case_praise"), Words: []string{"表扬"}},
	}
}

// isCaseKind tells whether an answer is one of caseKinds.
func isCaseKind(value string) bool {
	return value == desk.KindComplaint || value == desk.KindSuggestion || value == desk.KindPraise
}

func checkCaseCaller(c *Context, a Answers, value string) (string, error) {
	if value == nameless {
		return value, nil
	}
	return checkCaller(c, a, value)
}

// callerMoment asks when it was, of a complaint.
func callerMoment() Question {
	q := momentQuestion()
	when := q.When
	q.When = func(c *Context, a Answers) bool { return a.Get("kind") == desk.KindComplaint && when(c, a) }
	return q
}

// logCase files it. Of a caller who stays unknown nothing is kept that is not kept
// already: whom the desk knows by the number is sealed, and whom it does not know
// has to phone again to hear the answer.
func logCase(c *Context, a Answers) (Outcome, error) {
	p, known := desk.Person{}, false
	if a.Get("caller") != nameless {
		p, known = caller(c, a)
	}
	var out Outcome
	d := caseDraft(c, a, a.Get("kind"))
	d.Anonymous, d.Type, d.FiledBy = anonymously(a), a.Get("type"), c.Person.ID
	if !known {
		p = desk.Person{ID: c.World.NewID(), Lang: c.Lang, Created: c.World.Now()}
		if !d.Anonymous {
			p.Name, p.Phone = splitCaller(a.Get("caller"))
		}
		out.Effects.People = append(out.Effects.People, p)
	}
	if !d.Anonymous {
		verified, same, _, err := desk.VerifyByPhone(c.World, p)
		if err != nil {
			return Outcome{}, err
		}
		out.Effects.Add(verified)
		p = same
	}
	d.Requester = p.ID
	effects, t := desk.OpenCase(c.World, d)
	out.Effects.Add(effects)
	say := desk.T("log.case_say", "receipt", desk.CaseReceipt(c.World, t))
	if d.Anonymous && !known {
		say = desk.Lines(say, desk.T("log.nameless_say"))
	}
	out.Say = desk.Lines(desk.T("log.read"), say)
	out.Buttons = [][]desk.Button{desk.Row(desk.Button{Label: desk.T("option.log_next"), Data: desk.CommandData("log")})}
	return out, nil
}
