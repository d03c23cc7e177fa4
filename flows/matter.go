package flows

// Matter is what a sentence reports, as far as routing wants to know: the first
// guess that is a report, with its category and place. It is for explanations:
// nothing is filed by it.
func Matter(guesses []Guess) (kind, category, place string, ok bool) {
	for _, g := range guesses {
		a := Answers(g.Answers)
		if (g.Flow == Repair.Name || g.Flow == Request.Name) && a.Get("category") != "" {
			return g.Flow, a.Get("category"), a.Get("place"), true
		}
	}
	return "", "", "", false
}
