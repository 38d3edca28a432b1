// The command `continue` of a class resumes paused deployments.
import { Command, Option } from 'clipanion'
import { ClassCommand, filesOption } from './files/classCommand.ts'
import { runDefinitionCommand } from './program/runDefinitionCommand.ts'
import { lockOptions, rolloutOptions, waitOption, reportOption } from './options/sharedOptions.ts'

export class ContinueCommand extends ClassCommand {
  static override paths = [['continue']]
  static override usage = Command.Usage({
    description: 'Resume paused deployments, or reject them',
    details: `
      Continues every deployment of the services that is paused at a PAUSE hook, and follows it. With --reject, ECS rolls it
      back to the last successful one.
    `,
    examples: [
      ['Continue, and follow it to the end', '$0 continue'],
      ['Roll back what is paused', '$0 continue --reject'],
    ],
  })

  rollout = rolloutOptions()
  wait = waitOption()
  reject = Option.Boolean('--reject', false, { description: 'Roll paused deployments back instead' })
  locking = lockOptions()
  report = reportOption()
  files = filesOption()

  protected override perform(): Promise<number> {
    const { wait, reject, rollout, locking, context } = this
    const options = { ...rollout, ...locking, leftOut: context.leftOut }
    return runDefinitionCommand(this, { command: 'continue', wait, reject }, options)
  }
}
