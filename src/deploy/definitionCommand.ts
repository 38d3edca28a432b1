import type { Aws } from '../aws/aws.ts'
import { type Result, type ExecutionContext, executePlan } from '../engine/executePlan.ts'
import { deployHandlers } from './stepHandlers.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { type Wanted, observe } from './observe.ts'
import { checkImageTag } from '../definition/placeholder.ts'
import type { Plan } from '../engine/plan.ts'
import type { World } from './world.ts'
import { planDeploy } from './planDeploy.ts'
import { planContinue, planWait } from './planFollow.ts'
import { planRollback } from './planRollback.ts'
import { planRun } from './planRun.ts'
import { type UpdateOptions, planUpdate } from './planUpdate.ts'

export type { Result } from '../engine/executePlan.ts'

/** What is to be done to definitions, and with which AWS, time and listeners. */
export interface Task extends Omit<ExecutionContext, 'handlers'> {
  readonly command: 'deploy' | 'rollback' | 'wait' | 'continue' | 'update' | 'run'
  /** Follow the services until their deployments have completed. */
  readonly wait: boolean
  /** Where a rollback goes: a revision's number or an image tag; undefined: the last that was deployed successfully. */
  readonly to?: string | undefined
  /** Register nothing that is registered already, and leave alone what runs it. */
  readonly skipUnchanged: boolean
  /** With the command `update`: how the running services, which are the one definition, are updated. */
  readonly update?: Omit<UpdateOptions, 'wait'> | undefined
}

/** Observes, plans, and carries the plan out. It never throws: a refusal is a result too. */
export function perform(task: Task): Promise<Result> {
  const { command, tag, definitions, signal } = task
  return executePlan({ ...task, handlers: deployHandlers }, planned)

  async function planned(aws: Aws): Promise<Plan> {
    const look = (wanted: Wanted): Promise<World> => observe(aws, definitions, { ...wanted, signal })
    switch (command) {
      case 'deploy':
        if (tag === undefined)
          throw new EcsTaskError('BadArguments', 'There is no image tag to deploy.', {
            fix: 'Name one, as in deploy v1.2.3.',
          })
        checkImageTag(tag)
        return planDeploy(definitions, tag, await look({ prune: true, registered: task.skipUnchanged }), task)
      case 'rollback':
        return planRollback(
          definitions,
          await look({ history: task.to === undefined, registered: task.to !== undefined }),
          task,
        )
      case 'wait':
        await look({})
        return planWait(definitions)
      case 'continue':
        return planContinue(definitions, await look({ paused: true }), task)
      case 'update': {
        const [definition] = definitions
        if (!definition || !task.update) throw new Error('an update needs one definition and what to do with it')
        return planUpdate(definition, await look({ prune: true }), { ...task.update, wait: task.wait })
      }
      case 'run':
        return planRun(definitions, await look({}), { unchanged: task.update?.unchanged })
    }
  }
}
