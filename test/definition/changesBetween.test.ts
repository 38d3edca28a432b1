import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesBetween } from '../../src/definition/changesBetween.ts'
import { differences } from '../../src/definition/sameTaskDefinition.ts'
import { arbitraryTaskDefinition } from './arbitraryTaskDefinition.ts'
import { type Member, membersOf, otherThan, registered } from './members.ts'

/** Lists whose order means nothing to AWS. */
const unordered = [
  'environment',
  'secrets',
  'portMappings',
  'mountPoints',
  'volumes',
  'tags',
  'containerDefinitions',
  'dependsOn',
]

/** A copy with such lists turned around at any depth. */
function turned(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const list = value.map((element) => turned(element))
    // Of elements of the same name the last one counts.
    return unordered.includes(name) && isNamed(value, name) ? list.toReversed() : list
  }
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).toReversed()
  return Object.fromEntries(members.map(([key, member]) => [key, turned(member, key)]))
}

/** What each list tells its elements from one another by. */
const identities: Readonly<Record<string, (element: any) => unknown>> = {
  portMappings: ({ containerPort, containerPortRange, protocol = 'tcp' }) =>
    [containerPort, containerPortRange, protocol].filter((part) => part !== undefined && part !== '').join('/'),
  mountPoints: ({ containerPath }) => containerPath,
  volumesFrom: ({ sourceContainer }) => sourceContainer,
  dependsOn: ({ containerName }) => containerName,
  systemControls: ({ namespace }) => namespace,
  resourceRequirements: ({ type }) => type,
  inferenceAccelerators: ({ deviceName }) => deviceName,
  extraHosts: ({ hostname }) => hostname,
}

function identityIn(list: string, element: any): unknown {
  return typeof element === 'object' ? (identities[list] ?? (({ name, key }) => name ?? key))(element) : undefined
}

function isNamed(list: readonly unknown[], name: string): boolean {
  const names = list.map((element) => identityIn(name, element))
  return names.every((one) => one !== undefined && one !== '') && new Set(names).size === names.length
}

/** Where a diff has to show a member: lists whose elements have no names of their own are shown whole. */
function shownPath(root: unknown, steps: readonly string[]): string {
  const shown: string[] = []
  let value: any = root
  let name = ''
  for (const step of steps) {
    if (Array.isArray(value)) {
      if (!isNamed(value, name)) break
      shown.push(String(identityIn(name, value[Number(step)])))
    } else {
      shown.push(step)
      name = step
    }
    value = value[step]
  }
  return shown.join('/')
}

/** Members that say what an element is, or what AWS takes for the defaults of others. */
const decisive =
  /(^|\/)(family|networkMode|requiresCompatibilities\/\d+|operatingSystemFamily|name|key|namespace|hostname|deviceName|containerPort|containerPortRange|protocol|containerPath|sourceContainer|containerName)$|resourceRequirements\/\d+\/type$/

describe('a task definition has', () => {
  it('no difference from what AWS has made of it, whatever the order of lists in which order means nothing', () => {
    fc.assert(
      fc.property(arbitraryTaskDefinition(), (declared) => {
        expect(differences(turned(declared) as any, registered(declared))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('exactly the path of the one member that differs', () => {
    fc.assert(
      fc.property(arbitraryTaskDefinition(), fc.nat(), (declared, choice) => {
        const leaves = membersOf(declared).filter(
          ({ path, value }) => typeof value !== 'object' && !decisive.test(path),
        )
        fc.pre(leaves.length > 0)
        const leaf = leaves[choice % leaves.length] as Member
        const changed = structuredClone(declared)
        leaf.set(changed, otherThan(leaf.value))
        const found = differences(turned(changed) as any, registered(declared))
        expect(found.map(({ path }) => path)).toEqual([shownPath(declared, leaf.steps)])
      }),
      { numRuns: 40 },
    )
  })
})

describe('between two values', () => {
  it.each<[string, object, object, object[]]>([
    [
      'a list whose elements have no names is shown whole',
      { a: ['x', 'y'] },
      { a: ['x', 'z'] },
      [{ path: 'a', before: ['x', 'y'], after: ['x', 'z'] }],
    ],
    [
      'a list in another order is shown whole where order may mean something',
      { volumesFrom: [{ sourceContainer: 'a' }, { sourceContainer: 'b' }] },
      { volumesFrom: [{ sourceContainer: 'b' }, { sourceContainer: 'a' }] },
      [
        {
          path: 'volumesFrom',
          before: [{ sourceContainer: 'a' }, { sourceContainer: 'b' }],
          after: [{ sourceContainer: 'b' }, { sourceContainer: 'a' }],
        },
      ],
    ],
    ['what is new has no value before', {}, { a: { b: 1 } }, [{ path: 'a', after: { b: 1 } }]],
    ['what is gone has no value after', { a: 1 }, {}, [{ path: 'a', before: 1 }]],
    [
      'a list that becomes an object is shown whole',
      { a: [] },
      { a: { b: 1 } },
      [{ path: 'a', before: [], after: { b: 1 } }],
    ],
    [
      'variables are told apart also where there were none',
      {},
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'B_TOKEN', value: 'battery-staple' },
        ],
      },
      [
        { path: 'environment/A/value', after: '1' },
        { path: 'environment/B_TOKEN/value', after: '•••', isSecret: true },
      ],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(changesBetween(before, after)).toEqual(changes)
  })
})
