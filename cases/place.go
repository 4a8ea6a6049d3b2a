package cases

import "math"

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
