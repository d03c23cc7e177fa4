package main

import "fmt"

// What people and groups are called, by the language of the staff. Residents
// write Chinese or English whatever they are called.
var (
	surnames = map[string][]string{
		"zh": {
			"王", "李", "赵", "周", "吴", "郑", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "朱",
			"秦", "尤", "许", "何", "吕", "施", "张", "孔", "曹", "严", "华", "金", "魏", "陶", "姜",
		},
		"en": {
			"Wang", "Li", "Zhao", "Zhou", "Wu", "Zheng", "Feng", "Chen", "Chu", "Wei", "Jiang", "Shen", "Han", "Yang", "Zhu",
			"Qin", "You", "Xu", "He", "Lu", "Shi", "Zhang", "Kong", "Cao", "Yan", "Hua", "Jin", "Wen", "Tao", "Qian",
		},
	}
	// moreSurnames are of the residents of a second day.
	moreSurnames = map[string][]string{
		"zh": {"钱", "孙", "俞", "柳", "鲍", "史", "费", "薛", "雷", "贺", "倪", "汤", "杜", "潘"},
		"en": {"Sun", "Yu", "Liu", "Bao", "Fei", "Xue", "Lei", "He", "Ni", "Tang", "Du", "Pan", "Cai", "Gu"},
	}
	givenNames = map[string][]string{
		"zh": {"敏", "刚", "静", "磊", "芳", "伟", "洁", "强", "婷", "涛"},
		"en": {"Min", "Gang", "Jing", "Lei", "Fang", "Wei", "Jie", "Qiang", "Ting", "Tao"},
	}
	titles = map[string]map[string]string{
		"zh": {"staff": "%s%s", "worker": "%s师傅", "student": "%s同学", "caller": "%s女士", "leaver": "%s晓雨", "newcomer": "%s思远"},
		"en": {"staff": "%[2]s %[1]s", "worker": "Mr %s", "student": "%s (student)", "caller": "Ms %s", "leaver": "Xiaoyu %s", "newcomer": "Siyuan %s"},
	}
	// mates are the room-mates who speak English, by the day on which they play.
	mates      = map[string][]string{"s": {"Ben Carter", "Maya Novak"}, "t": {"Leo Martin", "Anna Berg"}}
	caretakers = map[string]string{"zh": "唐阿姨", "en": "Mrs Tang"}
	groups     = map[string][]string{
		"zh": {"工程部群", "保洁部群", "保安部群"},
		"en": {"Engineering group", "Cleaning group", "Security group"},
	}
	// clients is what the client of somebody who reads a language reports.
	clients = map[string]string{"zh": "zh-hans", "en": "en"}
)

// titled is how somebody is called.
func titled(lang, kind string, names ...any) string { return fmt.Sprintf(titles[lang][kind], names...) }
