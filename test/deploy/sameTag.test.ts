import { describe, expect, it } from 'vitest'
import { digestWords, ecr, push } from './ecr.ts'
import { ofType, stage } from './support.ts'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { web } from './declared.ts'
import { running, service } from './service/support.ts'

const key = 'production1/doorman'
const image = `${ecr}/doorman:latest`
const other = 'docker.repo.com/doorman:v1'
const doorman = (of: string, more: object[] = []) => {
  const containerDefinitions = [{ name: 'web', image: of, cpu: 256, memory: 512 }, ...more]
  return service('doorman', { containerDefinitions })
}

/** A service that runs what was pushed to ECR as `one`. */
function pushed(tag = 'latest', options: Parameters<typeof running>[1] = {}) {
  const staged = running([], options)
  const digest = push(staged, 'doorman', 'one', tag)
  staged.aws.provision({ services: [doorman(`${ecr}/doorman:${tag}`)] })
  return { ...staged, digest }
}

/** The digest that the service's present revision has pinned. */
function pinned({ call, service: shown }: ReturnType<typeof running>): string {
  const [{ arn }] = shown(key).currentServiceRevisions
  return call('ecs', 'DescribeServiceRevisions', { serviceRevisionArns: [arn] }).serviceRevisions[0].containerImages[0]
    .imageDigest
}

const operations = (sent: readonly { operation: string }[]): string[] => sent.map(({ operation }) => operation)

describe('service update with the tag that runs', () => {
  it('starts a new deployment of the same revision where nobody can say what the tag stands for, and says why', async () => {
    const { update, service: shown, active } = running([doorman(other)])
    const before = shown(key).deployments[0].id
    const { exitCode, writes, summary, warnings } = await update({ image: [other] })
    expect([exitCode, operations(writes)]).toEqual([0, ['UpdateService']])
    expect(writes[0]!.input).toMatchObject({ forceNewDeployment: true })
    expect(shown(key).deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
    expect([shown(key).deployments[0].id === before, active('doorman')]).toEqual([false, ['doorman:1']])
    expect(summary).toBe('Updated production1/doorman to doorman:1.')
    expect(warnings).toEqual([
      `${key} is deployed again, since a tag can be pushed again: ${other} may be another image by now (its registry cannot be asked). To compare by name: --skip-unchanged.`,
    ])
  })

  it('asks no registry and starts nothing where the image has its digest', async () => {
    const digested = `docker.repo.com/doorman@sha256:${'a'.repeat(64)}`
    const { update } = running([doorman(digested)])
    const { exitCode, writes, requests, summary } = await update({ image: [digested] })
    expect([exitCode, writes, summary]).toEqual([0, [], 'production1/doorman is already up to date; no changes.'])
    expect(operations(requests)).not.toContain('BatchGetImage')
    expect(operations(requests)).not.toContain('DescribeServiceRevisions')
  })

  it('starts nothing where ECR says that what runs is what the tag stands for', async () => {
    const { update, ...staged } = pushed()
    const { exitCode, writes, requests, warnings } = await update({ image: [image] })
    expect([exitCode, writes, warnings]).toEqual([0, [], []])
    expect(operations(requests)).toContain('BatchGetImage')
    expect(pinned({ update, ...staged })).toBe(staged.digest)
  })

  it('runs what was pushed again', async () => {
    const staged = pushed()
    const now = push(staged, 'doorman', 'two')
    const { exitCode, writes, warnings } = await staged.update({ image: [image] })
    expect([exitCode, operations(writes)]).toEqual([0, ['UpdateService']])
    expect(pinned(staged)).toBe(now)
    expect(warnings).toEqual([
      `${key} is deployed again: ${image} is now ${digestWords(now)}, and ${digestWords(staged.digest)} runs.`,
    ])
  })

  it('takes the image of a platform for that of the tag', async () => {
    const staged = pushed()
    const manifests = [{ digest: staged.digest }, { digest: `sha256:${'b'.repeat(64)}` }]
    push(staged, 'doorman', 'index', 'latest', { manifests })
    expect(await staged.update({ image: [image] })).toMatchObject({ exitCode: 0, writes: [] })
  })

  it.each([
    [
      'may not be asked',
      { status: 400, body: { __type: 'AccessDeniedException', message: 'not you' } },
      'the permission ecr:BatchGetImage is missing',
    ],
    [
      'has no such tag',
      { status: 200, body: { images: [], failures: [{ failureCode: 'ImageNotFound' }] } },
      'the registry has no such tag',
    ],
  ] as const)('deploys again where ECR %s', async (_what, answer, why) => {
    const staged = pushed('latest', {
      meddle: ({ operation }) => (operation === 'BatchGetImage' ? answer : undefined),
    })
    const { exitCode, writes, warnings } = await staged.update({ image: [image] })
    expect([exitCode, operations(writes)]).toEqual([0, ['UpdateService']])
    expect(warnings[0]).toContain(`${image} may be another image by now (${why}).`)
  })

  it('gives up a registry that does not answer, and deploys again', async () => {
    const staged = pushed('latest', { meddle: ({ operation }) => (operation === 'BatchGetImage' ? 'cut' : undefined) })
    const began = staged.clock.now()
    const { exitCode, writes } = await staged.update({ image: [image] }, { wait: false })
    expect([exitCode, operations(writes)]).toEqual([0, ['UpdateService']])
    expect(staged.clock.now() - began).toBe(10_000)
  })

  it('asks once more where the answer was lost', async () => {
    let asked = 0
    const staged = pushed('latest', {
      meddle: ({ operation }) => (operation === 'BatchGetImage' && ++asked === 1 ? 'cut' : undefined),
    })
    expect(await staged.update({ image: [image] })).toMatchObject({ exitCode: 0, writes: [], warnings: [] })
  })

  it('asks about each tag once, however many services run it', async () => {
    const staged = running([])
    for (const tag of ['a', 'b']) push(staged, 'doorman', tag, tag)
    const both = doorman(`${ecr}/doorman:a`, [{ name: 'proxy', image: `${ecr}/doorman:b`, memory: 128 }])
    staged.aws.provision({ services: [both, { ...both, service: 'porter' }] })
    const named = ['a', 'b'].map((tag) => `${tag === 'a' ? 'web' : 'proxy'}=${ecr}/doorman:${tag}`)
    const { exitCode, writes, requests } = await staged.update({
      service: undefined,
      taskDefinition: 'doorman',
      image: named,
    })
    expect([exitCode, writes]).toEqual([0, []])
    const tags = requests.flatMap(({ operation, input }) => (operation === 'BatchGetImage' ? input.imageIds : []))
    expect(new Set(tags.map(({ imageTag }) => imageTag))).toEqual(new Set(['a', 'b']))
    expect(tags).toHaveLength(2)
  })

  it.each([
    ['AccessDeniedException', 0, ['UpdateService'], '(ECS does not say which image runs)'],
    ['InvalidParameterException', 2, [], undefined],
  ])('of which ECS answers %s ends %d', async (__type, exit, told, why) => {
    const staged = pushed('latest', {
      meddle: ({ operation }) =>
        operation === 'DescribeServiceRevisions' ? { status: 400, body: { __type, message: 'no' } } : undefined,
    })
    const { exitCode, writes, warnings } = await staged.update({ image: [image] }, { wait: false })
    expect([exitCode, operations(writes)]).toEqual([exit, told])
    if (why) expect(warnings[0]).toContain(why)
  })

  it('does not ask the registry of another region', async () => {
    const abroad = `${ecr.replace('us-east-1', 'eu-west-1')}/doorman:v1`
    const { update } = running([doorman(abroad)])
    const { warnings, requests } = await update({ image: [abroad] })
    expect(warnings[0]).toContain('(its registry is in another region)')
    expect(operations(requests)).not.toContain('BatchGetImage')
  })

  it('compares by name with --skip-unchanged, and says so', async () => {
    const { update } = running([doorman(other)])
    const { exitCode, writes, warnings } = await update({ image: [other], skipUnchanged: true })
    expect([exitCode, writes]).toEqual([0, []])
    expect(warnings).toEqual([
      `${key} is compared by name: ${other} may be another image by now (its registry cannot be asked).`,
    ])
  })

  it('deploys another digest with --skip-unchanged too', async () => {
    const staged = pushed()
    const now = push(staged, 'doorman', 'two')
    expect(operations((await staged.update({ image: [image], skipUnchanged: true })).writes)).toEqual(['UpdateService'])
    expect(pinned(staged)).toBe(now)
  })

  it('asks only about the images that are named', async () => {
    const digested = `docker.repo.com/doorman@sha256:${'a'.repeat(64)}`
    const { update } = running([doorman(digested, [{ name: 'proxy', image: 'envoy:v1', memory: 128 }])])
    expect(await update({ image: [digested] })).toMatchObject({ exitCode: 0, writes: [], warnings: [] })
  })

  it.each([{ desiredCount: 2 }, { env: [] }, { minimumHealthyPercent: 50 }])(
    'is not meant by who names no image: %j',
    async (options) => {
      const { update } = running([doorman(other)])
      const { writes } = await update(options)
      expect(writes.filter(({ input }) => input.forceNewDeployment)).toEqual([])
    },
  )
})

describe('an image that was pushed again and does not come up in time', () => {
  /** Its tasks are there already; another one takes too long. */
  function slow() {
    const staged = pushed('slow-10m')
    push(staged, 'doorman', 'two', 'slow-10m')
    const update = (more: object = {}) =>
      staged.update({ image: [`${ecr}/doorman:slow-10m`], ...more }, { timeout: 90_000 })
    return { ...staged, update }
  }

  it('is put back to the one before, which only ECS has', async () => {
    const { update, ...staged } = slow()
    const result = await update()
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(operations(result.writes)).toEqual(['UpdateService', 'StopServiceDeployment'])
    expect(pinned({ ...staged, update })).toBe(staged.digest)
    expect(staged.service(key)).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] })
  })

  it('is put back with the desired count, and without another deployment', async () => {
    const { update, ...staged } = slow()
    const result = await update({ desiredCount: 1 })
    expect(result).toMatchObject({ exitCode: 1, left: [] })
    expect(operations(result.writes)).toEqual(['UpdateService', 'StopServiceDeployment', 'UpdateService'])
    expect(pinned({ ...staged, update })).toBe(staged.digest)
    expect(staged.service(key)).toMatchObject({ desiredCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] })
  })

  it('is left with the command that pins the digest where its deployment has completed before another fails', async () => {
    const staged = running([])
    const digest = push(staged, 'doorman', 'one')
    staged.aws.provision({ services: [doorman(image), { ...doorman(image), service: 'porter' }] })
    push(staged, 'doorman', 'two')
    const lifecycleHooks = [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }]
    staged.call('ecs', 'UpdateService', {
      cluster: 'production1',
      service: 'porter',
      deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks },
    })
    const asked = { service: undefined, taskDefinition: 'doorman', image: [image] }
    const result = await staged.update(asked, { timeout: 300_000 })
    expect([result.exitCode, result.problem?.code]).toEqual([3, 'TimedOut'])
    expect(result.left).toEqual([
      expect.stringContaining(
        `Do it with: ecs-task service update --cluster production1 --service doorman --image web=${ecr}/doorman@${digest}`,
      ),
    ])
    expect(operations(result.writes)).toEqual(['UpdateService', 'UpdateService', 'StopServiceDeployment'])
  })
})

describe('deploy --skip-unchanged of a class', () => {
  const declared = web({
    taskDefinition: {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: `${ecr}/web:<image_tag>`, memory: 512 }],
    },
  })
  const warningsOf = (events: Parameters<typeof ofType>[0]): string[] =>
    ofType(events, 'warning.raised').map(({ text }) => text)

  it('compares by name where it cannot know, and says so', async () => {
    const { deploy } = stage(web())
    await deploy('v2')
    const result = await deploy('v2', { skipUnchanged: true })
    expect(result).toMatchObject({ exitCode: 0, writes: [] })
    expect(warningsOf(result.events)).toEqual([
      'my_cluster/web is compared by name: my_image:v2 may be another image by now (its registry cannot be asked).',
    ])
  })

  it('ends with what interrupts it while it asks, before there is a plan', async () => {
    const stop = new AbortController()
    const staged = stage(declared, {
      meddle: ({ operation }) => {
        if (operation !== 'BatchGetImage') return undefined
        stop.abort(new EcsTaskError('Interrupted', 'Interrupted by SIGINT.'))
        return 'cut'
      },
    })
    push(staged, 'web', 'one', 'v2')
    await staged.deploy('v2')
    const result = await staged.deploy('v2', { skipUnchanged: true, signal: stop.signal })
    expect(result).toMatchObject({ exitCode: 130, outcome: 'interrupted' })
    expect(ofType(result.events, 'plan.made')).toEqual([])
  })

  it('deploys again what is proven to be the same while another deployment of it is there', async () => {
    const staged: ReturnType<typeof stage> = stage(web({ runTasks: [], eventTargets: [] }), {
      meddle: ({ operation, input, at }) => {
        if (operation !== 'DescribeServices' || at !== second) return undefined
        const answer = staged.call('ecs', operation, input)
        const [first] = answer.services
        const extra = { ...first.deployments[0], id: 'ecs-svc/0', status: 'ACTIVE' }
        return {
          status: 200,
          body: { ...answer, services: [{ ...first, deployments: [...first.deployments, extra] }] },
        }
      },
    })
    let second = 0
    await staged.deploy('v2')
    second = staged.clock.now()
    const { exitCode, writes } = await staged.deploy('v2', { skipUnchanged: true, wait: false })
    expect([exitCode, operations(writes)]).toEqual([0, ['UpdateService']])
  })

  it('leaves alone what is proven to be the same, and says nothing', async () => {
    const staged = stage(declared)
    push(staged, 'web', 'one', 'v2')
    await staged.deploy('v2')
    const result = await staged.deploy('v2', { skipUnchanged: true })
    expect([result.exitCode, operations(result.writes).filter((one) => one !== 'BatchGetImage')]).toEqual([0, []])
    expect(warningsOf(result.events)).toEqual([])
  })

  it('deploys the same revision again where the registry has another digest, after its one-off tasks', async () => {
    const staged = stage(declared)
    push(staged, 'web', 'one', 'v2')
    await staged.deploy('v2')
    push(staged, 'web', 'two', 'v2')
    const result = await staged.deploy('v2', { skipUnchanged: true })
    expect(operations(result.writes).filter((one) => one !== 'BatchGetImage')).toEqual(['RunTask', 'UpdateService'])
    expect(result).toMatchObject({ exitCode: 0, summary: 'Deployed v2 of Task.' })
    expect(staged.active('web')).toEqual(['web:1', 'web:2'])
  })
})
