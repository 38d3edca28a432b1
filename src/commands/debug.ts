import { Command } from 'clipanion'
import { BaseCommand, declaredIn } from './program/command.ts'
import { readAll } from '../definition/read.ts'
import { redactor } from '../definition/secrets/redact.ts'
import { visibleJson } from '../ground/visible.ts'

export class DebugCommand extends BaseCommand {
  static override paths = [['debug']]
  static override usage = Command.Usage({
    description: 'Print the definition as JSON',
    details:
      'Prints what the class declares, inheritance applied and checked, without a look at AWS. Values that look secret are hidden.',
    examples: [['Print the definition', '$0 debug']],
  })

  override async execute(): Promise<number> {
    const definitions = readAll(declaredIn(this.context)).map(({ definition }) => definition)
    const redact = redactor(definitions)
    const shown = definitions.map(({ taskDefinition, updateServices, runTasks, eventTargets }) =>
      redact({ taskDefinition, updateServices, runTasks, eventTargets }),
    )
    const named = Object.fromEntries(definitions.map(({ name }, index) => [name, shown[index]]))
    this.context.stdout.write(`${visibleJson(JSON.stringify(shown.length === 1 ? shown[0] : named, undefined, 2))}\n`)
    return 0
  }
}
