// Package check proves what is delivered beside the program: the files under deploy/ and
// compose.yaml, by the tools and types of those who will read them, and the licences of
// what the program is made of. It has a go.mod of its own, so that these tools are no part
// of the program.
package check
