import { expect, test } from 'vitest'
import { publicApi } from './publicApi.ts'

const api = publicApi()
const names = api.map(({ name }) => name)

/** What stays behind an exported name: the parts of `Calls` by service, and the members that are caught as misspelt. */
const inner = /^(?:\w+Calls|nearMisses)$/

test('the public API is what api.txt says; npx vitest run test/types -u accepts a change', async () => {
  const values = api.filter(({ isValue }) => isValue).map(({ name }) => name)
  const text = [`At run time: ${values.join(', ')}.`, ...api.map((one) => one.text)].join('\n\n')
  await expect(`${text}\n`).toMatchFileSnapshot('api.txt')
})

test('every export has a doc comment', () => {
  expect(api.filter(({ hasDocComment }) => !hasDocComment).map(({ name }) => name)).toEqual([])
})

test('every type that an export mentions can be imported by its name', () => {
  const missing = api.flatMap(({ name, mentions }) =>
    mentions.filter((other) => !names.includes(other) && !inner.test(other)).map((other) => `${name}: ${other}`),
  )
  expect(missing).toEqual([])
})
