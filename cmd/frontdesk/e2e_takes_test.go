package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"frontdesk/desk"
	"frontdesk/storage"
)

// pairs is how many pairs of technicians race side by side.
const pairs = 20

// TestTwoTakeAtOnce lets two people press the same button at the same time, a
// thousand times: one has it, the other hears by whom.
func TestTwoTakeAtOnce(t *testing.T) {
	t.Parallel()
	rounds := 1000
	if testing.Short() {
		rounds = 100
	}
	o := newOffice(t)
	o.app.Site().Limits.TakenAtOnce = 0
	for i := range 2 * pairs {
		o.person(fmt.Sprintf("tech%d", i), techOf("engineering")...)
	}
	o.update(func(tx *storage.Tx) error {
		for round := range rounds {
			ticket := ticketOfMatrix(desk.StateNew, "", o.now)
			ticket.ID, ticket.Number = fmt.Sprintf("round%d", round), fmt.Sprintf("R-%d", round)
			if err := storage.Tickets.Put(tx, ticket); err != nil {
				return err
			}
		}
		return nil
	})
	presses := make([][2]string, rounds)
	var all sync.WaitGroup
	for pair := range pairs {
		all.Go(func() {
			for round := pair; round < rounds; round += pairs {
				var both sync.WaitGroup
				for n := range 2 {
					// Who is started last tends to run first: each of the two in turn.
					i := (n + round/pairs) % 2
					both.Go(func() {
						who := fmt.Sprintf("tech%d", 2*pair+i)
						presses[round][i] = o.press(who, desk.ChatGroup, desk.PressData(fmt.Sprintf("round%d", round), desk.Take, ""))
					})
				}
				both.Wait()
			}
		})
	}
	all.Wait()
	answers := map[string]string{}
	o.view(func(tx *storage.Tx) error {
		return storage.Outbox.Scan(tx, storage.Range{}, func(r storage.Outgoing) error {
			if r.PressID != "" {
				answers[r.PressID] = r.Drawn.Text
			}
			return nil
		})
	})
	winners := [2]int{}
	for round, pair := range presses {
		o.oneTook(round, [2]string{answers[pair[0]], answers[pair[1]]}, &winners)
	}
	if winners[0] == 0 || winners[1] == 0 {
		t.Errorf("%d to %d: the two never raced", winners[0], winners[1])
	}
}

// oneTook wants one winner of a round, and the other to be told their name.
func (o *office) oneTook(round int, answers [2]string, winners *[2]int) {
	o.t.Helper()
	var ticket desk.Ticket
	var history []desk.Event
	o.view(func(tx *storage.Tx) error {
		w := storage.NewWorld(tx, o.app.Site())
		ticket, _ = w.Ticket(fmt.Sprintf("round%d", round))
		history = w.History(ticket.ID)
		return w.Err()
	})
	if len(history) != 1 || history[0].Action != desk.Take || history[0].By != ticket.Taker {
		o.t.Errorf("round %d: %d events, taker %q", round, len(history), ticket.Taker)
		return
	}
	won := 0
	if ticket.Taker == fmt.Sprintf("tech%d", 2*(round%pairs)+1) {
		won = 1
	}
	winners[won]++
	name := "Name " + ticket.Taker
	if late := answers[1-won]; !strings.Contains(strings.ReplaceAll(late, " ", ""), strings.ReplaceAll(name, " ", "")) {
		o.t.Errorf("round %d: the late presser was answered %q, want the name of %q", round, late, name)
	}
	if answers[won] == "" {
		o.t.Errorf("round %d: the winner was not answered", round)
	}
}
