package main

import (
	"bytes"
	"context"
	"time"

	"frontdesk/desk"
	"frontdesk/paper"
	"frontdesk/scheduler"
	"frontdesk/storage"
)

// reportTask draws the report of an incident that is over and sends it to the
// managers, each in their language, as a draft to be completed.
func (a *App) reportTask() scheduler.Task {
	return scheduler.Task{Name: desk.JobIncidentReport, Run: func(ctx context.Context, job desk.Job) error {
		wr := a.writer()
		drawn := map[string]*incidentPaper{}
		err := a.Store.View(ctx, func(tx *storage.Tx) error {
			w := storage.NewWorld(tx, wr.Site)
			i, ok := w.Incident(job.Subject)
			if !ok {
				return w.Err()
			}
			for _, lang := range wr.Site.Languages {
				drawn[lang] = readIncident(w, wr, i, lang, tx.Now())
			}
			return w.Err()
		})
		if err != nil || len(drawn) == 0 {
			return err
		}
		for lang, p := range drawn {
			if err := p.draw(wr.Site.Name.In(lang)); err != nil {
				return err
			}
		}
		return a.Store.Update(ctx, func(tx *storage.Tx) error {
			w := storage.NewWorld(tx, wr.Site)
			i, _ := w.Incident(job.Subject)
			var out desk.Effects
			for level := range 2 {
				for _, p := range desk.Managers(w, level) {
					paper := drawn[wr.Site.Language(p.Lang)]
					out.Say(desk.Message{
						Person: p.ID, Lane: desk.LaneInteractive, Class: desk.ClassNotice, Key: "incident_report/" + i.ID + "/" + p.ID,
						Text: desk.T("incident.report.sent", "title", paper.title),
						File: &desk.Attachment{Name: i.FileName(), MIME: "application/pdf", Body: paper.pdf.Bytes()},
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

// incidentPaper is the report of an incident in one language.
type incidentPaper struct {
	title    string
	sections []paper.Section
	pdf      bytes.Buffer
}

// readIncident puts a report into words.
func readIncident(w *storage.World, wr storage.Writer, i desk.Incident, lang string, now time.Time) *incidentPaper {
	title, parts := desk.IncidentReport(w, i)
	p := &incidentPaper{title: wr.Texts.Render(lang, title, now)}
	for _, part := range parts {
		section := paper.Section{Head: wr.Texts.Render(lang, part.Head, now)}
		for _, line := range part.Lines {
			section.Lines = append(section.Lines, wr.Texts.Render(lang, line, now))
		}
		p.sections = append(p.sections, section)
	}
	return p
}

func (p *incidentPaper) draw(site string) error {
	return paper.Report(&p.pdf, p.title, site, p.sections)
}
