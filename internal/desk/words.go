package desk

import (
	"io/fs"

	"amparo/internal/locale"
)

// ReadWords reads the words of the desk from a folder, or those that it was built with where fsys is nil. Unfit
// strings do not make it fail: Check of what it gives tells of them.
func ReadWords(fsys fs.FS, dir string) (*locale.Words, error) {
	if fsys == nil {
		fsys, dir = files, "words"
	}
	return locale.Read(fsys, dir)
}
