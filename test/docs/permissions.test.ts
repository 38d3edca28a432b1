import { describe, expect, it } from 'vitest'
import { type ClientName, type Method, calls, operationOf } from '../../src/aws/aws.ts'
import { statements as drafts } from '../../src/deploy/policy/statements.ts'
import { policyOfStory } from '../policy/lessened.ts'
import { stories } from '../policy/stories.ts'
import { blocks, filesIn, pages, rows, section, text } from './pages.ts'

interface Policy {
  readonly Version: string
  readonly Statement: readonly {
    readonly Sid: string
    readonly Action: string | readonly string[]
    readonly Resource: string | readonly string[]
    readonly Condition?: object
  }[]
}

/** The pages with a policy, and where on them it stands: what their commands need beside the printed policy of a class. */
const granting: readonly (readonly [page: string, heading: string])[] = [
  ['docs/permissions.md', 'Check'],
  ['docs/clusters.md', 'Permissions'],
  ['docs/instances.md', 'Permissions'],
  ['docs/verify.md', 'Permissions'],
  ['docs/look.md', 'Permissions'],
]
const policies = granting
  .filter(([page]) => pages.includes(page))
  .map(([page, heading]) => {
    const permissions = section(text(page), heading)
    return { page, permissions, policy: JSON.parse(blocks(permissions, 'json')[0] ?? '') as Policy }
  })
const statements = policies.flatMap(({ policy }) => policy.Statement)
/** Every statement that is printed for the class of some story. */
const printed = Object.values(stories).flatMap((story) => policyOfStory(story).Statement)
const actionsOf = (of: Policy['Statement'] | typeof printed): string[] => of.flatMap(({ Action }) => Action)

/** The prefix of a service's actions in IAM. */
const prefixes: Readonly<Record<ClientName, string>> = {
  ecr: 'ecr',
  ecs: 'ecs',
  events: 'events',
  logs: 'logs',
  elbv2: 'elasticloadbalancing',
  iam: 'iam',
  scheduler: 'scheduler',
  secretsmanager: 'secretsmanager',
  s3: 's3',
  sns: 'sns',
  ssm: 'ssm',
  sts: 'sts',
  route53: 'route53',
  servicediscovery: 'servicediscovery',
  'application-autoscaling': 'application-autoscaling',
  autoscaling: 'autoscaling',
  ec2: 'ec2',
}

/**
 * What AWS wants granted for a call beside the call itself. Of Cloud Map:
 * https://docs.aws.amazon.com/cloud-map/latest/dg/cloud-map-api-permissions-ref.html and
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudmap.html
 */
const beside: { readonly [M in Method]?: readonly string[] } = {
  createScheduleGroup: ['scheduler:TagResource'],
  registerTaskDefinition: ['iam:PassRole', 'ecs:TagResource'],
  createPrivateDnsNamespace: [
    'servicediscovery:TagResource',
    'route53:CreateHostedZone',
    'route53:ListHostedZonesByName',
    'ec2:DescribeVpcs',
    'ec2:DescribeRegions',
  ],
}

const methods = Object.keys(calls) as Method[]

/** IAM lets everybody ask who they are: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const free: readonly Method[] = ['getCallerIdentity']

/** What IAM calls the permission to make a call. */
function actionOf(method: Method): string {
  const operation = operationOf(method)
  return `${prefixes[calls[method].client]}:${operation[0]?.toUpperCase()}${operation.slice(1)}`
}

describe('the printed policy and those of all pages together', () => {
  it('grant every call that is made, what AWS requires with it, and nothing else', () => {
    const asked = methods.filter((method) => !free.includes(method))
    const needed = new Set([...asked.map(actionOf), ...Object.values(beside).flat()])
    const granted = new Set([...actionsOf(printed), ...actionsOf(statements)])
    expect([...granted].toSorted()).toEqual([...needed].toSorted())
  })

  it('limit every write to some resources, except deregistering, which IAM cannot limit', () => {
    const writes = methods.filter((method) => calls[method].kind === 'write').map(actionOf)
    const loose = statements
      .filter(({ Resource, Condition }) => [Resource].flat().includes('*') && Condition === undefined)
      .flatMap(({ Action }) => Action)
    expect(writes).toContain('servicediscovery:CreateService')
    expect(loose.filter((action) => writes.includes(action))).toEqual(['ecs:DeregisterTaskDefinition'])
    expect(loose).not.toContain('route53:CreateHostedZone')
  })

  it('have statements with unique names that IAM accepts', () => {
    const names = [...Object.keys(drafts), ...statements.map(({ Sid }) => Sid)]
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([])
  })
})

describe('the page about the printed policy', () => {
  const page = text('docs/permissions.md')
  const names = (markdown: string): string[] =>
    rows(markdown).flatMap(([cell = '']) => cell.replaceAll('`', '').split(', '))

  it('says what each statement is for, in the order in which they are printed', () => {
    expect(names(section(page, 'Statements'))).toEqual(Object.keys(drafts))
  })

  it('says what happens without each optional part, by its name', () => {
    const optional = names(section(page, 'Without parts of it'))
    expect(optional.length).toBeGreaterThan(5)
    const known = [...Object.keys(drafts), ...actionsOf(printed)]
    expect(optional.filter((name) => !known.includes(name))).toEqual([])
  })
})

it.each(policies)('the IAM policy of $page has the version of the policy language', ({ policy }) => {
  expect(policy.Version).toBe('2012-10-17')
})

it.each(policies.filter(({ page }) => page !== 'docs/permissions.md'))(
  '$page says what happens without each optional statement, by its name',
  ({ permissions, policy }) => {
    const optional = rows(permissions).flatMap(([names = '']) => names.replaceAll('`', '').split(', '))
    const names = policy.Statement.flatMap(({ Sid, Action }) => [Sid, ...[Action].flat()])
    expect(optional).not.toEqual([])
    expect(optional.filter((name) => !names.includes(name))).toEqual([])
  },
)

/** The methods whose names stand in the files of these rooms. What only looks at tasks and logs, or verifies, has a policy of its own. */
const calledIn = (rooms: readonly string[]): Method[] => {
  const sources = filesIn('src')
    .filter((file) => rooms.some((room) => file.startsWith(`${room}/`)))
    .filter((file) => !/^deploy\/(look|verify|policy|lock)\//.test(file))
    .map((file) => text(`src/${file}`))
  return methods.filter((method) => sources.some((source) => source.includes(`'${method}'`)))
}

it('the policy of stacks grants every call that their commands make', () => {
  // A stack has no event targets.
  const others = ['putTargets', 'removeTargets']
  const made = calledIn(['cluster', 'deploy', 'rollout', 'engine']).filter((method) => !others.includes(method))
  const granted = policies.find(({ page }) => page === 'docs/clusters.md')?.policy.Statement ?? []
  expect(made.map(actionOf).filter((action) => !actionsOf(granted).includes(action))).toEqual([])
})

it('every call in the table of calls is made', () => {
  const sources = filesIn('src')
    .filter((file) => !/^(local|aws\/calls)\//.test(file))
    .map((file) => text(`src/${file}`))
  expect(methods.filter((method) => !sources.some((source) => source.includes(`'${method}'`)))).toEqual([])
})
