import { Command } from 'clipanion'
import type { Task } from '../deploy/definitionCommand.ts'
import { PerformCommand } from './program/performCommand.ts'

export class WaitCommand extends PerformCommand {
  static override paths = [['wait']]
  static override usage = Command.Usage({
    description: 'Follow what is under way',
    details: `
      Follows the deployments of the services that are under way, as after a job that was killed, and ends as they do: 0
      completed, 1 failed and put back by ECS, 3 failed and not put back, 4 still going after --timeout, 5 superseded.
      Nothing is changed.
    `,
    examples: [['Follow what a killed job has left', '$0 wait']],
  })

  protected override task(): Pick<Task, 'command'> {
    return { command: 'wait' }
  }
}
