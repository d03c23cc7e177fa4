package main

import (
	"bytes"
	"context"

	"frontdesk/desk"
	"frontdesk/paper"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// reportTask draws the report of an incident that is over and sends it to the
// managers, as a draft to be completed.
func (a *App) reportTask() scheduler.Task {
	return scheduler.Task{Name: desk.JobIncidentReport, Run: func(ctx context.Context, job desk.Job) error {
		wr := a.writer()
		lang := wr.Site.Languages[0]
		var title string
		var sections []paper.Section
		var i desk.Incident
		err := a.Store.View(ctx, func(tx *storage.Tx) error {
			w := storage.NewWorld(tx, wr.Site)
			found, ok := w.Incident(job.Subject)
			if !ok {
				return w.Err()
			}
			i, sections = found, nil
			head, parts := desk.IncidentReport(w, i)
			title = wr.Texts.Render(lang, head, tx.Now())
			for _, part := range parts {
				section := paper.Section{Head: wr.Texts.Render(lang, part.Head, tx.Now())}
				for _, line := range part.Lines {
					section.Lines = append(section.Lines, wr.Texts.Render(lang, line, tx.Now()))
				}
				sections = append(sections, section)
			}
			return w.Err()
		})
		if err != nil || i.ID == "" {
			return err
		}
		var pdf bytes.Buffer
		if err := paper.Report(&pdf, title, wr.Site.Name.In(lang), sections); err != nil {
			return err
		}
		return a.Store.Update(ctx, func(tx *storage.Tx) error {
			w := storage.NewWorld(tx, wr.Site)
			var out desk.Effects
			for level := range 2 {
				for _, p := range desk.Managers(w, level) {
					out.Say(desk.Message{
						Person: p.ID, Lane: desk.LaneInteractive, Class: desk.ClassNotice, Key: "incident_report/" + i.ID + "/" + p.ID,
						Text: desk.T("incident.report.sent", "title", title),
						File: &desk.Attachment{Name: i.FileName(), MIME: "application/pdf", Body: pdf.Bytes()},
					})
				}
			}
			if err := w.Err(); err != nil {
				return err
			}
			return wr.Apply(tx, out)
		})
	}}
}
