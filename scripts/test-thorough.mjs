// Runs what `npm test` samples or leaves out because it takes long: a process killed at each of its calls, every planted
// fault, more stacks that are described, and the longest of the program's own tests. Then every story of a deploy again,
// with nothing but the policy that ecs-task prints for it.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const { long, sampled } = JSON.parse(readFileSync(new URL('../test/thorough.json', import.meta.url), 'utf8'))
const words = ['run', ...sampled, ...long, '--testTimeout=600000', ...process.argv.slice(2)]

const policy = ['run', '--config', 'test/policy/vitest.config.ts', '--testTimeout=600000']

function run(of) {
  const { status } = spawnSync('npx', ['vitest', ...of], {
    stdio: 'inherit',
    env: { ...process.env, THOROUGHLY: 'true' },
    shell: process.platform === 'win32',
  })
  return status ?? 1
}

// Whoever names files or options wants those alone.
const isWhole = process.argv.length === 2
process.exitCode = run(words) || (isWhole ? run(policy) : 0)
