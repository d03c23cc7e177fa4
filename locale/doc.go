// Package locale puts texts into words. Every text of the program is in one
// file a language: zh.yaml, en.yaml. A site adds a language by one file, and
// changes single texts by a file of the same name in a folder of its own.
//
// A key is dotted ("take.group"); in the file it may be written flat or nested.
// A text may hold placeholders, which desk.T fills by name:
//
//	{name}                 the value in its natural form
//	{at:day}               a time's day: 今天, tomorrow, Fri, 27 Nov
//	{at:date}              a time's date, whatever day it is: 11-27, 27 Nov
//	{at:time}              a time's hour and minute: 14:00
//	{at:hour}              a time's hour: 14
//	{at:weekday}           a time's weekday: 周二, Tue
//	{at:long}              a time's date and weekday: 11月24日 周二, Tue 24 Nov
//	{n|ticket|tickets}     the first word if n is 1, else the second (without n)
//	{{ and }}              a brace
//
// Values go in as they are, because plain text goes out: nothing is escaped
// here, a channel escapes for its own markup. What could spoil the words around
// them (control characters, text directions left open) is made harmless.
//
// What the program says is found by a test that reads its source: the first
// argument of T and Refuse must be a key in every language, and a text that
// nobody says must go. Keys that are put together while the program runs are
// declared where that happens, by a comment such as
//
//	//locale:prefix repair.
//	//locale:key role.operator role.technician
//
// A key written as a literal and something ("standing."+state) declares its
// prefix by itself, and a whole key that is handed to another function is found
// as it stands.
package locale
