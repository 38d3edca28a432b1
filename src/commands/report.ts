// `ecs-task report` turns the log of a run into a page.
import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Command, Option } from 'clipanion'
import { quoted } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { readNamed } from '../ground/readText.ts'
import { parsed } from './options/composedOption.ts'
import { nonEmpty } from './options/optionValues.ts'
import { checkNotRead } from './options/outputFile.ts'
import { loadReport } from './ci/loadReport.ts'
import { SayingCommand } from './program/command.ts'

export class ReportCommand extends SayingCommand {
  static override paths = [['report']]
  static override usage = Command.Usage({
    description: 'Turn the log of a run into a page',
    details: `
      Reads what --json of a run has printed, and writes what --report of that run would have written: one HTML file that needs
      no network. Calls no AWS.
    `,
    examples: [
      ['Record a run', '$0 deploy v1.2.3 _ecs/web.ts --json > run.jsonl'],
      ['Turn it into a page', '$0 report run.jsonl'],
    ],
  })

  file = Option.String({ name: 'LOG' })
  out = parsed(
    Option.String('--out', { description: 'The HTML file to write [RUN.html, in this folder]' }),
    nonEmpty('--out'),
  )

  override async execute(): Promise<number> {
    const { file, out = `${basename(file).replace(/\.\w+$/, '')}.html`, context } = this
    const { collecting, readEvents, reportPage } = await loadReport()
    const { events, remark } = readEvents(readNamed(file), file)
    checkNotRead('--out', out, [file])
    const { hear, collected } = collecting()
    events.forEach(hear)
    try {
      writeFileSync(out, reportPage(collected(), { remark }))
    } catch (error) {
      throw new EcsTaskError('BadArguments', 'The report cannot be written.', {
        why: (error as Error).message,
        cause: error,
      })
    }
    context.stdout.write(`${quoted(out)}\n`)
    return 0
  }
}
