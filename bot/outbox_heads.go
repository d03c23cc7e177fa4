package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"frontdesk/desk"
	"frontdesk/storage"
)

// skim is how many rows of one chat are passed over before seeking the next
// chat: most chats have few, and a seek costs more than they do.
const skim = 8

// head is the oldest waiting row of a chat in a lane. It is known by its key
// alone: a backlog has a head for every chat, and few are sent at a time.
type head struct{ id, chat string }

// laneHeads lists the oldest waiting row of each chat in a lane, oldest first.
// A backlog is never walked, and no row is read.
func laneHeads(tx *storage.Tx, lane desk.Lane) ([]head, error) {
	var heads []head
	prefix := storage.Key(strconv.Itoa(int(lane)))
	errSeek := errors.New("seek")
	from := prefix
	for {
		passed := 0
		err := storage.Outbox.Keys(tx, "waiting", storage.Range{Prefix: prefix, From: from}, func(key, id string) error {
			chat, _, _ := strings.Cut(key[len(prefix):], "\x01")
			if n := len(heads); n > 0 && heads[n-1].chat == chat {
				if passed++; passed > skim {
					return errSeek
				}
				return nil
			}
			heads, passed = append(heads, head{id, chat}), 0
			return nil
		})
		if !errors.Is(err, errSeek) {
			slices.SortFunc(heads, func(a, b head) int { return strings.Compare(a.id, b.id) })
			return heads, err
		}
		// No row id begins with that byte: this is behind all rows of the chat.
		from = prefix + heads[len(heads)-1].chat + "\x01\xff"
	}
}

// chatRows lists at most n waiting rows of one chat in a lane, oldest first.
func chatRows(tx *storage.Tx, lane desk.Lane, chat desk.Address, n int) ([]storage.Outgoing, error) {
	var rows []storage.Outgoing
	r := storage.Range{Prefix: storage.Key(strconv.Itoa(int(lane)), chat.Chat().String()), Limit: n}
	err := storage.Outbox.By(tx, "waiting", r, func(row storage.Outgoing) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// waitingIn lists at most n waiting rows of one chat, in all lanes but that of
// answers.
func waitingIn(tx *storage.Tx, chat desk.Address, n int) ([]storage.Outgoing, error) {
	var all []storage.Outgoing
	for _, lane := range lanes {
		if lane == desk.LaneAnswer {
			continue
		}
		rows, err := chatRows(tx, lane, chat, n)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}
