// The command `lock status` shows who holds the locks of services.
import { Command } from 'clipanion'
import { locksText } from '../../output/locksText.ts'
import { filesOption } from '../files/classCommand.ts'
import { LockCommand } from '../look/lockCommand.ts'
import { printResult } from '../program/printResult.ts'

export class LockStatusCommand extends LockCommand {
  static override paths = [['lock', 'status']]
  static override usage = Command.Usage({
    description: 'Show who holds the locks of services',
    details: `
      Shows of each lock whether it is free, its holder, what the holder runs and since when, and where the run can be seen. Of
      a free lock it shows who held it last, and who released it and why. Reads only.
    `,
    examples: [
      ['Show the locks of a class', '$0 lock status --lock s3://my-bucket/locks'],
      ['Show the lock of a service', '$0 lock status --lock s3://my-bucket/locks --cluster prod --service web'],
    ],
  })

  files = filesOption()

  protected override async perform(): Promise<number> {
    const locks = await this.found(async (found) => found.map(({ status }) => status))
    printResult(this, { locks }, locksText)
    return 0
  }
}
