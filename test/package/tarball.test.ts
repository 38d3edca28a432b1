import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const folder = mkdtempSync(join(tmpdir(), 'ecs-task-tarball-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What the tarball of a folder with these files has in it. */
function packed(files: readonly string[]): string[] {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const answer = execFileSync('npm', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const [{ files: inside }]: [{ files: { path: string }[] }] = JSON.parse(answer)
  return inside.map(({ path }) => path)
}

test('the tarball has what runs, its types, its notices, its pages and the templates, and neither sources nor source maps', () => {
  const wanted = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    '_ecs/web_dev.ts',
    'dist/THIRD-PARTY-NOTICES.txt',
    'dist/cli.cjs',
    'dist/engine/run.d.ts',
    'dist/index.d.cts',
    'dist/index.d.ts',
    'dist/local.cjs',
    'docs/security.md',
    'package.json',
    'templates/stack.yml',
    'templates/web.ts',
  ]
  const unwanted = [
    '.env',
    '.github/workflows/ci.yml',
    '.ecs-task/local.json',
    'dist/cli.cjs.map',
    'dist/engine/run.d.ts.map',
    'dist/engine/run.ts',
    'dist/local.cjs.map',
    'dist/meta.json',
    'src/cli.ts',
    'test/handClock.ts',
  ]
  expect(packed([...wanted, ...unwanted]).toSorted()).toEqual(wanted)
})

test('it is published with provenance only, which nobody can make outside of the release workflow', () => {
  expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true })
})

test('nothing of it runs when it is installed', () => {
  const atInstall = ['preinstall', 'install', 'postinstall']
  expect(Object.keys(manifest.scripts).filter((name) => atInstall.includes(name))).toEqual([])
})
