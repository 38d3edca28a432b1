// The command `debug` of a class prints the definition as JSON.
import { Command } from 'clipanion'
import { redactor } from '../definition/secrets/redact.ts'
import { ClassCommand, filesOption } from './files/classCommand.ts'
import { jsonText } from './program/printResult.ts'
import { declaredIn } from './program/runDefinitionCommand.ts'

export class DebugCommand extends ClassCommand {
  static override paths = [['debug']]
  static override usage = Command.Usage({
    description: 'Print the definition as JSON',
    details: `
      Prints what the class declares, with inheritance applied and checked. Does not call AWS. Hides values that look secret.
    `,
    examples: [['Print the definition', '$0 debug']],
  })

  files = filesOption()

  protected override async perform(): Promise<number> {
    const { definitions } = declaredIn(this.context)
    const redact = redactor(definitions)
    const shown = definitions.map(({ taskDefinition, updateServices, runTasks, eventTargets, schedules }) =>
      redact({ taskDefinition, updateServices, runTasks, eventTargets, schedules }),
    )
    const named = Object.fromEntries(definitions.map(({ name }, index) => [name, shown[index]]))
    this.context.stdout.write(jsonText(shown.length === 1 ? shown[0] : named))
    return 0
  }
}
