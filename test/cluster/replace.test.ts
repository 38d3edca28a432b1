import { describe, expect, it } from 'vitest'
import { type Keys, behind, everything, fileOf, report } from './stacks.ts'
import { clusterStage, worldOf } from './support.ts'

const file = fileOf(everything)
const world = await worldOf(file)

const goes = (name: string, ...what: string[]): string[] =>
  what.map((one) => `${name}: delete ${one}, which is no longer in the stack.`)
const balancerGoes = goes(
  'edge',
  'the listener of my-cluster-edge-lb',
  'load balancer my-cluster-edge-lb',
  'target group my-cluster-edge-tg',
)
const again = 'means deleting and recreating the service; none runs meanwhile.'
const used = (keys: Keys) => ({ ...everything, user: { ...everything.user, ...keys } })
const edged = (keys: Keys) => ({ ...everything, edge: { ...everything.edge, ...keys } })

/** What is changed in the file, why that cannot be in place, and what is then there. */
const changes: Record<string, [services: Readonly<Record<string, Keys>>, problems: string[], there: object]> = {
  'a load balancer that was removed from the file': [
    edged({ elb: undefined }),
    [...goes('edge', 'record www.example.com'), ...balancerGoes],
    { loadBalancers: ['my-cluster-report-lb'], targetGroups: ['my-cluster-report-tg'], listeners: ['80'] },
  ],
  'the name of a load balancer': [
    behind({ name: 'two' }),
    ['edge: elb.name: nothing → two needs another load balancer.', ...balancerGoes],
    { loadBalancers: ['my-cluster-report-lb', 'my-cluster-edge-two-lb'] },
  ],
  'a public load balancer that becomes private': [
    behind({ type: 'private' }),
    ['edge: elb.type: public → private needs another load balancer.', ...balancerGoes],
    { loadBalancers: ['my-cluster-report-lb', expect.stringMatching(/^my-cluster-edge-lb-[0-9a-f]{8}$/)] },
  ],
  'the name for service discovery': [
    used({ dns_discovery: { name: 'people' } }),
    goes('user', 'discovery service user'),
    { discovery: ['people'] },
  ],
  'a service discovery that was removed from the file': [
    used({ dns_discovery: undefined }),
    [
      `user: network: public IP DISABLED, sg-2, subnet-3, subnet-4 → nothing ${again}`,
      ...goes('user', 'discovery service user'),
    ],
    { discovery: [] },
  ],
  'a network interface for each task behind a load balancer': [
    edged({ network: { subnets: ['subnet-3'] } }),
    goes('edge', 'target group my-cluster-edge-tg'),
    { targetGroups: ['my-cluster-report-tg', expect.stringMatching(/^my-cluster-edge-tg-[0-9a-f]{8}$/)] },
  ],
  'the launch type': [
    used({ launch_type: 'FARGATE', cpu: 256, memory: 512 }),
    [`user: launch_type: EC2 → FARGATE ${again}`],
    { services: ['edge', 'report', 'user'] },
  ],
  'the scheduling strategy': [
    edged({ scheduling_strategy: 'DAEMON' }),
    [`edge: scheduling_strategy: REPLICA → DAEMON ${again}`],
    { services: ['report', 'user', 'edge'] },
  ],
}

describe('what AWS cannot change in place', () => {
  it.each(Object.entries(changes))('%s is refused, and replaced with --replace', async (_title, change) => {
    const [services, problems, there] = change
    const stage = clusterStage({ world })
    const before = stage.standing()
    const changed = fileOf(services)
    const refused = await stage.deploy([changed])
    expect(refused.result).toMatchObject({ exitCode: 2, outcome: 'refused', problem: { problems } })
    expect(refused.writes).toEqual([])
    expect(stage.standing()).toEqual(before)

    const { result } = await stage.deploy([changed], { replace: true })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    const left = stage.left()
    expect(left).toMatchObject(
      Object.fromEntries(Object.entries(there).map(([kind, names]) => [kind, sorted(names, left[kind])])),
    )
    expect(await stage.diff(changed)).toEqual([])
    expect((await stage.deploy([changed])).writes).toEqual([])
  })

  it('is refused, with all of it named at once', async () => {
    const stage = clusterStage({ world })
    const changed = fileOf({
      ...everything,
      user: { ...everything.user, launch_type: 'FARGATE', cpu: 256, memory: 512, dns_discovery: { name: 'people' } },
      report: { ...report, elb: undefined },
    })
    const { result } = await stage.deploy([changed])
    expect(result.problem?.problems).toEqual([
      `user: launch_type: EC2 → FARGATE ${again}`,
      ...goes('user', 'discovery service user'),
      ...goes(
        'report',
        'the listener of my-cluster-report-lb',
        'load balancer my-cluster-report-lb',
        'target group my-cluster-report-tg',
      ),
    ])
    expect(result.problem?.fix).toContain('--replace')
  })

  it('can be replaced back and forth', async () => {
    const stage = clusterStage({ world })
    const isPrivate = fileOf(behind({ type: 'private' }))
    for (const one of [isPrivate, file]) {
      expect((await stage.deploy([one], { replace: true })).result.exitCode).toBe(0)
      expect(await stage.diff(one)).toEqual([])
    }
    expect(stage.standing()).toEqual(clusterStage({ world }).standing())
  })
})

/** What AWS was asked for side by side is there in any order. */
function sorted(names: unknown[], as: readonly string[] = []): unknown {
  expect(as).toHaveLength(names.length)
  return expect.arrayContaining(names)
}
