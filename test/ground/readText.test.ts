import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ecsTask } from '../commands/inProcess.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'ecs-task-text-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const encodings: readonly [string, (text: string) => Buffer][] = [
  ['as PowerShell writes it', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['with the other order of bytes', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
]
const says = 'it is UTF-16; save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)'

describe.each(encodings)('a file in UTF-16, %s, is called that', (_how, encoded) => {
  it.each([
    ['td.json', '{"family": "web"}', ['run', '-c', 'c', '--task-definition-file']],
    ['stack.yml', 'services: {}', ['cluster', 'diff', 'c', '-f']],
    ['web.ts', 'export const x = 1', ['deploy', 'v1']],
  ])('%s', async (name, text, words) => {
    const file = join(folder, name)
    writeFileSync(file, encoded(text))
    const { exitCode, stderr } = await ecsTask([...words, file, '--region', 'us-east-1'])
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(says)])
  })
})
