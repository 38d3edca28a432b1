// What a start costs: medians of interleaved runs in random order, so that a busy machine slows every row alike.
// `npm run bench:start [-- 31]` measures the built package under the Node that runs it; compare rows of one table only.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const rounds = Number(process.argv[2] ?? 15)
const project = mkdtempSync(join(tmpdir(), 'ecs-task-bench-'))
const tsx = join(root, 'node_modules/.bin/tsx')
const floor = 'tsx on an empty file'

const definition = `import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'

class WebTask extends EcsTask {
  taskDefinition: TaskDefinition = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:<image_tag>', memory: 512 }] }
  updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: 'web' }]
}
await new WebTask().main()
`
mkdirSync(join(project, 'node_modules'))
symlinkSync(root, join(project, 'node_modules/ecs-task'))
writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
writeFileSync(join(project, 'empty.ts'), '')
writeFileSync(join(project, 'web.ts'), definition)

/** Stands where AWS would: all that is measured is when the first request has come. */
let firstRequest = () => {}
const server = createServer((_, response) => {
  firstRequest()
  response.writeHead(400).end('{}')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

// Nothing of this machine's own AWS settings may have a part in it.
const env = {
  PATH: dirname(process.execPath) + delimiter + process.env.PATH,
  HOME: project,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_ENDPOINT_URL: `http://127.0.0.1:${server.address().port}`,
  AWS_EC2_METADATA_DISABLED: 'true',
}
const rows = [
  { title: 'node -e 0', command: [process.execPath, '-e', '0'] },
  { title: floor, command: [tsx, 'empty.ts'] },
  { title: 'tsx web.ts --help', command: [tsx, 'web.ts', '--help'] },
  { title: 'tsx web.ts debug', command: [tsx, 'web.ts', 'debug'] },
  {
    title: 'tsx web.ts deploy v1, to its first AWS request',
    command: [tsx, 'web.ts', 'deploy', 'v1'],
    toRequest: true,
  },
].map((row) => ({ ...row, times: [] }))

try {
  for (const row of rows) await measure(row) // once unrecorded: fills tsx's cache and Node's
  for (let round = 0; round < rounds; round++) for (const row of shuffled(rows)) row.times.push(await measure(row))
  print()
} finally {
  server.close()
  rmSync(project, { recursive: true, force: true })
}

/** Milliseconds from spawn to exit, or to the first request. A run that ends otherwise is an error, never a fast start. */
function measure({ title, command: [file, ...rest], toRequest = false }) {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    let elapsed
    let stderr = ''
    // A group of its own, because tsx runs the file in a second process.
    const child = spawn(file, rest, { cwd: project, env, stdio: ['ignore', 'ignore', 'pipe'], detached: toRequest })
    child.stderr.on('data', (chunk) => (stderr += chunk))
    firstRequest = () => {
      if (!toRequest || elapsed !== undefined) return
      elapsed = performance.now() - start
      process.kill(-Number(child.pid), 'SIGKILL')
    }
    child.on('error', reject)
    child.on('exit', (code) => {
      if (!toRequest && code === 0) elapsed = performance.now() - start
      if (elapsed === undefined) reject(new Error(`${title} ended with ${code}: ${stderr.slice(-2000)}`))
      else resolve(elapsed)
    })
  })
}

function shuffled(list) {
  return list
    .map((item) => [Math.random(), item])
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item)
}

function print() {
  const empty = median(rows.find((row) => row.title === floor).times)
  console.log(`Node ${process.version}, medians of ${rounds}\n`)
  console.log(['', 'ms', 'above tsx', 'ratio'].map(cell).join(''))
  for (const { title, times } of rows) {
    const time = median(times)
    const above = title === 'node -e 0' ? '' : Math.round(time - empty)
    console.log([title, Math.round(time), above, (time / empty).toFixed(2)].map(cell).join(''))
  }
}

function median(times) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]
}

function cell(value, column) {
  return column === 0 ? String(value).padEnd(50) : String(value).padStart(10)
}
