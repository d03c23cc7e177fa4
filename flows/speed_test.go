package flows

import "testing"

// BenchmarkUnderstand is what a message costs: danger and meaning.
func BenchmarkUnderstand(b *testing.B) {
	l := NewListener(exampleSite(b), shippedExamples(b))
	for _, s := range []struct{ name, text string }{
		{"short", "灯不亮"}, {"usual", "水龙头漏水,3栋502,随时可以进"},
		{"long", "老师您好打扰了我是三号楼902的学生我们宿舍的灯昨天晚上开始就一直闪今天干脆不亮了明天我都在麻烦您派师傅来看一下谢谢,还有卫生间的下水道堵了水下不去,热水也忽冷忽热"},
		{"english", "Hello sir, our ceiling lamp in building 3 room 902 has been blinking since yesterday, and the tap is dripping, please come any time"},
	} {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Danger(s.text)
				l.Doubt(s.text)
				l.Understand(s.text, "zh")
			}
		})
	}
}

// BenchmarkLearn is what the start of the program, and a taught sentence, cost.
func BenchmarkLearn(b *testing.B) {
	site, set := exampleSite(b), shippedExamples(b)
	for b.Loop() {
		NewListener(site, set)
	}
}
