package flows

import (
	"slices"

	"frontdesk/desk"
)

// files takes photos and other files. They may come at any step; a caption
// counts as words; an album has one prompt, and its later photos join silently.
func (e *engine) files(q Question, in desk.Input) step {
	if e.f.Loose {
		return stepNot
	}
	if in.Album != "" && in.Album == e.conv.Album && e.f.Late != nil && !q.Photos {
		effects, err := e.f.Late(e.c, e.answers(), in.Files)
		if err == nil {
			e.out.Add(effects)
		}
		return stepSilent
	}
	if !e.f.Photos && !q.Photos {
		if in.Text != "" {
			return e.words(q, in.Text)
		}
		return e.told(desk.T("flow.no_photo"))
	}
	joins := in.Album != "" && in.Album == e.conv.Album
	fits := e.keep(in.Files)
	e.conv.Album = in.Album
	if joins && in.Text == "" {
		return stepSilent
	}
	switch {
	case !fits:
		e.lead = append(e.lead, desk.T("flow.files_full", "limit", MaxFiles))
	case q.Photos && q.First && shows(in.Files):
		e.remember(in.Text)
		e.answer(q.Name, "photo")
		return stepAsk
	case in.Kind == desk.InputPhoto:
		e.lead = append(e.lead, desk.T("flow.photo_kept"))
	default:
		e.lead = append(e.lead, desk.T("flow.file_kept"))
	}
	if in.Text != "" {
		return e.words(q, in.Text)
	}
	return stepAsk
}

// shows tells whether one can look at the files: a recording of a voice is no
// proof of finished work.
func shows(files []desk.File) bool {
	return slices.ContainsFunc(files, func(f desk.File) bool {
		return f.Kind == desk.FilePhoto || f.Kind == desk.FileVideo || f.Kind == desk.FileOther
	})
}

// keep adds the files that are new, as long as there is room.
func (e *engine) keep(files []desk.File) (fits bool) {
	for _, f := range files {
		if slices.ContainsFunc(e.conv.Files, func(have desk.File) bool { return same(have, f) }) {
			continue
		}
		if len(e.conv.Files) >= MaxFiles {
			return false
		}
		e.conv.Files = append(e.conv.Files, f)
		e.c.kept = len(e.conv.Files)
	}
	return true
}

func same(a, b desk.File) bool {
	return a.Channel == b.Channel && (a.Unique != "" && a.Unique == b.Unique || a.ID == b.ID)
}
