// Refuses a file in the place of an image tag.
import { quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Context } from '../program/command.ts'

/** Throws where the program is given files alone. */
export function requireTag(
  command: string,
  { tag, files, context }: { readonly tag: string; readonly files: readonly string[]; readonly context: Context },
): void {
  if (context.declared.length > 0 || files.length > 0 || !/\.[cm]?[jt]s$/.test(tag)) return
  throw new EcsTaskError('BadArguments', 'No image tag given.', {
    fix: `Put the tag before the file: ${command} TAG ${quoted(tag)}`,
  })
}
