//go:build !race

package media

// raceShare is what the race detector reserves: nothing without it.
const raceShare = 0
