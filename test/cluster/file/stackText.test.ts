import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keysOf, type Shape } from '../../../src/cluster/file/shape.ts'
import { serviceEntry } from '../../../src/cluster/file/serviceEntry.ts'
import { serviceKeys } from '../../../src/cluster/file/keys/serviceKeys.ts'
import { stackText } from '../../../src/cluster/file/stackText.ts'
import { runnerCommand } from '../../hostile/hostileText.ts'
import { arbitraryStack } from './arbitraryStack.ts'
import { fixture, stackOf } from './support.ts'

describe('a stack as a file', () => {
  test('reads back to the same stack, for any stack', () => {
    const property = fc.property(arbitraryStack(), (stack) => {
      expect(stackOf([stackText(stack)])).toEqual(stack)
    })
    fc.assert(property, { numRuns: 50 })
  })

  test('has each key of a service somewhere, so that the test above reads and writes all of them', () => {
    const services = fc.sample(arbitraryStack(), { numRuns: 120, seed: 1 }).flatMap((stack) => stack.services)
    const entries = services.map((service) => serviceEntry(service, true))
    expect(unwritten(keysOf('a service', serviceKeys), entries, '')).toEqual([])
  })

  test('is as short as the one that it was read from', () => {
    const text = `vpc:
  id: vpc-1
  subnets:
    public:
      - subnet-1
      - subnet-2
    private: []
  security_groups:
    public: []
    private: []
logging:
  log_driver: awslogs
  options:
    awslogs-group: /ecs
    awslogs-region: eu-west-1
services:
  - web:
      memory: 512
      image: web:v1
      environment:
        PORT: "80"
        PRICE: 5$$
      ports:
        - 8080:80
        - 443
      elb:
        type: public
        ports:
          public: 80
          container: 80
`
    expect(stackText(stackOf([text]))).toBe(text)
  })

  test("of the document's own example is another way to write it", () => {
    const stack = stackOf([fixture('seed.yml')])
    expect(stackOf([stackText(stack)])).toEqual(stack)
  })

  test('keeps every blank, line and control character of a text', () => {
    const characters = fc.constantFrom(...' \n\t\r\\|>#:-"\'{$a\u0085\u2028\u00a0'.split(''), '---', '...')
    const property = fc.property(fc.array(characters, { maxLength: 14 }), (parts) => {
      const { services } = stackOf(['services: [web: {image: a, memory: 64}]'])
      const [web] = services
      const own = { ...web!.containers[0], environment: { TEXT: parts.join('') }, command: [parts.join('')] }
      const stack = { vpc: undefined, namespace: undefined, services: [{ ...web!, containers: [own] as const }] }
      expect(stackOf([stackText(stack)])).toEqual(stack)
    })
    fc.assert(property, { numRuns: 80 })
  })

  test('is no command for a CI runner, whatever the texts in it', () => {
    const pieces = fc.constantFrom('\n', ' ', '::error::x', '##[error]', '##vso[task.x]', '#', '[', '"', 'a')
    const property = fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const [web] = stackOf(['services: [web: {image: a, memory: 64}]']).services
      const text = parts.join('')
      const environment = { TEXT: text, [`K${text.replaceAll(/\s/g, '')}`]: 'value' }
      const own = { ...web!.containers[0], environment, command: [text] }
      const stack = { vpc: undefined, namespace: undefined, services: [{ ...web!, containers: [own] as const }] }
      expect(stackText(stack)).not.toMatch(runnerCommand)
      expect(stackOf([stackText(stack)])).toEqual(stack)
    })
    fc.assert(property, { numRuns: 80 })
  })

  test('may be empty', () => {
    const stack = { vpc: undefined, namespace: undefined, services: [] }
    expect(stackText(stack)).toBe('services: []\n')
    expect(stackOf(['services: []'])).toEqual(stack)
  })
})

/** The keys of a shape that none of these values has, at any depth. */
function unwritten(shape: Shape, values: readonly unknown[], path: string): string[] {
  const objects = values.flat().filter((value) => typeof value === 'object' && value !== null)
  if (shape.is === 'named' || shape.is === 'list') {
    const inside = shape.is === 'named' ? objects.flatMap((object) => Object.values(object)) : objects
    return unwritten(shape.of, inside, path)
  }
  if (shape.is !== 'keys') return []
  return Object.entries(shape.keys).flatMap(([key, { shape: of }]) => {
    const found = objects
      .flatMap((object) => Object.entries(object))
      .flatMap(([name, value]) => (name === key ? [value] : []))
    const written = found.filter((value) => value !== undefined)
    return written.length === 0 ? [`${path}/${key}`] : unwritten(of, written, `${path}/${key}`)
  })
}
