package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"amparo/internal/fault"
)

// A tx is one transaction. A statement that the engine refuses breaks it: nothing of it is kept, and
// each later step gives the same error, whatever the caller made of the first.
type tx struct {
	ctx     context.Context
	conn    *sql.Conn
	broken  error
	dropped bool // keys were dropped: the write-ahead log is to be emptied
}

// A shape is how one noun lies in its table: its columns, and the fields they hold, as pointers.
type shape[T any] struct {
	table, columns string
	fields         func(*T) []any
}

// pick gives the one row that rest, a WHERE, finds; else fault.Unknown.
func pick[T any](t *tx, s shape[T], rest string, args ...any) (T, error) {
	all, err := list(t, s, rest, args...)
	if err == nil && len(all) == 0 {
		err = fault.New(fault.Unknown, "no such %s", s.table)
	}
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}

// list gives the rows that rest, a WHERE and ORDER BY, finds.
func list[T any](t *tx, s shape[T], rest string, args ...any) ([]T, error) {
	return query(t, s.fields, "SELECT "+s.columns+" FROM "+s.table+" "+rest, args...)
}

// query gives the rows of any SELECT.
func query[T any](t *tx, fields func(*T) []any, text string, args ...any) ([]T, error) {
	if t.broken != nil {
		return nil, t.broken
	}
	values, ok := plain(args)
	if !ok {
		return nil, nil // no name that was kept has such bytes
	}
	rows, err := t.conn.QueryContext(t.ctx, text, values...)
	if err != nil {
		return nil, t.breaks(err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var v T
		into := fields(&v)
		for i := range into {
			into[i] = target(into[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, t.breaks(err)
		}
		all = append(all, v)
	}
	return all, t.breaks(rows.Err())
}

// number gives the one number of a SELECT, 0 if there is no row.
func number(t *tx, text string, args ...any) (int64, error) {
	all, err := query(t, func(n *int64) []any { return []any{n} }, text, args...)
	if err != nil || len(all) == 0 {
		return 0, err
	}
	return all[0], nil
}

// add keeps v as a new row; a row with one of its keys is fault.Conflict.
func add[T any](t *tx, s shape[T], v T) error {
	fields := s.fields(&v)
	n, err := t.exec("INSERT INTO "+s.table+" ("+s.columns+") VALUES ("+dollars(1, len(fields))+") ON CONFLICT DO NOTHING", fields...)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "%s is there already", s.table)
	}
	return err
}

// change runs a statement that must find a row; else fault.Unknown.
func (t *tx) change(text string, args ...any) error {
	n, err := t.exec(text, args...)
	if err == nil && n == 0 {
		err = &fault.Error{Kind: fault.Unknown}
	}
	return err
}

// exec runs a statement and says how many rows it touched.
func (t *tx) exec(text string, args ...any) (int64, error) {
	if t.broken != nil {
		return 0, t.broken
	}
	values, ok := plain(args)
	if !ok {
		return 0, fault.New(fault.Invalid, "text is not UTF-8 or holds a zero byte")
	}
	result, err := t.conn.ExecContext(t.ctx, text, values...)
	if err != nil {
		return 0, t.breaks(err)
	}
	n, err := result.RowsAffected()
	return n, t.breaks(err)
}

func (t *tx) breaks(err error) error {
	if err != nil {
		t.broken = translate(t.ctx, err)
	}
	return t.broken
}

// dollars is "$from, …" for n values.
func dollars(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(from+i))
	}
	return b.String()
}

// plain gives values as both drivers take them: text, bytes, and whole numbers. It is not ok for text
// that PostgreSQL cannot keep, so that both engines refuse the same.
func plain(args []any) (values []any, ok bool) {
	values = make([]any, len(args))
	for i, a := range args {
		v := reflect.Indirect(reflect.ValueOf(a))
		switch x := v.Interface().(type) {
		case time.Time:
			values[i] = millis(x)
			continue
		case bool:
			if values[i] = int64(0); x {
				values[i] = int64(1)
			}
			continue
		}
		switch v.Kind() {
		case reflect.String:
			s := v.String()
			if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
				return nil, false
			}
			values[i] = s
		case reflect.Int, reflect.Int64:
			values[i] = v.Int()
		case reflect.Uint8, reflect.Uint32, reflect.Uint64:
			values[i] = int64(min(v.Uint(), math.MaxInt64))
		case reflect.Slice:
			values[i] = append([]byte{}, v.Bytes()...) // never NULL
		case reflect.Array:
			b := make([]byte, v.Len())
			reflect.Copy(reflect.ValueOf(b), v)
			values[i] = b
		default:
			panic("store: no column holds a " + v.Type().String())
		}
	}
	return values, true
}

// millis is a time as it is kept: milliseconds since 1970, and 0 for no time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// target is where a column is scanned to, for a field that the drivers do not fill themselves.
func target(field any) any {
	switch v := reflect.ValueOf(field).Elem(); {
	case v.Type() == reflect.TypeFor[time.Time]():
		return scanner(func(src any) error {
			n, ok := src.(int64)
			if !ok {
				return fmt.Errorf("time kept as %T", src)
			}
			if n != 0 {
				v.Set(reflect.ValueOf(time.UnixMilli(n).UTC()))
			}
			return nil
		})
	case v.Kind() == reflect.Array:
		return scanner(func(src any) error {
			b, ok := src.([]byte)
			if !ok || len(b) != v.Len() {
				return fmt.Errorf("%T of wrong length", src)
			}
			reflect.Copy(v, reflect.ValueOf(b))
			return nil
		})
	}
	return field
}

type scanner func(src any) error

func (s scanner) Scan(src any) error { return s(src) }
