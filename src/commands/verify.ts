// The command `verify` of a class says what AWS would only say in the middle of a deploy.
import { Command } from 'clipanion'
import type { Definition } from '../definition/definition.ts'
import { sameAws } from '../ground/command.ts'
import { redactor } from '../definition/secrets/redact.ts'
import { definitionFindings, updatedTwice } from '../deploy/verify/definitionFindings.ts'
import { subjectsOf } from '../deploy/verify/subject.ts'
import { verify, verifyOffline } from '../deploy/verify/verify.ts'
import { filesOption } from './files/classCommand.ts'
import { TagCommand } from './files/tagCommand.ts'
import { localFixtures } from './program/localFixtures.ts'
import { printVerification } from './program/printResult.ts'
import { readInSession } from './program/readInSession.ts'
import { declaredIn } from './program/runDefinitionCommand.ts'
import { offlineOption } from './options/sharedOptions.ts'

export class VerifyCommand extends TagCommand {
  static override paths = [['verify']]
  static override usage = Command.Usage({
    description: 'Find what would make a deploy fail',
    details: `
      Looks for everything that AWS would only say in the middle of a deploy: images, roles, secrets, log groups, networks, target
      groups, room and more. Shows all findings, each with what to do. Reads only. A check without permission says which one is
      missing. Exits with 0 without errors, with 2 otherwise.
    `,
    examples: [
      ['Verify a tag', '$0 verify v1.2.3'],
      ['Check only what needs no account', '$0 verify v1.2.3 --offline'],
      ['Verify, then deploy', '$0 deploy v1.2.3 --verify'],
    ],
  })

  offline = offlineOption()
  files = filesOption()

  protected override async perform(): Promise<number> {
    const { tag, offline, context } = this
    let definitions: readonly Definition[]
    try {
      definitions = declaredIn(context).definitions
    } catch (error) {
      return printVerification(this, definitionFindings(error))
    }
    const subjects = subjectsOf(definitions, tag)
    const found = offline
      ? await verifyOffline(subjects)
      : await readInSession(this, localFixtures(definitions), ({ transport, clock }) =>
          verify(subjects, { transport, clock, env: context.env, isLocal: this.local }),
        )
    const all = { ...found, findings: [...updatedTwice(definitions), ...found.findings] }
    return printVerification(this, redactor(definitions, { names: [tag], sameAws: sameAws(this) })(all))
  }
}
