import { describe, expect, it } from 'vitest'
import { shapes } from './services.ts'
import { changes, imported, running } from './support.ts'

describe('init --from-service writes a class that shows no changes', () => {
  it.each(Object.entries(shapes))('%s', async (_name, shape) => {
    const staged = running(shape)
    const { text, tag = 'v9', variables } = await imported(staged.read)
    expect(await changes(staged, text, tag, Object.fromEntries(variables))).toEqual([])
  })
})
