// The policy that ecs-task prints for definitions, and whether every story is told with it.
import type { Definition } from '../../src/definition/definition.ts'
import type { Decided } from '../../src/local/authorize.ts'
import { type Policy, policyOf } from '../../src/deploy/policy/policy.ts'
import type { Place } from '../../src/deploy/policy/place.ts'

/** Where the local AWS of a story is. */
export const here: Place = { partition: 'aws', account: '123456789012', region: 'us-east-1' }

export const printed = (definitions: readonly Definition[]): Policy => policyOf(definitions, here)

/** With POLICY=printed every local AWS of a story enforces the policy of its definitions: `npm run test:thorough`. */
export const isEnforced = process.env['POLICY'] === 'printed'

/** What was denied since somebody looked. */
const denied: Decided[] = []

export const tellDecided = (one: Decided): void => void (one.decision !== 'allowed' && denied.push(one))

/** `ecs:UpdateService on arn:…`, and nothing is left. */
export const takeDenied = (): string[] => denied.splice(0).map(({ action, resource }) => `${action} on ${resource}`)
