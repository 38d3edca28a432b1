// What a deploy would change of what runs, as a person reads it.
import { openAws } from '../../../src/aws/aws.ts'
import { sdkTransport } from '../../../src/aws/sdk.ts'
import type { Declared } from '../../../src/definition/definition.ts'
import { readAll } from '../../../src/definition/read.ts'
import { type Differences, readDifferences } from '../../../src/deploy/differences/readDifferences.ts'
import { differencesText } from '../../../src/output/differencesText.ts'
import { stage } from '../support.ts'

type Staged = ReturnType<typeof stage>

/** Compares what is declared with what runs in a local AWS. */
export function diff(
  { settings, clock }: Staged,
  declared: Declared | readonly Declared[],
  tag = 'v1',
): Promise<Differences> {
  const named = [declared].flat().map((source, index) => ({ name: `Task${index || ''}`, source }))
  const definitions = readAll(named).map(({ definition }) => definition)
  const aws = openAws({ transport: sdkTransport(settings, { clock }), clock })
  return readDifferences(aws, { definitions, tag }, { clock })
}

/** The lines of a diff; none where nothing differs. */
export function linesOf(read: Differences, columns = 100): string[] {
  if (read.differences.length === 0) return []
  const lines = differencesText({ ...read, warnings: [] }, { color: false, columns })
    .trimEnd()
    .split('\n')
  return lines
}

/** What a deploy of `declared` would change after one of `before` with the tag v1. */
export async function changed(
  before: Declared | readonly Declared[],
  declared: Declared | readonly Declared[],
  { tag, meanwhile }: { tag?: string; meanwhile?: (staged: Staged) => unknown } = {},
): Promise<string[]> {
  const staged = stage(before)
  await staged.deploy('v1')
  await meanwhile?.(staged)
  return linesOf(await diff(staged, declared, tag))
}
