import { describe, expect, it } from 'vitest'
import { taskDefinitionFromFile } from '../../../src/definition/edits/taskDefinitionFromFile.ts'
import { updateService } from '../../../src/deploy/updateService.ts'
import { ofType } from '../support.ts'
import { running, service } from './support.ts'

describe('an impossible update is refused, as a deploy is, and nothing is written', () => {
  const cases: [string, Parameters<ReturnType<typeof running>['update']>[0], object][] = [
    [
      'a typing error in the name of a container',
      { env: ['wep=LEVEL=debug'] },
      {
        code: 'BadArguments',
        problems: ['--env wep=LEVEL: wep is not a container of the task definition, which has web; did you mean web?'],
      },
    ],
    ['an unknown cluster', { cluster: 'nowhere' }, { code: 'NotFound', what: 'There is no cluster nowhere.' }],
    [
      'an unknown service',
      { service: 'doorwoman' },
      {
        code: 'NotFound',
        what: 'There is no service doorwoman in cluster production1.',
        why: 'Its services: doorman.',
      },
    ],
    ['words without a value', { env: ['web=LEVEL'] }, { code: 'BadArguments', problems: [/--env web=LEVEL: must be/] }],
    ['a log option without a driver', { logOption: ['web=a=b'] }, { code: 'BadArguments' }],
    ['an image that is none', { image: ['web=docker.repo.com/Doorman:v2'] }, { code: 'BadArguments' }],
    ['a role that is none', { taskRole: 'admin' }, { code: 'BadArguments' }],
    [
      'a family without a revision',
      { taskDefinition: 'lobby' },
      { code: 'NotFound', what: 'There is no task definition lobby.' },
    ],
    [
      'a revision that is not there, although its family is',
      { service: 'doorman', taskDefinition: 'doorman:9' },
      { code: 'NotFound', what: 'There is no task definition doorman:9.' },
    ],
    ['a memory that is none', { memory: 'much' }, { code: 'BadArguments' }],
  ]
  it.each(cases)('%s', async (_, options, expected) => {
    const { update, writes } = running()
    const { exitCode, outcome, problem, events } = await update(options)
    expect([exitCode, outcome]).toEqual([2, 'refused'])
    expect(ofType(events, 'run.finished')).toMatchObject([{ outcome: 'refused', exitCode: 2 }])
    const { problems = problem?.problems, ...rest } = expected as { problems?: (string | RegExp)[] }
    expect(problem).toMatchObject(rest)
    expect(problem?.problems).toEqual(
      problems?.map((one) => (one instanceof RegExp ? expect.stringMatching(one) : one)),
    )
    expect(writes()).toEqual([])
  })

  it('a family that no service runs, with the services that there are', async () => {
    const { update, call, writes } = running([service('doorman')])
    call('ecs', 'RegisterTaskDefinition', service('lobby').taskDefinition)
    expect((await update({ taskDefinition: 'lobby' })).problem).toMatchObject({
      code: 'NotFound',
      what: 'No service of cluster production1 runs the family lobby.',
      why: 'Its services: doorman.',
    })
    expect(writes()).toEqual([])
  })

  it('neither a service nor a family', async () => {
    const { settings, writes } = running()
    expect((await updateService({ cluster: 'production1' }, settings)).problem).toMatchObject({
      code: 'BadArguments',
      fix: 'Pass --service NAME, or --task-definition FAMILY for every service that runs the family.',
    })
    expect(writes()).toEqual([])
  })

  it('a service that CodeDeploy deploys', async () => {
    const { update, region, writes } = running()
    region().services['production1/doorman']!.service.deploymentController = { type: 'CODE_DEPLOY' }
    expect((await update({ image: ['docker.repo.com/doorman:v2'] })).problem).toMatchObject({
      code: 'NotFound',
      problems: ['service doorman is deployed by CODE_DEPLOY; only the ECS deployment controller is supported.'],
    })
    expect(writes()).toEqual([])
  })

  it.each([
    ['[{"name": "web",\n  "image": }]', 2, 12],
    ['{"family": "web"\n "networkMode": "host"}', 2, 2],
    ['', 1, 1],
  ])('a file that is not JSON, with line and column: %j', (text, line, column) => {
    const read = (): unknown => taskDefinitionFromFile(text, { file: 'td.json', family: 'web' })
    const why = expect.stringMatching(new RegExp(`^Line ${line}, column ${column}\\b`))
    expect(read).toThrow(expect.objectContaining({ code: 'BadArguments', message: 'td.json is not JSON.', why }))
  })
})

describe('a refusal during a run is its result, and is not thrown', () => {
  it('a service that is being deleted', async () => {
    const { update, region, writes } = running()
    region().services['production1/doorman']!.service.status = 'DRAINING'
    const { exitCode, problem } = await update({ image: ['docker.repo.com/doorman:v2'] })
    expect([exitCode, problem?.code, writes()]).toEqual([2, 'NotFound', []])
    expect(problem?.what).toBe('Service doorman is DRAINING; only an ACTIVE one can be updated.')
  })

  it('a revision that AWS will not register', async () => {
    const { update, runs } = running([service('doorman')], {
      meddle: ({ operation }) =>
        operation === 'RegisterTaskDefinition'
          ? { status: 400, body: { __type: 'ClientException', message: 'No such role.' } }
          : undefined,
    })
    const { exitCode, outcome, problem } = await update({ image: ['docker.repo.com/doorman:v2'] })
    expect([exitCode, outcome, problem?.what]).toEqual([2, 'refused', 'AWS refused: No such role.'])
    expect(runs('production1/doorman')).toBe('doorman:1')
  })
})

describe('a dry run', () => {
  it('plans everything and writes nothing, and hides what looks secret', async () => {
    const { update } = running()
    const { exitCode, plan, writes } = await update(
      { image: ['docker.repo.com/doorman:v2'], env: ['web=DB_PASSWORD=hunter2'] },
      { dryRun: true },
    )
    expect([exitCode, writes]).toEqual([0, []])
    const text = JSON.stringify(plan)
    expect(text).toContain('docker.repo.com/doorman:v2')
    expect(text).toContain('DB_PASSWORD')
    expect(text).not.toContain('hunter2')
  })
})
