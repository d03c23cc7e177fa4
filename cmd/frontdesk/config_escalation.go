package main

import (
	"fmt"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"frontdesk/desk"
)

// EscalationConfig is how the last rung of an emergency is reached. Without an
// address there is none.
type EscalationConfig struct {
	Webhook string
	Secret  string
}

// leastSecret is how long the secret of the webhook is at least.
const leastSecret = 16

// escalation reads who is called to an emergency, one rung after the other.
func (c *checker) escalation(v value, s *desk.Site) (config EscalationConfig) {
	s.Escalation = desk.Escalation{After: 3 * time.Minute}
	s.Incidents = desk.IncidentRule{Reports: 3, Within: 10 * time.Minute, Every: 30 * time.Minute}
	if v.missing() {
		return config
	}
	sec := c.section(v, "after", "ladders", "webhook", "webhook_secret", "incident")
	s.Escalation.After = sec.get("after").duration(s.Escalation.After)
	if ladders := sec.get("ladders"); !ladders.missing() {
		s.Escalation.Ladders = map[string][]desk.Step{}
		kinds := c.section(ladders, desk.AlarmKinds...)
		for _, kind := range desk.AlarmKinds {
			if steps := kinds.get(kind); !steps.missing() {
				s.Escalation.Ladders[kind] = c.steps(steps, s)
			}
		}
	}
	if hook := sec.get("webhook"); !hook.missing() {
		config.Webhook = hook.url("")
		secret := sec.get("webhook_secret")
		secret.required = true
		config.Secret = secret.secret("the secret that signs the calls, or file:PATH")
		if !secret.missing() && config.Secret != "" && len(config.Secret) < leastSecret {
			secret.fail(fmt.Sprintf("expected %d characters at least: openssl rand -hex 32", leastSecret))
		}
		s.Escalation.Webhook = desk.WebhookAddress
	} else if secret := sec.get("webhook_secret"); !secret.missing() {
		secret.fail("expected escalation.webhook beside it")
	}
	if incident := sec.get("incident"); !incident.missing() {
		in := c.section(incident, "reports", "within", "update_every", "categories")
		s.Incidents.Reports = in.get("reports").number(2, s.Incidents.Reports)
		s.Incidents.Within = in.get("within").duration(s.Incidents.Within)
		if some := in.get("categories"); !some.missing() {
			s.Incidents.Categories = some.choices("category", categoryIDs(s)...)
		}
		s.Incidents.Every = in.get("update_every").duration(s.Incidents.Every)
	}
	return config
}

// steps reads the rungs of one ladder.
func (c *checker) steps(v value, s *desk.Site) []desk.Step {
	known := duties(s)
	var list []desk.Step
	for _, item := range v.list("a list of steps such as [[security, duty_manager], [centre_manager]]") {
		step := desk.Step{}
		call := item
		if item.node.Kind == yaml.MappingNode {
			sec := c.section(item, "call", "after")
			call, step.After = sec.need("call"), sec.get("after").duration(0)
		}
		step.Call = call.choices("role or department", known...)
		slices.Sort(step.Call)
		if step.Call = slices.Compact(step.Call); len(step.Call) > 0 {
			list = append(list, step)
		}
	}
	return list
}
