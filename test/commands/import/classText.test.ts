import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classText } from '../../../src/commands/import/classText.ts'
import { className, fileName } from '../../../src/commands/import/fileName.ts'
import { FromEnvironment, Noted, type Tree } from '../../../src/commands/import/tree.ts'
import { evaluated } from './support.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('`${x}`', "it's", '*/', '\\', '\u2028', '__proto__', 'constructor', '\ud800', '\'"`', '</script>'),
)
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    text.map((one) => new FromEnvironment([one, { names: [one], otherwise: one }])),
    fc.tuple(tie('tree'), fc.array(text, { maxLength: 2 })).map(([one, lines]) => new Noted(one, lines)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(text, tie('tree'), { maxKeys: 4 }),
  ),
}))

/** What the data comes to where no variable is set. */
function meant(value: Tree): unknown {
  if (value instanceof Noted) return meant(value.value!)
  if (value instanceof FromEnvironment)
    return value.parts.map((part) => (typeof part === 'string' ? part : (part.otherwise ?? ''))).join('')
  if (Array.isArray(value)) return value.map(meant)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, meant(member as Tree)]))
}

const importedOf = (taskDefinition: Tree, name = 'web', about: readonly string[] = []) => ({
  name,
  about,
  members: { taskDefinition },
  variables: new Map<string, string>(),
  warnings: [],
})

describe('the text of a class', () => {
  it('is the data that it was written from, whatever texts are in it, in comments too', () => {
    fc.assert(
      fc.property(
        fc.dictionary(text, tree, { maxKeys: 4 }),
        text,
        fc.array(text, { maxLength: 2 }),
        (data, name, about) => {
          const found = evaluated(classText(importedOf(data, name, about)))
          expect(JSON.stringify(found.taskDefinition)).toBe(JSON.stringify(meant(data)))
        },
      ),
      { numRuns: 25 },
    )
  })

  it('has short data on one line, and breaks what is long', () => {
    const written = classText(importedOf({ family: 'web', tags: [{ key: 'a', value: 'b' }], 'a-b': 'x'.repeat(100) }))
    expect(written).toContain(`
  override taskDefinition: TaskDefinition = {
    family: 'web',
    tags: [{ key: 'a', value: 'b' }],
    'a-b': '${'x'.repeat(100)}',
  }
`)
  })
})

describe('the names of what is written', () => {
  it.each([
    ['web', 'WebTask', 'web'],
    ['web-api_2', 'WebApi2Task', 'web-api_2'],
    ['ecs', 'EcsServiceTask', 'ecs'],
    ['9lives', 'Service9livesTask', '9lives'],
    ['report-task', 'ReportTask', 'report-task'],
    ['../../etc/passwd', 'EtcPasswdTask', 'etc-passwd'],
    ['日本', 'ServiceTask', 'imported'],
  ])('of %j are %s and %s', (name, ofClass, ofFile) => {
    expect([className(name), fileName(name)]).toEqual([ofClass, ofFile])
  })
})
