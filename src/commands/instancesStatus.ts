// `ecs-task instances status` shows which EC2 instances under a cluster are outdated.
import { Command, Option } from 'clipanion'
import { ownCommand } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { readInstancesStatus } from '../instances/status.ts'
import { instancesText } from '../output/instancesText.ts'
import { BaseCommand } from './program/command.ts'
import { parsed } from './options/composedOption.ts'
import { nonEmpty } from './options/optionValues.ts'
import { printResult } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'
import { clusterOption } from './options/sharedOptions.ts'

/** As a service that has not settled. */
const outdated = 4

export class InstancesStatusCommand extends BaseCommand {
  static override paths = [['instances', 'status']]
  static override usage = Command.Usage({
    description: 'Show which EC2 instances under a cluster are outdated',
    details: `
      Shows the Auto Scaling groups that back a cluster, what each would launch now, and which of its instances differ, and
      how. Reads only. Exits with 0 when all are up to date, with 4 when one is outdated.
    `,
    examples: [
      ['Show all groups', '$0 instances status --cluster prod'],
      ['Show one group, for a script', '$0 instances status --cluster prod --asg web --json'],
    ],
  })

  cluster = clusterOption()
  group = parsed(
    Option.String('--asg', { description: 'One Auto Scaling group [all that back the cluster]' }),
    nonEmpty('--asg'),
  )

  override async execute(): Promise<number> {
    const { cluster, group, context } = this
    const tell = (text: string): void => void context.stderr.write(`${text}\n`)
    try {
      const status = await readInSession(this, {}, ({ aws, clock }) =>
        readInstancesStatus({ aws, clock, tell }, { cluster, group }),
      )
      printResult(this, status, instancesText)
      return status.state === 'current' ? 0 : outdated
    } catch (error) {
      throw this.local ? this.locally(error) : error
    }
  }

  /** A local AWS has what somebody has made there, and no command of ours makes a group. */
  private locally(error: unknown): unknown {
    if (!(error instanceof EcsTaskError) || error.code !== 'NotFound') return error
    const { program } = this.context
    return new EcsTaskError('NotFound', error.message, {
      why: `The local AWS of this folder is empty: create a cluster, a launch template whose user data sets ECS_CLUSTER=${this.cluster}, and an Auto Scaling group.`,
      fix: `Create them with the AWS CLI in the server that this starts: ${ownCommand(program, 'local', { state: '.ecs-task/local.json' })}`,
      cause: error,
    })
  }
}
