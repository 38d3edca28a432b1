import { describe, expect, it } from 'vitest'
import { web } from './declared.ts'
import { running, service } from './service/support.ts'
import { world } from './status/support.ts'
import { type Meddle, ofType, stage } from './support.ts'

const plain = web({ runTasks: [], eventTargets: [] })
const denied = 'User: arn:aws:iam::1:user/ci is not authorized to perform: ecs:ListServiceDeployments on resource: *'

/** What AWS answers to a call from the moment it is told to. */
function failing(operation = 'ListServiceDeployments') {
  let answer: ReturnType<Meddle>
  return {
    meddle: ((sent) => (sent.operation === operation ? answer : undefined)) as Meddle,
    broken: () => void (answer = { status: 500, body: { __type: 'ServerException', message: 'Internal error.' } }),
    throttled: () => void (answer = { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } }),
    denied: () => void (answer = { status: 400, body: { __type: 'AccessDeniedException', message: denied } }),
    unsupported: () => void (answer = { status: 400, body: { __type: 'UnsupportedFeatureException', message: 'no' } }),
  }
}

type Ran = Awaited<ReturnType<ReturnType<typeof stage>['deploy']>>
const warningsOf = ({ events }: Pick<Ran, 'events'>): string[] =>
  ofType(events, 'warning.raised').map(({ text }) => text)

const back = 'On failure each service goes back to the revision that it runs now, whether or not that ever completed.'

/** A service of whose deployment of web:2 nobody knows yet how it ends. */
async function unsure(operation?: string) {
  const fault = failing(operation)
  const staged = stage(plain, { meddle: fault.meddle })
  await staged.deploy('slow-10m', { wait: false })
  return { ...staged, fault }
}

describe('the history of a service that has not completed what it runs', () => {
  it.each([
    ['broken', 'ServerException: Internal error'],
    ['throttled', 'ThrottlingException: Rate exceeded'],
    ['denied', 'the permission ecs:ListServiceDeployments is missing'],
    ['unsupported', 'UnsupportedFeatureException: no'],
  ] as const)('that is %s is told of by a deploy, which goes on', async (how, why) => {
    const { deploy, fault, runs } = await unsure()
    fault[how]()
    const result = await deploy('v3')
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(warningsOf(result)).toEqual([`The deployment history of web could not be read: ${why}. ${back}`])
    expect(runs('my_cluster/web')).toBe('web:3')
  })

  it('and cannot be read is not known to the way back, which goes where the warning says', async () => {
    const { deploy, fault, runs } = await unsure()
    fault.broken()
    const result = await deploy('crash', { earlyFail: 1 })
    expect(warningsOf(result)).toEqual([expect.stringContaining(back)])
    expect(result).toMatchObject({ exitCode: 1 })
    expect(runs('my_cluster/web')).toBe('web:2')
  })

  it('is told of in a dry run, which is the plan', async () => {
    const { deploy, fault } = await unsure()
    fault.broken()
    const { plan } = await deploy('v3', { dryRun: true })
    expect(plan!.warnings).toEqual([expect.stringContaining('ServerException')])
  })

  it('is told of by service update, once for services that fail alike', async () => {
    const fault = failing()
    const family = { family: 'web' }
    const staged = running([service('doorman', family), service('butler', family)], { meddle: fault.meddle })
    const both = { taskDefinition: 'web' }
    await staged.update({ ...both, image: ['web=docker.repo.com/doorman:slow-10m'] }, { wait: false })
    fault.broken()
    const result = await staged.update({ ...both, image: ['web=docker.repo.com/doorman:v3'] })
    expect(result).toMatchObject({ exitCode: 0 })
    expect(result.warnings).toEqual([
      `The deployment history of butler, doorman could not be read: ServerException: Internal error. ${back}`,
    ])
  })

  it('is neither read nor told of where nothing goes back: by wait and by status', async () => {
    const { wait, fault, sent } = await unsure()
    fault.broken()
    const from = sent.length
    const result = await wait({ timeout: 60_000 })
    expect([result.exitCode, warningsOf(result)]).toEqual([4, []])
    expect(sent.slice(from).map(({ operation }) => operation)).not.toContain('DescribeServiceRevisions')
    const status = world(plain, { operation: 'ListServiceDeployments', code: 'AccessDeniedException' })
    status.update(status.register('slow-10m'))
    expect((await status.status()).unread).toEqual([])
  })
})

describe('the history of a service that has completed what it runs', () => {
  it('is not asked for by a deploy', async () => {
    const fault = failing()
    fault.broken()
    const result = await stage(plain, { meddle: fault.meddle }).deploy('v2')
    expect([result.exitCode, warningsOf(result)]).toEqual([0, []])
  })
})

describe('a rollback', () => {
  const unstopped =
    'could not be read: ServerException: Internal error. ' +
    'If one is, the rollback does not stop it but starts another in its place.'

  it('with --to goes on without the history and without the deployment in progress, and tells of both', async () => {
    const { rollback, fault, runs } = await unsure()
    fault.broken()
    const result = await rollback({ to: 'initial' })
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(warningsOf(result).toSorted()).toEqual([
      `The deployment history of web could not be read: ServerException: Internal error. ${back}`,
      `Whether a deployment of web is in progress ${unstopped}`,
    ])
    expect(result.writes[0]!.operation).toBe('UpdateService')
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('without --to is refused: the history says where it goes', async () => {
    const { rollback, fault } = await unsure()
    fault.broken()
    const result = await rollback()
    expect(result).toMatchObject({ exitCode: 2, writes: [] })
  })

  it('without --to and without the permission goes to the revision before, and tells of it', async () => {
    const { deploy, rollback, fault, runs } = await unsure()
    await deploy('v3')
    fault.denied()
    const result = await rollback()
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    const why = 'could not be read: the permission ecs:ListServiceDeployments is missing.'
    expect(warningsOf(result).toSorted()).toEqual([
      `The deployment history of web ${why} The rollback goes to the revision before the newest, whether or not that ever completed.`,
      `Whether a deployment of web is in progress ${why} If one is, the rollback does not stop it but starts another in its place.`,
    ])
    expect(runs('my_cluster/web')).toBe('web:2')
  })

  it('does not stop what it could not follow, because it may not be described', async () => {
    const { rollback, fault, runs } = await unsure('DescribeServiceDeployments')
    fault.denied()
    const result = await rollback()
    expect(result).toMatchObject({ exitCode: 0, left: [] })
    expect(warningsOf(result)).toContainEqual(
      expect.stringMatching(/^Whether a deployment of web is in progress could not be read: /),
    )
    expect(result.writes[0]!.operation).toBe('UpdateService')
    expect(runs('my_cluster/web')).toBe('web:1')
  })

  it('that may not be followed any more does not wait for its time-out', async () => {
    const { rollback, fault, clock, aws, runs } = await unsure('DescribeServiceDeployments')
    const result = await rollback({
      hear: ({ type }) => void (type === 'service.progressed' && fault.denied()),
    })
    expect(result).toMatchObject({ exitCode: 3, left: [expect.stringMatching(/^ECS is still rolling web back\. /)] })
    expect(result.problem!.why).toContain('not authorized')
    expect(result.requests.at(-1)!.at - result.requests[0]!.at).toBeLessThan(60_000)
    await clock.sleep(600_000)
    aws.advance()
    expect(runs('my_cluster/web')).toBe('web:1')
  })
})

describe('continue', () => {
  it.each(['ListServiceDeployments', 'DescribeServiceDeployments'])(
    'does not claim that nothing waits where %s is denied',
    async (operation) => {
      const { proceed, fault } = await unsure(operation)
      fault.denied()
      const result = await proceed()
      expect(result).toMatchObject({ exitCode: 2, writes: [], problem: { code: 'RefusedByAws' } })
    },
  )
})

describe('status', () => {
  it('says that it may not read whether deployments are paused', async () => {
    const { status, update, register } = world(plain, {
      operation: 'DescribeServiceDeployments',
      code: 'AccessDeniedException',
    })
    update(register('slow-10m'))
    expect(await status()).toMatchObject({
      unread: [
        'Whether deployments are paused could not be read: the permission ecs:DescribeServiceDeployments is missing.',
      ],
    })
  })
})
