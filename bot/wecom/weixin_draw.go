package wecom

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"frontdesk/bot"
	"frontdesk/desk"
)

// kfDelivery is a desk.Drawn as the messages that it becomes. Each counts in the
// window.
type kfDelivery struct {
	person string
	// words are text messages, with the buttons at the last; then its file.
	words  []kfOut
	file   *desk.Attachment
	fileID string
	// photos are sent before the words, as far as the window has room for them.
	photos   []desk.File
	photoIDs []string
	options  []Option // what the buttons choose
	numbered bool     // they stand in the words with numbers
	ref      string   // the name of the message with the buttons
}

// drawKF says how a message looks in 微信客服: a text, or a menu to tap when its
// buttons fit into one, or a text with numbered options.
func drawKF(chat desk.Address, m desk.Drawn, choose string) (*kfDelivery, *bot.SendError) {
	switch {
	case chat.Channel != WeixinName || chat.ID == "":
		return nil, refused(fmt.Errorf("%s is nobody of weixin", chat))
	case m.Edit != "":
		return nil, &bot.SendError{Reason: bot.NoMessage, Err: errors.New("what was sent cannot be replaced")}
	}
	d := &kfDelivery{person: chat.ID, ref: messageName(m.Key)}
	text := cleanText(m.Text)
	marks, err := cleanMarks(m.Buttons)
	if err != nil {
		return nil, refused(err)
	}
	if text == "" && len(marks) > 0 {
		return nil, refused(errors.New("buttons without words"))
	}
	for _, b := range marks {
		if b.URL == "" {
			d.options = append(d.options, Option{Label: b.Label, Data: b.Data})
		}
	}
	if menu := drawMenu(text, marks); menu != nil {
		d.words = []kfOut{{Type: "msgmenu", Menu: menu}}
	} else {
		d.numbered = len(d.options) > 0
		for _, part := range splitBytes(numbered(text, marks, choose), MaxText) {
			d.words = append(d.words, kfOut{Type: "text", Text: &textPart{part}})
		}
	}
	d.name()
	d.photos = m.Photos
	for i := range m.Photos {
		d.photoIDs = append(d.photoIDs, partID(d.ref, "f", i))
	}
	if m.File != nil {
		d.fileID = partID(d.ref, "a", 0)
		if len(d.words) == 0 {
			d.fileID = d.ref
		}
		d.file = m.File
		if n := len(m.File.Body); n < leastFile || n > MaxFile {
			return nil, refused(fmt.Errorf("a file of %d bytes cannot be sent", n))
		}
	}
	if len(d.words) == 0 && d.file == nil && len(d.photos) == 0 {
		return nil, refused(errors.New("the message is empty"))
	}
	return d, nil
}

// name gives each message its own name, the same at every attempt: that of the
// whole to the last of the words.
func (d *kfDelivery) name() {
	for i := range d.words {
		d.words[i].ID = partID(d.ref, "p", i)
		if i == len(d.words)-1 {
			d.words[i].ID = d.ref
		}
	}
}

// messageName is a name that WeCom takes, made of the key of a message; a key
// that cannot be one is replaced by its hash. WeCom takes 32 characters of
// 0-9A-Za-z_- (https://developer.work.weixin.qq.com/document/path/94677); some
// are left for the parts of a message.
func messageName(key string) string {
	const most = 27
	odd := strings.ContainsFunc(key, func(r rune) bool { return !nameRune(r) }) || strings.Contains(key, partMark)
	if key != "" && len(key) <= most && !odd {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:13])
}

func nameRune(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '_' || r == '-'
}

// partMark stands between the name of a message and that of its part. No key
// has it.
const partMark = "__"

func partID(ref, kind string, i int) string { return ref + partMark + kind + strconv.Itoa(i) }

// wholeID is the name of the message of which this is a part.
func wholeID(id string) string {
	whole, _, _ := strings.Cut(id, partMark)
	return whole
}

// cleanMarks are the buttons in one list; one that does nothing is a mistake.
func cleanMarks(rows [][]desk.DrawnMark) ([]desk.DrawnMark, error) {
	var out []desk.DrawnMark
	for _, row := range rows {
		for _, b := range row {
			b.Label = strings.TrimSpace(strings.ReplaceAll(cleanText(b.Label), "\n", " "))
			switch {
			case b.Label == "":
				return nil, errors.New("a button without a label")
			case b.URL == "" && b.Data == "":
				return nil, fmt.Errorf("the button %q does nothing", b.Label)
			case b.URL == "" && cleanText(b.Data) != b.Data:
				return nil, fmt.Errorf("the data of the button %q is no text", b.Label)
			case len(b.Data) > desk.MaxButtonData:
				return nil, fmt.Errorf("the button %q has %d bytes of data, at most %d", b.Label, len(b.Data), desk.MaxButtonData)
			}
			out = append(out, b)
		}
	}
	return out, nil
}

// drawMenu is the menu of a text with buttons, or nil when there are none or
// they do not fit into one.
func drawMenu(text string, marks []desk.DrawnMark) *kfOutMenu {
	if len(marks) == 0 || len(marks) > kfMaxItems || len(text) > kfMaxHead {
		return nil
	}
	menu := &kfOutMenu{Head: text}
	for _, b := range marks {
		if len(b.Label) > kfMaxLabel || len(b.URL) > kfMaxURL || b.URL == "" && len(b.Data) > kfMaxData {
			return nil
		}
		item := kfMenuItem{Type: "click", Click: &kfMenuClick{ID: b.Data, Content: b.Label}}
		if b.URL != "" {
			item = kfMenuItem{Type: "view", View: &kfMenuView{URL: b.URL, Content: b.Label}}
		}
		menu.List = append(menu.List, item)
	}
	return menu
}

// numbered is a text with its buttons as numbered lines, links as such.
func numbered(text string, marks []desk.DrawnMark, choose string) string {
	var lines, links []string
	for _, b := range marks {
		if b.URL != "" {
			links = append(links, b.Label+"："+b.URL)
			continue
		}
		lines = append(lines, b.Label)
	}
	lines = withNumbers(lines)
	if len(lines) > 0 && choose != "" {
		lines = append([]string{choose}, lines...)
	}
	blocks := []string{}
	for _, block := range []string{text, strings.Join(links, "\n"), strings.Join(lines, "\n")} {
		if block != "" {
			blocks = append(blocks, block)
		}
	}
	return strings.Join(blocks, "\n\n")
}
