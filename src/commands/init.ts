// `ecs-task init` writes a first definition: from a template, or from what there is.
import { Command, Option } from 'clipanion'
import { quoted } from '../ground/command.ts'
import { EcsTaskError } from '../ground/errors.ts'
import { sameAws } from '../ground/command.ts'
import { visible } from '../ground/visible.ts'
import { writeNewFiles } from './files/newFiles.ts'
import { templateOf } from './files/templates.ts'
import { nonEmpty } from './options/optionValues.ts'
import { parsed } from './options/composedOption.ts'
import { BaseCommand } from './program/command.ts'
import { type Source, importedFile } from './files/importedFile.ts'
import { packageRunner } from './program/packageRunner.ts'
import { jsonText } from './program/printResult.ts'

export class InitCommand extends BaseCommand {
  static override paths = [['init']]
  static override usage = Command.Usage({
    description: 'Write a first definition',
    details: `
      Writes a commented template to _ecs/: web (a service with a migration), worker (a service) or scheduled (a rule) as
      KIND.ts; or stack, a stack.yml with every key and the schema for editors. Where the project has no "type": "module",
      _ecs/ gets a package.json that sets it. Never overwrites a file.

      With --from-service, --from-copilot or --from-ecspresso it writes a class of what is there, or with --stack a stack
      file. Keys without a counterpart become comments. Values that look secret are read from environment variables.
    `,
    examples: [
      ['Start with a web service', '$0 init web'],
      ['Deploy it without an AWS account', 'npx ecs-task deploy v1 _ecs/web.ts --local'],
      ['Start with all services of a cluster in YAML', '$0 init stack'],
      ['Write a class of a running service', '$0 init --from-service my_cluster/shop'],
      ['Write a class from a manifest of AWS Copilot', '$0 init --from-copilot copilot/api/manifest.yml'],
      ['Write a class from the files of ecspresso', '$0 init --from-ecspresso .'],
    ],
  })

  kind = Option.String({ required: false, name: 'web|worker|scheduled|stack' })
  fromService = parsed(
    Option.String('--from-service', { description: 'Import a running service: CLUSTER/SERVICE' }),
    nonEmpty('--from-service'),
  )
  fromCopilot = parsed(
    Option.String('--from-copilot', { description: 'Import this manifest of AWS Copilot' }),
    nonEmpty('--from-copilot'),
  )
  fromEcspresso = parsed(
    Option.String('--from-ecspresso', { description: 'Import the files of ecspresso in this folder' }),
    nonEmpty('--from-ecspresso'),
  )
  stack = Option.Boolean('--stack', false, { description: 'Import as a stack file, not as a class' })

  override async execute(): Promise<number> {
    const source = this.source()
    if (!source) return this.writeTemplate()
    const { file, words, warnings } = await importedFile(this, source, this.stack)
    const paths = writeNewFiles([file])
    for (const warning of warnings) this.context.stderr.write(`${visible(`! ${warning}`)}\n`)
    this.tell(paths, `Compare it with what runs: ${this.command(paths, words)}`)
    return 0
  }

  private writeTemplate(): number {
    const { files, words } = templateOf(this.kind ?? 'web')
    const paths = writeNewFiles(files)
    this.tell(paths, `Try it: ${this.command(paths, words)}`)
    return 0
  }

  /** What is imported; undefined for a template. */
  private source(): Source | undefined {
    const given = Object.entries({
      kind: this.kind,
      '--from-service': this.fromService,
      '--from-copilot': this.fromCopilot,
      '--from-ecspresso': this.fromEcspresso,
    }).flatMap(([option, value]) => (value === undefined ? [] : { option, value }))
    const [first, second] = given
    if (first && second) {
      const name = ({ option, value }: typeof first): string => (option === 'kind' ? value : option)
      throw new EcsTaskError('BadArguments', `${name(first)} and ${name(second)} exclude each other.`, {
        fix: 'Pass one of them.',
      })
    }
    if (first && first.option !== 'kind') return { from: first.option as Source['from'], what: first.value }
    if (!this.stack) return undefined
    throw new EcsTaskError('BadArguments', '--stack says how to import, and nothing is imported.', {
      fix: 'Pass --from-service CLUSTER/SERVICE, or write init stack for a template.',
    })
  }

  /** A command that is given the first of these files, a class's behind the verb and the tag. */
  private command([path = '']: readonly string[], words: string): string {
    const all = words.split(' ')
    const given = path.endsWith('.ts') ? [...all.slice(0, 2), quoted(path), ...all.slice(2)] : all
    return [packageRunner(process.cwd(), this.context.env), 'ecs-task', ...given, sameAws(this).own]
      .filter((part) => part !== '')
      .join(' ')
  }

  private tell(paths: readonly string[], next: string): void {
    const { quiet, verbose } = this.saying
    if (this.json) this.context.stdout.write(jsonText({ files: paths }))
    else if (!quiet) {
      const told = verbose || paths.some((path) => path.endsWith('/package.json')) ? paths : paths.slice(0, 1)
      const text = `Created ${told.join(' and ')}. ${next}`
      this.context.stdout.write(`${visible(text)}\n`)
    }
  }
}
