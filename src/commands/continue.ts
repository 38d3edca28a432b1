import { Command, Option } from 'clipanion'
import type { Task } from '../deploy/definitionCommand.ts'
import { PerformCommand } from './program/performCommand.ts'

export class ContinueCommand extends PerformCommand {
  static override paths = [['continue']]
  static override usage = Command.Usage({
    description: 'Let paused deployments go on',
    details: 'Continues every deployment of the services that waits at a PAUSE hook, and follows it.',
    examples: [['Continue, and follow it to the end', '$0 continue']],
  })

  wait = Option.Boolean('--wait', true, { description: 'Follow the rollouts to their end; --no-wait does not' })

  protected override task(): Pick<Task, 'command'> & Partial<Task> {
    return { command: 'continue', wait: this.wait }
  }
}
