package desk

import (
	"fmt"
	"testing"
)

func TestReadParts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"混水阀 2、灯管3根", "[{混水阀 2} {灯管 3}]"},
		{"2 valves, tape", "[{valves 2} {tape 1}]"},
		{"valve x2", "[{valve 2}]"},
		{"阀芯×3,生料带", "[{阀芯 3} {生料带 1}]"},
		{"E27", "[{E27 1}]"},
		{"灯泡E27 2个", "[{灯泡E27 2}]"},
		{"LED 5730", "[{LED 5730 1}]"},
		{"3", "[{3 1}]"},
		{"4分管", "[{4分管 1}]"},
		{"软管 0", "[{软管 0 1}]"},
		{" ,、 ", "[]"},
		{"99999999999999999999999 阀", "[{99999999999999999999999 阀 1}]"},
	} {
		if got := fmt.Sprint(readParts(c.text)); got != c.want {
			t.Errorf("%q is %s, want %s", c.text, got, c.want)
		}
	}
}

func TestPartsAreAddedUp(t *testing.T) {
	used := func(text string) Event { return Event{Action: UsedParts, Details: map[string]string{"parts": text}} }
	got := partsUsed([]Event{used("灯管 1"), used("混水阀 2、灯管2"), {Action: Finish}, used("Valve"), used("valve 4")})
	if want := "[{Valve 5} {灯管 3} {混水阀 2}]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}
