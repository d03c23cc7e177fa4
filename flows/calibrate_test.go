package flows

import (
	"slices"
	"testing"
)

func TestCalibrate(t *testing.T) {
	l := NewListener(exampleSite(t), shippedExamples(t))
	for _, th := range []float64{0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6} {
		for _, ratio := range []float64{1, 1.3, 1.6, 2} {
			acted, right, n, unk := 0, 0, 0, 0
			for _, g := range loadCorpus(t) {
				for _, s := range g.Says {
					if len(s.Dangers) > 0 {
						continue
					}
					n++
					gs := l.Understand(s.Text, "zh")
					if len(gs) > 0 && gs[0].Score >= th && (len(gs) == 1 || gs[0].Score >= ratio*gs[1].Score) {
						acted++
						if slices.Contains(s.Intents, intentName(gs[0].Flow)) {
							right++
						}
					} else if slices.Contains(s.Intents, "unknown") {
						unk++
					}
				}
			}
			t.Logf("%.2f %.1f acted %d right %d (%.3f) strict %.3f", th, ratio, acted, right, float64(right)/float64(acted), float64(right+unk)/float64(n))
		}
	}
}
