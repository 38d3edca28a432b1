/** Plans that auto scaling pauses while services roll out; pure. */
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling'
import type { Stage } from '../../engine/plan.ts'
import { nameOf, serviceKey } from '../../ground/names.ts'
import { isSuspended, resumeCommand, resumeScaling, suspendScaling } from '../steps/setSuspendedState.ts'
import type { ScaledService } from './scalableTargets.ts'

/** The stages before and after the rollout, and what a person should know, a sentence each. */
interface Suspension {
  readonly suspend: Stage
  readonly resume: Stage
  readonly warnings: readonly string[]
}

/**
 * Suspends auto scaling of the services that a plan changes, and lets it go on as far as it did before. What is suspended
 * already stays so: whoever did that, a run that was killed too, knows when it is to go on. `targets` are by `cluster/service`;
 * undefined: nobody asked for it.
 */
export function suspensionOf(
  services: readonly ScaledService[],
  targets: ReadonlyMap<string, ScalableTarget> | undefined,
): Suspension {
  const known = targets === undefined ? [] : services.map((of) => ({ of, target: targets.get(serviceKey(of)) }))
  const scaled = known.flatMap(({ of, target }) =>
    target && !isSuspended(target.SuspendedState) ? [{ of, before: target.SuspendedState }] : [],
  )
  const stage = (title: string, steps: Stage['steps']): Stage => ({ title, steps, together: true, onFailure: 'undo' })
  return {
    suspend: stage(
      'Suspend auto scaling',
      scaled.map(({ of, before }) => suspendScaling(of, before)),
    ),
    resume: stage(
      'Resume auto scaling',
      scaled.map(({ of, before }) => resumeScaling(of, before)),
    ),
    warnings: [
      ...known.flatMap(({ of, target }) => unchanged(of, target)),
      ...scaled.map(
        ({ of, before }) =>
          `If this run is killed, resume auto scaling of ${name(of)} with: ${resumeCommand(of, before)}`,
      ),
    ],
  }
}

function unchanged(of: ScaledService, target: ScalableTarget | undefined): string[] {
  if (!target) return [`Service ${name(of)} has no auto scaling, so --suspend-auto-scaling is ignored for it.`]
  if (!isSuspended(target.SuspendedState)) return []
  return [`Auto scaling of ${name(of)} is already suspended, and stays so. Resume it with: ${resumeCommand(of)}`]
}

const name = ({ service }: ScaledService): string => nameOf(service)
