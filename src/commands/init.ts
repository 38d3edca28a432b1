import { constants, copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'clipanion'
import type { Context } from '../command.ts'
import { EcsTaskError } from '../errors.ts'

const kinds = ['web', 'worker', 'scheduled']

export class InitCommand extends Command<Context> {
  static override paths = [['init']]
  static override usage = Command.Usage({
    description: 'Write a first definition',
    details:
      'Writes _ecs/KIND.ts from a commented template: web (a service with a migration), worker (a service) or scheduled (a rule). It never overwrites.',
    examples: [
      ['Start with a web service', '$0 init web'],
      ['Then deploy it without an AWS account', 'npx tsx _ecs/web.ts deploy v1 --local'],
    ],
  })

  kind = Option.String({ required: false, name: 'web|worker|scheduled' })

  override async execute(): Promise<number> {
    const { kind = 'web' } = this
    if (!kinds.includes(kind)) {
      throw new EcsTaskError('BadArguments', `There is no template ${kind}.`, {
        fix: `Choose one of ${kinds.join(', ')}.`,
      })
    }
    const file = `_ecs/${kind}.ts`
    if (existsSync(file)) {
      throw new EcsTaskError('BadArguments', `${file} is there already.`, {
        why: 'Nothing is ever overwritten.',
        fix: 'Move it away, or edit it.',
      })
    }
    mkdirSync(dirname(file), { recursive: true })
    copyFileSync(templateOf(kind), file, constants.COPYFILE_EXCL)
    this.context.stdout.write(`${file} is written. Try it: npx tsx ${file} deploy v1 --local\n`)
    return 0
  }
}

/** Templates lie beside `dist` in the package and beside `src` in the repository. */
function templateOf(kind: string): string {
  const candidates = [`../templates/${kind}.ts`, `../../templates/${kind}.ts`].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const found = candidates.find((path) => existsSync(path))
  if (!found) throw new Error(`the package has no template ${kind}`)
  return found
}
