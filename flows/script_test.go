package flows

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"frontdesk/desk"
	"frontdesk/locale"
)

// A dialogue is a file with one step a line:
//
//	-- person name=王五 shown=Wang home=3-502 lang=de role=operator
//	-- ticket taken           a ticket of the person (or that they have taken)
//	-- called                 finished work about which they should phone
//	-- case complaint         a complaint of somebody, before the duty manager
//	-- meeting                the person is in the chair of one with three points
//	-- outage water           a work runs in building 3
//	-- work                   the desk is asked about one
//	-- start repair place=3-502
//	> 3栋502 || Building 3, 502      words, in both languages if they differ
//	> [leak]                  the button of that option in the last message
//	> [leak]@2                the same button of the second prompt: an old one
//	> <photo a> caption       also <photo a album=x>, <voice>, <sticker>, ...
//	> /my                     a command
//	-- round round at=0       they walk a round, and are at its first place
//	-- residents              there is a residents' list
//	-- arrivals               there is a roster of arrivals; with in the person lives here
//	-- claimed number=1       another record has the entry
//	-- open 2                 the person has open tickets
//	-- restart                the program starts again
//	-- wait 1h                time passes, and what is due happens
//	-- at 22:30               the time of day
//	# a remark
//
// What the desk answers is written below the steps, in each language.
type dialogue struct {
	t       testing.TB
	lang    string
	texts   *locale.Catalog
	w       *fakeWorld
	person  string
	tokens  []map[string]string // option to data, by prompt
	out     strings.Builder
	turns   []string // what is compared between languages
	updates int
}

func newDialogue(t testing.TB, lang string) *dialogue {
	t.Helper()
	d := &dialogue{t: t, lang: lang, w: newWorld(t), person: "wang"}
	d.texts = catalogue(t)
	d.w.people["wang"] = desk.Person{ID: "wang", Name: "王五", Lang: lang, Addresses: []desk.Address{{Channel: "test", ID: "7"}}}
	return d
}

// loadTexts reads the texts once.
var loadTexts = sync.OnceValues(func() (*locale.Catalog, error) {
	return locale.Load(time.FixedZone("CST", 8*60*60), nil)
})

func catalogue(t testing.TB) *locale.Catalog {
	t.Helper()
	texts, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

func (d *dialogue) context(in desk.Input) *Context {
	p := d.w.people[d.person]
	return &Context{
		World: d.w, Person: p, Chat: desk.Address{Channel: "test", ID: "7"}, Lang: d.lang, Input: in,
		Understand: testListener(d.t), Texts: d.texts,
	}
}

func (d *dialogue) input(kind desk.InputKind, text string) desk.Input {
	d.updates++
	in := desk.Input{
		Channel: "test", Bot: "b", UpdateID: strconv.Itoa(d.updates), Kind: kind, At: d.w.now, Text: text,
		From: desk.Sender{ID: "7", Lang: d.lang}, Chat: desk.InputChat{ID: "7", Kind: desk.ChatPrivate},
	}
	if d.w.people[d.person].Lang == "" {
		in.From.Lang = "fr"
	}
	if rest, ok := strings.CutPrefix(text, "/"); ok && kind == desk.InputText {
		in.Command, in.Arg, _ = strings.Cut(rest, " ")
	}
	return in
}

// run does one step of a script and writes down what is said.
func (d *dialogue) run(line string) {
	d.t.Helper()
	fmt.Fprintln(&d.out, d.echo(line))
	switch {
	case strings.HasPrefix(line, "#"):
	case strings.HasPrefix(line, "-- "):
		d.stage(strings.TrimPrefix(line, "-- "))
	case strings.HasPrefix(line, "> ["):
		d.press(strings.TrimPrefix(line, "> "))
	case strings.HasPrefix(line, "> <"):
		d.receive(d.thing(strings.TrimPrefix(line, "> ")))
	case strings.HasPrefix(line, "> "):
		d.receive(d.input(desk.InputText, d.spoken(strings.TrimPrefix(line, "> "))))
	default:
		d.t.Fatalf("not a step: %q", line)
	}
}

func (d *dialogue) spoken(words string) string {
	zh, en, two := strings.Cut(words, " || ")
	if two && d.lang == "en" {
		zh = en
	}
	if n, text, ok := strings.Cut(zh, " × "); ok {
		if times, err := strconv.Atoi(n); err == nil {
			return strings.Repeat(text, times)
		}
	}
	return zh
}

// echo shows the step as the person of that language sees it: a press by its
// label.
func (d *dialogue) echo(line string) string {
	if rest, ok := strings.CutPrefix(line, "> "); ok && !strings.HasPrefix(rest, "[") && !strings.HasPrefix(rest, "<") {
		zh, en, two := strings.Cut(rest, " || ")
		if two && d.lang == "en" {
			zh = en
		}
		return "▸ " + zh
	}
	if strings.HasPrefix(line, "> ") {
		return "▸" + strings.TrimPrefix(line, ">")
	}
	return line
}

// stage is what happens around the conversation.
func (d *dialogue) stage(words string) {
	d.t.Helper()
	fields := strings.Fields(words)
	values := map[string]string{}
	for _, f := range fields[1:] {
		if name, value, ok := strings.Cut(f, "="); ok {
			values[name] = value
		}
	}
	switch fields[0] {
	case "person":
		p := d.w.people[d.person]
		p.Name, p.Shown, p.Home = values["name"], strings.ReplaceAll(values["shown"], "_", " "), values["home"]
		if values["lang"] != "" {
			p.Lang = strings.TrimPrefix(values["lang"], "unknown")
		}
		if role := values["role"]; role != "" {
			p.Roles = []desk.Role{{Name: desk.RoleName(role)}}
			if buildings := values["buildings"]; buildings != "" {
				p.Roles[0].Buildings = strings.Split(buildings, ",")
			}
		}
		d.w.people[d.person] = p
	case "ticket":
		d.ticket(desk.State(fields[1]))
	case "called": // finished work about which the person should phone
		d.ticket(desk.StateDone)
		t := d.w.tickets["t1"]
		t.Taker, t.Call = "li", &desk.Call{At: d.w.now, Given: d.w.now, Holder: d.person, Role: desk.RoleOperator}
		d.w.tickets["t1"] = t
		p := d.w.people[d.person]
		p.Roles = []desk.Role{{Name: desk.RoleOperator}}
		d.w.people[d.person] = p
	case "start":
		prefilled := map[string][]string{}
		for name, value := range values {
			prefilled[name] = []string{value}
		}
		effects, err := Start(d.context(d.input(desk.InputText, "")), fields[1], prefilled)
		d.follow(effects, err)
	case "say": // a first sentence, before any conversation
		text := d.spoken(strings.TrimPrefix(words, "say "))
		guesses := testListener(d.t).Understand(text, d.lang)
		if len(guesses) == 0 {
			d.t.Fatalf("not understood: %s", text)
		}
		answers := guesses[0].Answers
		if guesses[0].Flow == Complaint.Name {
			answers = ComplaintAnswers(text, answers)
		}
		effects, err := Start(d.context(d.input(desk.InputText, text)), guesses[0].Flow, answers)
		d.follow(effects, err)
	case "residents":
		d.w.residents = residentsOfScripts()
	case "arrivals": // a roster of arrivals; "in": the person lives there already
		d.w.arrivals(d.person, len(fields) > 1)
	case "claimed": // somebody else has the entry: with an account, or a caller without
		p := desk.Person{ID: "other", Name: values["name"], Number: values["number"], Phone: values["phone"]}
		if values["account"] != "" {
			p.Addresses = []desk.Address{{Channel: "test", ID: values["account"]}}
		}
		d.w.people[p.ID] = p
	case "open": // open tickets of the person, or of another
		for i := range atoi(d.t, fields[1]) {
			t := desk.Ticket{
				ID: fmt.Sprint("open", i), Number: d.w.Number("R"), Kind: desk.KindRepair, Category: "hot_water", Place: "3-502",
				State: desk.StateNew, Requester: cmp.Or(values["of"], d.person), Department: "engineering", Created: d.w.now, Seq: 1,
			}
			d.w.tickets[t.ID] = t
		}
	case "case": // a complaint or suggestion of somebody; the person is the duty manager
		d.w.tickets["t1"] = desk.Ticket{
			ID: "t1", Number: d.w.Number(desk.Letter(fields[1])), Kind: fields[1], State: desk.StateNew, Seq: 1, Requester: "zhang",
			Created: d.w.now, Case: &desk.Case{Type: desk.CaseManner, ReplyBy: d.w.now.Add(15 * time.Minute)},
		}
		p := d.w.people[d.person]
		p.Roles = []desk.Role{{Name: desk.RoleDutyManager}}
		d.w.people[d.person] = p
	case "analysed": // somebody else has entered the analysis of that case
		t := d.w.tickets["t1"]
		c := *t.Case
		c.Cause, c.What, c.Why, c.Measure = "energy", "w", "y", "m"
		t.Case = &c
		d.w.tickets["t1"] = t
	case "checkout": // of bed A in 3-502; the person inspects there
		d.checkout(fields[1:])
	case "stay", "mate", "full", "booked":
		d.leaving(fields[0], values)
	case "meeting": // the person is in the chair of a meeting with three points
		d.meeting()
	case "outage": // a work runs in building 3
		d.outage(desk.WorkKind(fields[1]))
	case "work": // the desk is asked about one
		d.askedWork()
	case "round": // a round or a post that the person walks, in two places: "round post", at the second one
		d.round(desk.RoundKind(fields[1]), values)
	case "restart":
		effects, err := Reprompt(d.context(desk.Input{}), d.conversation())
		d.follow(effects, err)
	case "wait":
		wait, err := time.ParseDuration(fields[1])
		if err != nil {
			d.t.Fatal(err)
		}
		d.w.now = d.w.now.Add(wait)
		d.w.due(d.t, d.show)
	case "at":
		clock, err := desk.ParseClockTime(fields[1])
		if err != nil {
			d.t.Fatal(err)
		}
		d.w.now = clock.On(desk.DateOf(d.w.now, d.w.site.Zone), d.w.site.Zone)
	default:
		d.t.Fatalf("not a step: %q", words)
	}
}

// ticket makes a ticket that the person asked for, or has taken.
func (d *dialogue) ticket(s desk.State) {
	t := desk.Ticket{
		ID: "t1", Number: d.w.Number("R"), Kind: desk.KindRepair, Category: "hot_water", Place: "3-502", State: s, Seq: 1,
		Urgency: desk.Normal, Requester: d.person, Department: "engineering", Created: d.w.now, Announced: d.w.now,
	}
	if s == desk.StateDone {
		t.DoneAt = d.w.now
	}
	if s != desk.StateNew {
		t.Taker, t.Requester = d.person, "zhang"
		p := d.w.people[d.person]
		p.Roles = []desk.Role{{Name: desk.RoleTechnician}}
		d.w.people[d.person] = p
	}
	d.w.tickets[t.ID] = t
}

func (d *dialogue) conversation() desk.Conversation {
	return d.w.conversations[Key(desk.Address{Channel: "test", ID: "7"}, d.person)]
}

// press presses a button: [option], or [option]@n of an older prompt.
func (d *dialogue) press(words string) {
	d.t.Helper()
	option, at, old := strings.Cut(strings.TrimPrefix(words, "["), "]@")
	option = strings.TrimSuffix(option, "]")
	prompt := len(d.tokens)
	if old {
		prompt, _ = strconv.Atoi(at)
	}
	if prompt < 1 || prompt > len(d.tokens) || d.tokens[prompt-1][option] == "" {
		d.t.Fatalf("no button [%s] in prompt %d: %v", option, prompt, d.tokens)
	}
	in := d.input(desk.InputPress, "")
	in.At = time.Time{}
	in.Press = &desk.Press{ID: "p" + in.UpdateID, Data: d.tokens[prompt-1][option], Ref: fmt.Sprint("m", prompt)}
	d.receive(in)
}

// thing is what is no words: <photo a album=x>, <voice>, <sticker>, ...
func (d *dialogue) thing(words string) desk.Input {
	inside, caption, _ := strings.Cut(strings.TrimPrefix(words, "<"), ">")
	fields := strings.Fields(inside)
	in := d.input(desk.InputKind(fields[0]), d.spoken(strings.TrimSpace(caption)))
	for _, f := range fields[1:] {
		if album, ok := strings.CutPrefix(f, "album="); ok {
			in.Album = album
			continue
		}
		in.Files = append(in.Files, desk.File{Kind: desk.FilePhoto, Channel: "test", ID: f})
		in.Phone = f
	}
	switch fields[0] {
	case "voice":
		in.Kind, in.Files = desk.InputFile, []desk.File{{Kind: desk.FileVoice, Channel: "test", ID: "v"}}
	case "edited":
		in.Kind, in.Edited = desk.InputText, true
	}
	return in
}

func (d *dialogue) receive(in desk.Input) {
	d.t.Helper()
	conv, ok := d.w.conversations[Key(desk.Address{Channel: "test", ID: "7"}, d.person)]
	if !ok {
		if in.Press != nil {
			d.follow(Stale(d.context(in)), nil)
			return
		}
		d.note("(no conversation)")
		return
	}
	effects, handled, err := Continue(d.context(in), conv, in)
	if !handled && err == nil {
		d.note("(not for the conversation)")
	}
	if answers := len(effects.Answers); handled && (in.Press != nil) != (answers == 1) {
		d.t.Errorf("%d answers to a press", answers)
	}
	d.follow(effects, err)
}

func (d *dialogue) follow(effects desk.Effects, err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	d.w.apply(d.t, effects)
	d.show(effects)
}

func (d *dialogue) note(words string) {
	fmt.Fprintln(&d.out, "  "+words)
	d.turns = append(d.turns, words)
}

func width(s string) int { return utf8.RuneCountInString(s) }
