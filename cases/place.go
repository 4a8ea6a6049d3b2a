package cases

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

const (
	metresPerDegree = 111_320.0
	blurMetres      = 100.0
)

// Place is a point on the map in degrees, WGS 84.
type Place struct {
	Lat, Lon float64
}

// Blur moves a point to the centre of its cell of about 100 m × 100 m, so that a
// report never stores where exactly a person stood. The same cell always gives
// the same point: repeated reports do not average back to the true place.
func (p Place) Blur() Place {
	lat := snap(p.Lat, blurMetres/metresPerDegree)
	width := blurMetres / (metresPerDegree * math.Max(0.01, math.Cos(lat*math.Pi/180)))
	return Place{Lat: lat, Lon: snap(p.Lon, width)}
}

// snap goes to the middle of the cell and drops the digits that mean less than a metre.
func snap(v, cell float64) float64 {
	return math.Round((math.Floor(v/cell)+0.5)*cell*1e5) / 1e5
}

// Point is a place inside of a message, with what it is in the words of the message.
type Point struct {
	At   Place
	Kind string
}

var pointForm = regexp.MustCompile(`(?m)^📍 (-?\d{1,2}\.\d{5}),(-?\d{1,3}\.\d{5}) \(([^()\n]+)\)$`)

// String writes the point as a line of a message.
func (p Point) String() string { return fmt.Sprintf("📍 %.5f,%.5f (%s)", p.At.Lat, p.At.Lon, p.Kind) }

// PointsIn are the points that stand in a message, each in a line as String writes it.
func PointsIn(text string) (all []Point) {
	for _, m := range pointForm.FindAllStringSubmatch(text, -1) {
		lat, err1 := strconv.ParseFloat(m[1], 64)
		lon, err2 := strconv.ParseFloat(m[2], 64)
		if err1 == nil && err2 == nil && math.Abs(lat) <= 90 && math.Abs(lon) <= 180 {
			all = append(all, Point{Place{lat, lon}, m[3]})
		}
	}
	return all
}
