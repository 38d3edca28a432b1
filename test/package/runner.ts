/** Runs a composite action as GitHub's runner does: each `run` by bash, with files for its outputs and its summary. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readOutputs } from '../output/report/readOutputs.ts'

export interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly required?: boolean; readonly default?: string; readonly description: string }>
  >
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: {
    readonly using: string
    readonly steps: readonly {
      readonly id?: string
      readonly shell: string
      readonly run: string
      readonly env?: Readonly<Record<string, string>>
      readonly 'working-directory'?: string
    }[]
  }
}

export interface RunOfAction {
  readonly exitCode: number
  /** All that its steps have written, as the log shows it. */
  readonly log: string
  readonly outputs: Record<string, string>
  readonly summary: string
}

/** `env` is that of the job; its `GITHUB_WORKSPACE` is the folder with the repository. */
export function runAction(
  { inputs: declared, outputs, runs }: Action,
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> & { readonly GITHUB_WORKSPACE: string },
): RunOfAction {
  const temp = mkdtempSync(join(tmpdir(), 'runner-'))
  const inputs = Object.fromEntries(
    Object.entries(declared).map(([name, one]) => [name, given[name] ?? one.default ?? '']),
  )
  const steps: Record<string, Record<string, string>> = {}
  const evaluated = (text: string): string =>
    text.replace(/\$\{\{ (?:inputs\.([\w-]+)|steps\.([\w-]+)\.outputs\.([\w-]+)) \}\}/g, (_, input, step, output) =>
      input === undefined ? (steps[step]?.[output] ?? '') : (inputs[input] ?? ''),
    )
  let [exitCode, log, summary] = [0, '', '']
  for (const [index, step] of runs.steps.entries()) {
    const files = Object.fromEntries(
      ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'].map((name) => [
        name,
        join(temp, `${name}-${index}`),
      ]),
    )
    for (const file of Object.values(files)) writeFileSync(file, '')
    const script = join(temp, `${index}.sh`)
    writeFileSync(script, step.run)
    const folder = resolve(env.GITHUB_WORKSPACE, evaluated(step['working-directory'] ?? '.'))
    mkdirSync(folder, { recursive: true })
    const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluated(value)]))
    const ended = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { CI: 'true', GITHUB_ACTIONS: 'true', RUNNER_TEMP: temp, ...env, ...files, ...own },
    })
    log += ended.stdout + ended.stderr
    steps[step.id ?? `${index}`] = readOutputs(readFileSync(files['GITHUB_OUTPUT']!, 'utf8'))
    summary += readFileSync(files['GITHUB_STEP_SUMMARY']!, 'utf8')
    expectEmpty(files, ['GITHUB_ENV', 'GITHUB_PATH'])
    exitCode = ended.status ?? 255
    if (exitCode !== 0) break
  }
  return {
    exitCode,
    log,
    summary,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, evaluated(value)])),
  }
}

/** The action sets nothing for later steps but its outputs. */
function expectEmpty(files: Readonly<Record<string, string>>, names: readonly string[]): void {
  for (const name of names) {
    if (readFileSync(files[name]!, 'utf8') !== '') throw new Error(`The action wrote to ${name}.`)
  }
}
