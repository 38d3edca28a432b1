// Counts what holds of the packed package, and starts programs as a stranger does.
import { execFile, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { delimiter, dirname } from 'node:path'
import { promisify } from 'node:util'

export const counts = { passed: 0, failed: 0 }

export async function check(title, body) {
  try {
    await body()
    counts.passed++
    console.log(`ok      ${title}`)
  } catch (error) {
    counts.failed++
    console.log(`FAILED  ${title}\n        ${String(error.message).trim().split('\n').join('\n        ')}`)
  }
}

export function expect(actual, expected) {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (left !== right) throw new Error(`expected ${right}, got ${left}`)
}

/** Runs jobs, two at a time: most of each is waiting for tasks of the local AWS. */
export async function inPairs(jobs) {
  const rest = [...jobs]
  const worker = async () => {
    for (let job = rest.shift(); job; job = rest.shift()) await job()
  }
  await Promise.all([worker(), worker()])
}

/** Starts a program under a given Node, with an environment in which nothing of this machine's AWS settings is left. */
export function startUnder(node, cwd, file, words, options = {}) {
  const env = {
    PATH: dirname(node) + delimiter + process.env.PATH,
    HOME: tmpdir(),
    TMPDIR: tmpdir(),
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return spawn(file, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 180_000, ...options })
}

/** The same to its end: its exit code, and what it wrote. */
export function spawnUnder(node, cwd, file, ...words) {
  return endOf(startUnder(node, cwd, file, words))
}

/** The end of a program that was started: its exit code, and what it wrote. */
export function endOf(child) {
  return new Promise((resolve, reject) => {
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (said[name] += text))
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...said }))
  })
}

/** Runs a program that has to end with 0. */
export async function succeed(node, cwd, file, ...words) {
  const { status, stdout, stderr } = await spawnUnder(node, cwd, file, ...words)
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stdout}${stderr}`)
  return { stdout, stderr }
}

export async function npm(cwd, ...words) {
  const { stdout } = await promisify(execFile)('npm', words, { cwd, encoding: 'utf8', maxBuffer: 1e8 })
  return stdout
}
