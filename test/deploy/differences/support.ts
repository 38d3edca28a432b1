// What a deploy would change of what runs, as a person reads it.
import { openAws } from '../../../src/aws/aws.ts'
import { sdkTransport } from '../../../src/aws/sdk.ts'
import type { Declared } from '../../../src/definition/definition.ts'
import { readAll } from '../../../src/definition/read.ts'
import { type Differences, readDifferences } from '../../../src/deploy/differences/readDifferences.ts'
import { differencesText } from '../../../src/output/differencesText.ts'
import { stage } from '../support.ts'

export type Staged = ReturnType<typeof stage>

/** Compares what is declared with what runs in a local AWS. */
export function diff(
  { settings, clock }: Staged,
  declared: Declared | readonly Declared[],
  tag = 'initial',
): Promise<Differences> {
  const named = [declared].flat().map((source, index) => ({ name: `Task${index || ''}`, source }))
  const definitions = readAll(named).map(({ definition }) => definition)
  const aws = openAws({ transport: sdkTransport(settings, { clock }), clock })
  return readDifferences(aws, { definitions, tag }, { clock })
}

/** The lines of a diff; none where nothing differs. */
export function linesOf(read: Differences, columns = 100): string[] {
  if (read.differences.length === 0) return []
  return differencesText({ ...read, warnings: [] }, { color: false, columns })
    .trimEnd()
    .split('\n')
}

/** A definition whose services and targets run its first revision, which has the image tag `initial`. */
export function running(declared: Declared, more: Parameters<typeof stage>[1] = {}): Staged {
  const staged = stage(declared, more)
  for (const { Rule, Targets } of declared.eventTargets ?? []) {
    const arn = staged.service('my_cluster/web')['taskDefinition']
    const pointed = Targets.map((target) => ({
      ...target,
      ...(target.EcsParameters && { EcsParameters: { ...target.EcsParameters, TaskDefinitionArn: arn } }),
    }))
    staged.call('events', 'PutTargets', { Rule, Targets: pointed })
  }
  return staged
}
