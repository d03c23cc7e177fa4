// Package desk is the domain of frontdesk: tickets and what may happen to
// them, people and their roles, places, routing, the roster, deadlines on a
// calendar, and the rules of everything that happens later.
//
// It imports the standard library only. It does no I/O, reads no clock and
// starts no goroutine: every rule takes values and the time (a World) and
// returns values (Effects). So a rule can be tested by the thousand, simulated
// for weeks in seconds, and is the same on every channel.
//
// The words are used with one meaning each. An Input came in from a channel. A
// Ticket is a matter that the desk follows; its history is a list of Events.
// The Follower answers for it, the Taker does it. A Card shows it: one record
// with many Posts. A Press is of a button; a callback is the desk asking a
// resident whether the work is good, and never anything else. A Job is
// something due.
package desk
