import { describe, expect, test } from 'vitest'
import type { Plan } from '../../src/engine/plan.ts'
import { isShownBy } from '../../src/engine/shownPlan.ts'

const step = (image: string, command: string[] = [], differences: object[] = []) => ({
  id: 'registerTaskDefinition web',
  title: 'Register a new revision of web',
  call: {
    method: 'registerTaskDefinition',
    input: { image, command, tags: [{ key: 'ecs-task:run', value: 'mx0ug' }] },
  },
  differences,
})
const planOf = (steps: object[], more: object = {}) =>
  ({
    command: 'deploy',
    title: 'Deploy v2',
    stages: [{ title: 'Register', steps }],
    warnings: [],
    ...more,
  }) as unknown as Plan
const shown = (saved: unknown, plan: Plan): boolean => isShownBy(saved, { plan, definitions: [] })
const plan = planOf([step('web:v2', ['migrate', '--password', 'battery-staple'])], {
  run: 'mx0ug',
  madeFrom: { a: 'web:1' },
})
const saved = JSON.parse(JSON.stringify(plan).replace('battery-staple', '•••').replaceAll('mx0ug', 'abcde')) as object

describe('a saved plan shows what is done', () => {
  test('whatever its run is called, and whatever was compared or warned of', () => {
    expect(shown(saved, plan)).toBe(true)
    expect(shown({ ...saved, warnings: ['x'], madeFrom: {} }, plan)).toBe(true)
    const compared = planOf([step('web:v2', ['migrate', '--password', 'battery-staple'], [{ path: 'a' }])])
    expect(shown(saved, { ...compared, run: 'mx0ug' })).toBe(true)
  })

  test('where one run knew of more secrets than the other', () => {
    for (const [image, other] of [
      ['reg.example/web:v2', 'reg.•••/web:v2'],
      ['reg.•••/web:v2', 'reg.example/web:v2'],
      ['a b c', '••• b •••'],
    ] as const) {
      expect(shown(planOf([step(other)]), planOf([step(image)])), other).toBe(true)
    }
  })

  test('wherever the commands to type reach another AWS', () => {
    const told = (more: string): Plan => planOf([], { title: `Undo it with: ecs-task status${more}` })
    expect(shown(told(' --local'), told(' --region eu-west-1'))).toBe(true)
    expect(shown(told(' --local'), told(' --json'))).toBe(false)
  })

  test.each([
    ['another value', planOf([step('web:v1')])],
    ['dots in another text', planOf([step('reg.•••/web:v1')])],
    ['a step less', planOf([])],
    ['a step more', planOf([step('web:v2'), step('web:v2')])],
    ['a member more', planOf([{ ...step('web:v2'), more: 1 }])],
    ['another title', planOf([step('web:v2')], { title: 'Deploy nothing' })],
    ['a list in place of an object', { ...planOf([]), stages: {} }],
    ['nothing', {}],
    ['no plan', null],
    ['a piece twice', planOf([step('web•••web')])],
  ])('and not with %s', (_, other) => {
    expect(shown(other, planOf([step('web:v2')]))).toBe(false)
  })
})
