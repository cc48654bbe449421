// Evaluates a law program on the device itself: what a visitor tells never leaves it. The bundle weighs 2,048 bytes at the
// most (law.test.mjs), so little is checked here: check.js tells what the shapes are, and says in words what is wrong.

/**
 * @typedef {import('./check.js').Program} Program
 * @typedef {import('./check.js').Journey} Journey
 * @typedef {import('./check.js').When} When
 * @typedef {number[]} Planes two, known yes and known no, with a bit for each of 32 lanes
 * @typedef {'established' | 'open' | 'ruled out' | 'conflict' | 'not in force'} Status
 * @typedef {{rule: string, episode: number, status: Status}} Finding episode: index into the journey's, -1 for the person
 * @typedef {{fact: string, episode: number, settles: number}} Ask settles: how many open findings a yes or a no alone would
 */

/** @param {unknown} what @returns {never} */
const wrong = (what) => {
  throw Error('law: ' + what);
};

/**
 * The lanes in which at least k of the operations have plane p set: counted in binary, a plane for each digit, from the one
 * number that overflows at k.
 * @param {number} k @param {Planes[]} args @param {0 | 1} p
 */
const least = (k, args, p) => {
  let out = -(k < 1);
  /** @type {number[]} */
  const digits = [];
  for (const arg of args) {
    let carry = arg[p];
    for (let j = 0; 2 ** j < k; j++) {
      const digit = digits[j] ?? -(-k >> j & 1);
      digits[j] = digit ^ carry;
      carry &= digit;
    }
    out |= carry;
  }
  return out;
};

/**
 * Runs a program over 32 lanes at once, each lane by itself.
 * @param {Program} program
 * @param {(kind: number, index: number) => Planes} leaf gives the planes of a fact (kind 0, index into facts), of a
 *   date (1, into dates) and of what some episode shows (6, into ops)
 * @returns {Planes[]} of each operation; those of a rule stand at its body
 */
export const run = ({ ops }, leaf) => {
  /** @type {Planes[]} */
  const done = [];
  for (const op of ops) {
    const kind = op[0], args = kind < 2 ? [] : op.slice(kind == 5 ? 2 : 1).map((i) => done[i] ?? wrong(op));
    const [x, h, l] = args, n = args.length, k = kind == 5 ? op[1] : kind == 3 ? 1 : n;
    done.push(kind < 2 ? leaf(kind, op[1])
      : kind == 4 ? [x[1], x[0]]
      : kind == 6 ? leaf(6, done.length)
      : kind == 7 ? [0, 1].map((p) => x[0] & h[p] | x[1] & l[p] | h[p] & l[p])
      : kind < 8 ? [least(k, args, 0), least(n - k + 1, args, 1)] : wrong(op));
  }
  return done;
};

/**
 * Whether a stretch of law was in force: bit 0 it was, bit 1 it was not.
 * @param {string[]} [law] @param {When & {filed?: When}} [when] filed: what counts for law judged by it
 */
const force = ([from, until, by] = wrong('date'), when = {}) => {
  const { first, last } = by == 'filing' && when.filed || when;
  /** @param {string} date @param {number} after @param {number} before */
  const side = (date, after, before) => !date || first && first >= date ? after : last && last < date ? before : 0;
  const a = side(from, 1, 2), b = until ? side(until, 2, 1) : 1;
  return a & b & 1 | (a | b) & 2;
};

/** Two bits as planes with the same in each lane. @param {number} bits @returns {Planes} */
const wide = (bits) => [-(bits & 1), -(bits >> 1 & 1)];

/** Adds one lane's planes to what is found in any of several. @param {Planes} found @param {Planes} lane */
const collect = (found, [yes, no]) => {
  found[0] |= yes;
  found[1] &= no;
};

/**
 * Lays a journey beside a program.
 * @param {Program} program @param {Journey} journey
 * @returns {{findings: Finding[], next: Ask[]}} findings in the order of the episodes, then of the rules, about the person
 *   last; next: what is worth asking, best first: nothing that has been answered, or that would settle nothing by itself
 */
export const assess = (program, { person = {}, episodes = [], complete, asOf, filed }) => {
  const { facts, person: asked, dates, ops, rules } = program;
  // What is told is read in lanes: one for each group of actors in each episode, and last the person's.
  /** @type {{episode: number, lanes: import('./check.js').Told[], when?: When & {filed?: When}}[]} */
  const places = episodes.map(({ facts, when }, episode) => ({ episode, lanes: [facts].flat(), when }));
  places.push({ episode: -1, lanes: [person], when: { first: asOf, last: asOf, filed } });

  /**
   * Evaluates the journey as told (bit 0) and, for each ask in turn, with one answer more (the other bits).
   * @param {0 | 1} answer that is given to the asks: 0 yes, 1 no @param {Ask[]} asks at most 31
   * @returns {[Finding, number][]} and which of these evaluations settle the finding
   */
  const pass = (answer, asks) => {
    const some = ops.map(() => [0, -!!complete]);
    return places.flatMap(({ episode, lanes, when }) => {
      const found = rules.map(() => [0, -1]);
      for (const told of lanes) {
        const done = run(program, (kind, i) => {
          if (kind > 1) return episode < 0 ? some[i] : [0, 0];
          if (kind) return wide(force(dates[i], when));
          const fact = facts[i] ?? wrong('fact ' + i), planes = wide(told[fact] | (asked.includes(i) ? person[fact] : 0));
          asks.forEach((ask, j) => {
            if (ask.fact == fact && (ask.episode < 0 || ask.episode == episode)) planes[answer] |= 2 << j;
          });
          return planes;
        });
        rules.forEach(({ body }, i) => collect(found[i], done[body] ?? wrong('rule ' + i)));
        if (episode >= 0) ops.forEach(([kind, a], i) => kind == 6 && collect(some[i], done[a]));
      }
      return rules.flatMap(({ id: rule, scope, date }, i) => {
        const [yes, no] = found[i], law = date < 0 ? 1 : force(dates[date], when);
        const status = law & 2 ? 'not in force' : yes & no & 1 ? 'conflict' : no & 1 ? 'ruled out' : yes & law & 1 ? 'established' : 'open';
        return scope == 'person' == episode < 0 ? [[{ rule, episode, status }, no | -(law & 1) & yes]] : [];
      });
    });
  };

  const next = facts.flatMap((fact, f) => places.filter(({ episode }) => asked.includes(f) == episode < 0
    && !places.some((p) => p.lanes.some((told) => p.episode == episode ? fact in told : episode < 0 && told[fact] === 0)))
    .map(({ episode }) => ({ fact, episode, settles: 0 })));
  let start = 0, findings;
  do {
    const asks = next.slice(start, start += 31), no = pass(1, asks);
    findings = pass(0, asks).map(([finding, settled], i) => {
      if (finding.status == 'open') asks.forEach((ask, j) => ask.settles += (settled | no[i][1]) >> j + 1 & 1);
      return finding;
    });
  } while (start < next.length);
  return { findings, next: next.filter((ask) => ask.settles).sort((a, b) => b.settles - a.settles) };
};
