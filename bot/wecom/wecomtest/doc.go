// Package wecomtest is a server of the WeCom API for tests, with the people,
// groups and robots behind it. It keeps the truth: what everybody was shown,
// which card was replaced, what was dropped without a word, and what the
// program did against the rules.
//
//	clock := wecomtest.NewClock(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
//	s := wecomtest.New(wecomtest.Options{Now: clock.Now})
//	s.AddPerson("lijie", "李杰")
//	...                              // the program calls s.Transport()
//	fmt.Println(s.Transcript("lijie"))
//
// A Server is an http.Handler for a real socket; Server.Transport calls it
// inside the process.
//
// It is strict: unknown fields are refused, limits are enforced as WeCom does
// (what is beyond 30 messages a minute to one person is dropped and answered
// with success), and what a program should never do is also kept in Violations.
//
// Each file adds its calls to the registry by itself (see register).
package wecomtest
