import { describe, expect, it } from 'vitest'
import { type ClientName, type Method, calls, operationOf } from '../../src/aws/aws.ts'
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

/** The pages with a policy: each grants what its commands need beyond those of the pages before. */
const granting = [
  'docs/permissions.md',
  'docs/clusters.md',
  'docs/instances.md',
  'docs/verify.md',
  'docs/look.md',
].filter((page) => pages.includes(page))
const policies = granting.map((page) => {
  const permissions = section(text(page), 'Permissions')
  return { page, permissions, policy: JSON.parse(blocks(permissions, 'json')[0] ?? '') as Policy }
})
const statements = policies.flatMap(({ policy }) => policy.Statement)
const granted = statements.flatMap(({ Action }) => Action)

/** The prefix of a service's actions in IAM. */
const prefixes: Readonly<Record<ClientName, string>> = {
  ecr: 'ecr',
  ecs: 'ecs',
  events: 'events',
  logs: 'logs',
  elbv2: 'elasticloadbalancing',
  iam: 'iam',
  secretsmanager: 'secretsmanager',
  sns: 'sns',
  ssm: 'ssm',
  sts: 'sts',
  route53: 'route53',
  servicediscovery: 'servicediscovery',
  autoscaling: 'autoscaling',
  ec2: 'ec2',
}

/**
 * What AWS wants granted for a call beside the call itself. Of Cloud Map:
 * https://docs.aws.amazon.com/cloud-map/latest/dg/cloud-map-api-permissions-ref.html and
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudmap.html
 */
const beside: { readonly [M in Method]?: readonly string[] } = {
  registerTaskDefinition: ['iam:PassRole'],
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

describe('the IAM policies of all pages together', () => {
  it('grant every call that is made, what AWS requires with it, and nothing else, each on one page', () => {
    const asked = methods.filter((method) => !free.includes(method))
    const needed = [...asked.map(actionOf), ...Object.values(beside).flat()]
    expect(granted.toSorted()).toEqual(needed.toSorted())
  })

  it('limit every write to some resources, except registering, which IAM cannot limit', () => {
    const writes = methods.filter((method) => calls[method].kind === 'write').map(actionOf)
    const loose = statements
      .filter(({ Resource, Condition }) => [Resource].flat().includes('*') && Condition === undefined)
      .flatMap(({ Action }) => Action)
    expect(writes).toContain('servicediscovery:CreateService')
    expect(loose.filter((action) => writes.includes(action)).toSorted()).toEqual([
      'ecs:DeregisterTaskDefinition',
      'ecs:RegisterTaskDefinition',
    ])
    expect(loose).not.toContain('route53:CreateHostedZone')
  })

  it('have statements with unique names that IAM accepts', () => {
    const names = statements.map(({ Sid }) => Sid)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([])
  })
})

describe.each(policies)('the IAM policy of $page', ({ permissions, policy }) => {
  it('has the version of the policy language', () => {
    expect(policy.Version).toBe('2012-10-17')
  })

  it('says what happens without each optional statement, by its name', () => {
    const optional = rows(permissions).flatMap(([names = '']) => names.replaceAll('`', '').split(', '))
    const names = policy.Statement.flatMap(({ Sid, Action }) => [Sid, ...[Action].flat()])
    expect(optional).not.toEqual([])
    expect(optional.filter((name) => !names.includes(name))).toEqual([])
  })
})

it('every call in the table of calls is made', () => {
  const sources = filesIn('src')
    .filter((file) => !/^(local|aws\/calls)\//.test(file))
    .map((file) => text(`src/${file}`))
  expect(methods.filter((method) => !sources.some((source) => source.includes(`'${method}'`)))).toEqual([])
})
