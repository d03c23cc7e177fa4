package flows

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"go.yaml.in/yaml/v3"

	"frontdesk/desk"
	"frontdesk/flows/examples"
)

// exampleSite has the categories of config.example.yaml, as they stand there,
// and its places.
func exampleSite(t testing.TB) *desk.Site {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "config.example.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Categories []struct {
			ID, Kind     string
			Label, Title map[string]string
			Words        map[string][]string
			UrgentWords  map[string][]string `yaml:"urgent_words"`
		}
	}
	if err := yaml.Unmarshal(data, &config); err != nil || len(config.Categories) < 10 {
		t.Fatal(len(config.Categories), err)
	}
	site := *testSite(t)
	site.Categories = nil
	for _, c := range config.Categories {
		site.Categories = append(site.Categories, desk.Category{
			ID: c.ID, Kind: c.Kind, Label: c.Label, Title: c.Title, Words: c.Words, UrgentWords: c.UrgentWords,
		})
	}
	area := func(id, zh, en string, aliases ...string) desk.Area {
		return desk.Area{ID: id, Label: desk.Label{"zh": zh, "en": en}, Aliases: aliases}
	}
	var buildings []desk.Building
	for b := 1; b <= 8; b++ {
		id := strconv.Itoa(b)
		building := desk.Building{
			ID: id, Aliases: []string{id + "栋", id + "幢", "Block " + id},
			Areas: []desk.Area{
				area("lift-a", "电梯A", "lift A", "电梯", "1号电梯", "elevator", "lift"),
				area("lift-b", "电梯B", "lift B", "电梯", "2号电梯", "elevator", "lift"), area("lobby", "大厅", "lobby", "门厅", "一楼大厅", "entrance"),
			},
		}
		for f := 1; f <= 12; f++ {
			floor := desk.Floor{ID: strconv.Itoa(f), Areas: []desk.Area{
				area("corridor", "走廊", "corridor", "过道", "楼道", "hallway"),
				area("bathroom", "卫生间", "bathroom", "厕所", "洗手间", "浴室", "toilet", "shower room"),
			}}
			for r := 1; r <= 12; r++ {
				floor.Rooms = append(floor.Rooms, fmt.Sprintf("%02d", r))
			}
			building.Floors = append(building.Floors, floor)
		}
		buildings = append(buildings, building)
	}
	site.Places, err = desk.NewPlaces(buildings, []desk.Area{
		area("canteen", "食堂", "Canteen", "餐厅", "饭堂", "cafeteria", "dining hall"), area("library", "图书馆", "Library"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return &site
}

// shippedExamples are read once.
var loadExamples = sync.OnceValues(func() (examples.Set, error) { return examples.Load(nil) })

func shippedExamples(t testing.TB) examples.Set {
	t.Helper()
	set, err := loadExamples()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

var (
	listens     sync.Once
	theListener *Listener
)

// testListener understands for the test site. It never changes, so that one is
// enough.
func testListener(t testing.TB) *Listener {
	t.Helper()
	listens.Do(func() { theListener = NewListener(testSite(t), shippedExamples(t)) })
	return theListener
}
