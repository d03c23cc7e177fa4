package flows

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
)

// view is what a question shows as things stand.
type view struct {
	text    desk.Text
	options []Option
	perRow  int
	perPage int
}

// pageSize is how many options are shown at once, unless the question says so.
const pageSize = 24

// view works out what a question shows now.
func (e *engine) view(q Question) view {
	v := view{perRow: q.PerRow, perPage: cmp.Or(q.PerPage, pageSize)}
	switch {
	case q.Confirm:
		v = e.confirmView()
	case q.Place:
		v = e.placeView(q)
	case q.Slot:
		v = e.slotView()
	}
	if q.Options != nil {
		v.options = append(v.options, q.Options(e.c, e.answers())...)
	}
	if v.text.IsZero() && q.Ask != nil {
		v.text = q.Ask(e.c, e.answers())
	}
	if v.text.IsZero() {
		v.text = desk.T("ask." + e.f.Name + "." + q.Name)
	}
	if v.perRow == 0 {
		v.perRow = 2
	}
	return v
}

// ask asks a question. Steps within one question change the pressed message in
// place; another question is a new message.
func (e *engine) ask(q Question) {
	sameQuestion := e.conv.Asked == q.Name
	if !sameQuestion {
		e.conv.Partial = nil
		if q.Asked != nil {
			e.out.Add(q.Asked(e.c, e.answers()))
		}
	}
	e.conv.Asked = q.Name
	if q.Place {
		e.recall(q)
	}
	e.conv.Count++
	v := e.view(q)
	rows := e.rows(v)
	if nav := e.navigation(q); len(nav) > 0 {
		rows = append(rows, nav)
	}
	m := desk.Message{
		Chat: e.c.Chat, Lang: e.c.Lang, Text: desk.Lines(append(slices.Clone(e.lead), v.text)...), Buttons: rows,
		Lane: desk.LaneInteractive, Class: desk.ClassPrompt,
	}
	if sameQuestion && !e.moved {
		m.Edit = e.edit
	}
	e.conv.Ref = m.Edit
	e.out.Say(m)
	e.save()
}

// rows lays the options out, a page of them if they are many.
func (e *engine) rows(v view) [][]desk.Button {
	options := v.options
	page, _ := strconv.Atoi(e.conv.Partial["page"])
	size := cmp.Or(v.perPage, pageSize)
	pages := (len(options) + size - 1) / size
	page = max(0, min(page, pages-1))
	if pages > 1 {
		options = options[page*size : min(len(options), (page+1)*size)]
	}
	var rows [][]desk.Button
	for chunk := range slices.Chunk(options, v.perRow) {
		var row []desk.Button
		for _, o := range chunk {
			row = append(row, e.button(o.Label, o.Key))
		}
		rows = append(rows, row)
	}
	var turn []desk.Button
	if page > 0 {
		turn = append(turn, e.button(desk.T("option.page_before"), optionPage+strconv.Itoa(page-1)))
	}
	if page < pages-1 {
		turn = append(turn, e.button(desk.T("option.page_after"), optionPage+strconv.Itoa(page+1)))
	}
	if turn != nil {
		rows = append(rows, turn)
	}
	return rows
}

// navigation is the last row: the ways on and out that every question has. The
// confirm question shows its own.
func (e *engine) navigation(q Question) []desk.Button {
	var row []desk.Button
	if q.Confirm && e.conv.Partial["change"] == "" {
		return nil
	}
	if q.Photos && !q.First && len(e.conv.Files) > 0 {
		row = append(row, e.button(desk.T("option.next"), optionNext))
	} else if q.Optional {
		row = append(row, e.button(desk.T("option.skip"), optionSkip))
	}
	if e.canBack(q) {
		row = append(row, e.button(desk.T("option.back"), optionBack))
	}
	if !q.Leave {
		row = append(row, e.button(desk.T("option.cancel"), optionCancel))
	}
	return row
}

func (e *engine) button(label desk.Text, option string) desk.Button {
	return desk.Button{Label: label, Data: token(e.conv, option)}
}

// choose takes the choice of an option.
func (e *engine) choose(q Question, key string) step {
	switch {
	case strings.HasPrefix(key, "!"):
		return e.own(q, key)
	case q.Confirm:
		return e.confirmChoice(key)
	case q.Place:
		return e.placeChoice(q, key)
	}
	return e.accept(q, key)
}
