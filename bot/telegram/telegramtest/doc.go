// Package telegramtest is a Bot API server for tests, with the people and
// groups behind it. It keeps the truth: who wrote what, what everybody was
// shown, which press was answered, and what the program did against the rules.
//
//	s := telegramtest.New(telegramtest.Options{})
//	alice := s.Person(7, "Alice", "en")
//	alice.Start("")                  // an update waits for the program
//	...                              // which polls, or s.RunPush pushes
//	alice.Press("Report a fault")    // the newest message with such a button
//	fmt.Println(alice.Transcript())
//
// A Server is an http.Handler for a real socket; Server.Transport calls it
// inside the process, which is what works in a bubble of testing/synctest.
//
// It is strict: limits of rate and size are enforced as Telegram does, and
// what a program should never do is also kept in Violations.
package telegramtest
