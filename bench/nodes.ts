/** The Nodes that users have: the one that runs this, and what the npm registry has of the others. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const majors = [20, 22, 24]

/** The program of each, by its major version. What cannot be installed is missing, and said. */
export async function installNodes(folder: string): Promise<Map<number, string>> {
  const own = Number(process.versions.node.split('.')[0])
  const found = await Promise.all(
    majors.map(async (major) => [major, major === own ? process.execPath : await installed(folder, major)] as const),
  )
  return new Map(found.flatMap(([major, program]) => (program === undefined ? [] : [[major, program] as const])))
}

async function installed(folder: string, major: number): Promise<string | undefined> {
  const directory = join(folder, `node-${major}`)
  mkdirSync(directory)
  writeFileSync(join(directory, 'package.json'), '{ "private": true }')
  const words = ['install', '--prefer-offline', '--no-audit', '--no-fund', `node@${major}`]
  try {
    await promisify(execFile)('npm', words, { cwd: directory, shell: process.platform === 'win32' })
    const program = join(directory, 'node_modules/node/bin/node')
    await promisify(execFile)(program, ['--version'])
    return program
  } catch (error) {
    console.log(`Node ${major} is not there: ${(error as Error).message.split('\n')[0]}`)
    return undefined
  }
}
