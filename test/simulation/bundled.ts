import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Plugin, build } from 'esbuild'

/** A program in one file of its own, until it is removed. */
interface Bundled {
  readonly path: string
  remove(): Promise<void>
}

/**
 * Puts a program of ours and all that it imports into one file of plain JavaScript. What tsx makes of it gives every
 * function its name each time one is created, which takes a quarter of the time of a seed.
 */
export async function bundled(program: string, plugins: Plugin[] = []): Promise<Bundled> {
  const folder = await mkdtemp(join(tmpdir(), 'simulation-'))
  const path = join(folder, 'program.mjs')
  const remove = (): Promise<void> => rm(folder, { recursive: true })
  await build({
    entryPoints: [program],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    plugins,
    // The engine loads the SDK and the YAML parser only where it needs them, which it never does here.
    external: ['@aws-sdk/*', '@smithy/*', 'yaml'],
    logLevel: 'silent',
  }).catch(async (error: unknown) => {
    await remove()
    throw error
  })
  return { path, remove }
}
