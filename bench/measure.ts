/** Runs commands by turns in random order, so that a busy machine slows every one alike, and takes medians. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Beginning } from './standInState.ts'
import type { StandIn } from './standIn.ts'

/** A command that is measured, and what stands in the stand-in before each of its runs. */
export interface Run {
  readonly title: string
  readonly file: string
  readonly words: readonly string[]
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly beginning: Beginning
  /** It is over when its first request has come. */
  readonly isToRequest?: boolean
  /** How many of the rounds it takes part in, where it takes long. */
  readonly rounds?: number
}

/** What one run took; how many calls, and the milliseconds in which at least one was open. */
export interface Figures {
  readonly milliseconds: number
  readonly calls: number
  readonly wire: number
}

/** The medians of each run over so many rounds, after a whole one that is not counted: it fills the caches of Node, tsx and Python. */
export async function medians(runs: readonly Run[], standIn: StandIn, rounds: number): Promise<Map<Run, Figures>> {
  const measured = new Map<Run, Figures[]>(runs.map((run) => [run, []]))
  for (const run of runs) await once({ ...run, isToRequest: false }, standIn)
  for (let round = 0; round < rounds; round++) {
    const due = runs.filter((run) => round < (run.rounds ?? rounds))
    for (const run of shuffled(due)) measured.get(run)?.push(await once(run, standIn))
  }
  return new Map([...measured].map(([run, figures]) => [run, medianOf(figures)]))
}

/** A run that ends otherwise than with 0 is an error, never a fast run. */
export function once(run: Run, standIn: StandIn): Promise<Figures> {
  standIn.begin(run.beginning)
  return new Promise((resolve, reject) => {
    const began = performance.now()
    let milliseconds: number | undefined
    let stderr = ''
    const { file, words, folder, env, isToRequest = false } = run
    // A group of its own where it is ended early, because tsx runs the file in a second process.
    const child = spawn(file, words, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'], detached: isToRequest })
    child.stderr.on('data', (chunk) => (stderr += chunk))
    standIn.onRequest = () => {
      if (!isToRequest || milliseconds !== undefined) return
      milliseconds = performance.now() - began
      end(child)
    }
    child.on('error', reject)
    child.on('exit', (code) => {
      if (!isToRequest && code === 0) milliseconds = performance.now() - began
    })
    child.on('close', (code) => {
      standIn.onRequest = () => {}
      if (milliseconds === undefined) reject(new Error(`${run.title} ended with ${code}: ${stderr.slice(-2000)}`))
      else resolve({ milliseconds, calls: standIn.calls().length, wire: standIn.wire() })
    })
  })
}

function end({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item)
}

function medianOf(figures: readonly Figures[]): Figures {
  const of = (member: keyof Figures): number => median(figures.map((one) => one[member]))
  return { milliseconds: of('milliseconds'), calls: of('calls'), wire: of('wire') }
}

export function median(list: readonly number[]): number {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? Number.NaN
}
