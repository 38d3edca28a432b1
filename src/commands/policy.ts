// The command `policy` of a class prints the least IAM policy that deploys it, or says what of that the caller lacks.
import { Command, Option } from 'clipanion'
import { exitCodeOf } from '../ground/exitCode.ts'
import { policyText } from '../output/policyText.ts'
import { checkPolicy } from '../deploy/policy/check.ts'
import { readCaller } from '../deploy/policy/place.ts'
import { policyOf } from '../deploy/policy/policy.ts'
import { ClassCommand, filesOption } from './files/classCommand.ts'
import { lockOption } from './options/sharedOptions.ts'
import { localFixtures } from './program/localFixtures.ts'
import { jsonText, printResult } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'
import { declaredIn } from './program/runDefinitionCommand.ts'

export class PolicyCommand extends ClassCommand {
  static override paths = [['policy']]
  static override usage = Command.Usage({
    description: 'Print the IAM policy that a deploy needs',
    details: `
      Prints the least IAM policy that deploys the classes, as JSON. It has names instead of wildcards wherever AWS does. Asks STS
      for the account. With --check, asks IAM which of these permissions the caller lacks. Exits with 0 if none, with 2 otherwise,
      also if IAM can't say.
    `,
    examples: [
      ['Print the policy', '$0 policy'],
      ['Show what the caller lacks', '$0 policy --check'],
    ],
  })

  check = Option.Boolean('--check', false, { description: 'Show which of these permissions the caller lacks' })
  lock = lockOption()
  files = filesOption()

  protected override async perform(): Promise<number> {
    const { lock } = this
    const declared = declaredIn(this.context).definitions
    const definitions = declared.map((one) => (lock === undefined ? one : { ...one, lock }))
    const { policy, found } = await readInSession(this, localFixtures(definitions), async ({ aws, place }) => {
      const caller = await readCaller(aws)
      const region = (await place())?.region ?? ''
      const least = policyOf(definitions, { ...caller, region })
      return { policy: least, found: this.check ? await checkPolicy(aws, least, { caller, region }) : undefined }
    })
    if (!found) {
      this.context.stdout.write(jsonText(policy))
      return exitCodeOf('succeeded')
    }
    printResult(this, found, policyText)
    const { lacking, undecided, unread } = found
    const isComplete = lacking.length === 0 && undecided.length === 0 && unread === undefined
    return exitCodeOf(isComplete ? 'succeeded' : 'refused')
  }
}
