package examples

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Situation is danger that is said by what comes together rather than by a phrase:
// somebody's child, and that nobody can reach it. It is written as roles with signs
// between them, kin + unreached - key.
type Situation struct {
	Kind string
	// Doubtful situations are asked about; the others are danger.
	Doubtful bool
	Parts    []SituationPart
}

// SituationPart is one of the roles of a situation.
type SituationPart struct {
	// Roles are those of which one will do: ate|meal.
	Roles []string
	// After means that it stands soon after the part before (>), Absent that it must
	// not stand in the text (-). Otherwise it stands anywhere near (+).
	After, Absent bool
}

var roleName = regexp.MustCompile(`^[a-z]+$`)

// roles reads words by the role that they play in a situation. Those of several
// files count together.
func (r *reader) roles(node *yaml.Node) {
	r.pairs(node, "roles with their words", func(key, value *yaml.Node) {
		if !roleName.MatchString(key.Value) {
			r.fail(key.Line, "%q: expected the name of a role, in small letters", key.Value)
			return
		}
		r.texts(value, func(n *yaml.Node) { r.set.Roles[key.Value] = append(r.set.Roles[key.Value], n.Value) })
	})
}

// situations reads the situations of a kind.
func (r *reader) situations(kind string, list *yaml.Node, doubtful bool) {
	r.texts(list, func(n *yaml.Node) {
		s := Situation{Kind: kind, Doubtful: doubtful}
		words := strings.Fields(n.Value)
		for i := 0; i < len(words); i += 2 {
			part := SituationPart{Roles: strings.Split(words[i], "|")}
			if i > 0 {
				part.After, part.Absent = words[i-1] == ">", words[i-1] == "-"
				if !part.After && !part.Absent && words[i-1] != "+" {
					r.fail(n.Line, "%q: expected roles with +, > or - between them", n.Value)
					return
				}
			}
			s.Parts = append(s.Parts, part)
		}
		if len(words)%2 == 0 {
			r.fail(n.Line, "%q: expected roles with +, > or - between them", n.Value)
			return
		}
		r.set.Situations = append(r.set.Situations, s)
		r.asked = append(r.asked, asked{r.file, n.Line, s})
	})
}

// asked is a situation with where it stands, until all roles are known.
type asked struct {
	file string
	line int
	Situation
}

// checkRoles refuses situations with roles that have no words.
func (r *reader) checkRoles() {
	for _, role := range r.set.States {
		if len(r.set.Roles[role]) == 0 {
			r.file = "states"
			r.fail(1, "unknown role %q", role)
		}
	}
	for _, a := range r.asked {
		for _, part := range a.Parts {
			if i := slices.IndexFunc(part.Roles, func(role string) bool { return len(r.set.Roles[role]) == 0 }); i >= 0 {
				r.file = a.file
				r.fail(a.line, "unknown role %q: list its words under roles", part.Roles[i])
			}
		}
	}
}
