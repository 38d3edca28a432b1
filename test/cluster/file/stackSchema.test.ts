import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { stackKeys, stackShape } from '../../../src/cluster/file/keys/stackKeys.ts'
import type { Shape } from '../../../src/cluster/file/shape.ts'
import { stackSchema } from '../../../src/cluster/file/stackSchema.ts'
import { stackText } from '../../../src/cluster/file/stackText.ts'
import { arbitraryStack } from './arbitraryStack.ts'
import { fixture, stackOf } from './support.ts'
import { validates } from './validates.ts'

const schema = stackSchema()
const template = readFileSync(new URL('../../../templates/stack.yml', import.meta.url), 'utf8')
const valueOf = (text: string): unknown => parse(text, { merge: true })

/** The malformed files whose mistake can be seen in one file without its meaning. */
const misshapen = [
  'aListOfServices deployments discovery environmentOfCompose healthchecks loadBalancers misspeltKeys names noMemory',
  'notIndented placement ports servicesOfNothing volumes wrongTypes',
].flatMap((names) => names.split(' '))

describe('the schema for editors', () => {
  test('is as `npm run schema` writes it', () => {
    const written = readFileSync(new URL('../../../templates/stack.schema.json', import.meta.url), 'utf8')
    expect(written).toBe(`${JSON.stringify(schema, null, 2)}\n`)
  })

  test('accepts every file that the program accepts', () => {
    for (const text of [template, fixture('seed.yml')]) expect(validates(valueOf(text), schema)).toBe(true)
    const property = fc.property(arbitraryStack(), (stack) => validates(valueOf(stackText(stack)), schema))
    fc.assert(property, { numRuns: 30 })
  })

  test('accepts a variable where a value has a format', () => {
    const web = 'image: a, memory: $A, privileged: "${B}", type: $C, ports: ["80:$D"], network: {subnets: [$E]}'
    expect(validates(valueOf(`services: [web: {${web}}]`), schema)).toBe(true)
  })

  test('accepts a file that only adds to another', () => {
    expect(validates(valueOf('services: [web: {elb: {healthcheck: {path: /}}}]'), schema)).toBe(true)
  })

  test.each(misshapen)('refuses what has the wrong shape: %s', (name) => {
    expect(validates(valueOf(fixture(`malformed/${name}.yml`)), schema)).toBe(false)
  })

  test('explains every key', () => {
    expect(keysIn(schema).filter(([, { description }]) => typeof description !== 'string')).toEqual([])
    expect(keysIn(schema).length).toBeGreaterThan(60)
  })
})

test('the example of the page on stacks is valid', () => {
  const page = readFileSync(new URL('../../../docs/stack.md', import.meta.url), 'utf8')
  const [, example = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? []
  const [web, worker] = stackOf([example], { TAG: 'v1' }).services
  expect([web?.desiredCount, worker?.containers[0].image]).toEqual([2, 'registry.example.com/email:v1'])
})

describe('the template', () => {
  test('is valid', () => {
    const { services } = stackOf([template])
    expect(services.map(({ name }) => name)).toEqual([
      'migrate',
      'web',
      'user',
      'report',
      'nightly',
      'agent',
      'shop',
      'admin',
      'email-worker',
    ])
  })

  test('has every key', () => {
    const value: any = valueOf(template)
    expect(missing(stackShape, value, '')).toEqual([])
    expect(Object.keys(value)).toEqual(Object.keys(stackKeys))
  })

  test('names the schema beside it', () => {
    expect(template.split('\n')[0]).toBe('# yaml-language-server: $schema=./stack.schema.json')
  })
})

/** Every key in a schema, with what it says of it. */
function keysIn(part: any): [name: string, schema: any][] {
  if (typeof part !== 'object' || part === null) return []
  const own = Object.entries<any>(part.type === 'object' ? (part.properties ?? {}) : {})
  return [...own, ...Object.values(part).flatMap(keysIn)]
}

/** The keys that none of the maps at a place has; what `defaults` leave out is told there in a comment. */
function missing(shape: Shape, value: unknown, path: string): string[] {
  const values = [value].flat(3).filter((one) => one !== undefined)
  if (shape.is === 'named')
    return missing(
      shape.of,
      values.flatMap((one) => Object.values(one as object)),
      path,
    )
  if (shape.is === 'list') return missing(shape.of, values, path)
  if (shape.is !== 'keys') return []
  return Object.entries(shape.keys).flatMap(([name, key]) => {
    const found = values.map((one: any) => one[name]).filter((one) => one !== undefined)
    const isTold = new RegExp(`^  # .*\\b${name}\\b`, 'm').test(template)
    if (found.length > 0) return missing(key.shape, found, `${path}/${name}`)
    return (path === '/defaults' && isTold) || path.includes('/containers') ? [] : [`${path}/${name}`]
  })
}
