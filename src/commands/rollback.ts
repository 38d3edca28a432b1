import { Command } from 'clipanion'
import { PerformCommand } from '../performCommand.ts'

export class RollbackCommand extends PerformCommand {
  static override paths = [['rollback']]
  static override usage = Command.Usage({
    description: 'Go back to the revision before the newest',
    details: `
      Points the services and event targets back to the revision before the one that is newest and ACTIVE, follows the
      services until their deployments have completed, and deregisters the newest last.
    `,
    examples: [
      ['Roll back', '$0 rollback'],
      ['See what that would do', '$0 rollback --dry-run'],
    ],
  })

  protected override task(): { command: 'rollback' } {
    return { command: 'rollback' }
  }
}
