// Tries everything that `npm test` samples: a process killed at each of its calls, every planted fault, more stacks that are described; and what takes long.
import { spawnSync } from 'node:child_process'

const words = [
  'vitest',
  'run',
  'kill',
  'planted',
  'cluster/describe',
  'large',
  'templates',
  '--testTimeout=600000',
  ...process.argv.slice(2),
]
const { status } = spawnSync('npx', words, {
  stdio: 'inherit',
  env: { ...process.env, THOROUGHLY: 'true' },
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
