package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"text/tabwriter"

	"frontdesk/desk"
	"frontdesk/storage"
)

// findMost bounds how many tickets are found.
const findMost = 200

// console is whoever may open the socket: they find what an administrator finds.
var console = desk.Person{Roles: []desk.Role{{Name: desk.RoleAdministrator}}}

// find finds tickets as /find does, the newest first and at most n.
func (a *App) find(ctx context.Context, text string, n int) (found []desk.Ticket, err error) {
	err = a.Store.View(ctx, func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, a.Site())
		found = nil
		if search := desk.ParseSearch(w, console, text); !search.Empty() {
			found = w.Find(search, 0, n).Tickets
		}
		return w.Err()
	})
	return found, err
}

// adminFind answers with one line a ticket.
func (s *server) adminFind(rw http.ResponseWriter, r *http.Request) {
	text := strings.Join(r.URL.Query()["q"], " ")
	n, err := strconv.Atoi(r.URL.Query().Get("n"))
	if err != nil || n < 1 || n > findMost || strings.TrimSpace(text) == "" {
		http.Error(rw, fmt.Sprintf("expected words, and a number from 1 to %d", findMost), http.StatusBadRequest)
		return
	}
	found, err := s.app.find(r.Context(), text, n)
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
