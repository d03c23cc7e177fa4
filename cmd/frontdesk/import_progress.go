package main

import (
	"fmt"
	"os"
	"time"
)

// progress shows how far a long command is: on a terminal in one line that
// changes, elsewhere in few lines.
type progress struct {
	out      *os.File
	terminal bool
	shown    bool      // a line is on the terminal
	last     time.Time // when it was changed
	tenth    int       // of a plain progress that was told
}

func newProgress(out *os.File) *progress {
	info, err := out.Stat()
	return &progress{out: out, terminal: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

// say tells what is done now.
func (p *progress) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if p.terminal {
		fmt.Fprintf(p.out, "\r\x1b[K%s", text)
		p.shown = true
		return
	}
	fmt.Fprintln(p.out, text)
}

// rows tells how many rows are written.
func (p *progress) rows(done, total int) {
	if total == 0 {
		return
	}
	percent := done * 100 / total
	if p.terminal {
		if now := time.Now(); done < total && now.Sub(p.last) < 100*time.Millisecond {
			return
		} else {
			p.last = now
		}
		p.say("writing %d of %d (%d %%)", done, total, percent)
		return
	}
	if tenth := percent / 25; tenth > p.tenth {
		p.tenth = tenth
		p.say("written %d of %d", done, total)
	}
}

// end clears the line.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = false
	}
}
