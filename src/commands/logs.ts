// The command `logs` shows what containers log to CloudWatch Logs, across tasks.
import type { TaskDefinition } from '@aws-sdk/client-ecs'
import { Command, Option } from 'clipanion'
import type { LogLine } from '../deploy/look/logReader.ts'
import { readLogs } from '../deploy/look/readLogs.ts'
import type { Asked } from '../deploy/look/selection.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { exitCodeOf, signalOf } from '../ground/exitCode.ts'
import { visibleInLine, visibleJson } from '../ground/visible.ts'
import { wantsColor } from '../output/color.ts'
import { type Line, printedLines } from '../output/line.ts'
import { logTexts } from '../output/look/logText.ts'
import { filesOption } from './files/classCommand.ts'
import { LookCommand } from './look/lookCommand.ts'
import { parsed } from './options/composedOption.ts'
import { duration, nonEmpty } from './options/optionValues.ts'
import { interruption } from './program/interruption.ts'
import { readInSession } from './program/readInSession.ts'
import { writing } from './look/writing.ts'

export class LogsCommand extends LookCommand {
  static override paths = [['logs']]
  static override usage = Command.Usage({
    description: 'Show the logs of all tasks',
    details: `
      Shows what the containers of services and one-off tasks log to CloudWatch Logs (log driver awslogs), in the order of
      time. Reads only. With --follow it goes on, also with the new tasks of a rollout, until Ctrl-C, which ends it with 0.
    `,
    examples: [
      ['Follow a rollout', '$0 logs -f'],
      ['Look for errors of the last hour', '$0 logs --cluster prod --service web --since 1h --grep ERROR'],
      ['See why tasks stopped', '$0 logs --previous'],
    ],
  })

  follow = Option.Boolean('-f,--follow', false, { description: 'Go on, also with new tasks' })
  since = parsed(
    Option.String('--since', '10m', { description: 'How old lines may be: 90s, 10m, 24h [10m]' }),
    duration('--since'),
  )
  container = parsed(
    Option.String('--container', { description: 'Only this container [all]' }),
    nonEmpty('--container'),
  )
  previous = Option.Boolean('--previous', false, { description: 'Tasks that have stopped, instead of those that run' })
  grep = parsed(Option.String('--grep', { description: 'Only lines with this text, as it is' }), nonEmpty('--grep'))
  files = filesOption()

  protected override async perform(): Promise<number> {
    const { follow, since, container, previous, context } = this
    if (follow && previous) {
      throw new EcsTaskError('BadArguments', 'It takes one of --follow and --previous.', {
        fix: 'A task that has stopped logs nothing more.',
      })
    }
    const asked = this.asked()
    const interrupted = interruption(context)
    const output = writing(context.stdout, interrupted.signal)
    const { signal } = output
    const { line, learned } = this.printing(asked, output.write)
    const note = (sentence: string): void => {
      const text: Line = [['yellow', `! ${this.redactor(asked, [])(sentence)}`]]
      context.stderr.write(printedLines([text], { color: wantsColor(context.env, context.stderr) }))
    }
    try {
      await readInSession(this, this.fixtures(asked), (session) =>
        readLogs(session, asked, { follow, since, container, previous }, { line, learned, note }, signal),
      )
      return 0
    } catch (error) {
      if (!signal.aborted || error !== signal.reason) throw error
      const lost = output.error()
      if (lost) return lost.code === 'EPIPE' ? 0 : exitCodeOf('refused')
      if (follow && signalOf(error) === 'SIGINT') return 0
      throw error
    } finally {
      interrupted.end()
      output.end()
    }
  }

  /** What prints the lines that are wanted, without the secrets that are known by then. */
  private printing(
    asked: Asked,
    write: (text: string) => Promise<void>,
  ): {
    readonly line: (line: LogLine) => Promise<void>
    readonly learned: (taskDefinition: TaskDefinition) => void
  } {
    const { json, grep, context } = this
    const text = logTexts({ color: wantsColor(context.env, context.stdout) })
    const found: { taskDefinition: TaskDefinition }[] = []
    let withoutSecrets = this.redactor(asked, found)
    return {
      learned: (taskDefinition) => {
        if (found.some((one) => one.taskDefinition === taskDefinition)) return
        found.push({ taskDefinition })
        withoutSecrets = this.redactor(asked, found)
      },
      line: async ({ source, at, message: logged }) => {
        const message = withoutSecrets(logged)
        const isWanted = grep === undefined || message.includes(grep) || visibleInLine(message).includes(grep)
        if (!isWanted) return
        const { of, taskArn, container } = source
        const data = { of, taskArn, container, loggedAt: new Date(at).toISOString(), message }
        await write(json ? `${visibleJson(JSON.stringify(data))}\n` : text({ source, message }))
      },
    }
  }
}
