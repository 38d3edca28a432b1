// The command `wait` of a class follows the deployments in progress.
import { Command } from 'clipanion'
import { ClassCommand, filesOption } from './files/classCommand.ts'
import { runDefinitionCommand } from './program/runDefinitionCommand.ts'
import { rolloutOptions, reportOption } from './options/sharedOptions.ts'

export class WaitCommand extends ClassCommand {
  static override paths = [['wait']]
  static override usage = Command.Usage({
    description: 'Wait for deployments in progress',
    details: `
      Follows deployments of the services in progress, for example after a job was killed. Changes nothing. Exit codes: 0
      completed, 1 failed and put back by ECS, 3 failed and not put back, 4 in progress after --timeout, 5 superseded.
    `,
    examples: [['Wait for the deployments of a killed job', '$0 wait']],
  })

  rollout = rolloutOptions()
  report = reportOption()
  files = filesOption()

  protected override perform(): Promise<number> {
    return runDefinitionCommand(this, { command: 'wait' }, { ...this.rollout, leftOut: this.context.leftOut })
  }
}
