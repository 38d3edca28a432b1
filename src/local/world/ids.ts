// The ids that a world gives out.
import { createHash } from 'node:crypto'
import type { Ids } from './operation.ts'

const textAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * The ids of a world, each derived from how many it has given out: the same world gives the same ids in the same
 * order, and a saved world goes on where it stopped. An id is at most 64 characters long.
 */
export function idsOf(world: { ids: number; readonly account: string }): Ids {
  const next = (length: number, alphabet: string): string => {
    world.ids += 1
    const bytes = createHash('sha512').update(`${world.account} ${world.ids}`).digest().subarray(0, length)
    return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('')
  }
  return {
    // The first digit is never 0, so that nobody's number parser makes an id shorter.
    digits: (length) => next(length, '0123456789').replace(/^0/, '1'),
    hex: (length) => next(length, '0123456789abcdef'),
    text: (length) => next(length, textAlphabet),
    uuid: () =>
      next(32, '0123456789abcdef').replace(/^(.{8})(.{4}).(.{3})(.)(.{3})(.{12})$/, (_, a, b, c, variant, d, e) => {
        return `${a}-${b}-4${c}-${'89ab'[Number.parseInt(variant, 16) % 4]}${d}-${e}`
      }),
  }
}
