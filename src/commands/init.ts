// `ecs-task init` writes a first definition from a template.
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'clipanion'
import { SayingCommand } from './program/command.ts'
import { packageCommandsOf } from './program/packageCommands.ts'
import { EcsTaskError } from '../ground/errors.ts'

/** What is written for each kind, the first of it to be tried with these words; the rest lies beside it. */
const kinds: Readonly<Record<string, { readonly files: readonly string[]; readonly words: string }>> = {
  web: { files: ['web.ts'], words: 'deploy v1 --local' },
  worker: { files: ['worker.ts'], words: 'deploy v1 --local' },
  scheduled: { files: ['scheduled.ts'], words: 'deploy v1 --local' },
  stack: { files: ['stack.yml', 'stack.schema.json'], words: 'cluster deploy my-cluster -f _ecs/stack.yml --local' },
}

/** Where definitions are by custom. */
const folder = '_ecs'

export class InitCommand extends SayingCommand {
  static override paths = [['init']]
  static override usage = Command.Usage({
    description: 'Write a first definition',
    details: `
      Writes a commented template to _ecs/: web (a service with a migration), worker (a service) or scheduled (a rule) as
      KIND.ts; or stack, a stack.yml with every key and the schema for editors. Where the project has no "type": "module",
      _ecs/ gets a package.json that sets it. Never overwrites a file.
    `,
    examples: [
      ['Start with a web service', '$0 init web'],
      ['Deploy it without an AWS account', 'npx tsx _ecs/web.ts deploy v1 --local'],
      ['Start with all services of a cluster in YAML', '$0 init stack'],
    ],
  })

  kind = Option.String({ required: false, name: 'web|worker|scheduled|stack' })

  override async execute(): Promise<number> {
    const { kind = 'web' } = this
    const chosen = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
    if (!chosen) {
      throw new EcsTaskError('BadArguments', `There is no template ${kind}.`, {
        fix: `Choose one of ${Object.keys(kinds).join(', ')}.`,
      })
    }
    const [first = ''] = chosen.files
    const isFile = first.endsWith('.ts')
    const names = [...chosen.files, ...(isFile && needsModules() ? [manifest] : [])]
    const files = names.map((name) => `${folder}/${name}`)
    refuseObstacles(files)
    write(files.map((file, index) => ({ file, text: textOf(names[index]!) })))
    const { runFile, runProgram } = packageCommandsOf(process.cwd(), this.context.env)
    const tryIt = `${isFile ? runFile(`${folder}/${first}`) : runProgram('ecs-task')} ${chosen.words}`
    const { quiet, verbose } = this.saying
    const told = verbose || names.includes(manifest) ? files : files.slice(0, 1)
    if (!quiet) this.context.stdout.write(`Created ${told.join(' and ')}. Try it: ${tryIt}\n`)
    return 0
  }
}

const manifest = 'package.json'

function textOf(name: string): Buffer | string {
  return name === manifest ? '{ "private": true, "type": "module" }\n' : readFileSync(templateOf(name))
}

/**
 * Whether the files in a new `_ecs/` have to be made ES modules, as in a project that `npm init -y` has made: there neither Node
 * by itself nor TypeScript's verbatimModuleSyntax takes an `import`. A folder with other files keeps its type.
 */
function needsModules(): boolean {
  return !existsSync(folder) && typeOf(resolve(folder)) !== 'module'
}

/** The `type` of the nearest package.json, from this folder upwards. */
function typeOf(path: string): unknown {
  const file = join(path, manifest)
  if (existsSync(file)) return typeIn(readFileSync(file, 'utf8'))
  return dirname(path) === path ? undefined : typeOf(dirname(path))
}

function typeIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { type?: unknown } | null)?.type
  } catch {
    return undefined
  }
}

/** Throws for all that is where something is to be written; a folder may also be a link to one. */
function refuseObstacles(files: readonly string[]): void {
  const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined
  const there = isThere(folder) && !isFolder(folder) ? [folder] : files.filter(isThere)
  const problems = there.map(whatIs)
  const [what] = problems
  if (what === undefined) return
  throw new EcsTaskError('BadArguments', problems.length === 1 ? what : 'Some files already exist.', {
    why: 'init never overwrites a file.',
    fix: problems.length === 1 ? 'Move it away, or edit it.' : 'Move them away, or edit them.',
    problems: problems.length === 1 ? [] : problems,
  })
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

function whatIs(path: string): string {
  if (!existsSync(path)) return `${path} is a symbolic link that leads nowhere.`
  return path === folder ? `${path} is not a folder.` : `${path} already exists.`
}

/** Writes all of the files, or none of them. */
function write(files: readonly { file: string; text: Buffer | string }[]): void {
  const made: string[] = []
  try {
    const first = mkdirSync(folder, { recursive: true })
    if (first !== undefined) made.push(first)
    for (const { file, text } of files) {
      // `wx` neither overwrites a file nor follows a link that has come in between.
      const descriptor = openSync(file, 'wx')
      made.push(file)
      try {
        writeFileSync(descriptor, text)
      } finally {
        closeSync(descriptor)
      }
    }
  } catch (error) {
    for (const path of made) rmSync(path, { recursive: true, force: true })
    throw error
  }
}

/** Templates lie beside `dist` in the package and beside `src` in the repository. */
function templateOf(name: string): string {
  const candidates = [`../templates/${name}`, `../../templates/${name}`].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const found = candidates.find((path) => existsSync(path))
  if (!found) throw new Error(`the package has no template ${name}`)
  return found
}
