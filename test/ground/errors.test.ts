import { expect, test } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'

test('an error of another copy of the class is one of it; nothing else is', async () => {
  const url = '../../src/ground/errors.ts?copy'
  const copy = (await import(url)) as { EcsTaskError: typeof EcsTaskError }
  expect(copy.EcsTaskError).not.toBe(EcsTaskError)
  const error = new copy.EcsTaskError('BadArguments', 'What.')
  expect(error).toBeInstanceOf(EcsTaskError)
  expect(new EcsTaskError('BadArguments', 'What.')).toBeInstanceOf(copy.EcsTaskError)
  for (const other of [new Error('What.'), { code: 'BadArguments', message: 'What.' }, null, 'What.']) {
    expect(other).not.toBeInstanceOf(EcsTaskError)
  }
})
