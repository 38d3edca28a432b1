import { describe, expect, it } from 'vitest'
import type { Declared } from '../../../src/definition/definition.ts'
import { readHistory } from '../../../src/deploy/look/readHistory.ts'
import { historyText } from '../../../src/output/look/historyText.ts'
import type { Meddle } from '../support.ts'
import { looking, service } from './support.ts'

const plain = { color: false, columns: 80 }
const cluster = { cluster: 'my_cluster', services: [] }
const breaker = (rollback: boolean) => ({ deploymentCircuitBreaker: { enable: true, rollback } })

/** Services that have settled, and their history. */
async function settled(declared: readonly Declared[], meddle?: Meddle) {
  const made = looking(declared, meddle)
  await made.pass(600)
  const history = async (asked: Parameters<typeof readHistory>[1] = { definitions: made.definitions }) =>
    (await readHistory(made.look, asked, made.clock.now)).history
  return {
    ...made,
    history,
    configure: (deploymentConfiguration: object) =>
      made.call('ecs', 'UpdateService', { cluster: 'my_cluster', service: 'web', deploymentConfiguration }),
    stopIt: (stopType: string) =>
      made.call('ecs', 'StopServiceDeployment', {
        serviceDeploymentArn: made.service('my_cluster/web').currentServiceDeployment,
        stopType,
      }),
    text: async (page = plain) => historyText(await history(), page),
  }
}

const denied = { status: 400, body: { __type: 'AccessDeniedException', message: 'no' } }
const deny =
  (...operations: string[]): Meddle =>
  ({ operation }) =>
    operations.includes(operation) ? denied : undefined

describe('the history of a service', () => {
  it('shows how each deployment ended, the newest first', async () => {
    const { update, pass, configure, stopIt, history, text } = await settled([service('web')])
    configure(breaker(true))
    update('web', 'v2')
    await pass(600)
    update('web', 'crash')
    await pass(600)
    configure(breaker(false))
    update('web', 'crash')
    await pass(600)
    update('web', 'slow-start')
    await pass(20)
    update('web', 'v3')
    await pass(20)
    stopIt('ROLLBACK')
    await pass(600)
    update('web', 'v4')
    await pass(20)
    expect(await text()).toBe(`my_cluster/web: 7 deployments in the last 90 days
  2026-01-01T00:50:41Z web:7 (v4) in progress, for 19 s so far
    registered by user/local
  2026-01-01T00:40:21Z web:6 (v3) rolled back to web:2 (v2) after 22 s
    Service deployment rolled back because a rollback was requested.
    registered by user/local
  2026-01-01T00:40:01Z web:5 (slow-start) stopped after 20 s
    A new service deployment was started.
    registered by user/local
  2026-01-01T00:30:01Z web:4 (crash) failed after 11 s
    Service deployment stopped because the circuit breaker threshold was
      exceeded.
    registered by user/local
  2026-01-01T00:20:01Z web:3 (crash) rolled back to web:2 (v2) after 12 s
    Service deployment rolled back because the circuit breaker threshold was
      exceeded.
    registered by user/local
  2026-01-01T00:10:01Z web:2 (v2) completed after 47 s
    registered by user/local
  2025-12-31T23:30:01Z web:1 (initial) completed after 45 s
    registered by user/local
`)
    const { deployments = [] } = (await history()).services[0] ?? {}
    expect(deployments[4]).toEqual({
      serviceDeploymentArn: expect.stringContaining(':service-deployment/my_cluster/web/'),
      revision: 'web:3',
      tags: ['crash'],
      outcome: 'rolledBack',
      status: 'ROLLBACK_SUCCESSFUL',
      reason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
      rolledBackTo: { revision: 'web:2', tags: ['v2'] },
      strategy: 'ROLLING',
      createdAt: '2026-01-01T00:20:00.000Z',
      startedAt: '2026-01-01T00:20:01.000Z',
      finishedAt: '2026-01-01T00:20:13.000Z',
      seconds: 12,
      registeredAt: '2026-01-01T00:20:00.000Z',
      registeredBy: 'arn:aws:iam::123456789012:user/local',
    })
    expect(deployments[0]).toMatchObject({ outcome: 'inProgress', seconds: 19 })
  })

  it('has the stage of a blue/green deployment while it goes on, and its strategy', async () => {
    const { update, pass, configure, text } = await settled([service('web')])
    configure({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 })
    update('web', 'v2')
    await pass(120)
    expect((await text()).split('\n')[1]).toBe(
      '  2026-01-01T00:10:01Z web:2 (v2) in progress, stage BAKE_TIME, for 1 min 59 s',
    )
    await pass(1200)
    expect((await text()).split('\n')[1]).toMatch(/ web:2 \(v2\) completed after 1\d min \d+ s, BLUE_GREEN$/)
  })

  it('says where it is in another zone, and shortens digests', async () => {
    const digest = `sha256:${'0123456789ab'.repeat(6).slice(0, 64)}`
    const { call, pass, history } = await settled([service('web')])
    const containerDefinitions = [{ name: 'web', image: `my_image@${digest}`, memory: 64 }]
    const { taskDefinition } = call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
    call('ecs', 'UpdateService', {
      cluster: 'my_cluster',
      service: 'web',
      taskDefinition: taskDefinition.taskDefinitionArn,
    })
    await pass(600)
    const shown = await history()
    expect(shown.services[0]?.deployments[0]?.tags).toEqual([digest])
    expect(historyText(shown, { ...plain, zone: () => 120 })).toContain(
      '\n  2026-01-01T02:10:01+02 web:2 (sha256:0123456789ab…) completed after 47 s\n',
    )
  })

  it('is read page by page, and each revision once', async () => {
    const { region, history, sent } = await settled([service('web')])
    const [arn, one] = Object.entries(region().serviceDeployments)[0]!
    for (let count = 0; count < 120; count++) {
      const copy = structuredClone(one)
      Object.assign(copy.serviceDeployment, { serviceDeploymentArn: `${arn}${count}` })
      Object.assign(region().serviceDeployments, { [`${arn}${count}`]: copy })
    }
    const from = sent.length
    const [web] = (await history()).services
    expect(web?.deployments).toHaveLength(121)
    const made = sent.slice(from).map((request) => request.operation)
    const count = (name: string) => made.filter((operation) => operation === name).length
    expect([count('ListServiceDeployments'), count('DescribeServiceDeployments')]).toEqual([2, 7])
    expect([count('DescribeServiceRevisions'), count('DescribeTaskDefinition')]).toEqual([1, 1])
  })

  it('ends 90 days ago', async () => {
    const { update, pass, history } = await settled([service('web')])
    update('web', 'v2')
    const day = 86_400
    await pass(90 * day - 1)
    const revisions = async () => (await history()).services[0]?.deployments.map(({ revision }) => revision)
    expect(await revisions()).toEqual(['web:2'])
    await pass(2)
    expect(await revisions()).toEqual([])
    expect(historyText(await history(), plain)).toBe('my_cluster/web: no deployments in the last 90 days\n')
  })
})

describe('the history of several services', () => {
  it('is that of a whole cluster, or of the services that are named', async () => {
    const { history } = await settled([service('web'), service('api')])
    const names = async (services: string[]) =>
      (await history({ ...cluster, services })).services.map((one) => one.service)
    expect(await names([])).toEqual(['my_cluster/api', 'my_cluster/web'])
    expect(await names(['web'])).toEqual(['my_cluster/web'])
    await expect(names(['web', 'x'])).rejects.toMatchObject({ code: 'NotFound' })
  })

  it('is read of those that ECS deploys; of the others it says so', async () => {
    const { history, region, text } = await settled([service('web'), service('blue'), service('old')], (sent) =>
      sent.operation === 'ListServiceDeployments' && String(sent.input['service']).endsWith('/old')
        ? { status: 400, body: { __type: 'UnsupportedFeatureException', message: 'no' } }
        : undefined,
    )
    region().services['my_cluster/blue']!.service.deploymentController = { type: 'CODE_DEPLOY' }
    const { services, unread } = await history()
    expect(services.map((one) => one.service)).toEqual(['my_cluster/web'])
    expect(unread).toEqual([
      'Not shown: my_cluster/blue is deployed by CODE_DEPLOY, and ECS keeps no history of its deployments.',
      'Not shown: ECS keeps no history of the deployments of my_cluster/old.',
    ])
    expect(await text()).toMatch(/^! Not shown: my_cluster\/blue /)
  })
})

describe('without a permission', () => {
  it('the rows lack who registered the revisions and their tags, and one warning says why', async () => {
    const { history, update, pass } = await settled([service('web')], deny('DescribeTaskDefinition'))
    update('web', 'v2')
    await pass(600)
    const { services, unread } = await history()
    expect(services[0]?.deployments).toMatchObject([
      { revision: 'web:2', tags: [], outcome: 'completed' },
      { revision: 'web:1', tags: [], outcome: 'completed' },
    ])
    expect(services[0]?.deployments[0]).not.toHaveProperty('registeredBy')
    expect(unread).toEqual([
      'The image tags of the revisions and who registered them could not be read: the permission ecs:DescribeTaskDefinition is missing.',
    ])
  })

  it('the rows are what the list says', async () => {
    const { text } = await settled([service('web')], deny('DescribeServiceDeployments', 'DescribeServiceRevisions'))
    expect(await text()).toBe(`! What the deployments were rolled back to could not be read: the permission
  ecs:DescribeServiceDeployments is missing.
! Which revisions were deployed could not be read: the permission
  ecs:DescribeServiceRevisions is missing.
my_cluster/web: 1 deployment in the last 90 days
  2025-12-31T23:30:01Z unknown revision completed after 45 s
`)
  })

  it('to list the deployments of one service, the others are shown; of none, it is an error', async () => {
    const refuse: string[] = ['/api']
    const { history } = await settled([service('web'), service('api')], ({ operation, input }) =>
      operation === 'ListServiceDeployments' && refuse.some((end) => String(input['service']).endsWith(end))
        ? denied
        : undefined,
    )
    const { services, unread } = await history()
    expect(services.map((one) => one.service)).toEqual(['my_cluster/web'])
    expect(unread).toEqual(['Not shown: my_cluster/api: the permission ecs:ListServiceDeployments is missing.'])
    refuse.push('/web')
    await expect(history()).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})

it('revisions that were deleted since are shown by their numbers', async () => {
  const { update, pass, history } = await settled([service('web')], ({ operation, input }) =>
    operation === 'DescribeTaskDefinition' && String(input['taskDefinition']).endsWith('/web:1')
      ? { status: 400, body: { __type: 'ClientException', message: 'Unable to describe task definition.' } }
      : undefined,
  )
  update('web', 'v2')
  await pass(600)
  const { services, unread } = await history()
  expect(services[0]?.deployments.map(({ revision, tags }) => [revision, tags])).toEqual([
    ['web:2', ['v2']],
    ['web:1', []],
  ])
  expect(unread).toEqual([])
})

it('what others have written as tags moves no cursor and gives no orders', async () => {
  const { text, region } = await settled([service('web')])
  const arn = region().services['my_cluster/web']!.service.taskDefinition!
  const value = '\u001b[2J\n::error::x\u202e'
  region().tags[arn] = ['commit', 'actor', 'ci-run'].map((name) => ({ key: `ecs-task:${name}`, value }))
  const shown = await text({ color: false, columns: Infinity })
  expect(shown).toContain('::error::x')
  for (const harm of ['\u001b', '\u202e', '\n::']) expect(shown).not.toContain(harm)
  expect(shown.trimEnd().split('\n')).toHaveLength(4)
})
