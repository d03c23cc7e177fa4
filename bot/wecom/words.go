package wecom

import (
	"strings"
	"unicode"
)

// Words are texts that only the channels of WeCom need: the desk's own texts do
// not know that a card cannot lose its buttons, or that options have numbers.
type Words struct {
	// Choose stands above numbered options: the person answers with a number.
	Choose string
	// Below is the title of a card whose words stand in the message before it.
	Below string
	// Settled stands, grey, where the buttons of a card were. Newer stands there
	// when a newer message has taken the card's place. Both have at most 10
	// characters.
	Settled, Newer string
	// Report, Mine and Help are the three entries of the menu, of at most 16 bytes.
	Report, Mine, Help string
}

// wordsFor are the words that go with a text. A message does not say in which
// language it is; whether it has Chinese characters tells.
func (c *Corp) wordsFor(text string) Words {
	han := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if han || c.latin == (Words{}) || text == "" {
		return c.words
	}
	return c.latin
}

// WordsFrom takes the words from the texts of a language.
func WordsFrom(say func(key string) string) Words {
	return Words{
		Choose: say("wecom.choose"), Below: say("wecom.below"), Settled: say("wecom.settled"), Newer: say("wecom.newer"),
		Report: say("wecom.menu.report"), Mine: say("wecom.menu.mine"), Help: say("wecom.menu.help"),
	}
}
