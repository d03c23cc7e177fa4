package wecom

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// Bounds of what WeCom sends, far above any message in its documents.
const (
	maxDepth    = 6
	maxElements = 512
)

// errXML is the one error about XML that is not accepted.
var errXML = errors.New("wecom: the XML is not accepted")

// element is an element with either text or children.
type element struct {
	name     string
	text     string
	children []*element
	raw      []byte // the text while it is read, which can come in many pieces
}

// lists are the elements in which WeCom repeats a child, and that child's name.
// https://developer.work.weixin.qq.com/document/path/90240
var lists = map[string]string{"SelectedItems": "SelectedItem", "OptionIds": "OptionId", "PicList": "item"}

// readXML reads the one form that WeCom sends: a root <xml>, elements without
// attributes, text or CDATA. Anything by which two readers of the same bytes
// could see different things is refused: a document type, an instruction, a
// comment, an attribute or a namespace, an element that is there twice, words
// beside elements, and anything behind the end. depth is how many levels are
// allowed below the root.
func readXML(raw []byte, depth int) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	var root *element
	var open []*element
	count := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errXML
		}
		switch t := token.(type) {
		case xml.StartElement:
			if count++; count > maxElements || len(open) > depth || len(t.Attr) > 0 || t.Name.Space != "" {
				return nil, errXML
			}
			e := &element{name: t.Name.Local}
			switch {
			case len(open) > 0:
				if !open[len(open)-1].add(e) {
					return nil, errXML
				}
			case root != nil || e.name != "xml":
				return nil, errXML
			default:
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			e := open[len(open)-1]
			switch {
			case len(e.children) == 0:
				e.text = string(e.raw)
			case !blank(e.raw):
				return nil, errXML
			}
			e.raw = nil
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				e := open[len(open)-1]
				e.raw = append(e.raw, t...)
			} else if !blank(t) {
				return nil, errXML
			}
		default:
			return nil, errXML
		}
	}
	if root == nil {
		return nil, errXML
	}
	return root, nil
}

// add adds a child, unless it is there already.
func (e *element) add(child *element) bool {
	if lists[e.name] != child.name && e.child(child.name) != nil {
		return false
	}
	e.children = append(e.children, child)
	return true
}

// child is the child of that name, or nil.
func (e *element) child(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// at is the text at a path of names, or empty.
func (e *element) at(path ...string) string {
	for _, name := range path {
		if e = e.child(name); e == nil {
			return ""
		}
	}
	return e.text
}

// holds tells whether an element of that name is anywhere below.
func (e *element) holds(name string) bool {
	for _, c := range e.children {
		if c.name == name || c.holds(name) {
			return true
		}
	}
	return false
}

func blank(text []byte) bool { return len(bytes.Trim(text, " \t\r\n")) == 0 }

// legible replaces what XML does not allow and people nevertheless send, such
// as control characters that came with pasted words: WeCom puts them into CDATA
// as they are, and a message must not be lost for one of them.
func legible(raw []byte) []byte {
	return bytes.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return r
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF:
			return '\uFFFD'
		}
		return r
	}, bytes.ToValidUTF8(raw, []byte("\uFFFD")))
}
