// `npm run pictures` records a deploy and a failing one on a terminal, as a user types them, and writes what the terminal shows
// at the end to docs/images/, light and dark. Needs `script` of util-linux. The local AWS decides how long things take and what they are
// called, so two recordings differ in times and ids, and in nothing else.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { screenOf } from './pictureScreen.mjs'
import { svgOf } from './pictureSvg.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const images = join(root, 'docs/images')
const size = { columns: 100, rows: 50 }

const recordings = {
  deploy: { words: 'npx tsx _ecs/web_dev.ts deploy v1.2.3 --local', exitCode: 0 },
  failure: { words: 'npx tsx _ecs/web_dev.ts deploy crash --local', exitCode: 1 },
}

if (Number(process.versions.node.split('.')[0]) < 22)
  throw new Error('Record with Node 22 or later: an older one adds a warning.')
mkdirSync(images, { recursive: true })
const folder = project()
try {
  for (const [name, { words, exitCode }] of Object.entries(recordings)) {
    const lines = screenOf(recorded(words, exitCode), size.rows)
    for (const theme of ['light', 'dark']) {
      writeFileSync(join(images, `${name}-${theme}.svg`), svgOf(words, lines, { theme, columns: size.columns }))
    }
    console.log(`${name}: ${lines.length} lines`)
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** A new project with the package in it, and the example of the README. */
function project() {
  const made = mkdtempSync(join(tmpdir(), 'ecs-task-pictures-'))
  for (const path of ['_ecs', 'node_modules/.bin']) mkdirSync(join(made, path), { recursive: true })
  writeFileSync(join(made, 'package.json'), '{ "private": true, "type": "module" }')
  copyFileSync(join(root, '_ecs/web_dev.ts'), join(made, '_ecs/web_dev.ts'))
  symlinkSync(root, join(made, 'node_modules/ecs-task'))
  symlinkSync(join(root, 'node_modules/.bin/tsx'), join(made, 'node_modules/.bin/tsx'))
  return made
}

/** Everything that a command sends to a terminal of this size. */
function recorded(words, exitCode) {
  const command = `stty cols ${size.columns} rows ${size.rows}; ${words}`
  const env = {
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: folder,
    TERM: 'xterm-256color',
    SHELL: '/bin/sh',
    TZ: 'UTC',
    npm_config_update_notifier: 'false',
  }
  const { status, stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { cwd: folder, env, encoding: 'utf8' })
  if (status !== exitCode) throw new Error(`${words} ended with ${status}, not with ${exitCode}:\n${stdout}`)
  return stdout
}
