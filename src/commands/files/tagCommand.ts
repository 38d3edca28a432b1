// What the commands of a class and an image tag have in common.
import { Option } from 'clipanion'
import { quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { ClassCommand } from './classCommand.ts'

export abstract class TagCommand extends ClassCommand {
  tag = Option.String({ name: 'TAG' })

  override async execute(): Promise<number> {
    this.requireTag()
    return super.execute()
  }

  /** Refuses a file in the place of the tag, where the program is given files alone. */
  private requireTag(): void {
    const { tag, files, context, path } = this
    if (context.declared.length > 0 || files.length > 0 || !/\.[cm]?[jt]s$/.test(tag)) return
    throw new EcsTaskError('BadArguments', 'No image tag given.', {
      fix: `Put the tag before the file: ${path.join(' ')} TAG ${quoted(tag)}`,
    })
  }
}
