// Package scheduler does what is due: the timers of tickets, recurring jobs
// such as the morning digest, and tasks such as the backup.
//
// What is due is a row of storage.Jobs and nothing else: there is no timer in
// memory whose loss would matter. Scheduler.Step looks at the rows once and
// runs what has come; Run only calls it, when a commit has set a job, when the
// next job comes due, and every quarter of a minute, because timers stand still
// while a machine is suspended and wall clocks jump.
//
// A job asks anew before it acts: the ticket's timer decides, in the same
// transaction, whether its time has really come. So a job that was set twice, a
// clock that went back or a second replica cannot make anything happen twice.
//
// A recurring job stores its next run, and the last period that it ran for. After
// a downtime it runs once, for the latest period, however many it missed. What
// came due in a downtime is spread: emergencies go at once, of the rest so many
// a second, for one ticket one thing at a time, and in the hours in which the
// people concerned may be disturbed.
package scheduler
