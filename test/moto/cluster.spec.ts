import { expect, test } from 'vitest'
import { makeGround, standing } from './cluster.ts'
import { useMoto } from './useMoto.ts'

const { moto, cluster } = useMoto({ running: 0 })

test('the example of the seed deploys, has no changes after that, applies a single change, is described and destroyed', async () => {
  const { stack, zone } = await makeGround(moto())
  const before = await standing(moto(), zone)

  const first = await cluster.deploy(stack)
  expect(first, JSON.stringify(first.problem)).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
  const names = ['deeplearning', 'edge-service', 'email-worker', 'user-service']
  expect(await standing(moto(), zone)).toEqual({
    services: names,
    revisions: names.map((name) => `my-cluster-${name}:1`),
    loadBalancers: ['my-cluster-edge-service-lb'],
    listeners: ['HTTPS 443'],
    targetGroups: ['my-cluster-edge-service-tg'],
    namespaces: ['example.sd'],
    discovery: ['deeplearning.staging', 'user.staging'],
    records: [...before.records!, 'staging.example.com. A'],
  })

  // What moto's CreateService has not kept is there once UpdateService has said it again.
  const { writes } = await cluster.deploy(stack)
  expect(writes).toEqual(names.map(() => 'updateService'))
  expect(await cluster.diff(stack)).toEqual([])
  expect((await cluster.deploy(stack)).writes).toEqual([])

  const changed = stack.replace('path: /health', 'path: /healthy')
  expect(await cluster.diff(changed)).toEqual([
    'Change the health check of target group my-cluster-edge-service-tg\n  healthcheck.path: /health → /healthy',
  ])
  expect((await cluster.deploy(changed)).writes).toEqual(['modifyTargetGroup'])

  expect(await cluster.diff(await cluster.described())).toEqual([])

  const last = await cluster.destroy()
  expect(last, JSON.stringify(last.problem)).toMatchObject({ outcome: 'succeeded', exitCode: 0, left: [] })
  expect(await standing(moto(), zone)).toEqual(before)
})

test('each change of a load balancer, its listener, a record and a service is one write, and nothing else is written', async () => {
  const { stack, zone } = await makeGround(moto())
  await cluster.deploy(stack)
  await cluster.deploy(stack)
  const changes: [from: string | RegExp, to: string, writes: string[]][] = [
    ['public: 443', 'public: 8443', ['modifyListener']],
    ['record_name: staging', 'record_name: www', ['changeResourceRecordSets', 'changeResourceRecordSets', 'addTags']],
    ['desired_count: 1', 'desired_count: 2', ['updateService']],
    ['edge-service:latest', 'edge-service:v2', ['registerTaskDefinition', 'updateService']],
    [
      /public: \["(sg-\w+)"\]\n( +)private: \["(sg-\w+)"\]/,
      'public: ["$1", "$3"]\n$2private: ["$3"]',
      ['setSecurityGroups'],
    ],
  ]
  let now = stack
  for (const [from, to, writes] of changes) {
    now = now.replace(from, to)
    const run = await cluster.deploy(now)
    expect({ exitCode: run.exitCode, writes: run.writes }, String(from)).toEqual({ exitCode: 0, writes })
    expect(await cluster.diff(now), String(from)).toEqual([])
  }
  expect((await standing(moto(), zone)).records).toContain('www.example.com. A')
  expect((await standing(moto(), zone)).records).not.toContain('staging.example.com. A')
})

test('a missing certificate fails a deploy, and what it had created is deleted again', async () => {
  const { stack, zone } = await makeGround(moto())
  const before = await standing(moto(), zone)
  const absent = stack.replace(/certificate\/[\w-]+/, 'certificate/00000000-0000-0000-0000-000000000000')
  const { exitCode, problem, writes } = await cluster.deploy(absent)
  expect({ exitCode, why: problem?.why }).toEqual({ exitCode: 1, why: 'It answered CertificateNotFoundException.' })
  expect(writes).toContain('createLoadBalancer')
  expect(await standing(moto(), zone)).toEqual(before)
})

test('a service is destroyed with everything that was created for it, and the others stay', async () => {
  const { stack, zone } = await makeGround(moto())
  await cluster.deploy(stack)
  expect(await cluster.destroy('edge-service')).toMatchObject({ exitCode: 0, left: [] })
  expect(await standing(moto(), zone)).toMatchObject({
    services: ['deeplearning', 'email-worker', 'user-service'],
    loadBalancers: [],
    targetGroups: [],
    namespaces: ['example.sd'],
    discovery: ['deeplearning.staging', 'user.staging'],
  })
})
