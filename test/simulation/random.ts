/** Chance that is the same for the same seed: everything that a simulation draws comes from one of these. */
export interface Random {
  /** A number in [0, 1). */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  /** Whether something happens that happens with this probability. */
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** A source of its own for one part, so that what one part draws does not change what another gets. */
  fork(): Random
}

/** sfc32, seeded by splitmix32: http://pracrand.sourceforge.net. */
export function random(seed: number): Random {
  const spread = splitmix32(seed)
  let [a, b, c, counter] = [spread(), spread(), spread(), 1]

  function bits(): number {
    const sum = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }

  for (let round = 0; round < 12; round++) bits()
  const next = (): number => bits() / 2 ** 32
  const integer = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (from) => from[integer(0, from.length - 1)]!,
    fork: () => random(bits()),
  }
}

function splitmix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) | 0
  }
}
