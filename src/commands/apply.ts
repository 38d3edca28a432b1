// `ecs-task apply` does what a saved plan shows, and nothing else.
import { Command, Option } from 'clipanion'
import { EcsTaskError } from '../ground/errors.ts'
import { readPlan } from './program/savedPlan.ts'
import { versionOf } from './program/approval.ts'
import { BaseCommand } from './program/command.ts'
import { parsed } from './options/composedOption.ts'
import { checkNotRead } from './options/outputFile.ts'
import { lockOptions, reportOption } from './options/sharedOptions.ts'

export class ApplyCommand extends BaseCommand {
  static override paths = [['apply']]
  static override usage = Command.Usage({
    description: 'Apply a saved plan',
    details: `
      Does what a plan shows that --plan-out of deploy, rollback, service update or cluster deploy has saved. Runs the same
      command with the same files, which must still say the same. Refuses if anything that the plan was made from has changed
      since (a service, a revision, a class, the account, the region), and names it.
    `,
    examples: [
      ['Save a plan', '$0 deploy v1.2.3 _ecs/web.ts --plan-out plan.json'],
      ['Apply it', '$0 apply plan.json'],
    ],
  })

  file = Option.String({ name: 'PLAN' })
  digest = parsed(
    Option.String('--digest', { description: 'Apply only a plan with this digest: sha256:…' }),
    (text: string) => {
      if (/^sha256:[\da-f]{64}$/.test(text)) return text
      throw new EcsTaskError('BadArguments', `--digest must be sha256: and 64 hexadecimal digits, not ${text}.`)
    },
  )

  locking = lockOptions()
  report = reportOption()

  override async execute(): Promise<number> {
    const { lock, waitForLock } = this.locking
    const { file, digest, report, region, profile, local, json, saying, context } = this
    const approved = readPlan(file, { digest, version: versionOf(this) })
    checkNotRead('--report', report, [file])
    // The last of an option counts.
    const own = [
      ...(region === undefined ? [] : ['--region', region]),
      ...(profile === undefined ? [] : ['--profile', profile]),
      ...(lock === undefined ? [] : ['--lock', lock]),
      ...(waitForLock === undefined ? [] : ['--wait-for-lock', `${waitForLock / 1000}s`]),
      ...(local ? ['--local'] : []),
      ...(report === undefined ? [] : ['--report', report]),
      json ? '--json' : '--no-json',
      saying.quiet ? '--quiet' : '--no-quiet',
      saying.verbose ? '--verbose' : '--no-verbose',
    ]
    return context.again([...approved.words, ...own], { approved })
  }
}
