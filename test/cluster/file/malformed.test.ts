import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fixture, printedError } from './support.ts'

const names = readdirSync(new URL('malformed/', import.meta.url))
  .filter((file) => file.endsWith('.yml'))
  .map((file) => file.replace('.yml', ''))

describe('a file with a mistake is refused with a proposal', () => {
  test.each(names)('%s', async (name) => {
    const printed = printedError(`${name}.yml`, fixture(`malformed/${name}.yml`))
    await expect(printed).toMatchFileSnapshot(`malformed/${name}.txt`)
  })
})

test('no message about a file repeats its secrets', () => {
  const printed = printedError('a.yml', fixture('malformed/environmentOfCompose.yml'))
  expect(printed).toContain('✗ The stack has')
  expect(printed).not.toContain('hunter2')
})
