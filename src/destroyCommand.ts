import { Option } from 'clipanion'
import { confirm } from './confirm.ts'
import { EcsTaskError } from './errors.ts'
import { type DestroyOptions, destroyCluster, plannedDestroy } from './destroyCluster.ts'
import { FollowCommand } from './performCommand.ts'

/** What the commands have in common that take away what was made. */
export abstract class DestroyCommand extends FollowCommand {
  cluster = Option.String({ name: 'CLUSTER' })
  yes = Option.Boolean('-y,--yes', false, { description: 'Do not ask' })
  dryRun = Option.Boolean('--dry-run', false, { description: 'Read AWS and print the plan; write nothing' })

  /** Asks with what is in the way of being there any longer, then takes it away; answers the exit code. */
  protected destroy(options: DestroyOptions): Promise<number> {
    const { context, yes, dryRun } = this
    const what = options.service === undefined ? options.cluster : `${options.cluster}/${options.service}`
    return this.follow({ clusters: [options.cluster] }, dryRun, async (shared) => {
      const settings = { ...shared, dryRun, warnings: context.notes }
      if (yes || dryRun) return destroyCluster(options, settings)
      const plan = await plannedDestroy(options, shared)
      const titles = plan.stages.flatMap(({ steps }) => steps.map(({ title }) => title))
      const question = [...titles.map((title) => `  ${title}`), `Take all this of ${what} away?`]
      if (titles.length === 0 || (await confirm(context, question, shared.signal))) {
        return destroyCluster(options, settings, plan)
      }
      throw new EcsTaskError('BadArguments', 'It was not agreed to, so nothing was taken away.')
    })
  }
}
