// Package peers sets the law engine beside others: decision diagrams (rudd), CEL's own evaluator, OPA,
// json-logic and json-rules-engine. Its tests take them as oracles, and the command in bench compares times.
//
// It is a module of its own, so that the product carries none of what it needs. It knows the engine only from
// outside: by the JSON of a compiled [Program], by the bit planes of package law, and by the trees of elements
// that a finding shows.
//
// What is compared is one episode, with the law in force: rules whose scope is the episode. Rules about the
// person look through the episodes of a journey, which none of the others has a notion of; they are left out.
package peers
