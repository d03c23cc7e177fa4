package bot

import (
	"strings"
	"time"

	"frontdesk/desk"
	"frontdesk/flows"
)

// cmdRoute says where a sentence would go, and why. It files nothing.
func (t *turn) cmdRoute(arg string) error {
	if arg = strings.TrimSpace(arg); arg == "" {
		return desk.Refuse("route.which")
	}
	r, ok := Route(t.site(), t.understand, arg, t.lang(), t.w.Now())
	if !ok {
		return desk.Refuse("route.not_understood", "said", arg)
	}
	var names []desk.Text
	for _, p := range desk.OnDuty(t.w, r.Department.ID) {
		names = append(names, desk.Literal(p.Called()))
	}
	t.reply(r.Text(t.site(), names))
	return nil
}

// Route reads a sentence and finds where it would go now. It is false when the
// sentence reports nothing.
func Route(s *desk.Site, u flows.Understander, text, lang string, now time.Time) (desk.Routing, bool) {
	kind, category, place, ok := flows.Matter(u.Understand(text, lang))
	if !ok {
		return desk.Routing{}, false
	}
	where, _ := s.Places.Get(place)
	return s.Tell(kind, category, where, text, now), true
}
