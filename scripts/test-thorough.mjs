// Runs what `npm test` samples or leaves out because it takes long: a process killed at each of its calls, every planted
// fault, more stacks that are described, and the longest of the program's own tests.
import { spawnSync } from 'node:child_process'

const sampled = ['kill', 'planted', 'cluster/describe']
const long = ['clusterDestroy', 'interruption', 'output', 'serviceUpdate', 'severalClasses', 'templates', 'large']
const words = ['run', ...sampled, ...long, 'commands/instances', '--testTimeout=600000', ...process.argv.slice(2)]

const { status } = spawnSync('npx', ['vitest', ...words], {
  stdio: 'inherit',
  env: { ...process.env, THOROUGHLY: 'true' },
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
