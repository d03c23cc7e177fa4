package telegramtest

import (
	"encoding/json"
	"net/url"
	"strings"
)

// markup reads and checks an inline keyboard. Nothing and an empty list both
// mean no buttons; null in place of the list is refused.
func (s *Server) markup(raw string) ([][]Button, *failure) {
	if raw == "" {
		return nil, nil
	}
	var keyboard struct {
		Rows *[][]struct {
			Text string  `json:"text"`
			Data *string `json:"callback_data"`
			URL  string  `json:"url"`
			// The library sends an empty copy_text with every button; Telegram looks at
			// it only when there is nothing else.
			Copy *struct {
				Text string `json:"text"`
			} `json:"copy_text"`
		} `json:"inline_keyboard"`
	}
	if json.Unmarshal([]byte(raw), &keyboard) != nil || keyboard.Rows == nil {
		s.violate("reply markup without a list: %s", raw)
		return nil, bad("object expected as reply markup")
	}
	var out [][]Button
	count := 0
	for _, row := range *keyboard.Rows {
		var line []Button
		for _, b := range row {
			button := Button{Label: b.Text, URL: b.URL}
			if b.Data != nil {
				button.Data = *b.Data
			}
			if f := s.checkButton(button, b.Copy != nil); f != nil {
				return nil, f
			}
			line = append(line, button)
			count++
		}
		if len(line) > 8 {
			s.violate("%d buttons in a row", len(line))
			return nil, bad("too many buttons in a row")
		}
		if len(line) > 0 {
			out = append(out, line)
		}
	}
	if count > 100 {
		s.violate("%d buttons", count)
		return nil, bad("reply markup is too long")
	}
	return out, nil
}

func (s *Server) checkButton(b Button, copies bool) *failure {
	wrong := ""
	switch {
	case strings.TrimSpace(b.Label) == "":
		wrong = "can't parse inline keyboard button: text must be non-empty"
	case b.URL != "":
		u, err := url.Parse(b.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "tg" {
			wrong = "BUTTON_URL_INVALID"
		}
	case b.Data == "" && copies:
		wrong = "BUTTON_COPY_TEXT_INVALID"
	case b.Data == "":
		wrong = "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard"
	case len(b.Data) > 64:
		wrong = "BUTTON_DATA_INVALID"
	}
	if wrong == "" {
		return nil
	}
	s.violate("button %q: %s", b.Label, wrong)
	return bad(wrong)
}
