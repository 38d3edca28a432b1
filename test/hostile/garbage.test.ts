import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { read } from '../../src/definition/read.ts'
import { arbitraryGarbage, nested } from './arbitraryGarbage.ts'

describe('a class with any members', () => {
  it('is read, or refused as a bad definition with its problems, and never throws anything else', () => {
    let [accepted, refused] = [0, 0]
    fc.assert(
      fc.property(arbitraryGarbage(), (garbage) => {
        const error = refusalOf(garbage)
        if (error === undefined) {
          accepted++
          return
        }
        refused++
        expect(error).toBeInstanceOf(EcsTaskError)
        expect(error).toMatchObject({ code: 'BadDefinition', problems: expect.arrayContaining([expect.any(String)]) })
        for (const problem of (error as EcsTaskError).problems) expect(problem).toMatch(/^Garbage\/.+: /)
      }),
      { numRuns: 150, seed: 1 },
    )
    expect(refused).toBeGreaterThan(0)
    expect(accepted + refused).toBe(150)
  })

  it('is neither changed nor frozen by being read', () => {
    fc.assert(
      fc.property(arbitraryGarbage(), (garbage) => {
        const before = fc.stringify(garbage)
        refusalOf(garbage)
        expect(fc.stringify(garbage)).toBe(before)
        expect(Object.isFrozen(garbage)).toBe(false)
      }),
      { numRuns: 50, seed: 2 },
    )
  })

  it.each([
    ['nothing', null],
    ['a number', 5],
    ['a string', 'taskDefinition'],
    ['a function', () => ({ family: 'web' })],
    [
      'members that throw when they are read',
      {
        get taskDefinition(): never {
          throw new Error('no')
        },
      },
    ],
    [
      'members that throw what is no error',
      {
        get taskDefinition(): never {
          throw null
        },
      },
    ],
    [
      'a member that cannot be looked into',
      {
        taskDefinition: new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('no')
            },
          },
        ),
      },
    ],
    ['a list in lists, 100,000 deep', { taskDefinition: nested(100_000) }],
    ['an object in objects, 100,001 deep', { taskDefinition: nested(100_001) }],
    ['an unknown member 100,000 deep', withContainer({ sidecars: nested(100_000) })],
    ['a known member 100,000 deep', withContainer({ environment: nested(100_000) })],
  ])('is refused as a bad definition when it is %s', (_what, source) => {
    expect(refusalOf(source)).toMatchObject({ name: 'EcsTaskError', code: 'BadDefinition' })
  })

  it('is refused as a bad definition when it contains itself', () => {
    const circle: Record<string, unknown> = { name: 'web', image: 'web:1', memory: 4 }
    circle['sidecars'] = [circle]
    expect(refusalOf({ taskDefinition: { family: 'web', containerDefinitions: [circle] } })).toMatchObject({
      problems: ['Garbage/taskDefinition/containerDefinitions/0/sidecars/0: contains itself'],
    })
  })

  it('cannot reach the prototype of objects through its names', () => {
    const labels = JSON.parse('{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}')
    refusalOf(withContainer({ dockerLabels: labels }))
    refusalOf(JSON.parse('{"__proto__":{"polluted":"yes"},"taskDefinition":{"__proto__":{"polluted":"yes"}}}'))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

function withContainer(more: object): object {
  return {
    taskDefinition: { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:1', memory: 4, ...more }] },
  }
}

function refusalOf(source: any): unknown {
  try {
    read(source, 'Garbage')
    return undefined
  } catch (error) {
    return error
  }
}
