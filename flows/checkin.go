package flows

import (
	"frontdesk/desk"
)

// CheckIn lets somebody who moves in say who they are by the roster of arrivals, and
// confirm the texts of the site. The keys come from who receives them. Whoever lives
// here already hears where they stand.
var CheckIn = Flow{
	Name: "checkin", Again: "checkin",
	Questions: []Question{
		{Name: "number", Text: true, MaxRunes: 60, When: asksWho, Check: checkNumber, Split: numberAndName},
		{Name: "name", Text: true, MaxRunes: 60, When: asksWho, Check: checkListedName},
		signed(desk.TextAgreement),
		signed(desk.TextSafety),
	},
	Done: func(c *Context, a Answers) (Outcome, error) {
		s, own := desk.OwnStay(c.World, c.Person)
		p := c.Person
		var out Outcome
		if own {
			out.Effects, p, s = desk.TieStay(c.World, p, s)
		} else {
			if a.Get("number") == "" {
				return Outcome{Say: desk.T("verify.many"), Buttons: askHuman()}, nil
			}
			effects, now, stay, result := desk.ClaimStay(c.World, p, a.Get("number"), a.Get("name"))
			if result != desk.VerifyDone {
				return notOnRoster(effects, now, result), nil
			}
			out.Effects, p, s = effects, now, stay
		}
		var ids []string
		for _, id := range []string{desk.TextAgreement, desk.TextSafety} {
			if a.Get(id) == "yes" {
				ids = append(ids, id)
			}
		}
		confirmed, s := desk.Confirm(c.World, s, p, ids...)
		out.Effects.Add(confirmed)
		out.Say, out.Buttons = standsNow(c, s)
		return out, nil
	},
}

// asksWho tells whether it is still to be asked who somebody is.
func asksWho(c *Context, _ Answers) bool {
	_, own := desk.OwnStay(c.World, c.Person)
	spent := c.Person.Tries >= desk.VerifyTries && c.Person.TriedOn == desk.DateOf(c.World.Now(), c.site().Zone)
	return !own && !spent
}

// stayOf is the stay that the answers so far lead to.
func stayOf(c *Context, a Answers) (desk.Stay, bool) {
	if s, ok := desk.OwnStay(c.World, c.Person); ok {
		return s, true
	}
	if a.Get("number") == "" || a.Get("name") == "" {
		return desk.Stay{}, false
	}
	s, ok := desk.StayNamed(c.World, c.Person, a.Get("number"), a.Get("name"))
	if other, known := c.World.Person(s.Person); known && s.Person != "" && other.ID != c.Person.ID {
		return desk.Stay{}, false
	}
	return s, ok
}

// signed shows a text of the site until its present version is confirmed.
func signed(id string) Question {
	return Question{
		Name: id,
		When: func(c *Context, a Answers) bool {
			version := c.site().CheckIn.Signed(id).Version
			s, ok := stayOf(c, a)
			return version != "" && ok && !s.Confirmed(id, version)
		},
		Ask: func(c *Context, _ Answers) desk.Text {
			return desk.Lines(desk.T("label", "label", c.site().CheckIn.Signed(id).Text), desk.T("checkin.confirm"))
		},
		Options: choices(Option{Key: "yes", Label: desk.T("option.agree"), Words: []string{"同意", "确认", "已读", "agree", "yes", "ok"}}),
	}
}

// notOnRoster is what somebody is told whom the roster does not have: always the
// same, so that nobody learns whether a number exists.
func notOnRoster(effects desk.Effects, p desk.Person, result desk.VerifyResult) Outcome {
	out := Outcome{Effects: effects, Buttons: askHuman()}
	left := desk.VerifyTries - p.Tries
	switch {
	case result == desk.VerifyTaken:
		out.Say = desk.T("verify.taken")
	case result == desk.VerifyMany || left <= 0:
		out.Say = desk.T("verify.many")
	default:
		out.Say = desk.T("checkin.not_listed", "left", left)
		out.Buttons = [][]desk.Button{desk.Row(
			desk.Button{Label: desk.T("option.again"), Data: desk.CommandData("checkin")}, askHuman()[0][0])}
	}
	return out
}

// standsNow says to somebody how far their moving in is, and what comes next.
func standsNow(c *Context, s desk.Stay) (desk.Text, [][]desk.Button) {
	place := c.site().PlaceLabel(s.Place)
	switch {
	case s.State == desk.StayExpected:
		return desk.T("checkin.ready", "name", s.Name, "place", place, "bed", s.BedText(), "from", s.From), nil
	case s.ConditionBy.IsZero() || !s.ConditionAt.IsZero() || !c.World.Now().Before(s.ConditionBy):
		return desk.T("checkin.lives", "name", s.Name, "place", place, "bed", s.BedText(), "in", s.InAt), nil
	}
	return desk.Lines(desk.T("checkin.lives", "name", s.Name, "place", place, "bed", s.BedText(), "in", s.InAt),
		desk.T("checkin.condition", "by", s.ConditionBy)), conditionRow(s)
}

func conditionRow(s desk.Stay) [][]desk.Button {
	return [][]desk.Button{desk.Row(
		desk.Button{Label: desk.T("button.condition"), Data: desk.CheckInData("c." + s.ID)},
		desk.Button{Label: desk.T("button.all_sound"), Data: desk.CheckInData("o." + s.ID)})}
}
