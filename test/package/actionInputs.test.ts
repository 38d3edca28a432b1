// What action.yml says, without running it; action.test.ts runs it.
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { rows, section, text } from '../docs/pages.ts'
import type { Action } from './runner.ts'

const action: Action = parse(text('action.yml'))

test('it is composite, and no text of others is put into a command', () => {
  expect(action.runs.using).toBe('composite')
  for (const { run, shell } of action.runs.steps) {
    expect(shell).toBe('bash')
    expect(run).not.toMatch(/\$\{\{|\beval\b|xargs/)
  }
})

test('its page has every input and every output', () => {
  const names = rows(section(text('docs/ci.md'), 'GitHub Actions')).flatMap(
    ([cell = '']) => /^`([\w-]+)`$/.exec(cell)?.[1] ?? [],
  )
  expect(names).toEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)])
})
