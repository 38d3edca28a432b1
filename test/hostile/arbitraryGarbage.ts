// Arbitrary declarations with members of any type.
import * as fc from 'fast-check'
import { inputs, eventShapes, shapes } from '../../src/definition/shapes.ts'

/** Any value that JavaScript has, and some that only a hostile class would declare. */
const anything = fc.oneof(
  fc.anything({
    maxDepth: 2,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withObjectString: true,
    withBoxedValues: true,
  }),
  fc.constantFrom<unknown>(() => 'called', Symbol('s'), NaN, -Infinity, -0, /web/, new Error('e')),
)

/**
 * A definition of which any part, at any depth, may be anything at all: each structure has some of its members, each of
 * the right type or not, and now and then one that it does not have.
 */
export function arbitraryGarbage(): fc.Arbitrary<any> {
  const dice = fc.array(fc.nat({ max: 5 }), { minLength: 20, maxLength: 20 })
  return fc.tuple(dice, fc.array(anything, { minLength: 1, maxLength: 4 })).map(([thrown, values]) => {
    let turn = 0
    const dieShows = (): number => thrown[turn++ % thrown.length]! + (turn % 3)
    const some = (): boolean => dieShows() > 1
    const any = (): unknown => values[turn++ % values.length]
    const built = (type: string, table: typeof shapes, depth: number): unknown => {
      if (dieShows() === 0) return any()
      const [kind = '', of = ''] = type.replace(/!$/, '').split(/ (.*)/)
      if (kind === 'list') return some() ? [built(of, table, depth), built(of, table, depth)] : []
      if (kind === 'map') return { constructor: built(of, table, depth), ['__proto__']: built(of, table, depth) }
      if (kind === 'string') return some() ? 'web' : ''
      if (kind === 'number') return 1
      if (kind === 'boolean') return true
      if (kind === 'document' || depth > 4) return {}
      const members = Object.entries(table[kind]!).filter(
        ([, one]) => one.endsWith('!') || (some() && some() && some()),
      )
      return Object.fromEntries([
        ...members.map(([member, one]) => [member, built(one, table, depth + 1)]),
        ...(some() ? [] : [['imgae', any()]]),
      ])
    }
    return Object.fromEntries([
      ['taskDefinition', built(inputs.taskDefinition, shapes, 0)],
      ['updateServices', built(`list ${inputs.updateServices}`, shapes, 0)],
      ['runTasks', built(`list ${inputs.runTasks}`, shapes, 0)],
      ['eventTargets', built(`list ${inputs.eventTargets}`, eventShapes, 0)],
      ['after', built('list string', shapes, 0)],
      ['activeTaskCount', built('number', shapes, 0)],
      ['snsNotificationTopicArn', built('string', shapes, 0)],
      ['notifications', some() ? [{ webhook: any(), events: any(), format: any() }, any()] : any()],
      ['beforeDeploy', some() ? any() : undefined],
      ...(some() ? [] : [[typeof any(), any()]]),
    ])
  })
}

/** Lists in lists, or objects in objects, so many levels deep. */
export function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = levels % 2 === 0 ? [value] : { a: value }
  return value
}
