// Reads files that people write by hand or with other tools.
import { readFileSync } from 'node:fs'
import { EcsTaskError } from './errors.ts'

/** The text of a file in UTF-8. Throws where it is UTF-16, which PowerShell's `>` writes: every sign of it would be wrong. */
export function readText(file: string): string {
  const bytes = readFileSync(file)
  if (isUtf16(bytes)) throw new Error('it is UTF-16; save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)')
  return bytes.toString('utf8')
}

/** The same of a file that a person has named: throws `BadArguments` where it cannot be read. */
export function readNamed(file: string): string {
  if (file.trim() === '') {
    throw new EcsTaskError('BadArguments', 'The name of a file is empty.', {
      fix: 'Give it a value; a variable in it may not be set.',
    })
  }
  try {
    return readText(file)
  } catch (error) {
    throw new EcsTaskError('BadArguments', `${file} cannot be read.`, { why: (error as Error).message, cause: error })
  }
}

/** By its mark of byte order, or else by a first letter of which one byte is 0. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0
}
