package desk

// Paper is one page to be printed or kept: a title, facts, lines with sums, and a
// code by which somebody else can confirm it. It is said in all of its languages at
// once, because whoever it is shown to may read another than its owner.
type Paper struct {
	// Name is the name of the file, without its ending.
	Name  string
	Langs []string
	// From is who issues it.
	From  Text
	Title Text
	Facts []PaperFact
	// Head is said above the lines, Total below them.
	Head  Text
	Lines []PaperLine
	Total PaperLine
	Notes []Text
	// Code is shown as it is read aloud; Link, if there is one, as a picture that a
	// camera reads. Hint says how to confirm it.
	Code, Link string
	Hint       Text
}

// PaperFact is a fact with its name.
type PaperFact struct{ Label, Value Text }

// PaperLine is something with a sum.
type PaperLine struct {
	What Text
	Sum  string
}

// Said is a text in each language of a paper, one after the other; what reads the
// same in two is there once.
type Said []string

// DrawnPaper is a page in words. Like a picture, the file is made when it is sent.
type DrawnPaper struct {
	Name  string          `json:"name"`
	From  Said            `json:"from"`
	Title Said            `json:"title"`
	Facts []DrawnFact     `json:"facts,omitempty"`
	Head  Said            `json:"head,omitempty"`
	Lines []DrawnPaperRow `json:"lines,omitempty"`
	Total DrawnPaperRow   `json:"total,omitzero"`
	Notes []Said          `json:"notes,omitempty"`
	Code  string          `json:"code"`
	Link  string          `json:"link,omitempty"`
	Hint  Said            `json:"hint,omitempty"`
}

// DrawnFact is a fact in words.
type DrawnFact struct {
	Label Said `json:"label"`
	Value Said `json:"value"`
}

// DrawnPaperRow is a line in words.
type DrawnPaperRow struct {
	What Said   `json:"what,omitempty"`
	Sum  string `json:"sum,omitempty"`
}

// Draw puts a paper into words.
func (p Paper) Draw(say func(lang string, t Text) string) DrawnPaper {
	in := func(t Text) Said {
		var all Said
		if t.IsZero() {
			return nil
		}
		for _, lang := range p.Langs {
			if words := say(lang, t); words != "" && (len(all) == 0 || all[len(all)-1] != words) {
				all = append(all, words)
			}
		}
		return all
	}
	d := DrawnPaper{
		Name: p.Name, From: in(p.From), Title: in(p.Title), Head: in(p.Head),
		Total: DrawnPaperRow{What: in(p.Total.What), Sum: p.Total.Sum}, Code: p.Code, Link: p.Link, Hint: in(p.Hint),
	}
	for _, f := range p.Facts {
		d.Facts = append(d.Facts, DrawnFact{Label: in(f.Label), Value: in(f.Value)})
	}
	for _, l := range p.Lines {
		d.Lines = append(d.Lines, DrawnPaperRow{What: in(l.What), Sum: l.Sum})
	}
	for _, n := range p.Notes {
		d.Notes = append(d.Notes, in(n))
	}
	return d
}
