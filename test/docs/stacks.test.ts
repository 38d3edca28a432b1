import { expect, it } from 'vitest'
import { readStack } from '../../src/cluster/file/readStack.ts'
import { blocks, pages, text } from './pages.ts'

/** What a CI runner takes is no stack. */
const isStack = (yaml: string): boolean => /^services:/m.test(yaml)
const shown = pages.flatMap((page) =>
  blocks(text(page), 'yaml')
    .filter(isStack)
    .map((stack) => [page, stack] as const),
)

it('some pages show stacks', () => {
  expect(shown.map(([page]) => page)).toEqual(expect.arrayContaining(['docs/stack.md']))
})

it.each(shown)('the stack that %s shows is one, without a mistake and without a warning', (page, stack) => {
  const read = readStack([{ name: page, text: stack }], { TAG: 'v1' })
  expect(read.warnings).toEqual([])
  expect(read.stack.services.length).toBeGreaterThan(1)
})
