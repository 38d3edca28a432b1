// What compiles here is the test: types of the SDK as they are on the wire.
import { expectTypeOf, test } from 'vitest'
import type { Operation, Wire } from '../../../src/local/world/operation.ts'

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
  expectTypeOf<Wire>().toEqualTypeOf<Record<string, any>>()
})

test('an operation of every input is one that a table can hold', () => {
  expectTypeOf<Operation<OfSdk, OfSdk>>().toExtend<Operation>()
  expectTypeOf<Parameters<Operation<OfSdk>>[0]>().toEqualTypeOf<Wire<OfSdk>>()
})
