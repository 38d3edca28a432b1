// The command `wait` of a class follows the deployments that are under way.
import { Command } from 'clipanion'
import { ClassCommand, filesOption } from './files/classCommand.ts'
import { runDefinitionCommand } from './program/runDefinitionCommand.ts'
import { rolloutOptions } from './program/sharedOptions.ts'

export class WaitCommand extends ClassCommand {
  static override paths = [['wait']]
  static override usage = Command.Usage({
    description: 'Wait for deployments in progress',
    details: `
      Follows the deployments of the services that are under way, as after a job that was killed, and ends as they do: 0
      completed, 1 failed and put back by ECS, 3 failed and not put back, 4 still going after --timeout, 5 superseded.
      Nothing is changed.
    `,
    examples: [['Wait for what a killed job left', '$0 wait']],
  })

  rollout = rolloutOptions()
  files = filesOption()

  protected override perform(): Promise<number> {
    return runDefinitionCommand(this, { command: 'wait' }, this.rollout)
  }
}
