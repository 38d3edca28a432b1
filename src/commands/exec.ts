// The command `exec` runs a command in a container of a running task, in this terminal.
import { Command, Option } from 'clipanion'
import { openExec } from '../deploy/look/openExec.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { wantsColor } from '../output/color.ts'
import { printedLines } from '../output/line.ts'
import { shortId } from '../output/phrases.ts'
import { filesOption } from './files/classCommand.ts'
import { LookCommand } from './look/lookCommand.ts'
import { parsed } from './options/composedOption.ts'
import { nonEmpty } from './options/optionValues.ts'
import { readInSession } from './program/readInSession.ts'
import { runPlugin, sessionPlugin } from './look/sessionPlugin.ts'
import { commandAfterDashes } from './options/dashes.ts'

export class ExecCommand extends LookCommand {
  static override paths = [['exec']]
  static override usage = Command.Usage({
    description: 'Run a command in a container of a running task',
    details: `
      Runs what stands behind -- in the newest running task, through ECS Exec and AWS's session-manager-plugin, in this terminal.
      Checks first that the plugin is installed and that ECS Exec is on. Exits with the plugin's exit code, which is not that
      of the command.
    `,
    examples: [
      ['Open a shell', '$0 exec --cluster prod --service web -- /bin/sh'],
      ['Look into one container of one task', '$0 exec --cluster prod --task 0123abcd --container web -- ls -l /tmp'],
    ],
  })

  task = parsed(
    Option.String('--task', { description: 'Its ARN, id, or the beginning of the id [the newest]' }),
    nonEmpty('--task'),
  )
  container = parsed(
    Option.String('--container', { description: 'The container [the only one, or the only essential one]' }),
    nonEmpty('--container'),
  )
  files = filesOption()

  protected override classFiles(): readonly string[] {
    return this.files.slice(0, this.files.length - commandAfterDashes(this.context.argv).length)
  }

  override async execute(): Promise<number> {
    // A command without the dashes would pass for files.
    if (commandAfterDashes(this.context.argv).length > 0) return super.execute()
    throw new EcsTaskError('BadArguments', 'No command given.', { fix: 'Put it behind --, as in: -- /bin/sh' })
  }

  protected override async perform(): Promise<number> {
    const { task, container, context, json } = this
    const command = commandAfterDashes(context.argv)
    if (json) throw new EcsTaskError('BadArguments', 'exec prints what the command prints, and no JSON.')
    const plugin = sessionPlugin(context)
    const asked = this.asked()
    const opened = await readInSession(this, this.fixtures(asked), async ({ aws, endpoint }) => ({
      ...(await openExec(aws, asked, { task, container, command })),
      endpoint: await endpoint(),
    }))
    const where = `Connecting to ${opened.container} in ${opened.of}/${shortId(opened.taskArn)}`
    if (!this.saying.quiet) {
      context.stderr.write(printedLines([[['dim', where]]], { color: wantsColor(context.env, context.stderr) }))
    }
    return runPlugin(plugin, { ...opened, profile: this.profile ?? context.env['AWS_PROFILE'] ?? '' }, context)
  }
}
