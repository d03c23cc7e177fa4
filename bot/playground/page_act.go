package playground

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"unicode/utf16"

	"frontdesk/desk"
)

// The most bytes of a request.
const (
	maxBody  = 64 << 10
	maxPhoto = 10 << 20
)

// Errors of a request that names what is not there, or that nobody could send.
var (
	errNobody = errors.New("there is no such person, chat or message")
	errTooBig = errors.New("that is too large")
	errBad    = errors.New("this is no request of the page")
	errImage  = errors.New("only JPEG, PNG, GIF and WebP pictures")
)

// say lets somebody write, or open a link.
func (p *Page) say(w http.ResponseWriter, r *http.Request) {
	var body struct{ Person, Chat, Text, ReplyTo, Link string }
	if !read(w, r, &body) {
		return
	}
	who, chat, err := p.channel.acting(body.Person, body.Chat)
	payload, isLink := strings.CutPrefix(body.Link, Link)
	text := strings.TrimSpace(body.Text)
	switch {
	case err != nil:
	case body.Link != "" && (!isLink || text != ""), body.Link == "" && text == "":
		err = errBad
	case len(utf16.Encode([]rune(text))) > maxText:
		err = errTooBig
	}
	about, there := p.channel.message(body.Chat, body.ReplyTo)
	if err == nil && body.ReplyTo != "" && !there {
		err = errNobody
	}
	if err != nil {
		refuse(w, err)
		return
	}
	done(w, p.stage.Act(r.Context(), func() desk.Input {
		switch {
		case isLink:
			return who.Open(Link + payload)
		case there:
			return who.Reply(about, text)
		}
		return who.Say(chat, text)
	}))
}

// press lets somebody press a button, as they saw it: it may have gone meanwhile.
// Where the answer leads somewhere, that is what the page is told.
func (p *Page) press(w http.ResponseWriter, r *http.Request) {
	var body struct{ Person, Chat, Ref, Data string }
	if !read(w, r, &body) {
		return
	}
	who, chat, err := p.channel.acting(body.Person, body.Chat)
	m, button, was := p.channel.seen(body.Ref, body.Data)
	if err == nil && (!was || m.Chat != chat || button.Data == "") {
		err = errNobody
	}
	if err != nil {
		refuse(w, err)
		return
	}
	id := ""
	err = p.stage.Act(r.Context(), func() desk.Input {
		in := who.PressButton(m, button)
		id = in.Press.ID
		return in
	})
	if url := p.channel.led(id); err == nil && url != "" {
		answer(w, map[string]string{"url": url})
		return
	}
	done(w, err)
}

// sendPhoto lets somebody send a picture: the body, or one of the samples.
func (p *Page) sendPhoto(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	who, chat, err := p.channel.acting(q.Get("person"), q.Get("chat"))
	about, there := p.channel.message(q.Get("chat"), q.Get("replyTo"))
	if err == nil && q.Get("replyTo") != "" && !there {
		err = errNobody
	}
	if err != nil {
		refuse(w, err)
		return
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxPhoto))
	if err == nil && q.Get("sample") != "" {
		data, err = Sample(q.Get("sample"))
	}
	caption := strings.TrimSpace(q.Get("caption"))
	switch {
	case err == nil && !isImage(data):
		err = errImage
	case err == nil && len(utf16.Encode([]rune(caption))) > 1024: // https://core.telegram.org/bots/api#sendphoto
		err = errTooBig
	}
	if err != nil {
		refuse(w, err)
		return
	}
	done(w, p.stage.Act(r.Context(), func() desk.Input {
		if there {
			return who.ReplyPhoto(about, caption, data)
		}
		return who.Photo(chat, caption, data)
	}))
}

// Sample is a picture to send: broken, or mended.
func Sample(name string) ([]byte, error) {
	if name != "broken" && name != "mended" {
		return nil, errNobody
	}
	return files.ReadFile("page/" + name + ".png")
}

// isImage tells by the content. SVG is none: it can hold a program.
func isImage(data []byte) bool {
	return slices.Contains([]string{"image/png", "image/jpeg", "image/gif", "image/webp"}, http.DetectContentType(data))
}

func (p *Page) photo(w http.ResponseWriter, r *http.Request) {
	data, ok := p.channel.file(r.PathValue("id"))
	if !ok {
		refuse(w, errNobody)
		return
	}
	w.Header().Set("Content-Type", http.DetectContentType(data))
	w.Header().Set("Cache-Control", "private, max-age=3600") // An id always means the same picture in one run.
	w.Write(data)                                            //nolint:errcheck // Whoever went away does not see it.
}

// file gives the file of a message: a page to read is shown in the browser, anything
// else is saved, so that nothing that was sent runs as part of the playground.
func (p *Page) file(w http.ResponseWriter, r *http.Request) {
	a, ok := p.channel.attached(r.PathValue("ref"))
	if !ok {
		refuse(w, errNobody)
		return
	}
	how := "attachment"
	if a.MIME == "application/pdf" {
		how = "inline"
	}
	w.Header().Set("Content-Type", a.MIME)
	w.Header().Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": a.Name}))
	w.Write(a.Body) //nolint:errcheck // Whoever went away does not read it.
}

// menu is the menu of commands that a person is shown.
func (p *Page) menu(w http.ResponseWriter, r *http.Request) {
	who, ok := p.channel.person(r.PathValue("person"))
	if !ok {
		refuse(w, errNobody)
		return
	}
	type line struct {
		Name string `json:"name"`
		What string `json:"what"`
	}
	lines := []line{}
	for _, c := range p.channel.menuOf(who, r.URL.Query().Has("group")) {
		lines = append(lines, line{c.Name, c.Description})
	}
	answer(w, lines)
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v) //nolint:errcheck // Whoever went away does not read it.
}

func (p *Page) clock(w http.ResponseWriter, r *http.Request) {
	var body struct{ Move Move }
	if !read(w, r, &body) {
		return
	}
	if !slices.Contains(moves, body.Move) {
		refuse(w, errBad)
		return
	}
	if err := p.stage.Move(r.Context(), body.Move); err != nil {
		done(w, err)
		return
	}
	answer(w, p.stage.State())
}

func (p *Page) play(w http.ResponseWriter, r *http.Request) {
	var body struct {
		On    bool
		Speed int
	}
	if !read(w, r, &body) {
		return
	}
	if body.Speed < 1 || body.Speed > 100 {
		refuse(w, errBad)
		return
	}
	done(w, p.stage.Play(r.Context(), body.On, body.Speed))
}

// read reads a request. Anything that a form of another site could send is none.
func read(w http.ResponseWriter, r *http.Request, to any) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		refuse(w, errBad)
		return false
	}
	from := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	from.DisallowUnknownFields()
	if err := from.Decode(to); err != nil {
		var large *http.MaxBytesError
		if !errors.As(err, &large) {
			err = errBad
		}
		refuse(w, err)
		return false
	}
	return true
}

func refuse(w http.ResponseWriter, err error) {
	status := http.StatusBadRequest
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, errNobody):
		status = http.StatusNotFound
	case errors.Is(err, ErrBusy):
		status = http.StatusConflict
	case errors.Is(err, errTooBig), errors.As(err, &large):
		status, err = http.StatusRequestEntityTooLarge, errTooBig
	case errors.Is(err, errImage):
		status = http.StatusUnsupportedMediaType
	}
	fail(w, status, err.Error())
}

// done answers when the desk has done all that followed.
func done(w http.ResponseWriter, err error) {
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, ErrBusy):
		refuse(w, err)
	default:
		fail(w, http.StatusInternalServerError, err.Error())
	}
}
