import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { rows, section, text } from './pages.ts'

const page = text('docs/dependencies.md')

/** The packages in the first column of a section's table, and what the second says of each. */
const saidIn = (heading: string): [string, string][] =>
  rows(section(page, heading)).flatMap(([names = '', what = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']): [string, string] => [name, what]),
  )

const installed = saidIn('What the package installs')
const tools = [...saidIn('What is bundled besides'), ...saidIn('What is only for development')]

describe('docs/dependencies.md', () => {
  it.each([
    ['the package installs', installed, manifest.dependencies],
    ['it is built and tested with', tools, manifest.devDependencies],
  ])('says of everything that %s what it is for, and of nothing else', (_what, said, wanted) => {
    expect(said.map(([name]) => name).toSorted()).toEqual(Object.keys(wanted).toSorted())
    expect(said.filter(([, what]) => what.length < 10)).toEqual([])
  })
})
