package wecom

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadXML(t *testing.T) {
	root, err := readXML([]byte("\n<xml><A>1</A>\n <B><![CDATA[<a>&amp;]]></B><C>x<![CDATA[y]]>&lt;</C><D/>\n"+
		"<SelectedItems><SelectedItem><K>1</K></SelectedItem><SelectedItem><K>2</K></SelectedItem></SelectedItems></xml>\n"), maxDepth)
	if err != nil {
		t.Fatal(err)
	}
	deep := `<xml>` + strings.Repeat("<A>", maxDepth) + strings.Repeat("</A>", maxDepth) + `</xml>`
	if _, err := readXML([]byte(deep), maxDepth); err != nil {
		t.Errorf("%d levels: %v", maxDepth, err)
	}
	for name, want := range map[string]string{"A": "1", "B": "<a>&amp;", "C": "xy<", "D": "", "E": ""} {
		if got := root.at(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if got := len(root.child("SelectedItems").children); got != 2 {
		t.Errorf("%d items", got)
	}
}

var badXML = map[string]string{
	"nothing":                "",
	"spaces":                 " \n",
	"no XML":                 `{"a":1}`,
	"another root":           `<html></html>`,
	"document type":          `<!DOCTYPE xml><xml><A>1</A></xml>`,
	"entity":                 `<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><A>&x;</A></xml>`,
	"unknown entity":         `<xml><A>&x;</A></xml>`,
	"document type inside":   `<xml><!DOCTYPE xml><A>1</A></xml>`,
	"instruction":            `<?xml version="1.0"?><xml><A>1</A></xml>`,
	"instruction inside":     `<xml><?php x?><A>1</A></xml>`,
	"comment":                `<xml><!-- x --><A>1</A></xml>`,
	"comment in a text":      `<xml><A>1<!-- x -->2</A></xml>`,
	"twice":                  `<xml><A>1</A><A>1</A></xml>`,
	"twice, deeper":          `<xml><B><A>1</A><A>2</A></B></xml>`,
	"another item in a list": `<xml><SelectedItems><A>1</A><A>2</A></SelectedItems></xml>`,
	"attribute":              `<xml><A b="c">1</A></xml>`,
	"namespace":              `<xml xmlns="x"><A>1</A></xml>`,
	"prefix":                 `<xml><x:A>1</x:A></xml>`,
	"words beside":           `<xml>x<A>1</A></xml>`,
	"words behind":           `<xml><A>1</A></xml>x`,
	"element behind":         `<xml><A>1</A></xml><xml></xml>`,
	"CDATA behind":           `<xml><A>1</A></xml><![CDATA[x]]>`,
	"comment behind":         `<xml><A>1</A></xml><!-- -->`,
	"NUL behind":             "<xml><A>1</A></xml>\x00",
	"words before":           `x<xml><A>1</A></xml>`,
	"not closed":             `<xml><A>1</A>`,
	"closed wrongly":         `<xml><A>1</B></xml>`,
	"other case":             `<XML><A>1</A></XML>`,
	"too deep":               `<xml>` + strings.Repeat("<A>", 200000) + strings.Repeat("</A>", 200000) + `</xml>`,
	"a level too deep":       `<xml>` + strings.Repeat("<A>", maxDepth+1) + strings.Repeat("</A>", maxDepth+1) + `</xml>`,
	"too many":               `<xml><PicList>` + strings.Repeat("<item/>", maxElements) + `</PicList></xml>`,
	"no UTF-8":               "<xml><A>\xff\xfe</A></xml>",
	"control character":      "<xml><A>\x01</A></xml>",
}

func TestBadXML(t *testing.T) {
	for name, raw := range badXML {
		if root, err := readXML([]byte(raw), maxDepth); err != errXML {
			t.Errorf("%s: %+v, %v", name, root, err)
		}
	}
}

// Control characters and broken bytes in words that people sent do not lose the
// message.
func TestLegible(t *testing.T) {
	raw := "<xml><A><![CDATA[a\x0bb\x00c\xffd\te\nf\uFFFEg水]]></A></xml>"
	root, err := readXML(legible([]byte(raw)), maxDepth)
	if want := "a\uFFFDb\uFFFDc\uFFFDd\te\nf\uFFFDg水"; err != nil || root.at("A") != want {
		t.Errorf("%+v, %v", root, err)
	}
}

// Any bytes are read without a panic; what is accepted has no element twice and
// is no larger than what came in.
func FuzzXML(f *testing.F) {
	for _, raw := range badXML {
		if len(raw) < 4096 {
			f.Add([]byte(raw))
		}
	}
	f.Add([]byte(`<xml><A>1</A><B><![CDATA[x]]></B><SelectedItems><SelectedItem><K>1</K></SelectedItem></SelectedItems></xml>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		root, err := readXML(legible(raw), maxDepth)
		if err != nil {
			return
		}
		size := 0
		var look func(e *element, depth int)
		look = func(e *element, depth int) {
			if depth > maxDepth {
				t.Errorf("depth %d", depth)
			}
			if size += len(e.text); !utf8.ValidString(e.text) || len(e.children) > 0 && e.text != "" {
				t.Errorf("%s has the text %q", e.name, e.text)
			}
			names := map[string]bool{}
			for _, c := range e.children {
				if names[c.name] && lists[e.name] != c.name {
					t.Errorf("%s twice in %s", c.name, e.name)
				}
				names[c.name] = true
				look(c, depth+1)
			}
		}
		look(root, 0)
		if size > len(legible(raw)) {
			t.Errorf("%d bytes of text from %d", size, len(raw))
		}
		if strings.Contains(string(raw), "<!DOCTYPE") && !strings.Contains(string(raw), "CDATA") {
			t.Error("a document type was accepted")
		}
	})
}
