package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"frontdesk/desk"
	"frontdesk/storage"
)

// Finder finds tickets, the newest first and at most n.
type Finder interface {
	Find(ctx context.Context, text string, n int) ([]desk.Ticket, error)
}

// findMost bounds how many tickets are found, and scanMost how many are looked
// at, the newest first.
const (
	findMost = 200
	scanMost = 20000
)

// scanFinder looks at one ticket after another: at its number, its place, and
// what was said. All words must be somewhere in it.
type scanFinder struct{ app *App }

// Find implements Finder.
func (f scanFinder) Find(ctx context.Context, text string, n int) (found []desk.Ticket, err error) {
	site := f.app.Site()
	words := strings.Fields(desk.Fold(text))
	err = f.app.Store.View(ctx, func(tx *storage.Tx) error {
		number := strings.ToUpper(strings.TrimSpace(text))
		t, ok, err := storage.Tickets.First(tx, "number", storage.Range{Equal: storage.Key(number)})
		if ok || err != nil {
			found = append(found, t)
			return err
		}
		newest := storage.Range{Reverse: true, Limit: scanMost}
		return storage.Tickets.By(tx, "created", newest, func(t desk.Ticket) error {
			if !says(site, t, words) {
				return nil
			}
			if found = append(found, t); len(found) == n {
				return storage.Stop
			}
			return ctx.Err()
		})
	})
	return found, err
}

// says tells whether every word is somewhere in a ticket.
func says(site *desk.Site, t desk.Ticket, words []string) bool {
	category, _ := site.Category(t.Category)
	parts := []string{t.Number, t.Place, t.Summary, t.Department}
	for _, label := range []desk.Label{site.PlaceLabel(t.Place), category.Label, category.Title} {
		for _, word := range label {
			parts = append(parts, word)
		}
	}
	for _, w := range t.Words {
		parts = append(parts, w.Text)
	}
	all := desk.Fold(strings.Join(parts, "\n"))
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(all, w) })
}

// adminFind answers with one line a ticket.
func (s *server) adminFind(rw http.ResponseWriter, r *http.Request) {
	text := strings.Join(r.URL.Query()["q"], " ")
	n, err := strconv.Atoi(r.URL.Query().Get("n"))
	if err != nil || n < 1 || n > findMost || strings.TrimSpace(text) == "" {
		http.Error(rw, fmt.Sprintf("expected words, and a number from 1 to %d", findMost), http.StatusBadRequest)
		return
	}
	finder := s.finder
	if finder == nil {
		finder = scanFinder{s.app}
	}
	found, err := finder.Find(r.Context(), text, n)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	site, texts := s.app.Site(), s.app.Config().Texts
	lang := site.Languages[0]
	table := tabwriter.NewWriter(rw, 0, 0, 2, ' ', 0)
	for _, t := range found {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", t.Number, site.Local(t.Created).Format("2006-01-02 15:04"),
			t.State, t.Department, t.Place, texts.Render(lang, desk.Title(site, t), t.Created))
	}
	if len(found) == 0 {
		fmt.Fprintln(table, "nothing was found")
	}
	table.Flush() //nolint:errcheck // The caller has gone.
}
