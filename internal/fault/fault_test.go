package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"amparo/internal/fault"
)

func TestKindIsFoundThroughWrapping(t *testing.T) {
	cause := errors.New("disk")
	err := fmt.Errorf("say: %w", fault.New(fault.Full, "keep: %w", cause))
	if fault.KindOf(err) != fault.Full || !errors.Is(err, cause) || !errors.Is(err, &fault.Error{Kind: fault.Full}) {
		t.Errorf("%v: kind %s", err, fault.KindOf(err))
	}
	if fault.KindOf(cause) != fault.Internal || fault.KindOf(nil) != "" {
		t.Error("a stranger's error is Internal, and none is none")
	}
	if got := fault.FieldOf(fmt.Errorf("x: %w", fault.Field("door", "no such door"))); got != "door" {
		t.Errorf("field %q", got)
	}
}

func TestStatusGoesBothWays(t *testing.T) {
	for _, k := range []fault.Kind{fault.Invalid, fault.Unknown, fault.Stranger, fault.Conflict, fault.Ended, fault.TooLong, fault.Full, fault.Busy, fault.Internal, fault.Slow} {
		if got := fault.OfStatus(k.Status()); got != k {
			t.Errorf("%s is status %d, which is %s", k, k.Status(), got)
		}
	}
	if fault.OfStatus(418) != fault.Internal || fault.Kind("new").Status() != 500 {
		t.Error("what is not known is Internal")
	}
}
