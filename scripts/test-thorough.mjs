// Runs what `npm test` samples or leaves out because it takes long: a process killed at each of its calls, every planted
// fault, more stacks that are described, and the longest of the program's own tests.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const { long, sampled } = JSON.parse(readFileSync(new URL('../test/thorough.json', import.meta.url), 'utf8'))
const words = ['run', ...sampled, ...long, '--testTimeout=600000', ...process.argv.slice(2)]

const { status } = spawnSync('npx', ['vitest', ...words], {
  stdio: 'inherit',
  env: { ...process.env, THOROUGHLY: 'true' },
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
