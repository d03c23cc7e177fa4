package main

import (
	"io/fs"
	"os"
	"strings"

	"frontdesk/desk"
	"frontdesk/flows/examples"
)

// examples reads what people say: the program's own files, and those in the
// site's folder. A category that the site does not have is a mistake there.
func (c *checker) examples(v value, s *desk.Site) examples.Set {
	var own fs.FS
	folder := value{}
	if !v.missing() {
		folder = c.section(v, "examples").get("examples")
	}
	if !folder.missing() {
		path := folder.text("a folder with examples such as ./examples")
		if info, err := os.Stat(path); path != "" && (err != nil || !info.IsDir()) {
			folder.bad("a folder that exists")
		} else if path != "" {
			own = os.DirFS(path)
		}
	}
	set, err := examples.Load(own)
	if err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			folder.c, folder.path = c, "understand.examples"
			folder.fail(masked(line))
		}
	}
	for _, e := range set.Sentences {
		_, category, _ := strings.Cut(e.Means, "/")
		if _, ok := s.Category(category); e.Own && category != "" && !ok {
			folder.fail("there is no category " + quoted(category) + " for the example " + quoted(e.Text))
		}
	}
	return set
}
