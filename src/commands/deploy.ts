// The command `deploy` of a class deploys an image tag.
import { Command, Option } from 'clipanion'
import { recordOption, recordSettings } from './ci/record.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { filesOption } from './files/classCommand.ts'
import { TagCommand } from './files/tagCommand.ts'
import { runDefinitionCommand } from './program/runDefinitionCommand.ts'
import {
  ifInProgressOption,
  keepGoingOption,
  lockOptions,
  rolloutOptions,
  verifyOption,
  writeOptions,
  reportOption,
} from './options/sharedOptions.ts'
import { verifyBefore } from '../deploy/verify/beforeDeploy.ts'

export class DeployCommand extends TagCommand {
  static override paths = [['deploy']]
  static override usage = Command.Usage({
    description: 'Deploy an image tag',
    details: `
      Registers a new revision with the tag, runs the one-off tasks and waits for them, and updates the services. Follows each
      rollout until its deployment has completed, sets the event targets and schedules, and deregisters old revisions. On failure it puts
      everything back.
    `,
    examples: [
      ['Deploy a tag', '$0 deploy v1.2.3'],
      ['Preview the changes', '$0 deploy v1.2.3 --dry-run'],
      ['Verify everything first', '$0 deploy v1.2.3 --verify'],
      ['See what the new tasks log', '$0 deploy v1.2.3 --logs'],
      ['Skip what already runs', '$0 deploy v1.2.3 --skip-unchanged'],
      ['Deploy one of several classes', '$0 deploy v1.2.3 --only WebTask'],
      ['Try it without an AWS account', '$0 deploy v1.2.3 --local'],
      ['Rehearse a failed rollout', '$0 deploy crash --local'],
    ],
  })

  rollout = rolloutOptions()
  write = writeOptions()
  ifInProgress = ifInProgressOption()
  skipUnchanged = Option.Boolean('--skip-unchanged', false, {
    description: 'Reuse an identical revision; skip services that already run it',
  })
  keepGoing = keepGoingOption()
  logs = Option.Boolean('--logs', false, { description: 'Show what the new tasks log while a rollout goes on' })
  verify = verifyOption()
  record = recordOption()
  locking = lockOptions()
  report = reportOption()
  files = filesOption()

  protected override perform(): Promise<number> {
    const { tag, skipUnchanged, keepGoing, logs, rollout, write, ifInProgress, context, local } = this
    if (logs && !write.wait) {
      throw new EcsTaskError('BadArguments', '--logs and --no-wait exclude each other.', {
        fix: 'Follow the logs of what runs with: ecs-task logs -f',
      })
    }
    const verify = this.verify && { verify: verifyBefore({ env: context.env, isLocal: local }) }
    const { leftOut } = context
    const recorded = recordSettings(this.record, context)
    return runDefinitionCommand(
      this,
      { command: 'deploy', tag, wait: write.wait, skipUnchanged, keepGoing },
      { ...rollout, ...write, ...verify, ...this.locking, ifInProgress, ...recorded, logs, leftOut },
      write.plan,
    )
  }
}
