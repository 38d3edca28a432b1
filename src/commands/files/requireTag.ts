// Says that the tag was left out, where a file stands in its place.
import { quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'

/** `command` takes a tag and then files. */
export function requireTag(command: string, tag: string, isFileNamed: boolean): void {
  if (isFileNamed || !/\.[cm]?[jt]s$/.test(tag)) return
  throw new EcsTaskError('BadArguments', 'No image tag given.', {
    fix: `Put the tag before the file: ${command} TAG ${quoted(tag)}`,
  })
}
