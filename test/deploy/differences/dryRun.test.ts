import { describe, expect, it } from 'vitest'
import type { Result } from '../../../src/deploy/definitionCommand.ts'
import { planText } from '../../../src/output/planText.ts'
import { running as withServices, service } from '../service/support.ts'
import { base, container, withTask } from './declared.ts'
import { running } from './support.ts'

const textOf = ({ plan }: Result): string[] =>
  planText(plan!, { color: false, columns: 100 })
    .split('\n')
    .filter((line) => /^ +([+~-] |.*: compared with |arn:)/.test(line))

/** What each step of a plan changes, without what it is a change of. */
const dataOf = ({ plan }: Result): unknown[] =>
  JSON.parse(JSON.stringify(plan!)).stages.flatMap(({ steps }: any) =>
    steps.flatMap(({ kind, differences = [] }: any) =>
      differences.map(({ path, before, after }: any) => [kind, path, before, after]),
    ),
  )

describe('a dry run of deploy', () => {
  const declared = {
    ...withTask({ containerDefinitions: [{ ...container, cpu: 512 }] }),
    updateServices: [{ cluster: 'my_cluster', service: 'web', desiredCount: 5 }],
  }

  it('says under each step what it changes', async () => {
    const staged = running(base)
    const before = staged.world()
    const result = await running(declared).deploy('v2', { dryRun: true })
    expect(textOf(result)).toEqual([
      '     my_cluster/web, default/nightly/report: compared with web:1',
      '     ~ containerDefinitions/web/image: my_image:initial → my_image:v2',
      '     ~ desiredCount: 2 → 5',
    ])
    expect(dataOf(result)).toEqual([
      ['registerTaskDefinition', 'containerDefinitions/web/image', 'my_image:initial', 'my_image:v2'],
      ['updateService', 'desiredCount', 2, 5],
    ])
    expect(staged.world()).toEqual(before)
  })

  it('has no line where nothing differs', async () => {
    expect(textOf(await running(base).deploy('initial', { dryRun: true }))).toEqual([])
  })

  it('says it as data in its plan', async () => {
    const staged = running(base)
    const { plan } = await staged.deploy('v2', { dryRun: true })
    const [first] = plan!.stages.flatMap(({ steps }) => steps.flatMap(({ differences = [] }) => differences))
    expect(first).toEqual({
      of: { type: 'family', family: 'web' },
      revisions: ['web:1'],
      runBy: ['my_cluster/web', 'default/nightly/report'],
      path: 'containerDefinitions/web/image',
      before: 'my_image:initial',
      after: 'my_image:v2',
    })
  })
})

describe('a dry run of rollback', () => {
  it('says what goes back', async () => {
    const staged = running(base)
    await staged.deploy('v1')
    expect(textOf(await staged.rollback({ dryRun: true }))).toEqual([
      '     my_cluster/web: compared with web:2',
      '     ~ containerDefinitions/web/image: my_image:v1 → my_image:initial',
      '     default/nightly/report: compared with web:2',
      '     ~ containerDefinitions/web/image: my_image:v1 → my_image:initial',
    ])
  })
})

const executionRoleArn = 'arn:aws:iam::123456789012:role/execution'

describe('a dry run of service update', () => {
  it.each<[string, object, string[]]>([
    ['a variable', { env: ['web=A=1'] }, ['+ containerDefinitions/web/environment/A/value: 1']],
    ['the cpu of the task', { cpu: '512' }, ['+ cpu: 512']],
    [
      'a secret variable, hidden',
      { env: ['web=DB_PASSWORD=correct-horse-1'] },
      ['+ containerDefinitions/web/environment/DB_PASSWORD/value: •••'],
    ],
    [
      'a reference',
      { secret: ['web=KEY=arn:aws:ssm:us-east-1:123456789012:parameter/k'] },
      ['+ containerDefinitions/web/secrets/KEY/valueFrom:', '  arn:aws:ssm:us-east-1:123456789012:parameter/k'],
    ],
    [
      'an image',
      { image: ['web=docker.repo.com/doorman:v2'] },
      ['~ containerDefinitions/web/image: docker.repo.com/doorman:v1 → docker.repo.com/doorman:v2'],
    ],
  ])('says %s', async (_, options, lines) => {
    const result = await withServices([service('doorman', { executionRoleArn })]).update(options, { dryRun: true })
    expect(textOf(result)).toEqual([
      '     production1/doorman: compared with doorman:1',
      ...lines.map((line) => `     ${line}`),
    ])
  })

  it('says the number of tasks and the percentages alone', async () => {
    expect(textOf(await withServices().update({ desiredCount: 4 }, { dryRun: true }))).toEqual([
      '     ~ desiredCount: 2 → 4',
    ])
    expect(textOf(await withServices().update({ minimumHealthyPercent: 50 }, { dryRun: true }))).toEqual([
      '     ~ deploymentConfiguration/minimumHealthyPercent: 100 → 50',
    ])
  })

  it('says where several services of a family start from', async () => {
    const staged = withServices([service('doorman'), { ...service('doorman'), service: 'porter' }])
    const result = await staged.update({ taskDefinition: 'doorman', service: undefined, cpu: '512' }, { dryRun: true })
    expect(textOf(result).at(-1)).toBe('     + cpu: 512')
    expect(textOf(result)[0]).toContain('production1/doorman')
    expect(textOf(result)[0]).toContain('production1/porter')
  })
})
