import { Command, Option } from 'clipanion'
import type { Task } from '../deploy/definitionCommand.ts'
import { WriteCommand } from './program/writeCommand.ts'

export class RollbackCommand extends WriteCommand {
  static override paths = [['rollback']]
  static override usage = Command.Usage({
    description: 'Go back to an earlier revision',
    details: `
      Points the services and event targets back, follows the services until their deployments have completed, and
      deregisters what is newer last. Without --to it goes to the last revision before the newest that was deployed
      successfully or, where AWS knows no history, to the one before.
    `,
    examples: [
      ['Roll back', '$0 rollback'],
      ['See what that would do', '$0 rollback --dry-run'],
      ['Go back to a tag, or to a revision', '$0 rollback --to v1.2.2'],
    ],
  })

  to = Option.String('--to', { description: 'A revision (12, web:12) or the image tag of one' })

  protected override task(): Pick<Task, 'command'> & Partial<Task> {
    return { command: 'rollback', to: this.to, ...this.written() }
  }
}
