/** What a check finds. */
import type { Method } from '../../aws/aws.ts'
import type { Reads } from './reads.ts'
import type { World } from './world.ts'

/**
 * `error`: AWS would refuse the deployment, or it could not succeed. `warning`: it may. `unknown`: it could not be checked; it
 * says which permission is missing.
 */
export type Severity = 'error' | 'warning' | 'unknown'

/** One thing that AWS would only say in the middle of a deployment. */
export interface Finding {
  /** The name of the check: `roles`. */
  readonly check: string
  readonly severity: Severity
  /** What was found, one sentence. */
  readonly what: string
  /** Class and member, `Web/taskDefinition/taskRoleArn`; of stack files the place: `stack.yml:12:7: services/web/image`. */
  readonly where: string
  /** What to do about it, one sentence. */
  readonly fix: string
}

/** A finding without its check's name. */
export type Found = Omit<Finding, 'check'>

/** Looks for faults of one kind; it only reads. */
export interface Check {
  readonly name: string
  /** The calls that it makes: their permissions are what it needs. */
  readonly needs: readonly Method[]
  /** Whether it needs neither AWS nor a network. */
  readonly offline?: true
  /** Whether a local AWS runs tasks without what it looks for: images that nobody has pushed, instances, roles. */
  readonly notLocal?: true
  readonly of: (world: World, reads: Reads) => readonly Found[] | Promise<readonly Found[]>
}

export const error = (where: string, what: string, fix: string): Found => ({ severity: 'error', what, where, fix })

export const warning = (where: string, what: string, fix: string): Found => ({ severity: 'warning', what, where, fix })

/** `why` it could not be checked, as the end of a sentence: `the permission iam:GetRole is missing`. */
export function unknown(where: string, subject: string, why: string): Found {
  const isPermission = why.startsWith('the permission ')
  const fix = isPermission
    ? 'Allow it in the policy of the caller, or check it yourself.'
    : 'Check it yourself, or try again.'
  return { severity: 'unknown', what: `Could not check ${subject}: ${why}.`, where, fix }
}
