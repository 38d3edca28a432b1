// What `init --from-…` writes: a class, or a stack file.
import { openAws } from '../../aws/aws.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { quoted } from '../../ground/command.ts'
import { classText } from '../import/classText.ts'
import { fileName } from '../import/fileName.ts'
import { type ServiceName, importService } from '../import/fromService.ts'
import { importManifest } from '../import/copilot/fromManifest.ts'
import { importEcspresso } from '../import/ecspresso/fromFolder.ts'
import { readNamed } from '../../ground/readText.ts'
import type { Imported } from '../import/imported.ts'
import type { ImportedStack } from '../import/stackFileText.ts'
import { importedAsStack } from '../import/stackFromImported.ts'
import { importServiceAsStack } from '../import/stackFromService.ts'
import type { NewFile } from './newFiles.ts'
import type { BaseCommand } from '../program/command.ts'
import { readInSession } from '../program/readInSession.ts'

/** What is imported: the option, and its value. */
export interface Source {
  readonly from: '--from-service' | '--from-copilot' | '--from-ecspresso'
  readonly what: string
}

/** A file to be written, and what to say of it. */
interface ImportedFile {
  readonly file: NewFile
  /** The words of a command that compares the file with what runs. */
  readonly words: string
  readonly warnings: readonly string[]
}

export async function importedFile(command: BaseCommand, source: Source, asStack: boolean): Promise<ImportedFile> {
  const { from, what } = source
  if (from === '--from-service') return asStack ? serviceAsStack(command, what) : serviceAsClass(command, what)
  const imported = from === '--from-copilot' ? importManifest(readNamed(what), what) : importEcspresso(what)
  if (asStack) return ofStack(importedAsStack(imported), 'my_cluster')
  return { ...ofClass(imported), words: `diff ${imported.tag ?? 'TAG'}` }
}

async function serviceAsClass(command: BaseCommand, what: string): Promise<ImportedFile> {
  const name = serviceName(what)
  const imported = await readInSession(command, {}, ({ transport, clock }) =>
    importService(openAws({ transport, clock }), name),
  )
  return { ...ofClass(imported), words: `diff ${imported.tag ?? 'TAG'}` }
}

async function serviceAsStack(command: BaseCommand, what: string): Promise<ImportedFile> {
  const name = serviceName(what)
  const stack = await readInSession(command, {}, ({ transport, clock }) =>
    importServiceAsStack(name, { transport, clock }),
  )
  return ofStack(stack, name.cluster)
}

function ofStack({ name, text, warnings }: ImportedStack, cluster: string): ImportedFile {
  const file = { name: `${fileName(name)}.yml`, text }
  return { file, words: `cluster diff ${quoted(cluster)} -f _ecs/${file.name}`, warnings }
}

function ofClass(imported: Imported): Omit<ImportedFile, 'words'> {
  return {
    file: { name: `${fileName(imported.name)}.ts`, text: classText(imported) },
    warnings: imported.warnings,
  }
}

/** `CLUSTER/SERVICE`, or the long ARN of a service, which ends with them. */
function serviceName(text: string): ServiceName {
  const [, cluster, service] = /^(?:arn:[^/]*:service\/)?([^/]+)\/([^/]+)$/.exec(text) ?? []
  if (cluster !== undefined && service !== undefined) return { cluster, service }
  throw new EcsTaskError('BadArguments', `--from-service ${text} names no service.`, {
    fix: 'Write it as CLUSTER/SERVICE.',
  })
}
