package flows

import (
	"strconv"
	"strings"

	"frontdesk/desk"
)

// slotsShown is how many windows are offered.
const slotsShown = 6

// slotView offers the windows in which somebody can come. What was said of the
// time ("tomorrow morning") narrows them, if anything is left then.
func (e *engine) slotView() view {
	var v view
	for _, s := range e.slots() {
		v.options = append(v.options, Option{Key: s.Key(e.c.site().Zone), Label: slotLabel(s)})
	}
	return v
}

func (e *engine) slots() []desk.Slot {
	all := e.c.site().Slots(e.c.World.Now(), 3*slotsShown)
	wanted := parseTime(e.answers().Get("time"))
	var fit []desk.Slot
	for _, s := range all {
		if wanted.fits(e.c, s) {
			fit = append(fit, s)
		}
	}
	if len(fit) == 0 {
		fit = all
	}
	return fit[:min(slotsShown, len(fit))]
}

// slotWords understands a time in words: it narrows the windows, and answers if
// one is left.
func (e *engine) slotWords(text string) bool {
	wanted, ok := timeWords(text)
	if !ok {
		return false
	}
	e.conv.Answers["time"] = []string{wanted.String()}
	if list := e.slots(); len(list) == 1 {
		e.answer(e.conv.Asked, list[0].Key(e.c.site().Zone))
	}
	return true
}

// slotLabel says a window in at most 10 characters of either language.
func slotLabel(s desk.Slot) desk.Text { return desk.T("option.slot", "from", s.From, "to", s.To) }

// slotText says a window in a sentence.
func slotText(c *Context, key string) desk.Text {
	s, ok := c.site().ParseSlot(key)
	if !ok {
		return desk.Text{}
	}
	return desk.T("slot.text", "from", s.From, "to", s.To)
}

// checkSlot refuses a window that is over.
func checkSlot(c *Context, _ Answers, value string) (string, error) {
	if s, ok := c.site().ParseSlot(value); !ok || !s.To.After(c.World.Now()) {
		return "", desk.Refuse("flow.slot_over")
	}
	return value, nil
}

// moment is a rough time that somebody named: a day from today, and a half of
// it.
type moment struct {
	day  int    // days from today; -1 when none was named
	half string // am, pm, evening, or empty
}

func (m moment) String() string { return strconv.Itoa(m.day) + m.half }

func parseTime(s string) moment {
	half := strings.TrimLeft(s, "-0123456789")
	day, err := strconv.Atoi(strings.TrimSuffix(s, half))
	if err != nil {
		day = -1
	}
	return moment{day: day, half: half}
}

// fits tells whether a window lies in the rough time.
func (m moment) fits(c *Context, s desk.Slot) bool {
	zone := c.site().Zone
	if m.day >= 0 && desk.DateOf(s.From, zone) != desk.DateOf(c.World.Now(), zone).AddDays(m.day) {
		return false
	}
	hour := s.From.In(zone).Hour()
	switch m.half {
	case "am":
		return hour < 12
	case "pm":
		return hour >= 12 && hour < 18
	case "evening":
		return hour >= 18
	}
	return true
}

// timeWords finds a rough time in a text.
func timeWords(text string) (moment, bool) {
	folded := desk.Fold(text)
	m := moment{day: -1}
	for day, words := range [][]string{{"今天", "今日", "today"}, {"明天", "明日", "tomorrow"}, {"后天", "day after tomorrow"}} {
		if containsAny(folded, words) {
			m.day = day
		}
	}
	switch {
	case containsAny(folded, []string{"上午", "早上", "早晨", "morning"}):
		m.half = "am"
	case containsAny(folded, []string{"下午", "中午", "afternoon"}):
		m.half = "pm"
	case containsAny(folded, []string{"晚上", "傍晚", "今晚", "evening", "tonight"}):
		m.half = "evening"
	}
	if strings.Contains(folded, "今晚") || strings.Contains(folded, "tonight") {
		m.day = 0
	}
	return m, m.day >= 0 || m.half != ""
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
