import { Option } from 'clipanion'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Task } from '../../deploy/definitionCommand.ts'
import { PerformCommand } from './performCommand.ts'
import type { OnFailure } from '../../engine/run.ts'

const policies: readonly OnFailure[] = ['rollback', 'leave', 'stop']

/** What the commands have in common that change AWS. */
export abstract class WriteCommand extends PerformCommand {
  dryRun = Option.Boolean('--dry-run', false, { description: 'Read AWS and print the plan; write nothing' })
  wait = Option.Boolean('--wait', true, { description: 'Follow the rollouts to their end; --no-wait does not' })
  onFailure = Option.String('--on-failure', 'rollback', {
    description: 'rollback: put everything back; leave: leave it; stop: stop what still goes on',
  })

  /** What their options come to. */
  protected written(): Pick<Task, 'dryRun' | 'wait' | 'onFailure'> {
    return { dryRun: this.dryRun, wait: this.wait, onFailure: checkPolicy(this.onFailure) }
  }
}

/** The policy of that name; throws `BadArguments` where there is none. */
export function checkPolicy(name: string): OnFailure {
  const policy = policies.find((one) => one === name)
  if (policy) return policy
  throw new EcsTaskError('BadArguments', `--on-failure ${name} is not known.`, {
    fix: `Choose one of ${policies.join(', ')}.`,
  })
}
