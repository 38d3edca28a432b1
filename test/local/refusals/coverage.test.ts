// Every member of the ten operations: a row of the table shows that its constraint is enforced, it has none, or the page
// on the local AWS lists it as not enforced.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inputs, shapes } from '../../../src/local/wire/shapes.ts'
import { allRows, walked } from './allRows.ts'
import { membersOf } from './row.ts'
import { unconstrained } from './unconstrained.ts'

const page = readFileSync(new URL('../../../docs/local-aws.md', import.meta.url), 'utf8')

/** `| ecs | \`ContainerDefinition\` | user, workingDirectory | why |`, where `all` stands for every member and those below. */
const listed = page
  .split('\n')
  .map((line) => /^\| (ecs|events|elbv2|autoscaling) +\| `(\w+)` +\| (.+?) +\| (.+) +\|$/.exec(line))
  .filter((found) => found !== null)
  .map(([, service, structure, members]) => ({
    service: service!,
    structure: structure!,
    members: members!.split(', '),
  }))

const isListed = (service: string, structure: string, member?: string): boolean =>
  listed.some(
    (one) =>
      one.service === service &&
      one.structure === structure &&
      (one.members.includes('all') || (member !== undefined && one.members.includes(member))),
  )

/** What a type is of: the structure in a list or a map of them, or the simple type. */
const core = (type: string): string => type.replace('!', '').replace(/^(list|map) /, '')

/** Every member below an operation's input that may have a constraint: `ContainerDefinition.memory`. */
function membersBelow(service: string, structure: string, seen = new Set<string>()): string[] {
  if (seen.has(structure) || isListed(service, structure)) return []
  seen.add(structure)
  return Object.entries(shapes[service]![structure]!).flatMap(([member, type]) => {
    const of = core(type)
    const below = shapes[service]![of] ? membersBelow(service, of, seen) : []
    // True and false are both fine, and so is a structure whose own members are.
    const isFree = of === 'boolean' || (type.replace('!', '') === of && shapes[service]![of] !== undefined)
    return [...(isFree ? [] : [`${structure}.${member}`]), ...below]
  })
}

const rootOf = (service: string, operation: string): string =>
  inputs[service]![operation.charAt(0).toLowerCase() + operation.slice(1)]!

/** By service: the members that a row changes. */
const shown = new Map<string, Set<string>>()
for (const { call, change } of allRows) {
  const [service = '', operation = ''] = call.split(' ')
  const members = shown.get(service) ?? new Set<string>()
  for (const member of membersOf(service, operation, change)) members.add(member)
  shown.set(service, members)
}

test.each(walked)('%s: every member is enforced, has no constraint, or is listed as not enforced', (call) => {
  const [service = '', operation = ''] = call.split(' ')
  const unknown = membersBelow(service, rootOf(service, operation)).filter((name) => {
    const [structure = '', member] = name.split('.')
    const isShown = shown.get(service)!.has(name)
    return !isShown && !unconstrained[service]!.includes(name) && !isListed(service, structure, member)
  })
  expect(unknown).toEqual([])
})

test('nothing is listed that is not there, or that a row shows to be enforced', () => {
  for (const { service, structure, members } of listed) {
    expect(Object.keys(shapes[service]!)).toContain(structure)
    for (const member of members.filter((name) => name !== 'all')) {
      expect(Object.keys(shapes[service]![structure]!)).toContain(member)
      expect([...shown.get(service)!], member).not.toContain(`${structure}.${member}`)
    }
  }
  for (const [service, names] of Object.entries(unconstrained)) {
    for (const name of names) {
      const [structure = '', member = ''] = name.split('.')
      expect(Object.keys(shapes[service]![structure] ?? {}), name).toContain(member)
    }
  }
})
