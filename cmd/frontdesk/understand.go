package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"frontdesk/desk"
	"frontdesk/flows"
)

// UnderstandCmd says what the desk would do with a first sentence, and why.
type UnderstandCmd struct {
	Config string   `help:"The configuration file." default:"config.yaml" type:"path"`
	JSON   bool     `help:"Answer in one line of JSON." name:"json"`
	Text   []string `arg:"" help:"The sentence."`
}

// Run reads the sentence; nothing is sent and nothing is stored.
func (c *UnderstandCmd) Run() error {
	// What is secret in the configuration is not needed here.
	config, err := LoadConfig(c.Config, func(name string) (string, bool) {
		if v, ok := os.LookupEnv(name); ok {
			return v, true
		}
		return "unset", true
	})
	if err != nil {
		return err
	}
	l := flows.NewListener(config.Site, config.Examples)
	r := flows.Read(l, strings.Join(c.Text, " "), config.Site.Languages[0])
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(understandJSON(r))
	}
	fmt.Print(understandText(config.Site, r))
	return nil
}

// understood is a reading as it is written in JSON.
type understood struct {
	Intent    string         `json:"intent"`
	Choices   []string       `json:"choices"`
	Answers   map[string]any `json:"answers"`
	Emergency bool           `json:"emergency"`
	Danger    string         `json:"danger,omitempty"`
	Doubt     string         `json:"doubt,omitempty"`
	Why       string         `json:"why"`
}

func understandJSON(r flows.Reading) understood {
	answers := map[string]any{}
	for name, value := range map[string]string{
		"place": r.Place, "entry": r.Entry, "day": r.Day, "ticket": r.Ticket,
		"summary": flows.Answers(r.Answers).Get("summary"), "place_said": flows.Answers(r.Answers).Get("place_said"),
	} {
		if value != "" {
			answers[name] = value
		}
	}
	switch len(r.Categories) {
	case 0:
	case 1:
		answers["category"] = r.Categories[0]
	default:
		answers["category"] = r.Categories
	}
	choices := r.Choices
	if choices == nil {
		choices = []string{}
	}
	return understood{Intent: r.Intent, Choices: choices, Answers: answers, Emergency: r.Emergency, Danger: r.Danger, Doubt: r.Doubt, Why: r.Reason()}
}

func understandText(s *desk.Site, r flows.Reading) string {
	var b strings.Builder
	switch {
	case r.Emergency:
		fmt.Fprintf(&b, "danger: %s. The numbers to call come first, then one tap sends people.\n", r.Danger)
	case r.Intent != "unknown":
		fmt.Fprintf(&b, "meant: %s\n", r.Intent)
	case len(r.Choices) > 0:
		fmt.Fprintf(&b, "not sure: it would ask whether %s is meant\n", strings.Join(r.Choices, " or "))
	default:
		fmt.Fprintln(&b, "not understood: it would show the choices")
	}
	for _, id := range r.Categories {
		c, _ := s.Category(id)
		fmt.Fprintf(&b, "category: %s (%s)\n", id, c.Called().In(s.Languages[0]))
	}
	if r.Place != "" {
		fmt.Fprintf(&b, "place: %s (%s)\n", r.Place, s.PlaceLabel(r.Place).In(s.Languages[0]))
	}
	for _, fact := range [][2]string{{"entry", r.Entry}, {"day", r.Day}, {"ticket", r.Ticket}} {
		if fact[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", fact[0], fact[1])
		}
	}
	fmt.Fprintf(&b, "why: %s\n", r.Reason())
	if r.Doubt != "" {
		fmt.Fprintf(&b, "in doubt: %s (%s). It would ask, beside the answer, whether anybody is in danger.\n", r.Doubt, r.DoubtSaid)
	}
	return b.String()
}
