// Two runs that delete and create again the same service at the same moment: whoever creates it first has it, with its scaling.
import { describe, expect, it } from 'vitest'
import { type AtOnce, atOnceIn, lags, tellingOf, upTo } from './atOnce.ts'
import { isThorough } from '../sampled.ts'
import { type Keys, edge, fileOf, user } from './stacks.ts'
import { clusterStage, operations, worldOf } from './support.ts'

const scheduled = [{ schedule: 'cron(0 7 * * ? *)', timezone: 'Europe/Berlin', min: 2 }]
const web = (max: number, keys: object = {}): string =>
  fileOf({
    web: {
      ...user,
      image: 'web:v1',
      network_mode: 'awsvpc',
      elb: { type: 'private', ports: { container: 80 } },
      auto_scaling: { min: 1, max, cpu: 60, scheduled },
      ...keys,
    },
  })
const onFargate = { launch_type: 'FARGATE', cpu: 256, memory: 512 } as const
const world = await worldOf(web(4))

const maxOf = ({ stands }: Pick<AtOnce, 'stands'>): unknown => Object.values(stands['scalableTargets']!)

it.each<[string, number, number]>([
  ['of one file', 6, 6],
  ['whose files scale it differently', 6, 9],
])(
  'two deploys with --replace %s: one replaces the service, the other ends 5 and takes nothing away, at every lag',
  { timeout: 300_000 },
  async (_which, first, second) => {
    const seen = new Set<string>()
    for (const [index, after] of lags.entries()) {
      for (const most of [40, 900]) {
        const most2 = index % 2 === 0 ? most : 300
        const ran = await atOnceIn(
          world,
          { file: web(first, onFargate), after: 0, latency: upTo(most, index) },
          { file: web(second, onFargate), after, latency: upTo(most2, 1000 + index) },
        )
        const { results, stands } = ran
        const exitCodes = results.map(({ exitCode }) => exitCode)
        const told = tellingOf({ after, most, exitCodes, max: maxOf(ran) }, results)
        expect(
          [
            [0, 5],
            [5, 0],
          ],
          told,
        ).toContainEqual(exitCodes)
        expect(stands['services'], told).toMatchObject({
          web: { status: 'ACTIVE', launchType: 'FARGATE', rollouts: ['COMPLETED'] },
        })
        const winner = exitCodes[0] === 0 ? first : second
        expect(maxOf(ran), told).toMatchObject([{ MinCapacity: 1, MaxCapacity: winner }])
        expect(Object.keys(stands['scalingPolicies']!), told).toHaveLength(1)
        expect(Object.keys(stands['scheduledActions']!), told).toHaveLength(1)
        expect(
          results.find(({ exitCode }) => exitCode === 5),
          told,
        ).toMatchObject({ outcome: 'superseded', left: [], problem: { code: 'DeploymentSuperseded' } })
        seen.add(String(exitCodes))
      }
    }
    expect(seen).toContain('0,5')
    expect(seen).toContain('5,0')
  },
)

it.each<[string, object, (telling: { max: unknown; left: string }) => void]>([
  [
    'scales as the other run says',
    {},
    ({ max, left }) => {
      expect(max).toMatchObject([{ MinCapacity: 1, MaxCapacity: 9 }])
      expect(left).not.toMatch(/create-service|scalable-target|scaling-policy|delete-target-group/)
    },
  ],
  [
    'scales as before, or is named, where the other run fails too',
    { image: 'web:crash' },
    ({ max, left }) => {
      if (JSON.stringify(max) === '[]') expect(left).toMatch(/check .*how (it|the service) scales|deploy again/)
    },
  ],
])('a service on its way back that another run replaces %s', { timeout: 300_000 }, async (_what, image, check) => {
  const overtaken = new Set<boolean>()
  for (let seed = 5; seed < (isThorough ? 30 : 9); seed++) {
    const crash = { ...onFargate, image: 'web:crash' }
    const ran = await atOnceIn(
      world,
      { file: web(6, crash), after: 0, latency: upTo(40, seed) },
      { file: web(9, { ...onFargate, image: 'web:v3', ...image }), after: seed * 8000, latency: upTo(40, seed + 100) },
    )
    const { results, stands } = ran
    const left = results[0]!.left.join('\n')
    // The second run does not revive what the first has created and taken away again; the first says what to do.
    if (!('web' in stands['services']!)) expect(left).toContain('deploy again')
    const isOvertaken = left.includes('Someone else')
    overtaken.add(isOvertaken)
    if (isOvertaken) check({ max: maxOf(ran), left })
  }
  expect(overtaken).toContain(true)
})

it('the way back leaves alone a service that somebody else has created meanwhile, and how it scales', async () => {
  const stage = clusterStage({ world })
  let creations = 0
  const { result, writes } = await stage.deploy(
    [web(6, { ...onFargate, image: 'web:v2' })],
    { replace: true },
    {
      transport: async (method, input, signal) => {
        if (method === 'createService' && ++creations === 1) {
          // It is refused, and in the same moment somebody else creates the service with what was registered for it.
          const theirs = { ...input, tags: [{ key: 'ecs-task:run', value: 'theirs' }] }
          stage.call('ecs', 'CreateService', theirs)
          throw Object.assign(new Error('User is not authorized to perform: ecs:CreateService'), {
            name: 'AccessDeniedException',
            $fault: 'client',
            $metadata: { httpStatusCode: 400 },
          })
        }
        return stage.transport(method, input, signal)
      },
    },
  )
  expect(result).toMatchObject({ exitCode: 3, problem: { what: 'AWS denied ecs:CreateService.' } })
  expect(result.left).toEqual([
    'Create service web in my-cluster: Someone else created service web meanwhile. ' +
      'ecs-task deleted nothing that it uses. When that run has ended, deploy again.',
    // It is named, but with no command: their service runs it.
    'Deregister the new revision of my-cluster-web: my-cluster-web:2 is still used by service my-cluster/web.',
  ])
  expect(operations(writes)).not.toContain('RegisterScalableTarget')
  expect(stage.standing()).toMatchObject({
    services: { web: { status: 'ACTIVE', launchType: 'FARGATE', taskDefinition: expect.stringMatching(/web:2$/) } },
    scalableTargets: {},
    scalingPolicies: {},
    scheduledActions: {},
  })
})

const ec2 = (image: string): Keys => ({ image, memory: 64 })
const replaced = (image: string): Keys => ({ image, network_mode: 'awsvpc', ...onFargate })

describe('two runs at once, at any lag', () => {
  it('that replace services which they share in part lose none', { timeout: 300_000 }, async () => {
    const there = await worldOf(fileOf({ a: ec2('a:v1'), b: ec2('b:v1') }))
    for (const after of lags) {
      const { results, stands } = await atOnceIn(
        there,
        { file: fileOf({ a: replaced('a:v1'), b: ec2('b:v1') }), after: 0, latency: upTo(40, after) },
        { file: fileOf({ a: replaced('a:v1'), b: replaced('b:v1') }), after, latency: upTo(40, 1 + after) },
      )
      expect(Object.keys(stands['services']!), tellingOf({ after }, results)).toEqual(['a', 'b'])
    }
  })

  it.each<[string, Keys]>([
    ['replace a service', onFargate],
    ['move a service to another target group', { elb: { ...edge.elb, name: 'v2' } }],
  ])(
    'that %s: one of them does it, and what the other has led there stays',
    { timeout: 300_000 },
    async (_what, keys) => {
      const there = await worldOf(fileOf({ c: ec2('c:v1'), edge: { ...edge, depends_on: ['c'] } }))
      const file = fileOf({ c: ec2('c:v2'), edge: { ...edge, ...keys, depends_on: ['c'] } })
      for (const after of lags) {
        const runs = [0, after].map((one, index) => ({ file, after: one, latency: upTo(400, index + after) }))
        const { results, differs } = await atOnceIn(there, runs[0]!, runs[1]!)
        const told = tellingOf({ after }, results)
        expect(
          [
            [0, 5],
            [5, 0],
            [0, 0],
          ],
          told,
        ).toContainEqual(results.map(({ exitCode }) => exitCode))
        expect(differs, told).toEqual([])
      }
    },
  )
})
