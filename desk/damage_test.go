package desk

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// However many share a damage, in whatever order they leave and whoever is named its
// owner on the way: what all have paid is its sum to the fen, nobody pays less than
// nothing, what was frozen stays, and those who share pay alike.
func TestSharesModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "room-mates")
		d := Damage{ID: "d", Fen: rapid.Int64Range(0, MaxFen).Draw(t, "fen")}
		var here []string
		for i := range n {
			id := fmt.Sprint("s", i)
			d.Shares = append(d.Shares, Share{Stay: id})
			here = append(here, id)
		}
		frozen := map[string]int64{}
		named := false
		at := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
		for len(here) > 0 {
			if rapid.IntRange(0, 3).Draw(t, "owner?") == 0 {
				owner := rapid.SampledFrom(append([]string{"", "stranger", "s0"}, here...)).Draw(t, "owner")
				_, gone := frozen[owner]
				changed, ok := d.Owned(owner)
				if ok == (owner == "stranger" || gone) {
					t.Fatalf("owner %q, who has left: %v, is taken: %v", owner, gone, ok)
				}
				if ok {
					d, named = changed, named || owner != ""
				}
			}
			if d.Owner != "" {
				if _, gone := frozen[d.Owner]; !gone && d.ShareOf(d.Owner) != d.Rest() {
					t.Fatalf("the owner pays %d of %d", d.ShareOf(d.Owner), d.Rest())
				}
			}
			i := rapid.IntRange(0, len(here)-1).Draw(t, "leaver")
			leaver := here[i]
			here = append(here[:i:i], here[i+1:]...)
			before := d
			want := d.ShareOf(leaver)
			d = d.Freeze(leaver, at)
			if before.Concerns(leaver) == d.Concerns(leaver) {
				t.Fatal("nothing was frozen")
			}
			frozen[leaver] = want
			for stay, fen := range frozen {
				if d.ShareOf(stay) != fen || fen < 0 {
					t.Fatalf("%s paid %d, and now it is %d", stay, fen, d.ShareOf(stay))
				}
			}
			if again := d.Freeze(leaver, at.Add(time.Hour)); again.ShareOf(leaver) != want {
				t.Fatal("freezing twice changes what was paid")
			}
			if _, gone := frozen[d.Owner]; gone && d.Rest() == 0 {
				d.Owner = "" // The owner has paid all.
			}
		}
		var sum int64
		least, most := int64(MaxFen+1), int64(-1)
		for _, fen := range frozen {
			sum += fen
			least, most = min(least, fen), max(most, fen)
		}
		if sum != d.Fen || d.Open() || d.Rest() != 0 {
			t.Fatalf("%d of %d are paid", sum, d.Fen)
		}
		if !named && most-least > 1 {
			t.Fatalf("shares from %d to %d", least, most)
		}
	})
}

// An owner who is named when the damage is found pays all of it, whoever leaves first.
func TestOwnerPaysAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Damage{Fen: rapid.Int64Range(1, MaxFen).Draw(t, "fen"), Shares: []Share{{Stay: "a"}, {Stay: "b"}, {Stay: "c"}}}
		d, _ = d.Owned("b")
		for _, stay := range rapid.Permutation([]string{"a", "b", "c"}).Draw(t, "order") {
			d = d.Freeze(stay, time.Unix(1, 0))
		}
		if d.ShareOf("a") != 0 || d.ShareOf("b") != d.Fen || d.ShareOf("c") != 0 {
			t.Fatalf("%+v", d)
		}
	})
}

func TestSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen, n := rapid.Int64Range(0, MaxFen).Draw(t, "fen"), rapid.IntRange(1, 12).Draw(t, "n")
		var sum int64
		parts := Split(fen, n)
		for _, p := range parts {
			sum += p
		}
		if sum != fen || len(parts) != n || parts[0]-parts[n-1] > 1 || parts[0] < parts[n-1] {
			t.Fatalf("%d among %d: %v", fen, n, parts)
		}
	})
	if Split(100, 0) != nil {
		t.Error("nobody got something")
	}
}
