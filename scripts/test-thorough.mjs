// Tries everything that `npm test` samples: a process killed at each of its calls, every planted fault, more stacks that are described.
import { spawnSync } from 'node:child_process'

const words = ['vitest', 'run', 'kill', 'planted', 'cluster/describe', '--testTimeout=600000', ...process.argv.slice(2)]
const { status } = spawnSync('npx', words, {
  stdio: 'inherit',
  env: { ...process.env, THOROUGHLY: 'true' },
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
