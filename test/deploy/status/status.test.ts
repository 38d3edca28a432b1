import { describe, expect, it } from 'vitest'
import type { Declared } from '../../../src/definition/definition.ts'
import type { Unchecked } from '../../../src/local/world/wire.ts'
import { statusText } from '../../../src/output/look/statusText.ts'
import { web, world } from './support.ts'

const plain = { color: false, columns: 80 }

/** Everything at one revision, as a deploy leaves it. */
async function deployed(declared: Declared = web(), refuse?: { operation: string; code: string }) {
  const made = world(declared, refuse)
  const revision = made.register('v2')
  made.update(revision)
  made.point(revision)
  await made.pass()
  made.requests.length = 0
  return { ...made, revision }
}

describe('the status of a definition', () => {
  it('is settled, without findings, after a successful deploy', async () => {
    const { status } = await deployed()
    const { version, state, definitions } = await status()
    expect({ version, state }).toEqual({ version: 1, state: 'settled' })
    expect(definitions).toMatchObject([
      {
        name: 'WebTask',
        family: 'web',
        findings: [],
        services: [
          {
            service: 'my_cluster/web',
            revision: 'web:2',
            tags: ['v2'],
            state: 'settled',
            desired: 2,
            running: 2,
            pending: 0,
            deployments: [
              {
                status: 'PRIMARY',
                revision: 'web:2',
                tags: ['v2'],
                rolloutState: 'COMPLETED',
                desired: 2,
                running: 2,
                pending: 0,
                failed: 0,
              },
            ],
            serviceDeployment: { status: 'SUCCESSFUL' },
          },
        ],
        targets: [{ target: 'default/nightly/web', revision: 'web:2', tags: ['v2'] }],
        activeRevisions: 2,
        revisions: [
          {
            revision: 'web:2',
            tags: ['v2'],
            uses: [
              { kind: 'service', key: 'my_cluster/web', count: 1 },
              { kind: 'task', key: 'my_cluster/web', count: 2 },
              { kind: 'target', key: 'default/nightly/web', count: 1 },
            ],
          },
          { revision: 'web:1', tags: ['initial'], uses: [] },
        ],
      },
    ])
  })

  it('only reads, and reads each resource once', async () => {
    const { status, requests, world: all } = await deployed()
    const before = all()
    await status()
    expect(all()).toEqual(before)
    expect(requests.filter((operation) => !/^(Describe|Get|List)/.test(operation))).toEqual([])
    const asked = requests.filter((operation) => operation === 'DescribeTaskDefinition')
    expect(asked).toHaveLength(2)
  })

  it('has the newest five of the service’s own events, newest first', async () => {
    const { status, service } = await deployed()
    const { services } = (await status()).definitions[0]!
    const messages = service('my_cluster/web').events.map(({ message }: Unchecked) => message)
    expect(messages.length).toBeGreaterThan(5)
    expect(services[0]!.events.map(({ message }) => message)).toEqual(messages.slice(0, 5))
    const times = services[0]!.events.map(({ at }) => Date.parse(at))
    expect(times).toEqual(times.toSorted((one: number, other: number) => other - one))
  })

  it('is in progress while a rollout goes on, and shows both deployments', async () => {
    const { status, register, update, pass } = await deployed()
    update(register('v3'))
    await pass(5)
    const { state, definitions } = await status()
    expect(state).toBe('inProgress')
    expect(definitions[0]?.services[0]).toMatchObject({
      state: 'inProgress',
      revision: 'web:3',
      deployments: [
        { status: 'PRIMARY', revision: 'web:3', tags: ['v3'], rolloutState: 'IN_PROGRESS' },
        { status: 'ACTIVE', revision: 'web:2', tags: ['v2'], rolloutState: 'COMPLETED', running: 2 },
      ],
      serviceDeployment: { status: 'IN_PROGRESS' },
    })
  })

  it('says that targets lag behind the service, as when a deploy is cut off between the two', async () => {
    const { status, register, update, pass } = await deployed()
    update(register('v3'))
    await pass()
    const { state, definitions } = await status()
    expect(state).toBe('settled')
    expect(definitions[0]?.findings).toEqual([
      'Not everything points at the same revision: service my_cluster/web at web:3 (v3); target default/nightly/web at web:2 (v2).',
    ])
  })

  it('says that a new revision is unused, as when a deploy is cut off before it updates the service', async () => {
    const { status, register } = await deployed()
    register('v3')
    const { state, definitions } = await status()
    expect(state).toBe('settled')
    expect(definitions[0]?.revisions[0]).toEqual({ revision: 'web:3', tags: ['v3'], uses: [] })
    expect(definitions[0]?.findings).toEqual([
      'Unused, though newer than every revision in use: web:3 (v3). An interrupted deploy leaves this.',
    ])
  })

  it('says so too when the revision in use is older than all that are shown', async () => {
    const { status, register } = await deployed()
    for (let index = 3; index <= 13; index++) register(`v${index}`)
    const [finding] = (await status()).definitions[0]!.findings
    expect(finding).toContain('web:13 (v13), web:12 (v12)')
    expect(finding).toContain('web:4 (v4). An interrupted deploy')
  })

  it('says nothing about unused revisions when nothing declared could use one', async () => {
    const declared = web({ updateServices: [], eventTargets: [], runTasks: [{ cluster: 'my_cluster' }] })
    const { status, register } = world(declared)
    register('v1')
    const { state, definitions } = await status()
    expect(state).toBe('settled')
    expect(definitions[0]).toMatchObject({
      services: [],
      targets: [],
      findings: [],
      revisions: [{ revision: 'web:1', uses: [] }],
    })
  })

  it('is failed when a rollout has failed and ECS does not roll back', async () => {
    const { status, register, update, pass } = await deployed()
    const deploymentCircuitBreaker = { enable: true, rollback: false }
    update(register('no-pull'), { deploymentConfiguration: { deploymentCircuitBreaker } })
    await pass()
    const { state, definitions } = await status()
    expect(state).toBe('failed')
    expect(definitions[0]?.services[0]).toMatchObject({
      state: 'failed',
      deployments: [
        { status: 'PRIMARY', revision: 'web:3', rolloutState: 'FAILED', running: 0 },
        { status: 'ACTIVE', revision: 'web:2', running: 2 },
      ],
    })
    expect(definitions[0]?.findings[0]).toBe(
      'The rollout of service my_cluster/web to web:3 (no-pull) has failed and is not moving: deploy again, or roll back.',
    )
  })

  it('is settled again when ECS has rolled back, and still says why and what is left over', async () => {
    const { status, register, update, pass } = await deployed()
    update(register('no-pull'))
    await pass()
    const answer = await status()
    const { state, definitions } = answer
    expect(state).toBe('settled')
    const statusReason = 'Service deployment rolled back because the circuit breaker threshold was exceeded.'
    expect(definitions[0]?.services[0]).toMatchObject({
      revision: 'web:2',
      deployments: [{ status: 'PRIMARY', revision: 'web:2', rolloutState: 'COMPLETED' }],
      serviceDeployment: { status: 'ROLLBACK_SUCCESSFUL', statusReason },
    })
    expect(statusText(answer, { color: false, columns: 120 })).toContain(`\n  ${statusReason}\n`)
    expect(definitions[0]?.findings).toEqual([
      'Unused, though newer than every revision in use: web:3 (no-pull). An interrupted deploy leaves this.',
    ])
  })

  it('shows what a superseded deploy has left over', async () => {
    const { status, register, update, pass } = await deployed()
    const [third, fourth] = [register('v3'), register('v4')]
    update(fourth)
    await pass(15)
    update(third)
    const { state, definitions } = await status()
    expect(state).toBe('inProgress')
    expect(definitions[0]?.services[0]?.deployments.map(({ status: is, revision }) => `${is} ${revision}`)).toEqual([
      'PRIMARY web:3',
      'ACTIVE web:4',
      'ACTIVE web:2',
    ])
  })

  it('is in progress when a task of a finished rollout has to be replaced', async () => {
    const { status, tasks, call } = await deployed()
    const { taskArn: task } = tasks().find(({ lastStatus }) => lastStatus === 'RUNNING')!
    call('ecs', 'StopTask', { cluster: 'my_cluster', task })
    const { state, definitions } = await status()
    expect(state).toBe('inProgress')
    expect(definitions[0]?.services[0]).toMatchObject({
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED' }],
    })
  })

  it('is settled for a service that is scaled to 0', async () => {
    const { status, update, revision, pass } = await deployed()
    update(revision, { desiredCount: 0 })
    await pass()
    expect((await status()).state).toBe('settled')
  })

  it('says that a target is not there before the first deploy', async () => {
    const { status } = world(web())
    const { definitions } = await status()
    expect(definitions[0]).toMatchObject({
      targets: [{ target: 'default/nightly/web', revision: undefined, tags: [] }],
      findings: ['Target default/nightly/web is not there yet.'],
    })
  })

  it('shows the revision that a target resolves to when it names only the family', async () => {
    const { status, point, register } = await deployed()
    register('v3')
    point('arn:aws:ecs:us-east-1:123456789012:task-definition/web')
    expect((await status()).definitions[0]?.targets).toEqual([
      { target: 'default/nightly/web', revision: 'web:3', tags: ['v3'] },
    ])
  })

  it('says that a revision in use cannot be deployed again once it is deregistered, and shows it even when deleted', async () => {
    const { status, call, point } = await deployed()
    call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:2' })
    expect((await status()).definitions[0]?.findings).toContain(
      'web:2 (v2), which service my_cluster/web points at, is no longer ACTIVE: it cannot be deployed again.',
    )
    point('arn:aws:ecs:us-east-1:123456789012:task-definition/web:77')
    expect((await status()).definitions[0]?.targets).toEqual([
      { target: 'default/nightly/web', revision: 'web:77', tags: [] },
    ])
  })

  it('has the newest ten ACTIVE revisions and says how many there are', async () => {
    const { status, register } = await deployed()
    for (let index = 3; index <= 12; index++) register(`v${index}`)
    const answer = await status()
    expect(answer.definitions[0]?.activeRevisions).toBe(12)
    expect(answer.definitions[0]?.revisions.map(({ revision }) => revision)).toEqual(
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((number) => `web:${number}`),
    )
    expect(statusText(answer, plain)).toContain('ACTIVE revisions, the newest 10 of 12\n')
  })

  it('shows who else uses a revision: other services, and tasks that run alone', async () => {
    const { status, call, pass, revision } = await deployed()
    call('ecs', 'CreateService', {
      cluster: 'my_cluster',
      serviceName: 'other',
      taskDefinition: revision,
      desiredCount: 1,
    })
    await pass()
    const { tasks } = call('ecs', 'RunTask', { cluster: 'my_cluster', taskDefinition: revision })
    const [newest] = (await status()).definitions[0]!.revisions
    expect(newest?.uses).toContainEqual({ kind: 'service', key: 'my_cluster/other', count: 1 })
    expect(newest?.uses).toContainEqual({ kind: 'task', key: 'my_cluster/other', count: 1 })
    const key = `my_cluster/${tasks[0].taskArn.split('/').at(-1)}`
    expect(newest?.uses).toContainEqual({ kind: 'task', key, count: 1 })
  })

  it('works without the permission to read service deployments', async () => {
    const { status } = await deployed(web(), { operation: 'DescribeServiceDeployments', code: 'AccessDeniedException' })
    expect(await status()).toMatchObject({
      state: 'settled',
      definitions: [{ services: [{ serviceDeployment: undefined }] }],
    })
  })

  it('is refused with the path of everything that does not exist', async () => {
    const { status, call } = world(web())
    call('ecs', 'DeleteService', { cluster: 'my_cluster', service: 'web', force: true })
    call('events', 'DeleteRule', { Name: 'nightly' })
    await expect(status()).rejects.toMatchObject({
      code: 'NotFound',
      problems: [
        expect.stringContaining('WebTask/eventTargets/0/Rule'),
        expect.stringContaining('WebTask/updateServices/0/service'),
      ],
    })
  })
})

describe('the status as text', () => {
  it('fits on one screen', async () => {
    const { status, register, update, pass } = await deployed()
    update(register('v3'))
    await pass(5)
    const text = statusText(await status(), plain)
      .replaceAll(/ecs-svc\/\d+/g, 'ecs-svc/1')
      .replaceAll(/task [0-9a-f]{32}/g, 'task 1')
    const [head] = text.split('\n  2026-')
    expect(`${head}\n`).toBe(`WebTask registers web
! Not everything points at the same revision: service my_cluster/web at web:3
  (v3); target default/nightly/web at web:2 (v2).

Service my_cluster/web: in progress
  web:3 (v3), running 2 of 2, 2 pending
  Service deployment: IN_PROGRESS
  PRIMARY web:3 (v3), IN_PROGRESS, running 0 of 2, 2 pending,
    ecs-svc/1
  ACTIVE web:2 (v2), COMPLETED, running 2 of 2, ecs-svc/1
`)
    expect(text).toMatch(/\n {2}2026-01-01T00:10:01Z \(service web\) has started 2 tasks/)
    expect(text.split('\n\n').slice(-2)).toEqual([
      'Event targets\n  default/nightly/web: web:2 (v2)',
      `ACTIVE revisions
  web:3 (v3): service my_cluster/web, task my_cluster/web (2)
  web:2 (v2): service my_cluster/web, task my_cluster/web (2), target
    default/nightly/web
  web:1 (initial): unused
`,
    ])
  })

  it('is at most as wide as the terminal, and in color only when asked', async () => {
    const answer = await (await deployed()).status()
    for (const columns of [60, 80, 120]) {
      const lines = statusText(answer, { color: false, columns }).split('\n')
      // What cannot be broken may be longer; it can still be copied.
      expect(lines.filter((line) => line.length > columns && line.trim().includes(' '))).toEqual([])
    }
    expect(statusText(answer, plain)).not.toContain('\u001B')
    expect(statusText(answer, { color: true, columns: 80 })).toContain('\u001B[32msettled')
  })

  it('passes no control sequence to the terminal', async () => {
    const { status, service } = await deployed()
    service('my_cluster/web').events.unshift({ id: 'a', createdAt: 0, message: 'a\u001B[2Jb\r\nc\u202Ed' })
    expect(statusText(await status(), plain)).toContain('1970-01-01T00:00:00Z ab c\\u{202e}d\n')
  })
})
