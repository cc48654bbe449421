//go:build linux || darwin

package store

import "syscall"

// free is the room left for us on dir's disk, in bytes.
func free(dir string) (uint64, error) {
	var s syscall.Statfs_t
	err := syscall.Statfs(dir, &s)
	return s.Bavail * uint64(s.Bsize), err
}
