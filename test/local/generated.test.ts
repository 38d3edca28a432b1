import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { localOperations, localShapes } from '../../scripts/shapes.mjs'
import { operations } from '../../src/local/operations.ts'
import { inputs } from '../../src/local/wire/shapes.ts'
import { buckets, holds } from '../../src/local/wire/throttle.ts'

const source = (file: string): string => readFileSync(new URL(`../../src/local/${file}`, import.meta.url), 'utf8')

test('the shapes of the local AWS are those of the installed SDK', () => {
  expect(source('wire/shapes.ts')).toBe(localShapes())
})

test('the dispatch table of the local AWS has every operation that has a file', () => {
  expect(source('operations.ts')).toBe(localOperations())
})

test('every operation has a shape to check its input against, and is a function', () => {
  for (const [service, names] of Object.entries(operations)) {
    expect(Object.keys(inputs[service]!)).toEqual(Object.keys(names))
    for (const operation of Object.values(names)) expect(operation).toBeTypeOf('function')
  }
})

test('every ECS operation draws from exactly one bucket of AWS’s table, except three that we found no bucket for', () => {
  const unlisted = ['continueServiceDeployment', 'executeCommand', 'stopServiceDeployment']
  for (const name of Object.keys(operations.ecs!)) {
    const holding = buckets.ecs!.filter((bucket) => holds(bucket, name))
    expect([name, holding.length]).toEqual([name, unlisted.includes(name) ? 0 : 1])
  }
})

test('every operation that a throttle bucket names exists in the local AWS', () => {
  for (const [service, ofIt] of Object.entries(buckets)) {
    const named = ofIt.flatMap((bucket) => (bucket.operations instanceof RegExp ? [] : bucket.operations))
    expect(Object.keys(operations[service]!)).toEqual(expect.arrayContaining(named))
  }
})
