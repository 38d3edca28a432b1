// The page about CI names the variables from which --record takes its tags.
import { expect, it } from 'vitest'
import { runnerTitles } from '../../src/ground/runner.ts'
import { rows, section, text } from './pages.ts'

const table = rows(section(text('docs/ci.md'), 'Which commit'))

it('has a row for each CI that --record knows', () => {
  expect(new Set(table.map(([name]) => name))).toEqual(new Set(runnerTitles))
})

it('names only variables that --record reads', () => {
  const source = text('src/ground/runner.ts')
  const names = table.flatMap((cells) =>
    cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name)),
  )
  expect(names.length).toBeGreaterThan(15)
  expect(names.filter((name) => !source.includes(`{${name}}`))).toEqual([])
})
