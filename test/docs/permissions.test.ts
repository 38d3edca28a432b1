import { describe, expect, it } from 'vitest'
import { type ClientName, calls } from '../../src/aws.ts'
import { blocks, rows, section, text } from './pages.ts'

interface Statement {
  readonly Sid: string
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
}

const permissions = section(text('README.md'), 'Permissions')
const policy = JSON.parse(blocks(permissions, 'json')[0] ?? '') as { Version: string; Statement: Statement[] }
const granted = policy.Statement.flatMap(({ Action }) => Action)

/** The prefix of a service's actions in IAM. */
const prefixes: Readonly<Record<ClientName, string>> = {
  ecs: 'ecs',
  events: 'events',
  logs: 'logs',
  elbv2: 'elasticloadbalancing',
  sns: 'sns',
  route53: 'route53',
  servicediscovery: 'servicediscovery',
  autoscaling: 'autoscaling',
  ec2: 'ec2',
}

describe("the README's IAM policy", () => {
  it('grants every call that is made, passing roles, and nothing else', () => {
    const made = Object.entries(calls).map(
      ([method, { client }]) => `${prefixes[client]}:${method[0]?.toUpperCase()}${method.slice(1)}`,
    )
    expect(granted.toSorted()).toEqual([...made, 'iam:PassRole'].toSorted())
  })

  it('is one that IAM takes: its version, and statements told apart by name', () => {
    const names = policy.Statement.map(({ Sid }) => Sid)
    expect(policy.Version).toBe('2012-10-17')
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([])
  })

  it('lets nothing that writes loose on everything, but for registering, which IAM cannot confine', () => {
    const everywhere = policy.Statement.filter(({ Resource }) => [Resource].flat().includes('*'))
    const writes = Object.entries(calls)
      .filter(([, { kind }]) => kind === 'write')
      .map(([method]) => method.toLowerCase())
    const loose = everywhere
      .flatMap(({ Action }) => Action)
      .filter((action) => writes.includes(action.split(':')[1]?.toLowerCase() ?? ''))
    expect(loose.toSorted()).toEqual(['ecs:DeregisterTaskDefinition', 'ecs:RegisterTaskDefinition'])
  })

  it('says of statements that can be left out what happens then, by names that there are', () => {
    const optional = rows(permissions).map(([name = '']) => name.replaceAll('`', ''))
    expect(optional).toContain('Forensics')
    expect(optional.filter((name) => !policy.Statement.some(({ Sid }) => Sid === name))).toEqual([])
  })
})
