// The command `rollback` of a class goes back to an earlier revision.
import { Command, Option } from 'clipanion'
import { ClassCommand, filesOption } from './files/classCommand.ts'
import { parsed } from './options/composedOption.ts'
import { nonEmpty } from './options/optionValues.ts'
import { runDefinitionCommand } from './program/runDefinitionCommand.ts'
import { keepGoingOption, lockOptions, rolloutOptions, writeOptions, reportOption } from './options/sharedOptions.ts'

export class RollbackCommand extends ClassCommand {
  static override paths = [['rollback']]
  static override usage = Command.Usage({
    description: 'Roll back to an earlier revision',
    details: `
      Points the services, event targets and schedules back, follows the services until their deployments have completed, and
      deregisters newer revisions last. Without --to it goes to the last revision before the newest that was deployed
      successfully. Where AWS knows no history, it goes to the one before.
    `,
    examples: [
      ['Roll back', '$0 rollback'],
      ['Preview the changes', '$0 rollback --dry-run'],
      ['Go back to a tag, or to a revision', '$0 rollback --to v1.2.2'],
    ],
  })

  rollout = rolloutOptions()
  write = writeOptions()
  to = parsed(
    Option.String('--to', {
      description: 'A revision (12, web:12) or an image tag [the last one deployed successfully]',
    }),
    nonEmpty('--to'),
  )
  keepGoing = keepGoingOption()
  locking = lockOptions()
  report = reportOption()
  files = filesOption()

  protected override perform(): Promise<number> {
    const { to, keepGoing, rollout, write, context } = this
    return runDefinitionCommand(
      this,
      { command: 'rollback', to, wait: write.wait, keepGoing },
      { ...rollout, ...write, ...this.locking, leftOut: context.leftOut },
      write.plan,
    )
  }
}
