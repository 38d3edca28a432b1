import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))

/**
 * What the compiler has to say of this folder; a line that must not compile and does is an error, too. It also compiles
 * the package's source, which users never do, so what it says of other folders is left out.
 */
async function diagnostics(...options: string[]): Promise<string[]> {
  const run = promisify(execFile)('node', [tsc, '--noEmit', '--project', '.', ...options], { cwd: folder })
  const { stdout } = await run.catch((failed: { stdout: string }) => failed)
  return stdout.split('\n').filter((line) => /^(?!\.\.)\S/.test(line))
}

it('what must compile does, and what must not does not', async () => {
  expect(await diagnostics()).toEqual([])
})

it('so it is in a project without exact optional property types', async () => {
  expect(await diagnostics('--exactOptionalPropertyTypes', 'false')).toEqual([])
})

it('so it is in a project that is bundled', async () => {
  expect(await diagnostics('--module', 'esnext', '--moduleResolution', 'bundler')).toEqual([])
})
