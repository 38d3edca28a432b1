import { expect, test } from 'vitest'
import { page } from '../../../src/local/wire/page.ts'

const letters = 'abcdefg'.split('')
const size = { default: 3, max: 5 }

/** Every page of the letters, followed by the tokens. */
const pagesOf = (maxResults?: number): string[] => {
  const pages: string[] = []
  let nextToken: string | undefined
  do {
    const next: ReturnType<typeof page<string>> = page(letters, { maxResults, nextToken }, size)
    pages.push(next.items.join(''))
    nextToken = next.nextToken
  } while (nextToken !== undefined)
  return pages
}

test('following the tokens gives every item once, in order', () => {
  expect(pagesOf()).toEqual(['abc', 'def', 'g'])
  expect(pagesOf(1)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  expect(pagesOf(5)).toEqual(['abcde', 'fg'])
})

test('the last page has no token, even when it is full', () => {
  expect(page(letters.slice(0, 3), {}, size)).toEqual({ items: ['a', 'b', 'c'] })
  expect(page([], {}, size)).toEqual({ items: [] })
})

test('a token is opaque and can be part of a URL', () => {
  expect(page(letters, {}, size).nextToken).toMatch(/^[\w-]+$/)
})

test('a list that has become shorter ends without an error', () => {
  const { nextToken } = page(letters, { maxResults: 5 }, size)
  expect(page(letters.slice(0, 2), { nextToken }, size)).toEqual({ items: [] })
})

test.each([
  '',
  'garbage',
  '5',
  Buffer.from('from -1').toString('base64url'),
  Buffer.from('from 1e9').toString('base64url'),
])('the token %j was never given out and is refused', (nextToken) => {
  expect(() => page(letters, { nextToken }, size)).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException', message: 'Invalid token' }),
  )
})

test.each([0, -1, 6, 1.5, Number.NaN])('a page of %d items is refused', (maxResults) => {
  expect(() => page(letters, { maxResults }, size)).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException' }),
  )
})
