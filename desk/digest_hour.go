package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// DigestOff is the choice of who wants no digest sent; /digest still shows it.
const DigestOff = "off"

// The hours that can be chosen, every half hour of them.
const (
	digestFirst = ClockTime(7 * 60)
	digestLast  = ClockTime(10 * 60)
)

// DigestHours are the times of day that a person can choose.
func DigestHours() []ClockTime {
	var list []ClockTime
	for at := digestFirst; at <= digestLast; at += 30 {
		list = append(list, at)
	}
	return list
}

// ownDigestCron is every half hour of the chosen hours, on the days of the
// site's digest. Without a digest there is none.
func (s *Site) ownDigestCron() string {
	const everyHalf = "0,30 7-10"
	fields := strings.Fields(s.Schedules.Digest)
	switch {
	case len(fields) == 0:
		return ""
	case len(fields) == 5:
		return everyHalf + " " + strings.Join(fields[2:], " ")
	}
	return everyHalf + " * * *"
}

// digestClock is when the site's digest comes: 8:10, or at least its full hour.
func (s *Site) digestClock() ClockTime {
	clock := ClockTime(8*60 + 10)
	if fields := strings.Fields(s.Schedules.Digest); len(fields) == 5 {
		hour, err := strconv.Atoi(fields[1])
		if err != nil || hour < 0 || hour > 23 {
			return clock
		}
		clock = ClockTime(hour * 60)
		if minute, err := strconv.Atoi(fields[0]); err == nil && minute >= 0 && minute < 60 {
			clock += ClockTime(minute)
		}
	}
	return clock
}

// DigestUsual is when somebody who has chosen nothing gets the digest.
func (s *Site) DigestUsual() ClockTime { return s.digestClock() }

// digestChoice is what counts of a choice: "off" only for who may do without.
func (p Person) digestChoice() string {
	if p.Digest == DigestOff && !p.MayDoWithoutDigest() {
		return ""
	}
	return p.Digest
}

// digestClock is the time of day that the person has chosen, if they have.
func (p Person) digestClock() (at ClockTime, own bool) {
	at, err := ParseClockTime(p.digestChoice())
	return at, err == nil && at >= digestFirst && at <= digestLast
}

// digestHour is the full hour at which the day ends for the person: the site's
// for everybody, so that they speak of the same numbers, unless they read the
// digest before.
func (p Person) digestHour(s *Site) ClockTime {
	usual := fullHour(s.digestClock())
	if at, own := p.digestClock(); own {
		return min(usual, fullHour(at))
	}
	return usual
}

func fullHour(c ClockTime) ClockTime { return c / 60 * 60 }

// GetsDigest tells whether the person is sent the digest, when on duty.
func GetsDigest(w World, p Person) bool {
	return p.Has(RoleDutyManager) || slices.ContainsFunc(digestRoles, p.Has) || isAmong(digestReaders(w), p.ID)
}

// MayDoWithoutDigest tells whether the person may have none sent: a supervisor
// reads along, the managers answer for what is in it.
func (p Person) MayDoWithoutDigest() bool {
	for _, r := range p.Roles {
		switch r.Name {
		case RoleDutyManager, RoleCentreManager, RolePropertyManager, RoleAdministrator:
			return false
		}
	}
	return p.Has(RoleSupervisor)
}

// ChooseDigest is the person with another choice: a time of day as in
// DigestHours, DigestOff, or empty for the usual time. ok is false for any
// other.
func (p Person) ChooseDigest(choice string, now time.Time) (Person, bool) {
	at, err := ParseClockTime(choice)
	switch {
	case choice == "", choice == DigestOff && p.MayDoWithoutDigest():
	case err == nil && slices.Contains(DigestHours(), at):
	default:
		return p, false
	}
	p.Digest, p.DigestSet = choice, now
	return p, true
}
