import { describe, expect, it } from 'vitest'
import { statusText } from '../../src/output/look/statusText.ts'
import { web } from './declared.ts'
import { running } from './service/support.ts'
import { world } from './status/support.ts'
import { type Meddle, ofType, stage } from './support.ts'

/** A role that lacks these permissions. */
function lacking(...actions: string[]): Meddle {
  return ({ operation }) => {
    const action = actions.find((one) => one.endsWith(`:${operation}`))
    if (action === undefined) return undefined
    const message = `User: arn:aws:iam::1:user/ci is not authorized to perform: ${action} on resource: *`
    return { status: 400, body: { __type: 'AccessDeniedException', message } }
  }
}

const eventBridge = ['events:ListEventBuses', 'events:ListRuleNamesByTarget', 'events:ListTargetsByRule']
const plain = web({ runTasks: [], eventTargets: [], activeTaskCount: 1 })

const warningsOf = ({ events }: Awaited<ReturnType<ReturnType<typeof stage>['deploy']>>): string[] =>
  ofType(events, 'warning.raised').map(({ text }) => text)

describe('a role that may not read what uses old revisions', () => {
  it.each([...eventBridge.slice(0, 2), 'ecs:ListServices', 'ecs:ListTasks', 'ecs:DescribeTasks'])(
    'deploys without %s: nothing is pruned, and a warning names the permission',
    async (action) => {
      const { deploy, call, runs, active } = stage(plain, { meddle: lacking(action) })
      call('ecs', 'RunTask', { cluster: 'my_cluster', taskDefinition: 'web:1' })
      const result = await deploy('v2')
      expect(result).toMatchObject({ exitCode: 0, left: [] })
      expect([runs('my_cluster/web'), active('web')]).toEqual(['web:2', ['web:1', 'web:2']])
      expect(warningsOf(result)).toEqual([
        `Old revisions of web stay ACTIVE, because what uses them could not be read: the permission ${action} is missing.`,
      ])
    },
  )

  it('prunes without ecs:DescribeClusters: the ARN of a revision tells those of the clusters', async () => {
    const { deploy, active } = stage(plain, { meddle: lacking('ecs:DescribeClusters') })
    expect(warningsOf(await deploy('v2'))).toEqual([])
    expect(active('web')).toEqual(['web:2'])
  })

  it('is warned once, however many revisions stay', async () => {
    const { deploy, call } = stage(plain, { meddle: lacking('ecs:ListTasks') })
    const containerDefinitions = [{ name: 'web', image: 'my_image:old', memory: 512 }]
    for (let count = 0; count < 5; count++)
      call('ecs', 'RegisterTaskDefinition', { family: 'web', containerDefinitions })
    const result = await deploy('v2')
    expect(ofType(result.events, 'step.skipped')).toHaveLength(6)
    expect(warningsOf(result)).toEqual([expect.stringMatching(/^Old revisions of web stay ACTIVE/)])
  })

  it('says so in a dry run', async () => {
    const { plan } = await stage(plain, { meddle: lacking(...eventBridge) }).deploy('v2', { dryRun: true })
    expect(plan!.warnings).toEqual([expect.stringContaining('the permission events:ListEventBuses is missing')])
    expect(plan!.stages.flatMap(({ steps }) => steps).map(({ kind }) => kind)).not.toContain('deregisterTaskDefinition')
  })

  it('deploys without ecs:ListTaskDefinitions too', async () => {
    const result = await stage(plain, { meddle: lacking('ecs:ListTaskDefinitions') }).deploy('v2')
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(warningsOf(result)).toEqual([
      'The revisions of web could not be listed: the permission ecs:ListTaskDefinitions is missing.',
    ])
  })

  it('puts a failed deploy back, the new revision with it', async () => {
    const { deploy, runs, active } = stage(web({ runTasks: [], eventTargets: [] }), { meddle: lacking(...eventBridge) })
    expect(await deploy('crash')).toMatchObject({ exitCode: 1, left: [] })
    expect([runs('my_cluster/web'), active('web')]).toEqual(['web:1', ['web:1']])
  })

  it('never deregisters what its own service or target still points at', async () => {
    let isDown = false
    const { deploy, active, targets } = stage(web({ runTasks: [] }), {
      meddle: (sent) => {
        const isBack = sent.operation === 'RemoveTargets' || sent.operation === 'PutTargets'
        if (isDown && isBack) return { status: 400, body: { __type: 'ManagedRuleException', message: 'no' } }
        return lacking('events:ListEventBuses')(sent)
      },
    })
    // Ctrl-C once the target points at the new revision; nobody may put it back.
    const end = new AbortController()
    const result = await deploy('v2', {
      signal: end.signal,
      hear: (event) => {
        if (event.type !== 'step.finished' || event.kind !== 'putTargets') return
        isDown = true
        end.abort(new Error('interrupted'))
      },
    })
    expect(result.left).toEqual([
      expect.stringContaining('Remove the targets'),
      expect.stringMatching(/^Deregister .*web:2 is still used by target default\/nightly\/web/),
    ])
    expect(targets('nightly')).toMatchObject([
      { EcsParameters: { TaskDefinitionArn: expect.stringMatching(/web:2$/) } },
    ])
    expect(active('web')).toEqual(['web:1', 'web:2'])
  })

  it('rolls back, and leaves the newer revision ACTIVE with a warning', async () => {
    let isDenied = false
    const { deploy, rollback, runs, active } = stage(web({ runTasks: [], eventTargets: [] }), {
      meddle: (sent) => (isDenied ? lacking(...eventBridge)(sent) : undefined),
    })
    await deploy('v2')
    isDenied = true
    const result = await rollback()
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect([runs('my_cluster/web'), active('web')]).toEqual(['web:1', ['web:1', 'web:2']])
    expect(warningsOf(result)).toEqual([
      'Deregister web:2: what uses it could not be read: the permission events:ListEventBuses is missing',
    ])
  })

  it('runs one-off tasks where it may not describe clusters', async () => {
    const result = await stage(web({ eventTargets: [] }), { meddle: lacking('ecs:DescribeClusters') }).deploy('v2')
    expect(result).toMatchObject({ exitCode: 0 })
  })

  it('follows what is under way without ecs:ListTaskDefinitions', async () => {
    const { wait } = stage(plain, { meddle: lacking('ecs:ListTaskDefinitions') })
    expect(await wait()).toMatchObject({ exitCode: 0 })
  })

  it('still fails where a read is needed for more: what there is to roll back to', async () => {
    const { rollback } = stage(plain, { meddle: lacking('ecs:ListTaskDefinitions') })
    expect(await rollback()).toMatchObject({ exitCode: 2, problem: { code: 'RefusedByAws' } })
  })
})

describe('any other error of such a read', () => {
  it('ends a dry run, and of a deploy only what it would have pruned', async () => {
    const { deploy, runs, active } = stage(plain, {
      meddle: ({ operation }) =>
        operation === 'ListEventBuses'
          ? { status: 400, body: { __type: 'ValidationException', message: 'no' } }
          : undefined,
    })
    expect(await deploy('v2', { dryRun: true })).toMatchObject({ exitCode: 2, writes: [] })
    const result = await deploy('v2')
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect([runs('my_cluster/web'), active('web')]).toEqual(['web:2', ['web:1', 'web:2']])
    expect(warningsOf(result)).toEqual([expect.stringMatching(/^Deregister web:1 if unused: /)])
  })
})

describe('status', () => {
  const code = 'AccessDeniedException'

  it('shows the rest where what uses the revisions may not be read, and claims of none that it is unused', async () => {
    const { status } = world(plain, { operation: 'ListEventBuses', code })
    const found = await status()
    expect(found).toMatchObject({
      state: 'settled',
      unread: [expect.stringMatching(/^What uses the revisions could not be read: /)],
    })
    expect(found.definitions[0]).toMatchObject({ services: [{ revision: 'web:1' }], findings: [] })
    expect(found.definitions[0]!.revisions).toEqual([{ revision: 'web:1', tags: ['initial'] }])
    const text = statusText(found, { color: false, columns: 120 })
    expect(text).toMatch(/^! What uses the revisions could not be read: /)
    expect(text).not.toContain('unused')
  })

  it('shows revisions without their image tags where they may not be described', async () => {
    const { status } = world(plain, { operation: 'DescribeTaskDefinition', code })
    expect(await status()).toMatchObject({
      unread: [expect.stringMatching(/^The image tags of the revisions could not be read: /)],
      definitions: [{ services: [{ revision: 'web:1', tags: [] }] }],
    })
  })

  it('shows services where revisions may not be listed', async () => {
    const { status } = world(plain, { operation: 'ListTaskDefinitions', code })
    expect(await status()).toMatchObject({
      unread: [expect.stringMatching(/^The revisions of web could not be listed: /)],
      definitions: [{ services: [{ revision: 'web:1' }], revisions: [] }],
    })
  })

  it('says nothing of the sort where everything may be read', async () => {
    expect((await world(plain).status()).unread).toEqual([])
  })
})

describe('a service that is not there', () => {
  it('is what is said also where the names of the others may not be listed', async () => {
    const { update } = running(undefined, { meddle: lacking('ecs:ListServices') })
    const { problem } = await update({ service: 'doorwoman' })
    expect([problem?.code, problem?.why]).toEqual(['NotFound', undefined])
  })
})
