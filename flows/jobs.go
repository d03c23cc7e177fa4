package flows

import (
	"time"

	"frontdesk/desk"
)

// The kinds of job that look after unfinished conversations. Their names stand
// in stored jobs and are never reused.
const (
	kindRemind = "dialog_remind"
	kindClose  = "dialog_close"
)

// JobKinds are the kinds of job of this package: an unfinished conversation is
// reminded of once, and then closed politely.
var JobKinds = []desk.JobKind{
	{Name: kindRemind, Run: remind(remindDialog)},
	{Name: kindClose, Run: remind(closeDialog)},
}

func remindKey(conversation string) string { return kindRemind + "/" + conversation }
func closeKey(conversation string) string  { return kindClose + "/" + conversation }

// dialogJobs are the jobs that a conversation should have. Nobody is reminded at
// night.
func dialogJobs(s *desk.Site, conv desk.Conversation) []desk.Job {
	var jobs []desk.Job
	f, _ := Find(conv.Flow)
	if wait := s.Limits.RemindDialog; wait > 0 && !conv.Reminded && Active(conv) && !f.Quiet {
		jobs = append(jobs, desk.Job{
			Key: remindKey(conv.Key), Kind: kindRemind, Subject: conv.Key,
			Due: s.Quiet.Release(conv.Updated.Add(wait), s.Zone),
		})
	}
	if wait := s.Limits.CloseDialog; wait > 0 {
		jobs = append(jobs, desk.Job{
			Key: closeKey(conv.Key), Kind: kindClose, Subject: conv.Key,
			Due: s.Quiet.Release(conv.Updated.Add(wait), s.Zone),
		})
	}
	return jobs
}

// Hush keeps a conversation without reminding of it: something graver came
// between.
func Hush(conv desk.Conversation) desk.Effects {
	conv.Reminded = true
	return desk.Effects{Conversations: []desk.Conversation{conv}, Cancel: []string{remindKey(conv.Key)}}
}

// remind makes the Run of a kind: it looks at the conversation as it is now, and
// does nothing if that is over or has moved since.
func remind(do func(*Context, desk.Conversation) (desk.Effects, error)) func(desk.Reader, desk.Job) (desk.Effects, error) {
	return func(r desk.Reader, j desk.Job) (desk.Effects, error) {
		conv, ok := r.Conversation(j.Subject)
		if !ok {
			return desk.Effects{}, nil
		}
		s := r.Site()
		p, _ := r.Person(conv.Person)
		return do(&Context{World: r, Person: p, Chat: conv.Chat, Lang: s.Language(p.Lang)}, conv)
	}
}

// idle tells whether nothing was said for that long.
func idle(c *Context, conv desk.Conversation, wait time.Duration) bool {
	return wait > 0 && !c.World.Now().Before(conv.Updated.Add(wait))
}

func remindDialog(c *Context, conv desk.Conversation) (desk.Effects, error) {
	if conv.Reminded || !Active(conv) || !idle(c, conv, c.site().Limits.RemindDialog) {
		return desk.Effects{}, nil
	}
	conv.Reminded = true
	out, err := again(c, conv, desk.T("dialog.remind"))
	for i := range out.Messages {
		out.Messages[i].Class, out.Messages[i].Key = desk.ClassReminder, kindRemind+"/"+conv.ID
	}
	return out, err
}

func closeDialog(c *Context, conv desk.Conversation) (desk.Effects, error) {
	if !idle(c, conv, c.site().Limits.CloseDialog) {
		return desk.Effects{}, nil
	}
	f, _ := Find(conv.Flow)
	e := newEngine(c, f, conv)
	e.end()
	if Active(conv) && !f.Quiet {
		var buttons [][]desk.Button
		if f.Again != "" {
			buttons = [][]desk.Button{desk.Row(desk.Button{Label: desk.T("option.again"), Data: desk.CommandData(f.Again)})}
		}
		e.say(desk.T("dialog.close"), buttons)
		e.out.Messages[0].Class, e.out.Messages[0].Key = desk.ClassNotice, kindClose+"/"+conv.ID
	}
	return e.out, nil
}
