// The command `continue` of a class resumes paused deployments.
import { Command } from 'clipanion'
import { BaseCommand } from './program/command.ts'
import { runDefinitionCommand } from './program/runDefinitionCommand.ts'
import { rolloutOptions, waitOption } from './program/sharedOptions.ts'

export class ContinueCommand extends BaseCommand {
  static override paths = [['continue']]
  static override usage = Command.Usage({
    description: 'Let paused deployments go on',
    details: 'Continues every deployment of the services that waits at a PAUSE hook, and follows it.',
    examples: [['Continue, and follow it to the end', '$0 continue']],
  })

  rollout = rolloutOptions()
  wait = waitOption()

  override execute(): Promise<number> {
    return runDefinitionCommand(this, { command: 'continue', wait: this.wait }, this.rollout)
  }
}
