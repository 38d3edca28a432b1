// `ecs-task instances refresh` replaces outdated EC2 instances under a cluster.
import { Command, Option } from 'clipanion'
import { ownCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { refreshInstances } from '../instances/refreshInstances.ts'
import { BaseCommand } from './program/command.ts'
import { whoRuns } from '../ground/whoRuns.ts'
import { parsed } from './options/composedOption.ts'
import { nonEmpty } from './options/optionValues.ts'
import { runInSession } from './program/runInSession.ts'
import { clusterOption, dryRunOption, reportOption, timeoutOption } from './options/sharedOptions.ts'

export class InstancesRefreshCommand extends BaseCommand {
  static override paths = [['instances', 'refresh']]
  static override usage = Command.Usage({
    description: 'Replace outdated EC2 instances under a cluster without downtime',
    details: `
      Replaces the instances of an Auto Scaling group that differ from what it would launch now, in batches: adds new
      capacity, drains the old instances, terminates them. A failure or Ctrl-C puts the batch in progress back. Run it again
      to continue.
    `,
    examples: [
      ['Preview the changes', '$0 instances refresh --cluster prod --asg web --dry-run'],
      ['Replace a fifth at a time', '$0 instances refresh --cluster prod --asg web --batch 20% --yes'],
    ],
  })

  timeout = timeoutOption({ of: 'each wait' })
  cluster = clusterOption()
  group = parsed(Option.String('--asg', { description: 'The Auto Scaling group' }), nonEmpty('--asg'))
  batch = Option.String('--batch', '1', { description: 'How many at once: 2, or 20% of the group [1]' })
  dryRun = dryRunOption()
  report = reportOption()
  forceAll = Option.Boolean('--force-all', false, {
    description: 'Also replace instances that never joined, are protected by hand, or run tasks of no service',
  })
  allowMaxPlusOne = Option.Boolean('--allow-max-plus-one', false, {
    description: 'Raise the maximum of a full group by one meanwhile, instead of detaching',
  })
  copyAttributes = Option.Boolean('--copy-attributes', false, {
    description: 'Copy attributes of the old container instances to their replacements',
  })
  yes = Option.Boolean('--yes', false, { description: 'Do not ask for confirmation' })

  override async execute(): Promise<number> {
    const { timeout, cluster, group, batch, forceAll, allowMaxPlusOne, copyAttributes, dryRun, yes, context } = this
    if (group === undefined) {
      throw new EcsTaskError('BadArguments', 'No Auto Scaling group given.', {
        fix: `Pass --asg NAME; list the groups with: ${ownCommand(context.program, 'instances status', { cluster })}`,
      })
    }
    return runInSession(this, { fixtures: {}, dryRun, asks: !yes }, (settings) =>
      refreshInstances(
        { cluster, group, batch, forceAll, allowMaxPlusOne, copyAttributes, by: whoRuns() },
        { ...settings, timeout },
      ),
    )
  }
}
