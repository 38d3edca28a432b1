/** Folders as users have them, each with the class of a job, and the doors through which it can be deployed. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Job, beginningOf, declaredOf } from './jobs.ts'
import type { Run } from './measure.ts'

export const root = fileURLToPath(new URL('..', import.meta.url))
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
const program = 'node_modules/ecs-task/dist/cli.cjs'
const original = join(root, 'test/clients/original.py')

export interface Projects {
  readonly folder: string
  /** A run of `ecs-task` by the program itself, with the words before the file. */
  readonly byProgram: (node: string, job: Job, ...words: string[]) => Run
  /** A run of the file by tsx, with the words after the file. */
  readonly byTsx: (node: string, job: Job, ...words: string[]) => Run
  readonly byPython: (python: string, job: Job, ...words: string[]) => Run
  /** What Node takes for nothing, and tsx for an empty file. */
  readonly nothing: (node: string, how: 'node' | 'tsx') => Run
  readonly remove: () => void
}

/** Makes them in a folder for temporary files. `endpoint` is where AWS is, `installed` the package. */
export function makeProjects(endpoint: string, installed: string = root): Projects {
  const folder = mkdtempSync(join(tmpdir(), 'ecs-task-bench-'))
  const made = new Map<Job, string>()

  function projectOf(job: Job): string {
    const known = made.get(job)
    if (known) return known
    const project = join(folder, String(made.size))
    made.set(job, project)
    mkdirSync(join(project, 'node_modules'), { recursive: true })
    symlinkSync(installed, join(project, 'node_modules/ecs-task'), 'junction')
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(project, 'empty.ts'), '')
    writeFileSync(join(project, 'web.ts'), sourceOf(job))
    writeFileSync(join(project, 'web.json'), JSON.stringify(declaredOf(job)))
    return project
  }

  const run = (job: Job, file: string, words: readonly string[]): Run => ({
    title: [file, ...words].join(' '),
    file,
    words,
    folder: projectOf(job),
    env: environment(file, endpoint, folder),
    beginning: beginningOf(job),
  })
  const none: Job = { name: 'nothing', services: 1, targets: 0, prune: 0 }
  return {
    folder,
    byProgram: (node, job, ...words) => run(job, node, [program, ...words, 'web.ts']),
    byTsx: (node, job, ...words) => run(job, node, [tsx, 'web.ts', ...words]),
    byPython: (python, job, ...words) => run(job, python, [original, 'web.json', ...words]),
    nothing: (node, how) => run(none, node, how === 'node' ? ['-e', '0'] : [tsx, 'empty.ts']),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function sourceOf(job: Job): string {
  const members = Object.entries(declaredOf(job)).map(
    ([name, value]) => `  override ${name} = ${JSON.stringify(value)}`,
  )
  return [
    "import { EcsTask } from 'ecs-task'",
    'export class WebTask extends EcsTask {',
    ...members,
    '}',
    'void new WebTask().main()',
    '',
  ].join('\n')
}

/** Nothing of this machine's own AWS settings may have a part in it. */
function environment(file: string, endpoint: string, home: string): Record<string, string> {
  return {
    PATH: [dirname(file), '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}
