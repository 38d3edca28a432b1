// The command `lock release` takes locks away from their holders.
import { Command, Option } from 'clipanion'
import { EcsTaskError } from '../ground/errors.ts'
import { holderIn } from '../lock/holder.ts'
import { type FoundLock, releaseLock } from '../lock/status.ts'
import { locksText } from '../output/locksText.ts'
import { parsed } from './options/composedOption.ts'
import { nonEmpty } from './options/optionValues.ts'
import { filesOption } from './files/classCommand.ts'
import { LockCommand } from './lock/lockCommand.ts'
import { agreedTo } from './program/confirm.ts'
import { printResult } from './program/printResult.ts'

export class LockReleaseCommand extends LockCommand {
  static override paths = [['lock', 'release']]
  static override usage = Command.Usage({
    description: 'Release the locks of services, whoever holds them',
    details: `
      Takes the locks away from their holder. A run that has lost its lock writes nothing more, not even to put things back, and
      says who released it and why. Others may take the lock once the run has noticed, at the latest after a minute. A lock whose
      holder has died needs none of this: the next run takes it over after a minute.
      Asks first; without a terminal, pass --yes.
    `,
    examples: [
      ['Release the locks of a class', "$0 lock release --message 'the runner hangs'"],
      [
        'Release the lock of a service',
        '$0 lock release --lock s3://my-bucket/locks --cluster prod --service web --yes',
      ],
    ],
  })

  message = parsed(
    Option.String('-m,--message', { description: 'Why: the run that loses the lock is told' }),
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
    if (await agreedTo(this.context, 'Take the lock away?')) return
    throw new EcsTaskError('BadArguments', 'It was not confirmed.', { fix: 'Look first with: ecs-task lock status' })
  }
}
