// What the commands of a class and an image tag have in common.
import { existsSync } from 'node:fs'
import { Option } from 'clipanion'
import { quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { ClassCommand } from './classCommand.ts'
import { isFile } from './filesLast.ts'

export abstract class TagCommand extends ClassCommand {
  tag = Option.String({ name: 'TAG' })

  override async execute(): Promise<number> {
    this.requireTag()
    return super.execute()
  }

  /** Refuses a file in the place of the tag, where the program is given files alone. */
  private requireTag(): void {
    const { tag, files, context, path } = this
    if (context.declared.length > 0 || !/\.[cm]?[jt]s$/.test(tag)) return
    const [meant, ...others] = files.filter((word) => !isFile(word) && !existsSync(word))
    // What is called like a file may be a tag where everything else is a file.
    if (files.length > 0 && (meant === undefined || others.length > 0)) return
    const words = [meant ?? 'TAG', tag, ...files.filter((word) => word !== meant)]
    throw new EcsTaskError(
      'BadArguments',
      meant === undefined ? 'No image tag given.' : 'The tag is behind the file.',
      {
        fix: `Put the tag before the file: ${[...path, ...words.map(quoted)].join(' ')}`,
      },
    )
  }
}
