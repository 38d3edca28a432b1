// The two commands that delete what was made for a cluster or for one service of it.
import { Option } from 'clipanion'
import { type DestroyOptions, destroyCluster } from '../../cluster/destroyCluster.ts'
import { BaseCommand } from './command.ts'
import { runInSession } from './runInSession.ts'
import { clusterWord, dryRunOption, reportOption, timeoutOption } from '../options/sharedOptions.ts'

export abstract class DestroyCommand extends BaseCommand {
  timeout = timeoutOption({ of: 'each wait' })
  cluster = clusterWord()
  yes = Option.Boolean('-y,--yes', false, { description: 'Do not ask for confirmation' })
  dryRun = dryRunOption()
  report = reportOption()

  /** Shows what is to go and asks, then deletes it; answers the exit code. */
  protected destroy(options: DestroyOptions): Promise<number> {
    const { timeout, yes, dryRun } = this
    return runInSession(this, { fixtures: {}, dryRun, asks: !yes }, (settings) =>
      destroyCluster(options, { ...settings, timeout }),
    )
  }
}
