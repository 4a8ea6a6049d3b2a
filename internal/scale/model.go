package scale

import (
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// City is what the paper assumes of the city. Where each number is from stands in
// docs/scale.md.
type City struct {
	Wards     int
	Residents int
	Reporting float64 // share of the residents who send a report in a year
	Helped    float64 // share of the residents who ask for help in a year
	Evening   float64 // share of the residents who open the bot after the programme
	Finishing float64 // share of those who send a report then
	Files     float64 // files with a report
}

// Hanoi is the city of the plan.
var Hanoi = City{Wards: 126, Residents: 8_000_000, Reporting: 0.004, Helped: 0.0005, Evening: 0.005, Finishing: 0.25, Files: 0.5}

// Cases is how many reports and requests come in a year.
func (c City) Cases() int { return int(float64(c.Residents) * (c.Reporting + c.Helped)) }

// Coming is how many people open the bot after the programme.
func (c City) Coming() int { return int(float64(c.Residents) * c.Evening) }

// What one thing takes in the database with its indexes, in bytes, as storage.TestSizeOfCases
// measures it; a file is as large as it is after cleaning.
const (
	CaseBytes    = 2_450     // a report of forty words with its way back, its first row of history, its names, and what is counted of it
	StepBytes    = 210       // a row of the history
	MessageBytes = 870       // a message of twenty words, with its row of the history
	FileBytes    = 1_000_000 // a photo of a phone, cleaned; assumed
)

const (
	stepsOfCase    = 8 // from received to closed, with those taken back
	messagesOfCase = 3
)

// Handled is what a case takes once it was worked on.
const Handled = CaseBytes + stepsOfCase*StepBytes + messagesOfCase*MessageBytes

// Load is what comes in one evening.
type Load struct {
	People    int
	Peak      time.Duration // from the end of the programme until most come at once
	Finishing float64       // share who go through to the receipt
	Long      int           // messages from /start to the receipt; docs/bench.md counts the same
	Short     int           // messages of who only looks
	Thinking  time.Duration // before the next message, on average
	Patience  time.Duration // whoever waits longer for an answer goes away
	Staff     int           // who are told of a new report
	Seed      uint64
}

// Evening is the burst after the programme for a part of the city.
func (c City) evening(people int) Load {
	return Load{
		People: people, Peak: 10 * time.Minute, Finishing: c.Finishing, Long: 8, Short: 2,
		Thinking: 12 * time.Second, Patience: 3 * time.Minute, Staff: 6, Seed: 1,
	}
}

// System is one installation.
type System struct {
	Bots     int
	Rate     int           // messages a second of one bot
	Handlers int           // updates worked on at once, in all replicas
	Handling time.Duration // of one update, until it is committed
	Delivery time.Duration // from the send slot until the phone shows the message
	Untold   int           // reports an hour after which staff are not told of each
}

// One is one program with its defaults: as many handlers as a replica has, each slower
// than any measurement so far.
func One(bots int) System {
	return System{
		Bots: bots, Rate: bot.TelegramPace.All, Handlers: 16, Handling: 60 * time.Millisecond, Delivery: 150 * time.Millisecond,
		Untold: cases.Quotas[cases.Flood].Limit,
	}
}

// Scene is a load on a system, with its name in the table.
type Scene struct {
	Name string
	Load
	System
}

// Scenes are the rows of the table.
func Scenes() []Scene {
	c := Hanoi
	all := c.Coming()
	return []Scene{
		{"a ward's people to their ward's bot", c.evening(all / c.Wards), One(1)},
		{"those of ten wards to one bot", c.evening(all * 10 / c.Wards), One(1)},
		{"the city to one bot", c.evening(all), One(1)},
		{"the city to two bots", c.evening(all), One(2)},
		{"the city to three bots", c.evening(all), One(3)},
		{"the city to five bots", c.evening(all), One(5)},
		{"the city to five bots, twice as many people", c.evening(2 * all), One(5)},
	}
}
