//go:build race

package media

// raceShare is what the race detector reserves in each process that is built with it.
const raceShare = 8 << 30
