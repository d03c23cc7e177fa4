package desk

// The words around numbers that people use for places. Longer ones stand before
// those they begin with.
var (
	// buildingSuffixes make a building of a number or letter before them.
	buildingSuffixes = words("号学生公寓楼", "号学生公寓", "号宿舍楼", "号公寓楼", "号教学楼", "号实验楼", "号办公楼", "号公寓", "号宿舍", "号楼", "号栋", "#楼", "栋楼", "幢楼", "座楼", "栋", "幢", "座")
	// letteredSuffixes do so after letters only; 3楼 is a floor.
	letteredSuffixes = words("号", "公寓", "大楼", "楼")
	variantSuffixes  = []string{"号楼", "栋", "幢", "座"}
	buildingWords    = []string{"building", "bldg", "bld", "blk", "block", "tower", "dormitory", "dorm", "hall", "house"}
	buildingRunes    = runesOf(buildingWords)

	floorSuffixes = words("层楼", "楼", "层")
	floorPrefixes = words("第", "负", "地下")
	ordinals      = set("st", "nd", "rd", "th")
	floorWords    = words("floor", "storey", "level", "fl")

	roomSuffixes = words("号房间", "号寝室", "号宿舍", "号教室", "号房", "号室", "房间", "寝室", "宿舍", "教室", "办公室", "实验室", "会议室", "室", "房", "寝")
	roomPrefixes = words("房间号", "宿舍号", "寝室号", "房间", "房号", "宿舍", "寝室", "教室", "办公室")
	roomWords    = words("apartment", "room", "suite", "flat", "unit", "apt", "rm")

	// counters follow numbers that count or measure something, and so are no
	// place.
	counters     = words("号", "天", "日", "月", "年", "点", "分", "秒", "时", "小时", "周", "星期", "个", "人", "元", "块", "次", "度", "米", "瓦", "吨", "斤", "公", "件", "份", "名", "位", "台", "张", "条", "盏", "%", "℃", "°")
	counterWords = set("day", "days", "hour", "hours", "hr", "hrs", "h", "min", "mins", "minute", "minutes", "sec", "seconds", "week", "weeks", "month", "months", "year", "years", "people", "persons", "students", "guests", "times", "yuan", "rmb", "kg", "g", "cm", "mm", "m", "km", "w", "v", "percent", "am", "pm")

	// joints may stand between the parts of one place.
	joints     = words("里面的", "里面", "里的", "的", "里", "内")
	jointWords = set("in", "of", "on", "at", "the", "s")

	// counted stands before 一栋 and the like when it is no number of a building:
	// 这一栋.
	counted = words("这", "那", "哪", "每", "有", "另", "任", "同", "各", "整", "几")

	spoken = map[string]string{
		"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
		"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12",
	}
)

func words(list ...string) [][]rune { return runesOf(list) }

func runesOf(list []string) [][]rune {
	runes := make([][]rune, len(list))
	for i, word := range list {
		runes[i] = []rune(word)
	}
	return runes
}

func set(list ...string) map[string]bool {
	m := map[string]bool{}
	for _, word := range list {
		m[word] = true
	}
	return m
}

// oneOf returns where the first word of the list that stands at i ends, or -1. It
// looks at no edges: Chinese has none.
func (f folded) oneOf(i int, list [][]rune) int {
	for _, word := range list {
		if f.starts(i, word) {
			return i + len(word)
		}
	}
	return -1
}

func (f folded) starts(i int, word []rune) bool {
	if i < 0 || i+len(word) > len(f.runes) {
		return false
	}
	for k, r := range word {
		if f.runes[i+k] != r {
			return false
		}
	}
	return true
}

// keyword returns where an English word of the list that stands at i ends, or -1.
// A number may follow it without a space (bldg3).
func (f folded) keyword(i int, list [][]rune) int {
	if !letter(f.rune(i)) || letter(f.rune(i-1)) {
		return -1
	}
	if end := f.oneOf(i, list); end > 0 && !letter(f.rune(end)) {
		return end
	}
	return -1
}

// word returns the letters at i.
func (f folded) word(i int) (string, int) {
	end := i
	for letter(f.rune(end)) && end-i < 16 {
		end++
	}
	return string(f.runes[min(i, len(f.runes)):min(end, len(f.runes))]), end
}

// tag returns the number or the short mark of letters and digits at i (3, 三, a3,
// 12b), which must begin there.
func (f folded) tag(i int) (text string, end int) {
	if !latin(f.rune(i)) {
		if _, inside := numerals[f.rune(i-1)]; inside {
			return "", i
		}
		return f.number(i)
	}
	if latin(f.rune(i - 1)) {
		return "", i
	}
	for end = i; latin(f.rune(end)); end++ {
	}
	return string(f.runes[i:end]), end
}

// afterMark returns where the number after a keyword may begin: behind spaces and
// "no.", "number", "#", "." or ":".
func (f folded) afterMark(i int) int {
	i = f.spaces(i)
	if word, end := f.word(i); word == "no" || word == "number" {
		i = end
	}
	for range 3 {
		switch f.rune(i) {
		case '.', '#', ':', '-', ' ':
			i++
		}
	}
	return i
}

// counts says whether what follows a number makes it an amount.
func (f folded) counts(i int) bool {
	i = f.spaces(i)
	if f.oneOf(i, counters) > 0 {
		return true
	}
	word, _ := f.word(i)
	return counterWords[word]
}

// midway says whether the number that begins at i goes on from another one: the
// 30 in 8:30, the 27 in 11-27.
func (f folded) midway(i int) bool {
	switch f.rune(i - 1) {
	case '-':
		return latin(f.rune(i - 2))
	case '.', ':', '/', '~':
		return digit(f.rune(i - 2))
	case '+', '$', '¥', '￥':
		return true
	}
	return false
}
