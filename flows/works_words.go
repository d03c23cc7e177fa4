package flows

import (
	"slices"
	"strings"

	"frontdesk/desk"
)

// outageWords are how people say, in either language and folded, that something does
// not come which a work can take away. A leak is none: it is mended whatever the
// works are.
var outageWords = map[desk.WorkKind][]string{
	desk.WorkWater: {
		"停水", "没水", "没有水", "断水", "不来水", "没来水", "来水", "水停", "没自来水", "不出水", "没热水", "没有热水", "热水没有", "无水",
		"no water", "water is off", "water off", "water's off", "water is out", "water outage", "without water", "water cut", "no running water",
		"water back", "no hot water", "taps are dry", "tap is dry", "nothing comes out of the tap", "water stopped", "water is cut",
	},
	desk.WorkPower: {
		"停电", "没电", "没有电", "断电", "来电", "没来电", "电停", "全黑", "整栋没电", "整层没电",
		"no power", "power is off", "power off", "power's off", "power is out", "power outage", "power cut", "blackout", "no electricity", "without power",
		"electricity is off", "electricity is out", "power back", "no light in the whole", "lights are out", "lights went out",
	},
	desk.WorkHeating: {
		"停暖", "暖气不热", "没暖气", "没有暖气", "暖气停", "暖气没", "没供暖", "供暖", "没热水", "没有热水", "热水没有", "热水停",
		"no heating", "heating is off", "heating off", "heating is out", "no heat", "radiator is cold", "radiators are cold", "no hot water", "hot water is off",
		"hot water off", "without hot water", "heating back",
	},
	desk.WorkLift: {
		"电梯停", "电梯不动", "电梯坏", "电梯用不了", "电梯没开", "电梯不开", "没有电梯", "没电梯", "电梯不能用",
		"lift is out", "lift is off", "lift not working", "lift isn't working", "lift is not working", "no lift", "lift stopped", "elevator is out",
		"elevator not working", "elevator is not working", "elevator isn't working", "no elevator", "elevator stopped", "lift broken", "lift is broken",
	},
	desk.WorkNetwork: {
		"断网", "没网", "没有网", "上不了网", "网断", "网络断", "没wifi", "没有wifi", "连不上网", "网不通", "停网",
		"no internet", "internet is down", "internet is out", "internet down", "no wifi", "wifi is down", "wifi down", "no network", "network is down",
		"network down", "offline", "internet off", "can't get online", "cannot get online",
	},
}

// Outages are the kinds of work that what somebody says may come from.
func Outages(text string) []desk.WorkKind {
	folded := strings.Join(strings.Fields(desk.Fold(text)), " ")
	var kinds []desk.WorkKind
	for _, kind := range desk.WorkKinds {
		if containsAny(folded, outageWords[kind]) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// categoryOutages are those of a category that was chosen without a word: it is
// called by something that a work of the kind takes away.
func categoryOutages(c *Context, id string) []desk.WorkKind {
	category, ok := c.site().Category(id)
	if !ok || catchAll(category) {
		return nil
	}
	var kinds []desk.WorkKind
	for _, words := range category.Words {
		for _, word := range words {
			for _, kind := range Outages(word) {
				if !slices.Contains(kinds, kind) {
					kinds = append(kinds, kind)
				}
			}
		}
	}
	return kinds
}
