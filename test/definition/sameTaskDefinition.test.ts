import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differences, sameTaskDefinition } from '../../src/definition/sameTaskDefinition.ts'
import { arbitraryDefinition } from './arbitraryDefinition.ts'
import { arbitraryTaskDefinition, meansNothing } from './arbitraryTaskDefinition.ts'
import { membersOf, otherThan, registered } from './members.ts'

const container = { name: 'web', image: 'app:v1', memory: 512 }
const web: any = { family: 'web', containerDefinitions: [container] }
const withContainer = (more: object): any => ({ ...web, containerDefinitions: [{ ...container, ...more }] })

describe('a task definition is the same as what is registered', () => {
  it('right after it was registered, with any content', () => {
    fc.assert(
      fc.property(arbitraryTaskDefinition(), (declared) => {
        const described = registered(declared)
        expect(differences(declared, described)).toEqual([])
        expect(sameTaskDefinition(declared, described)).toBe(true)
      }),
    )
  })

  it('when it is declared as AWS describes it', () => {
    fc.assert(
      fc.property(arbitraryTaskDefinition(), (declared) => {
        expect(sameTaskDefinition(registered(declared), registered(declared))).toBe(true)
      }),
    )
  })

  it.each([
    ['a CPU size in vCPU and in units', { cpu: '.25 vCPU' }, { cpu: '256' }],
    ['a memory size in GB and in MiB', { memory: '0.5 GB' }, { memory: '512' }],
    ['bridge networking, which is the default', { networkMode: 'bridge' }, {}],
    ['no fault injection, which is the default', { enableFaultInjection: false }, {}],
    [
      'volumes in another order',
      { volumes: [{ name: 'a' }, { name: 'b' }] },
      {
        volumes: [
          { name: 'b', host: {} },
          { name: 'a', host: {} },
        ],
      },
    ],
    ['tags in another order', { tags: tags('a', 'b') }, { tags: tags('b', 'a') }],
    ['a tag that AWS has added', { tags: tags('a') }, { tags: tags('aws:cloudformation:stack-name', 'a') }],
    [
      'compatibilities in another order',
      { requiresCompatibilities: ['EC2', 'EXTERNAL'] },
      { requiresCompatibilities: ['EXTERNAL', 'EC2'] },
    ],
    [
      'the root of a file system, which is the default',
      { volumes: [{ name: 'a', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }] },
      {
        volumes: [
          {
            name: 'a',
            efsVolumeConfiguration: { fileSystemId: 'fs-1', rootDirectory: '/', transitEncryption: 'DISABLED' },
          },
        ],
      },
    ],
  ])('with %s', (_, declared, described) => {
    expect(sameTaskDefinition({ ...web, ...declared }, { ...web, ...described })).toBe(true)
  })

  it.each([
    ['environment variables in another order', { environment: pairs('A', 'B') }, { environment: pairs('B', 'A') }],
    ['secrets in another order', { secrets: secrets('A', 'B') }, { secrets: secrets('B', 'A') }],
    [
      'ports in another order',
      { portMappings: [{ containerPort: 80 }, { containerPort: 81 }] },
      { portMappings: [port(81), port(80)] },
    ],
    ['an empty list', { links: [], command: [] }, {}],
    ['empty Linux parameters', { linuxParameters: { capabilities: { add: [] }, devices: [] } }, {}],
    [
      'empty options of a log driver',
      { logConfiguration: { logDriver: 'none', options: {} } },
      { logConfiguration: { logDriver: 'none' } },
    ],
    ['an undefined member', { user: undefined }, {}],
    [
      'the defaults of a health check',
      { healthCheck: { command: ['CMD', 'true'] } },
      { healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 } },
    ],
    ['the defaults of a container', {}, { cpu: 0, essential: true, versionConsistency: 'enabled', environment: [] }],
    [
      'switches that are off',
      {},
      {
        disableNetworking: false,
        interactive: false,
        privileged: false,
        pseudoTerminal: false,
        readonlyRootFilesystem: false,
      },
    ],
    [
      'volumes that can be written to, which is the default',
      { mountPoints: [{ sourceVolume: 'a' }], volumesFrom: [{ sourceContainer: 'b' }] },
      {
        mountPoints: [{ sourceVolume: 'a', readOnly: false }],
        volumesFrom: [{ sourceContainer: 'b', readOnly: false }],
      },
    ],
    ['members in another order', { user: 'a', hostname: 'b' }, { hostname: 'b', user: 'a' }],
  ])('with %s', (_, declared, described) => {
    expect(sameTaskDefinition(withContainer(declared), withContainer(described))).toBe(true)
  })

  it('with its containers in another order', () => {
    const [a, b] = [
      { ...container, name: 'a' },
      { ...container, name: 'b' },
    ]
    expect(sameTaskDefinition({ ...web, containerDefinitions: [a, b] }, { ...web, containerDefinitions: [b, a] })).toBe(
      true,
    )
  })
})

describe('a task definition is not the same as what is registered', () => {
  it('when any single value differs', () => {
    fc.assert(
      fc.property(arbitraryTaskDefinition(), fc.nat(), (declared, choice) => {
        const described = registered(declared)
        const leaves = membersOf(declared).filter(({ value }) => typeof value !== 'object')
        const leaf = leaves[choice % leaves.length]!
        const changed = structuredClone(declared)
        leaf.set(changed, otherThan(leaf.value))
        expect(sameTaskDefinition(changed, described), leaf.path).toBe(false)
        expect(differences(changed, described)).not.toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('when any single member is missing, except defaults and empty ones', () => {
    fc.assert(
      fc.property(arbitraryTaskDefinition(), fc.nat(), (declared, choice) => {
        const described = registered(declared)
        const members = membersOf(declared).filter(({ path }) => !['family', 'containerDefinitions'].includes(path))
        const member = members[choice % members.length]!
        const changed = structuredClone(declared)
        member.remove(changed)
        const expected = meansNothing(member.path, member.value, declared)
        expect(sameTaskDefinition(changed, described), `${member.path}: ${JSON.stringify(member.value)}`).toBe(expected)
      }),
      { numRuns: 40 },
    )
  })

  it('exactly when there are differences, for any two task definitions', () => {
    const any = arbitraryDefinition().map(({ taskDefinition }) => taskDefinition)
    fc.assert(
      fc.property(any, any, (one: any, other: any) => {
        expect(differences(one, other).length === 0).toBe(sameTaskDefinition(one, other))
        expect(sameTaskDefinition(one, other)).toBe(sameTaskDefinition(other, one))
      }),
    )
  })

  it.each([
    ['the words of a command in another order', { command: ['a', 'b'] }, { command: ['b', 'a'] }],
    [
      'files of environment variables in another order, of which the first counts',
      { environmentFiles: files('a', 'b') },
      { environmentFiles: files('b', 'a') },
    ],
    [
      'two values of one variable in another order',
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      {
        environment: [
          { name: 'A', value: '2' },
          { name: 'A', value: '1' },
        ],
      },
    ],
    ['an empty entry point, which is not that of the image', { entryPoint: [] }, {}],
    ['an empty value of a variable', { environment: [{ name: 'A', value: '' }] }, { environment: [] }],
    ['a member that nobody knows, though it is empty', { futureSetting: [] }, {}],
    [
      'a list of a member that nobody knows, in another order',
      { futureSetting: pairs('A', 'B') },
      { futureSetting: pairs('B', 'A') },
    ],
    [
      'a host port that is not dynamic',
      { portMappings: [{ containerPort: 80, hostPort: 80 }] },
      { portMappings: [{ containerPort: 80 }] },
    ],
  ])('with %s', (_, declared, described) => {
    expect(sameTaskDefinition(withContainer(declared), withContainer(described))).toBe(false)
    expect(differences(withContainer(declared), withContainer(described))).not.toEqual([])
  })

  it.each([
    ['Fargate, where bridge is no default', { requiresCompatibilities: ['FARGATE'] }],
    ['Windows, where bridge is no default', { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }],
  ])('with bridge networking on %s', (_, more: any) => {
    expect(sameTaskDefinition({ ...web, ...more, networkMode: 'bridge' }, { ...web, ...more })).toBe(false)
  })

  it('with a Docker volume instead of a host folder', () => {
    const [docker, host] = [{ name: 'a', dockerVolumeConfiguration: {} }, { name: 'a' }]
    expect(sameTaskDefinition({ ...web, volumes: [docker] }, { ...web, volumes: [host] })).toBe(false)
  })
})

describe('the differences', () => {
  it('say where each is, what is registered, and what is declared', () => {
    const declared = {
      ...withContainer({ image: 'app:v2', environment: pairs('A', 'C') }),
      cpu: '1 vCPU',
      tags: tags('team'),
    }
    const described = { ...withContainer({ environment: pairs('B', 'A'), user: 'app' }), cpu: '512', revision: 7 }
    expect(differences(declared, described)).toEqual([
      { path: 'containerDefinitions/web/image', before: 'app:v1', after: 'app:v2' },
      { path: 'containerDefinitions/web/environment/B/value', before: 'b' },
      { path: 'containerDefinitions/web/environment/C/value', after: 'c' },
      { path: 'containerDefinitions/web/user', before: 'app' },
      { path: 'cpu', before: '512', after: '1024' },
      { path: 'tags/team/value', after: 'a' },
    ])
  })

  it('show no secret, neither the old nor the new', () => {
    const of = (secret: string): any =>
      withContainer({
        environment: [{ name: 'DB_PASSWORD', value: secret }],
        command: [`--password=${secret}`],
        logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': secret } },
      })
    const shown = (path: string, text: string): object => ({ path, before: text, after: text, isSecret: true })
    expect(differences(of('new-secret-1'), of('old-secret-2'))).toEqual([
      shown('containerDefinitions/web/environment/DB_PASSWORD/value', '•••'),
      { ...shown('containerDefinitions/web/command', ''), before: ['--password=•••'], after: ['--password=•••'] },
      shown('containerDefinitions/web/logConfiguration/options/splunk-token', '•••'),
    ])
  })
})

function pairs(...names: string[]): object[] {
  return names.map((name) => ({ name, value: name.toLowerCase() }))
}

function secrets(...names: string[]): object[] {
  return names.map((name) => ({ name, valueFrom: name.toLowerCase() }))
}

function tags(...keys: string[]): object[] {
  return keys.map((key) => ({ key, value: 'a' }))
}

function files(...names: string[]): object[] {
  return names.map((name) => ({ value: `arn:aws:s3:::${name}`, type: 's3' }))
}

function port(containerPort: number): object {
  return { containerPort, hostPort: 0, protocol: 'tcp' }
}
