//go:build !linux && !darwin

package store

import "errors"

// free cannot tell on this system.
func free(string) (uint64, error) { return 0, errors.ErrUnsupported }
