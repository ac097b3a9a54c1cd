// Deterministic streams of bytes as programs write them, about 2 MB each.
const size = 2_000_000;

function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function repeat(make, seed) {
  const next = random(seed);
  const parts = [];
  let length = 0;
  while (length < size) {
    const part = make(next);
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

const words = 'the model refuses when a request is harmful and answers when it is not so the filter has two sides'.split(' ');
const sentence = (next, count) => Array.from({ length: count }, () => words[next(words.length)]).join(' ');

export const workloads = {
  // cat of a text file
  plain: repeat((next) => sentence(next, 3 + next(12)) + '\r\n', 1),
  // seq and the like: many short lines
  short: repeat((next) => `${next(100000)}\r\n`, 2),
  // lines that wrap several times
  long: repeat((next) => sentence(next, 200) + '\r\n', 3),
  // ls --color and compilers
  colour: repeat(
    (next) => `\x1b[01;${30 + next(8)}m${words[next(words.length)]}\x1b[0m  \x1b[38;5;${next(256)}m${words[next(words.length)]}\x1b[m${next(4) ? '  ' : '\r\n'}`,
    4,
  ),
  // a full-screen program: cursor addressing, erasing, inverse
  screen: repeat(
    (next) => `\x1b[${1 + next(24)};${1 + next(60)}H${next(5) ? '' : '\x1b[7m'}${sentence(next, 2)}\x1b[K${next(5) ? '' : '\x1b[27m'}`,
    5,
  ),
  // accented, Cyrillic, wide and emoji text
  unicode: repeat((next) => ['déjà vu ', 'Привет мир ', '日本語 ', '한국어 ', '🙂 ', 'naïve '][next(6)] + (next(8) ? '' : '\r\n'), 6),
};
