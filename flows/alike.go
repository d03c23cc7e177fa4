package flows

import (
	"strings"

	"frontdesk/desk"
)

// alike is a text as the words of situations are compared: folded, without
// apostrophes, long drawn letters as one ("fireee"), and what people say in many
// ways in one: isn't and has not are "not", cannot and unable to are "cant".
func alike(text string) string {
	return sameWords(undrawn(plain(desk.Fold(text))))
}

// undrawn writes a letter once that stands three times or more.
func undrawn(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		end := i + 1
		for end < len(text) && text[end] == text[i] {
			end++
		}
		if letter := text[i] >= 'a' && text[i] <= 'z'; letter && end-i > 2 {
			b.WriteByte(text[i])
		} else {
			b.WriteString(text[i:end])
		}
		i = end
	}
	return b.String()
}

// oneWord are words for which another stands, twoWords those of two.
var oneWord, twoWords = sameMeaning()

func sameMeaning() (one, two map[string]string) {
	one, two = map[string]string{}, map[string]string{"no one": "nobody", "any more": "anymore"}
	for to, list := range map[string]string{
		"not":     "isnt wasnt arent werent aint doesnt dosent dosnt dont didnt hasnt havent hadnt wont wouldnt",
		"cant":    "cannot couldnt cudnt cnt",
		"you":     "u",
		"your":    "ur",
		"through": "thru",
		"please":  "pls plz",
		"people":  "ppl",
		"someone": "somone",
	} {
		for word := range strings.FieldsSeq(list) {
			one[word] = to
		}
	}
	for helper := range strings.FieldsSeq("is was are were does do did has have had will would") {
		two[helper+" not"] = "not"
	}
	for _, words := range []string{"can not", "could not", "unable to"} {
		two[words] = "cant"
	}
	return one, two
}

// sameWords puts the one word for each that has many.
func sameWords(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		end := wordEnd(text, i)
		if end == i {
			b.WriteByte(text[i])
			i++
			continue
		}
		word := text[i:end]
		if end < len(text) && text[end] == ' ' {
			second := wordEnd(text, end+1)
			if to, ok := twoWords[text[i:second]]; ok {
				b.WriteString(to)
				i = second
				continue
			}
		}
		if to, ok := oneWord[word]; ok {
			word = to
		}
		b.WriteString(word)
		i = end
	}
	return strings.ReplaceAll(b.String(), "没有", "没")
}

// wordEnd is where the Latin word ends that begins at a byte.
func wordEnd(text string, from int) int {
	end := from
	for end < len(text) && text[end] >= 'a' && text[end] <= 'z' {
		end++
	}
	return end
}
