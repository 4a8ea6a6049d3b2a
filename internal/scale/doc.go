// Package scale works out what a whole city would ask of tinbao: how much is kept, how
// much comes in, and how long people wait when a programme on television sends them all to
// one bot at once. The burst is simulated: arrivals, keeping, handling, answers under
// Telegram's limit for each bot, and people who read, think, and give up.
//
// docs/scale.md shows its tables, and a test holds that they are these. Nothing here is
// part of the program.
package scale
