// The command `lock release` takes locks away from their holders.
import { Command, Option } from 'clipanion'
import { EcsTaskError } from '../../ground/errors.ts'
import { holderIn } from '../../deploy/lock/holder.ts'
import { type FoundLock, releaseLock } from '../../deploy/lock/status.ts'
import { locksText } from '../../output/locksText.ts'
import { parsed } from '../options/composedOption.ts'
import { nonEmpty } from '../options/optionValues.ts'
import { filesOption } from '../files/classCommand.ts'
import { LockCommand } from '../look/lockCommand.ts'
import { agreedTo } from '../program/confirm.ts'
import { printResult } from '../program/printResult.ts'

export class LockReleaseCommand extends LockCommand {
  static override paths = [['lock', 'release']]
  static override usage = Command.Usage({
    description: 'Release locks that other runs hold',
    details: `
      A run whose lock is released writes nothing more, not even to put things back, and says who released it and why. Other
      runs may take the lock once that run has noticed, after a minute at the latest. No need to release the lock of a run that
      was killed: the next run takes it over a minute after the last renewal. Asks first; without a terminal, pass --yes.
    `,
    examples: [['Release the locks of a class', '$0 lock release --lock s3://my-bucket/locks -y']],
  })

  message = parsed(
    Option.String('-m,--message', { description: 'Why; shown by the run that loses the lock' }),
    nonEmpty('--message'),
  )
  yes = Option.Boolean('-y,--yes', false, { description: 'Do not ask for confirmation' })
  files = filesOption()

  protected override async perform(): Promise<number> {
    const { message, context } = this
    const by = holderIn(context.env).name
    const locks = await this.found(async (found, aws, now) => {
      await this.confirm(found)
      return Promise.all(found.map((one) => releaseLock(aws, one, { by, now: now(), message })))
    })
    printResult(this, { locks }, locksText)
    return 0
  }

  private async confirm(found: readonly FoundLock[]): Promise<void> {
    const taken = found.filter(({ status }) => status.state !== 'free').map(({ status }) => status)
    if (this.yes || taken.length === 0) return
    this.context.stderr.write(locksText({ locks: taken }, { color: false, columns: Infinity }))
    if (await agreedTo(this.context, 'Release it?')) return
    throw new EcsTaskError('BadArguments', 'It was not confirmed.', { fix: 'Look first with: ecs-task lock status' })
  }
}
