// `ecs-task init` writes a first definition from a template.
import { constants, copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'clipanion'
import { SayingCommand } from './program/command.ts'
import { EcsTaskError } from '../ground/errors.ts'

/** What is written for each kind, the first of it to be tried with a command; the rest lies beside it. */
const kinds: Readonly<Record<string, { readonly files: readonly string[]; readonly tryIt: string }>> = {
  web: { files: ['web.ts'], tryIt: 'npx tsx _ecs/web.ts deploy v1 --local' },
  worker: { files: ['worker.ts'], tryIt: 'npx tsx _ecs/worker.ts deploy v1 --local' },
  scheduled: { files: ['scheduled.ts'], tryIt: 'npx tsx _ecs/scheduled.ts deploy v1 --local' },
  stack: {
    files: ['stack.yml', 'stack.schema.json'],
    tryIt: 'npx ecs-task cluster deploy my-cluster -f _ecs/stack.yml --local',
  },
}

export class InitCommand extends SayingCommand {
  static override paths = [['init']]
  static override usage = Command.Usage({
    description: 'Write a first definition',
    details:
      'Writes a file in _ecs/ from a commented template: web (a service with a migration), worker (a service) or scheduled (a rule) are a KIND.ts, stack is a stack.yml with every key, and the schema that editors explain it by. It never overwrites.',
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
    for (const [index, file] of files.entries()) {
      mkdirSync(dirname(file), { recursive: true })
      copyFileSync(templateOf(chosen.files[index]!), file, constants.COPYFILE_EXCL)
    }
    const { quiet, verbose } = this.saying
    const written = verbose ? files : files.slice(0, 1)
    const text = [...written.map((file) => `${file} is written.`), `Try it: ${chosen.tryIt}`].join(verbose ? '\n' : ' ')
    if (!quiet) this.context.stdout.write(`${text}\n`)
    return 0
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
