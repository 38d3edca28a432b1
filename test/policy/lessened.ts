// The printed policies of the stories, each with one action or one kind of resource less.
import { read } from '../../src/definition/read.ts'
import type { Policy, Statement } from '../../src/deploy/policy/policy.ts'
import { statements } from '../../src/deploy/policy/statements.ts'
import { printed } from './printed.ts'
import { type Story, stories } from './stories.ts'

export const policyOfStory = ({ declared }: Story): Policy =>
  printed([declared].flat().map((one, index) => read(one, `Task${index || ''}`).definition))

/** `service-deployment` of an ARN of ECS, `*` of everything, else the ARN's service. */
const kindOf = (resource: string): string => {
  const [, , service = resource, , , name = ''] = resource.split(':')
  return service === 'ecs' ? name.split('/')[0]! : service
}

type Less = (statement: Statement) => Statement

const withoutAction =
  (action: string): Less =>
  (one) => ({ ...one, Action: one.Action.filter((other) => other !== action) })
const withoutKind =
  (kind: string): Less =>
  (one) => ({ ...one, Resource: one.Resource.filter((other) => kindOf(other) !== kind) })

const all = Object.values(stories).map(policyOfStory)

/** Everything that could be taken away from a statement, by the statement. */
export const parts = Object.keys(statements).flatMap((sid) => {
  const those = all.flatMap((policy) => policy.Statement.filter(({ Sid }) => Sid === sid))
  const actions = new Set(those.flatMap(({ Action }) => Action))
  const kinds = new Set(those.flatMap(({ Resource }) => Resource.map(kindOf)))
  return [
    ...[...actions].map((action) => ({ title: `${action} of ${sid}`, sid, less: withoutAction(action) })),
    ...[...kinds].map((kind) => ({ title: `the resource ${kind} of ${sid}`, sid, less: withoutKind(kind) })),
  ]
})

/** A policy with less in one statement, without the statement where nothing is left of it. */
export function lessened(policy: Policy, { sid, less }: { sid: string; less: Less }): Policy {
  const Statement = policy.Statement.map((one) => (one.Sid === sid ? less(one) : one))
  return { ...policy, Statement: Statement.filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0) }
}
