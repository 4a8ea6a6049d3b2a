package reports

// Sizes of the picture of a code, in pixels.
const (
	codeHeight = 260
	codeText   = 40
)

// CodePicture draws a receipt code, large and alone: whoever finds the picture learns
// nothing of what it is for.
func CodePicture(code string) ([]byte, error) {
	c := Picture{}.begin(codeHeight)
	c.FilledRect(margin, margin, c.width-margin, codeHeight-margin, c.back, c.grid, 3)
	c.centre(code, c.width/2, (codeHeight-codeText)/2, codeText, true, c.text)
	return c.end()
}
