import { Option } from 'clipanion'
import { type DestroyOptions, destroyCluster } from '../../cluster/destroyCluster.ts'
import { RunningCommand } from './performCommand.ts'

/** What the commands have in common that take away what was made. */
export abstract class DestroyCommand extends RunningCommand {
  override timeout = Option.String('--timeout', '15m', { description: 'Limit of each wait: 90s, 15m, 1h' })
  cluster = Option.String({ name: 'CLUSTER' })
  yes = Option.Boolean('-y,--yes', false, { description: 'Do not ask' })
  dryRun = Option.Boolean('--dry-run', false, { description: 'Read AWS and print the plan; write nothing' })

  /** Shows what is to go and asks, then takes it away; answers the exit code. */
  protected destroy(options: DestroyOptions): Promise<number> {
    const { context, yes, dryRun } = this
    return this.follow({ clusters: [options.cluster] }, dryRun, (shared) =>
      destroyCluster(options, {
        ...shared,
        ...(yes || dryRun ? {} : this.asking(shared)),
        dryRun,
        warnings: context.notes,
      }),
    )
  }
}
