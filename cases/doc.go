// Package cases is the domain of tinbao, readable by an official of the ward:
// what a report and a help request are, which steps they may take, who may do
// what, and when something is late.
//
// The order of work is the one of the ward's 2026–2030 plan (section 3.1):
// tiếp nhận → xác minh → phân loại → phối hợp xử lý. It is written down once, as
// the table in transitions.go, and every figure and button is derived from it.
//
// The package does no I/O and has no clock of its own: time and randomness come
// in as parameters. It imports the standard library only.
package cases
