package desk

// composed makes a label in Chinese, in English, and in any other language that
// the site has named something in, which is put together as in English.
func composed(parts []Label, compose func(lang string) string) Label {
	label := Label{"zh": "", "en": ""}
	for _, part := range parts {
		for lang := range part {
			label[lang] = ""
		}
	}
	for lang := range label {
		label[lang] = compose(lang)
	}
	return label
}

// buildingName is the building's own name in that language, or 3号楼, A3楼 and
// Building 3.
func buildingName(b Building, lang string) string {
	switch {
	case b.Label[lang] != "":
		return b.Label[lang]
	case lang != "zh":
		return "Building " + b.ID
	case isNumber(b.ID):
		return b.ID + "号楼"
	}
	return b.ID + "楼"
}

func buildingLabel(b Building) Label {
	return composed([]Label{b.Label}, func(lang string) string { return buildingName(b, lang) })
}

func roomLabel(b Building, number string) Label {
	return composed([]Label{b.Label}, func(lang string) string {
		if lang == "zh" {
			return buildingName(b, lang) + number
		}
		return buildingName(b, lang) + ", " + number
	})
}

func floorName(b Building, floor, lang string) string {
	if lang == "zh" {
		return buildingName(b, lang) + floor + "层"
	}
	return buildingName(b, lang) + ", floor " + floor
}

func floorLabel(b Building, floor string) Label {
	return composed([]Label{b.Label}, func(lang string) string { return floorName(b, floor, lang) })
}

func areaName(a Area, lang string) string {
	if text := a.Label.In(lang); text != "" {
		return text
	}
	return a.ID
}

// areaLabel names an area of a floor, or of the whole building if floor is empty.
func areaLabel(b Building, floor string, a Area) Label {
	return composed([]Label{b.Label, a.Label}, func(lang string) string {
		switch {
		case floor != "" && lang == "zh":
			return floorName(b, floor, lang) + areaName(a, lang)
		case floor != "":
			return floorName(b, floor, lang) + " " + areaName(a, lang)
		case lang == "zh":
			return buildingName(b, lang) + areaName(a, lang)
		}
		return buildingName(b, lang) + ", " + areaName(a, lang)
	})
}

func publicLabel(a Area) Label {
	return composed([]Label{a.Label}, func(lang string) string { return areaName(a, lang) })
}

// isNumber says whether s is ASCII digits.
func isNumber(s string) bool {
	for i := range len(s) {
		if !digit(rune(s[i])) {
			return false
		}
	}
	return s != ""
}
