// `ecs-task init` writes a first definition from a template.
import { constants, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'clipanion'
import type { Context } from './program/command.ts'
import { packageCommandsOf } from './program/packageCommands.ts'
import { EcsTaskError } from '../ground/errors.ts'

/** What is written for each kind, the first of it to be tried with these words; the rest lies beside it. */
const kinds: Readonly<Record<string, { readonly files: readonly string[]; readonly words: string }>> = {
  web: { files: ['web.ts'], words: 'deploy v1 --local' },
  worker: { files: ['worker.ts'], words: 'deploy v1 --local' },
  scheduled: { files: ['scheduled.ts'], words: 'deploy v1 --local' },
  stack: { files: ['stack.yml', 'stack.schema.json'], words: 'cluster deploy my-cluster -f _ecs/stack.yml --local' },
}

export class InitCommand extends Command<Context> {
  static override paths = [['init']]
  static override usage = Command.Usage({
    description: 'Write a first definition',
    details:
      'Writes a file in _ecs/ from a commented template: web (a service with a migration), worker (a service) or scheduled (a rule) are a KIND.ts, stack is a stack.yml with every key, and the schema that editors explain it by. Where the project has no "type": "module", _ecs/ gets a package.json that says so. It never overwrites.',
    examples: [
      ['Start with a web service', '$0 init web'],
      ['Then deploy it without an AWS account', 'npx tsx _ecs/web.ts deploy v1 --local'],
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
    const files = chosen.files.map((name) => `_ecs/${name}`)
    const there = files.find((file) => existsSync(file))
    if (there !== undefined) {
      throw new EcsTaskError('BadArguments', `${there} is there already.`, {
        why: 'Nothing is ever overwritten.',
        fix: 'Move it away, or edit it.',
      })
    }
    const isNew = !existsSync('_ecs')
    for (const [index, file] of files.entries()) {
      mkdirSync(dirname(file), { recursive: true })
      copyFileSync(templateOf(chosen.files[index]!), file, constants.COPYFILE_EXCL)
    }
    const [first = ''] = files
    const { runFile, runProgram } = packageCommandsOf(process.cwd(), this.context.env)
    const tryIt = `${first.endsWith('.ts') ? runFile(first) : runProgram('ecs-task')} ${chosen.words}`
    const created = first.endsWith('.ts') && isNew && markAsModules() ? `${first} and ${modules}` : first
    this.context.stdout.write(`Created ${created}. Try it: ${tryIt}\n`)
    return 0
  }
}

const modules = '_ecs/package.json'

/**
 * Makes the files in a new `_ecs/` ES modules where the project's own are not, as in one that `npm init -y` has made: there
 * neither Node by itself nor TypeScript's verbatimModuleSyntax takes an `import`. A folder with other files keeps its
 * type. Answers whether that was needed.
 */
function markAsModules(): boolean {
  if (typeOf(resolve('_ecs')) === 'module') return false
  writeFileSync(modules, '{ "private": true, "type": "module" }\n')
  return true
}

/** The `type` of the nearest package.json, from this folder upwards. */
function typeOf(folder: string): unknown {
  const file = join(folder, 'package.json')
  if (existsSync(file)) return typeIn(readFileSync(file, 'utf8'))
  return dirname(folder) === folder ? undefined : typeOf(dirname(folder))
}

function typeIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { type?: unknown } | null)?.type
  } catch {
    return undefined
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
