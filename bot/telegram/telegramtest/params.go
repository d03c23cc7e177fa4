package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
)

// params are the arguments of a call, as texts; uploads are files under the
// name of their field.
type params struct {
	values  map[string]string
	uploads map[string]upload
}

type upload struct {
	name string
	data []byte
}

func (p params) get(name string) string { return p.values[name] }

func (p params) number(name string) int64 {
	n, _ := strconv.ParseInt(p.values[name], 10, 64)
	return n
}

func (p params) yes(name string) bool { return p.values[name] == "true" }

// readParams reads arguments in all the forms that the Bot API takes: in the
// address, as a form, as multipart and as JSON.
// https://core.telegram.org/bots/api#making-requests
func readParams(r *http.Request) (params, error) {
	p := params{values: map[string]string{}, uploads: map[string]upload{}}
	for name := range r.URL.Query() {
		p.values[name] = r.URL.Query().Get(name)
	}
	kind, attrs, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		return p, p.readMultipart(multipart.NewReader(r.Body, attrs["boundary"]))
	case "application/json":
		return p, p.readJSON(r.Body)
	}
	if err := r.ParseForm(); err != nil {
		return p, err
	}
	for name := range r.PostForm {
		p.values[name] = r.PostForm.Get(name)
	}
	return p, nil
}

func (p params) readMultipart(reader *multipart.Reader) error {
	for {
		part, err := reader.NextPart()
		// The library sends a call without arguments as an empty body, which is no
		// proper multipart; Telegram accepts it.
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() != "" {
			p.uploads[part.FormName()] = upload{name: part.FileName(), data: data}
			continue
		}
		p.values[part.FormName()] = string(data)
	}
}

func (p params) readJSON(body io.Reader) error {
	var fields map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&fields); err != nil {
		if errors.Is(err, io.EOF) {
			return nil
		}
		return fmt.Errorf("JSON: %w", err)
	}
	for name, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		p.values[name] = text
	}
	return nil
}
