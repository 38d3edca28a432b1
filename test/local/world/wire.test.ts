// What compiles here is the test: types of the SDK as they are on the wire.
import { expectTypeOf, test } from 'vitest'
import type { AnyOperation, Nothing, Operation, Wire } from '../../../src/local/world/operation.ts'

interface OfSdk {
  Name: string | undefined
  At?: Date | undefined
  Body?: Uint8Array | undefined
  State?: 'ON' | 'OFF' | undefined
  Parts: { Since: Date | undefined; Tags?: Record<string, string> | undefined }[] | undefined
}

test('dates are numbers, blobs are base64, and what is required is there', () => {
  expectTypeOf<Wire<OfSdk>>().toEqualTypeOf<{
    Name: string
    At?: number | undefined
    Body?: string | undefined
    State?: 'ON' | 'OFF' | undefined
    Parts: { Since: number; Tags?: Record<string, string> | undefined }[]
  }>()
})

test('an operation of every input is one that a table can hold', () => {
  expectTypeOf<Operation<OfSdk, OfSdk>>().toExtend<AnyOperation>()
  expectTypeOf<Operation<OfSdk, Nothing>>().toExtend<AnyOperation>()
  expectTypeOf<Parameters<Operation<OfSdk, OfSdk>>[0]>().toEqualTypeOf<Wire<OfSdk>>()
})

test('a wrong, a misspelt or a missing member of an answer does not compile', () => {
  type Answer = Wire<Pick<OfSdk, 'Name' | 'State'>>
  const right = (): Answer => ({ Name: 'a', State: 'ON' })
  // @ts-expect-error a wrong one
  const wrong = (): Answer => ({ Name: 'a', State: 'on' })
  // @ts-expect-error a misspelt one
  const misspelt = (): Answer => ({ Name: 'a', Sate: 'ON' })
  // @ts-expect-error a missing one
  const missing = (): Answer => ({ State: 'ON' })
  // @ts-expect-error one where there is to be none
  const stray = (): Nothing => ({ Name: 'a' })
  expectTypeOf([right, wrong, misspelt, missing, stray]).toBeArray()
})
