package storage

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"frontdesk/desk"
)

// Who filed an anonymous ticket. What lies in the store says neither whose a
// ticket is nor which tickets are a person's, unless one has the key, which lies
// outside of it (desk.Site.SealKey): the keys of the rows are HMACs, and what they
// hold is encrypted. No view, list, export or index reads the table.

// SealRow is one of them, or a message that told that person something. It has no
// time: what was filed at that moment would tell.
type SealRow struct {
	Key    string `json:"key"`             // an HMAC of the ticket's id, or of the message
	Owner  string `json:"owner,omitempty"` // an HMAC of the person's id
	Ticket string `json:"ticket"`
	Person string `json:"person,omitempty"`
}

// Seals is the table of them.
var Seals = NewTable("seals", func(s SealRow) string { return s.Key },
	Index[SealRow]{"owner", func(s SealRow) []string { return some(s.Owner != "", Key(s.Owner)) }},
)

// sealing makes and reads rows with the site's key.
type sealing struct{ key []byte }

func (s sealing) mac(what, id string) []byte {
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte(what + "/" + id))
	return m.Sum(nil)
}

// cipher is AES-GCM under a key of its own for each purpose. The nonce is made of
// what is encrypted, so that the same is never encrypted twice in two ways and two
// never with one nonce.
func (s sealing) cipher(what string) cipher.AEAD {
	block, err := aes.NewCipher(s.mac("cipher", what))
	if err != nil {
		panic("storage: a key of the wrong length: " + err.Error())
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic("storage: " + err.Error())
	}
	return aead
}

func (s sealing) seal(what, id string) string {
	aead := s.cipher(what)
	nonce := s.mac("nonce/"+what, id)[:aead.NonceSize()]
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, []byte(id), nil))
}

func (s sealing) open(what, sealed string) string {
	data, err := base64.RawURLEncoding.DecodeString(sealed)
	aead := s.cipher(what)
	if err != nil || len(data) < aead.NonceSize() {
		return ""
	}
	id, err := aead.Open(nil, data[:aead.NonceSize()], data[aead.NonceSize():], nil)
	if err != nil {
		return ""
	}
	return string(id)
}

func (s sealing) row(seal desk.Seal) SealRow {
	return SealRow{
		Key: hex.EncodeToString(s.mac("ticket", seal.Ticket)), Owner: hex.EncodeToString(s.mac("person", seal.Person)),
		Ticket: s.seal("ticket", seal.Ticket), Person: s.seal("person", seal.Person),
	}
}

func (w *World) sealing() sealing { return sealing{w.site.SealKey} }

// Sealed implements desk.World.
func (w *World) Sealed(ticket string) string {
	row, ok := read(w, Seals, hex.EncodeToString(w.sealing().mac("ticket", ticket)))
	if !ok {
		return ""
	}
	p, ok := w.Person(w.sealing().open("person", row.Person))
	if !ok {
		return ""
	}
	return p.ID
}

// SealedOf implements desk.World.
func (w *World) SealedOf(person string) []desk.Ticket {
	var tickets []desk.Ticket
	for _, row := range list(w, Seals, "owner", Range{Equal: Key(hex.EncodeToString(w.sealing().mac("person", person)))}) {
		if t, ok := w.Ticket(w.sealing().open("ticket", row.Ticket)); ok {
			tickets = append(tickets, t)
		}
	}
	return tickets
}

// handlePrefix begins the handle of an anonymous ticket: what stands in the
// unfinished conversation of whoever filed it, in place of the ticket's id.
const handlePrefix = "~"

func (w *World) handle(ticket string) string {
	return handlePrefix + w.sealing().seal("handle", ticket)
}

// unhandled is the id of a ticket that a handle stands for, or what was given.
func (w *World) unhandled(id string) string {
	if sealed, ok := strings.CutPrefix(id, handlePrefix); ok {
		return w.sealing().open("handle", sealed)
	}
	return id
}

// secretOf tells whether a message about a ticket goes to the secret requester of
// it: then nothing of where it went may be kept.
func (w *World) secretOf(ticket, person string, chat desk.Address) bool {
	t, ok := w.Ticket(ticket)
	if !ok || !t.Anonymous() {
		return false
	}
	owner, ok := w.Person(w.Sealed(ticket))
	if !ok {
		return false
	}
	if owner.ID == person {
		return true
	}
	for _, a := range owner.Addresses {
		if a.Chat() == chat.Chat() {
			return true
		}
	}
	return false
}

// KeepSecretRef remembers which message told the secret requester of a ticket, so
// that a reply to it finds the ticket. Without the key nobody sees whose message
// it was, or of which ticket.
func (w *World) KeepSecretRef(chat desk.Address, ref, ticket string) error {
	if ref == "" {
		return nil
	}
	row := SealRow{
		Key:    hex.EncodeToString(w.sealing().mac("ref", chat.Chat().String()+"/"+ref)),
		Ticket: w.sealing().seal("ticket", ticket),
	}
	return Seals.Put(w.tx, row)
}

// SecretAt finds the anonymous ticket that a message told its requester of.
func (w *World) SecretAt(chat desk.Address, ref string) (desk.Ticket, bool) {
	row, ok := read(w, Seals, hex.EncodeToString(w.sealing().mac("ref", chat.Chat().String()+"/"+ref)))
	if !ok {
		return desk.Ticket{}, false
	}
	return w.Ticket(w.sealing().open("ticket", row.Ticket))
}
