import { expect, it } from 'vitest'
import { readStack } from '../../src/cluster/file/readStack.ts'
import { simple } from '../../src/cluster/serviceSettings.ts'
import { blocks, pages, section, text } from './pages.ts'

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

it('the pages say the default of each simple setting, and what a change of it takes', () => {
  const [defaults, changes] = [
    section(text('docs/stack.md'), 'Defaults'),
    section(text('docs/clusters.md'), 'Deploying again'),
  ]
  const unsaid = simple.filter(({ key }) => ![defaults, changes].every((page) => page.includes(`\`${key}\``)))
  expect(unsaid.map(({ key }) => key)).toEqual([])
})
