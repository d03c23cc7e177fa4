package desk

import "encoding/json"

// undo takes back the last press of staff: within two minutes, by the one who
// pressed, if nothing followed. It is an event of its own that restores the
// ticket; the history stays.
func undo(w World, t Ticket, by Actor) (Effects, error) {
	last := t.Last
	switch {
	case last == nil || last.Seq != t.Seq:
		return Effects{}, Refuse("refuse.undo.followed", "number", t.Number)
	case last.By != by.Person.ID || by.Person.Suspended:
		return Effects{}, Refuse("refuse.undo.other", "number", t.Number)
	case w.Now().Sub(last.At) > w.Site().Limits.UndoFor:
		return Effects{}, Refuse("refuse.undo.late", "number", t.Number)
	}
	var restored Ticket
	if err := json.Unmarshal(last.Before, &restored); err != nil {
		return Effects{}, err
	}
	x := &turn{w: w, before: t, t: restored, actor: by}
	x.t.Seq = t.Seq + 1
	// What others have added meanwhile is not the presser's to take back.
	x.t.Words, x.t.Files, x.t.Joined, x.t.StillBad = t.Words, t.Files, t.Joined, t.StillBad
	x.event = Event{
		Ticket: t.ID, Seq: x.t.Seq, At: w.Now(), SaidAt: by.SaidAt, Action: Undo, From: t.State,
		By: by.Person.ID, For: by.For, Via: by.Via,
	}
	x.careBefore()
	return x.effects(), nil
}

// Undoable tells whether the person can take back the last press now.
func (t Ticket) Undoable(person string, s *Site, w World) bool {
	return t.Last != nil && t.Last.Seq == t.Seq && t.Last.By == person && w.Now().Sub(t.Last.At) <= s.Limits.UndoFor
}
