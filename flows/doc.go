// Package flows is the conversations of the desk: what is asked, in which
// order, and what follows when all is answered.
//
// A flow is a Go value: a name, questions, and what to do in the end. The
// position is never stored; it is the first question that applies and has no
// answer. What is stored is a desk.Conversation, which is plain data. So
// restarts, deploys in mid-conversation, back, cancel, skip, answers out of
// order and answers taken from a sentence come from the engine, and no flow can
// forget them. Everything here is pure: an input and a conversation go in,
// desk.Effects come out.
//
// To add a flow: copy repair.go, add one line to registry.go, add its texts in
// each language, write testdata/<flow>/happy.txt with the inputs, run
//
//	go test ./flows -update
//
// and read what the desk says. It then works on every channel.
//
// The texts of a flow are, by habit, ask.<flow>.<question> for the question,
// topic.<question> for its name in the list of what can be changed, and
// option.<word> for the labels of buttons, which have at most 10 characters.
package flows
