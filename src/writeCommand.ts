import { Option } from 'clipanion'
import { EcsTaskError } from './errors.ts'
import type { Task } from './perform.ts'
import { PerformCommand } from './performCommand.ts'

const policies = ['rollback', 'leave', 'stop'] as const

/** What the commands have in common that change AWS. */
export abstract class WriteCommand extends PerformCommand {
  dryRun = Option.Boolean('--dry-run', false, { description: 'Read AWS and print the plan; write nothing' })
  wait = Option.Boolean('--wait', true, { description: 'Follow the rollouts to their end; --no-wait does not' })
  onFailure = Option.String('--on-failure', 'rollback', {
    description: 'rollback: put everything back; leave: leave it; stop: stop what still goes on',
  })

  /** What their options come to. */
  protected written(): Pick<Task, 'dryRun' | 'wait' | 'onFailure'> {
    const onFailure = policies.find((policy) => policy === this.onFailure)
    if (onFailure) return { dryRun: this.dryRun, wait: this.wait, onFailure }
    throw new EcsTaskError('BadArguments', `--on-failure ${this.onFailure} is not known.`, {
      fix: `Choose one of ${policies.join(', ')}.`,
    })
  }
}
