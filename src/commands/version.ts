// `ecs-task version` prints its version, and with --json what a report of a bug needs beside it.
import process from 'node:process'
import { Command, Option } from 'clipanion'
import { versionOf } from './program/approval.ts'
import { SayingCommand } from './program/command.ts'
import { jsonText } from './program/printResult.ts'

export class VersionCommand extends SayingCommand {
  static override paths = [['version']]
  static override usage = Command.Usage({
    description: 'Print the version',
    details: `
      Prints the version alone. With --json also Node's, the operating system and the processor's architecture: add it to a
      report of a bug. Calls no AWS.
    `,
    examples: [['For a report of a bug', '$0 version --json']],
  })

  json = Option.Boolean('--json', false, { description: 'Print JSON on stdout' })

  override async execute(): Promise<number> {
    const version = versionOf(this)
    const { platform, arch, versions } = process
    this.context.stdout.write(this.json ? jsonText({ version, node: versions.node, platform, arch }) : `${version}\n`)
    return 0
  }
}
