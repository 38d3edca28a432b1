// `ecs-task completion` prints what a shell sources to complete command lines, and answers what that script asks.
import { Command, Option } from 'clipanion'
import { EcsTaskError } from '../ground/errors.ts'
import { parsed } from './options/composedOption.ts'
import { nonEmpty } from './options/optionValues.ts'
import { shells } from './options/valueKinds.ts'
import { SayingCommand, sayingOptions } from './program/command.ts'
import { answerText } from './shell/answerText.ts'
import { awsNames } from './shell/awsNames.ts'
import { completionOf } from './shell/completionOf.ts'
import { scripts } from './shell/scripts.ts'

export class CompletionCommand extends SayingCommand {
  static override paths = [['completion']]
  static override usage = Command.Usage({
    description: 'Print a script that completes commands in bash, zsh or fish',
    details: `
      Completes commands, options, values, files, and names of clusters and services. It reads names from AWS for at most 1.5
      seconds, never asks for an MFA code, and remembers them for a minute.

      - bash: add \`source <(ecs-task completion bash)\` to ~/.bashrc.

      - zsh: add \`source <(ecs-task completion zsh)\` to ~/.zshrc, after compinit.

      - fish: add \`ecs-task completion fish | source\` to ~/.config/fish/config.fish.

      bash 3.2, as macOS has it, needs \`eval "$(ecs-task completion bash)"\` instead.
    `,
    examples: [
      ['Print the script for bash', '$0 completion bash'],
      ['Print the script for fish', '$0 completion fish'],
    ],
  })

  // The word that is to be completed may have no letter yet.
  override saying = sayingOptions({ takingEmpty: ['--word'] })
  shell = parsed(Option.String({ name: 'SHELL' }), nonEmpty('SHELL'))
  /** What the script asks: the words up to the cursor, without that of the program. */
  words = Option.Array('--word', { hidden: true, arity: 1 })

  override async execute(): Promise<number> {
    const { words, context } = this
    const shell = shells.find((one) => one === this.shell)
    if (shell === undefined) {
      throw new EcsTaskError('BadArguments', `There is no completion for ${this.shell}.`, {
        fix: `Choose one of ${shells.join(', ')}.`,
      })
    }
    if (words === undefined) context.stdout.write(scripts[shell])
    else {
      const completion = await completionOf(words, context, (asked) => awsNames(asked, { env: context.env }))
      context.stdout.write(answerText(completion, shell))
    }
    return 0
  }
}
