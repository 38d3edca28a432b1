// What the commands of a class have in common: run by the class's file itself, or by ecs-task with files.
import { Option } from 'clipanion'
import { BaseCommand } from '../program/command.ts'
import { choiceOptions } from '../options/sharedOptions.ts'
import { withDefinitions } from './definitionFiles.ts'
import { selected } from './selected.ts'

export abstract class ClassCommand extends BaseCommand {
  /** The words that no other option takes, so each command declares it last. */
  abstract readonly files: readonly string[]
  choice = choiceOptions()

  override async execute(): Promise<number> {
    this.context = selected(await withDefinitions(this.context, this.classFiles()), this.choice)
    return this.perform()
  }

  /** The files that were named. */
  protected classFiles(): readonly string[] {
    return this.files
  }

  /** Answers with the process's exit code. */
  protected abstract perform(): Promise<number>
}

/** The files whose classes a command is about. */
export const filesOption = (): string[] => Option.Rest({ name: 'FILE' })
