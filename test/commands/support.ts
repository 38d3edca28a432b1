// Runs the program in processes, in folders as users have them.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import type { Region, World } from '../../src/local/world/world.ts'

/** What every run says on a Node that has reached its end of life. */
const oldNode = /[^\n]*has reached its end of life[^\n]*\n/g

/** How a process ended, and all that it said but for what is said of an old Node. */
export interface Ended {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  /** Resolves as soon as it has said this on the standard output or error; rejects when it ends without. */
  readonly said: (text: string) => Promise<void>
  readonly ended: Promise<Ended>
  readonly kill: (signal: NodeJS.Signals) => void
  readonly child: ChildProcess
}

/** A folder as a user has one. */
export interface Project {
  readonly folder: string
  /** Runs a definition, `node --import tsx FILE …`; the program itself needs no tsx. */
  readonly run: (words: readonly string[], env?: Record<string, string>) => Promise<Ended>
  readonly start: (words: readonly string[], env?: Record<string, string>) => Started
  /** A region of the state that `--local` has saved. */
  readonly region: (name?: string) => Region
}

export const repository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const installed = inject('installed')
if (installed === '') throw new Error('The package could not be built: see what `npm run build` says.')

/** The `ecs-task` program, as installed. */
export const program = join(installed, 'node_modules/ecs-task/dist/cli.cjs')

/** The example of the README. */
export const webExample = readFileSync(repository('_ecs/web_dev.ts'), 'utf8')

/** A class with a service and nothing else, which is called as its family is. */
export function serviceClass(name: string, tag = '<image_tag>'): string {
  const family = name.toLowerCase()
  return `class ${name} extends EcsTask {
  taskDefinition: TaskDefinition = { family: '${family}', containerDefinitions: [{ name: '${family}', image: 'my_image:${tag}', memory: 512 }] }
  updateServices: ServiceUpdate[] = [{ cluster: 'my_cluster', service: '${family}' }]
}
`
}

/** A file that declares these classes and ends with these calls. */
export function definition(classes: readonly string[], ...calls: string[]): string {
  return ["import { EcsTask, type ServiceUpdate, type TaskDefinition } from 'ecs-task'", ...classes, ...calls].join(
    '\n',
  )
}

/** A folder of its own with these files; of ES modules unless `type` says otherwise. */
export function project(files: Record<string, string>, { type = 'module' }: { type?: string } = {}): Project {
  const folder = mkdtempSync(join(installed, 'project-'))
  writeFileSync(join(folder, 'package.json'), type === '' ? '{}' : JSON.stringify({ type }))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const start: Project['start'] = (words, env = {}) =>
    startProcess(
      process.execPath,
      [...(words[0] === program ? [] : ['--import', import.meta.resolve('tsx')]), ...words],
      { cwd: folder, env: { ...emptyEnvironment(folder), ...env } },
    )
  return {
    folder,
    start,
    run: (words, env) => inTurn(() => start(words, env).ended),
    region: (name = 'us-east-1') =>
      (JSON.parse(readFileSync(join(folder, '.ecs-task/local.json'), 'utf8')) as World).regions[name]!,
  }
}

/** Nothing of this machine's own: no AWS settings, no colors, no CI, and no metadata service to ask for credentials. */
export function emptyEnvironment(home: string): Record<string, string> {
  return {
    PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

const living = new Set<ChildProcess>()

export function startProcess(
  file: string,
  words: readonly string[],
  options: { cwd: string; env: Record<string, string> },
): Started {
  const child = spawn(file, words, { ...options, stdio: 'pipe' })
  living.add(child)
  const text = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) => {
      living.delete(child)
      resolve({ exitCode, ...text, stderr: text.stderr.replaceAll(oldNode, '') })
    })
  })
  return {
    child,
    ended,
    kill: (signal) => void child.kill(signal),
    said: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!(text.stdout + text.stderr).includes(wanted)) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
        void ended.then(() => reject(new Error(`It ended without saying ${wanted}:\n${text.stdout}${text.stderr}`)))
      }),
  }
}

/** Ends what a test has left behind. */
export function endAll(): void {
  for (const child of living) child.kill('SIGKILL')
}

const atOnce = 3
let running = 0
const waiting: (() => void)[] = []

/** The machine has two cores: more processes side by side would only make each of them late. */
async function inTurn<T>(act: () => Promise<T>): Promise<T> {
  if (running === atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await act()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

/** Lines without the time in front of each and the time that the whole took at the end. */
export function lines(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d\d:\d\d:\d\dZ /, '').replace(/ \([\d.]+ (?:s|min \d+ s)\)$/, ''))
}

/** The revision that each service runs and each rule's first target starts, in a region of the local AWS: `web:2`. */
export function pointedAt({ services, rules }: Pick<Region, 'services' | 'rules'>): Record<string, string> {
  const name = (arn: string): string => arn.split('/').at(-1)!
  return Object.fromEntries([
    ...Object.entries(services).map(([key, { service }]) => [key, name(service.taskDefinition!)]),
    ...Object.entries(rules).flatMap(([key, { targets }]) =>
      targets.map((target) => [key, name(target.EcsParameters!.TaskDefinitionArn)]),
    ),
  ])
}

/** The revisions of a family that are ACTIVE, oldest first, as numbers. */
export function active({ taskDefinitions }: Pick<Region, 'taskDefinitions'>, family: string): number[] {
  const all = (taskDefinitions[family] ?? []).map((one) => one.taskDefinition)
  return all.filter((one) => one['status'] === 'ACTIVE').map((one) => one['revision'])
}

/** A program of the machine's that may not be there; found without starting it, which takes some of them a second. */
export function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file))
}
