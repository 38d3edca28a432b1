// What the commands of a class and an image tag have in common.
import { existsSync } from 'node:fs'
import { Option } from 'clipanion'
import { quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { ClassCommand } from './classCommand.ts'
import { isFile, isSourceName } from '../options/filesLast.ts'

export abstract class TagCommand extends ClassCommand {
  tag = Option.String({ name: 'TAG' })

  override async execute(): Promise<number> {
    this.requireTag()
    return super.execute()
  }

  /** Refuses a file in the place of the tag, where the program is given files alone. */
  private requireTag(): void {
    const { tag, files, context, path } = this
    const isThere = existsSync(tag)
    if (context.declared.length > 0 || !(isThere || isSourceName(tag))) return
    const [behind, ...more] = files.filter((word) => !isFile(word) && !existsSync(word))
    const isBehind = behind !== undefined && more.length === 0
    // What is called like a file and is none may be a tag, and so may the name of a folder.
    if (files.length > 0 && !isBehind && !(isThere && isFile(tag))) return
    const words = [isBehind ? behind : 'TAG', tag, ...files.filter((word) => !isBehind || word !== behind)]
    throw new EcsTaskError('BadArguments', isBehind ? 'The tag is behind the file.' : 'No image tag given.', {
      fix: `Put the tag before the file: ${[...path, ...words.map(quoted)].join(' ')}`,
    })
  }
}
