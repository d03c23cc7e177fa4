package flows

import (
	"slices"
	"testing"

	"frontdesk/desk"
)

// TestOutageWordings reads how people say that something is off: what it may come
// from, and what is no outage.
func TestOutageWordings(t *testing.T) {
	for _, tt := range []struct {
		kind  desk.WorkKind
		texts []string
	}{
		{desk.WorkWater, []string{
			"停水了", "没水了", "我们这里没有水", "怎么断水了?", "水龙头不出水", "厕所没水冲", "什么时候来水", "几点来水啊", "3栋停水了吗", "洗澡洗到一半没热水了", "热水没有了",
			"no water", "There is no water in 3-502", "Is the water off?", "The water's off again", "When is the water back?", "Water outage in our building?",
			"the tap is dry", "No running water since nine", "no hot water",
		}},
		{desk.WorkPower, []string{
			"停电了", "没电", "宿舍没有电", "整栋没电了", "断电了吗", "什么时候来电", "怎么全黑了",
			"no power", "The power is out", "Power cut?", "power off in building 3", "We have no electricity", "Is there a blackout?", "When is the power back", "the lights went out",
		}},
		{desk.WorkHeating, []string{
			"暖气不热", "没暖气", "停暖了吗", "没有供暖", "没热水", "洗澡没有热水",
			"no heating", "The heating is off", "my radiator is cold", "No hot water in the shower", "there is no heat", "hot water is off",
		}},
		{desk.WorkLift, []string{
			"电梯停了", "电梯坏了", "电梯不动", "电梯用不了", "今天没有电梯吗",
			"the lift is out", "Lift not working", "The elevator isn't working", "no lift today?", "elevator is out", "the lift is broken",
		}},
		{desk.WorkNetwork, []string{
			"断网了", "没网", "上不了网", "网断了", "没有wifi", "连不上网",
			"no internet", "The wifi is down", "network is down", "I can't get online", "Internet down again", "no wifi in my room",
		}},
	} {
		for _, text := range tt.texts {
			if !slices.Contains(Outages(text), tt.kind) {
				t.Errorf("%q is no %s outage: %v", text, tt.kind, Outages(text))
			}
		}
	}
	for _, text := range []string{
		"水龙头漏水", "马桶堵了", "下水道漏了", "灯泡坏了", "插座冒火花", "门锁坏了", "空调漏水", "水太烫", "充电桩在哪里", "想订会议室", "垃圾没人收",
		"Tap leaking in 3-502", "The drain is blocked", "A bulb is broken", "sparks from the socket", "My door will not lock", "the water is too hot",
		"Where can I charge my phone?", "water on the floor", "thanks, all fine",
	} {
		if got := Outages(text); len(got) > 0 {
			t.Errorf("%q is taken for an outage of %v", text, got)
		}
	}
}

// TestOutageWhere: the work that runs at the place that was named, or at home.
func TestOutageWhere(t *testing.T) {
	for _, tt := range []struct {
		name, home, place, said string
		want                    bool
	}{
		{"at home", "3-502", "", "停水了", true},
		{"elsewhere", "5-203", "", "停水了", false},
		{"named", "5-203", "3-501", "停水了", true},
		{"named elsewhere", "3-502", "5-203", "停水了", false},
		{"nowhere", "", "", "停水了", false},
		{"something else", "3-502", "", "停电了", false},
		{"a leak", "3-502", "", "水龙头漏水", false},
	} {
		d := newDialogue(t, "zh")
		d.outage(desk.WorkWater)
		p := d.w.people[d.person]
		p.Home = tt.home
		d.w.people[d.person] = p
		a := Answers{"told": {tt.said}}
		if tt.place != "" {
			a["place"] = []string{tt.place}
		}
		if got := KnownOutage(d.context(d.input(desk.InputText, tt.said)), a); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
