package flows

import (
	"cmp"
	"math"
	"slices"
)

// model is a linear classifier: a weight for every pair of a feature and a class,
// and nothing else, so that what decided can be said. It is learned from the
// examples when the program starts, always in the same way (multinomial logistic
// regression by AdaGrad in a fixed order), and never changes then.
type model struct {
	classes  []string
	features map[string]int32
	weights  []float32 // by feature, then class
}

// sample is an example as the model sees it.
type sample struct {
	features []string
	class    string
	weight   float32
}

// How it learns. The numbers were chosen once, with whole groups of paraphrases
// left out; none of them is delicate.
const (
	learnRounds = 24
	learnRate   = 0.35
	learnDecay  = 2e-4
	learnEnough = 2e-4 // what is as right as that is left alone, which saves most of the time
)

// learn makes a model of samples.
func learn(samples []sample) *model {
	m := &model{features: map[string]int32{}}
	classes := map[string]int{}
	for _, s := range samples {
		if _, ok := classes[s.class]; !ok {
			classes[s.class] = len(m.classes)
			m.classes = append(m.classes, s.class)
		}
		for _, f := range s.features {
			if _, ok := m.features[f]; !ok {
				m.features[f] = int32(len(m.features))
			}
		}
	}
	k := len(m.classes)
	m.weights = make([]float32, k*len(m.features))
	squares := make([]float32, len(m.weights))
	at := make([][]int32, len(samples))
	for i, s := range samples {
		at[i] = m.known(s.features)
	}
	scores := make([]float64, k)
	for round := range learnRounds {
		for n := range samples {
			// A stride that shares no divisor with the number of samples visits each once.
			i := (n*stride(len(samples)) + round) % len(samples)
			m.score(at[i], scores)
			softmax(scores)
			value := scale(len(at[i]))
			for c := range k {
				off := float32(scores[c])
				if c == classes[samples[i].class] {
					off--
				}
				if off < learnEnough && off > -learnEnough {
					continue
				}
				for _, f := range at[i] {
					w := int(f)*k + c
					g := off*value*samples[i].weight + learnDecay*m.weights[w]
					squares[w] += g * g
					m.weights[w] -= learnRate * g / (float32(math.Sqrt(float64(squares[w]))) + 1e-6)
				}
			}
		}
	}
	return m
}

func stride(n int) int {
	for _, s := range []int{389, 397, 401, 409} {
		if n%s != 0 {
			return s
		}
	}
	return 1
}

// scale makes long and short sentences count alike.
func scale(n int) float32 { return float32(1 / math.Sqrt(float64(max(n, 1)))) }

// known are the features that the model has seen, each once.
func (m *model) known(features []string) []int32 {
	list := make([]int32, 0, len(features))
	for _, f := range features {
		if i, ok := m.features[f]; ok {
			list = append(list, i)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (m *model) score(at []int32, scores []float64) {
	clear(scores)
	k, value := len(m.classes), scale(len(at))
	for _, f := range at {
		for c, w := range m.weights[int(f)*k : int(f)*k+k] {
			scores[c] += float64(w * value)
		}
	}
}

// predict gives the probability of each class; all are 0 when the model knows
// nothing of what was said: marks alone say too little.
func (m *model) predict(features []string) []float64 {
	scores := make([]float64, len(m.classes))
	at := m.known(features)
	if !slices.ContainsFunc(features, func(f string) bool { _, known := m.features[f]; return known && f[0] != '#' }) {
		return scores
	}
	m.score(at, scores)
	softmax(scores)
	return scores
}

// because lists the features that spoke most for a class rather than for the
// others, strongest first.
func (m *model) because(features []string, class, most int) []string {
	type part struct {
		feature string
		weight  float32
	}
	var parts []part
	k := len(m.classes)
	seen := map[string]bool{}
	for _, f := range features {
		i, ok := m.features[f]
		if !ok || seen[f] {
			continue
		}
		seen[f] = true
		if w := m.weights[int(i)*k+class]; w > 0 && f != "#" {
			parts = append(parts, part{f, w})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.weight, a.weight) })
	var list []string
	for _, p := range parts[:min(most, len(parts))] {
		list = append(list, p.feature)
	}
	return list
}

func softmax(scores []float64) {
	top, sum := slices.Max(scores), 0.0
	for i, s := range scores {
		scores[i] = math.Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}
