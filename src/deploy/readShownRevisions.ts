/** Reads the revisions that a plan's services run and go back to, so that whoever hears of the calls can name their images. */
import type { Aws } from '../aws/aws.ts'
import type { Plan } from '../engine/plan.ts'
import { serviceKey } from '../ground/names.ts'
import { describeRevision } from './revisions.ts'
import type { World } from './world.ts'

/**
 * Reads each once, beside the run, which waits for none of it: a revision that AWS does not show by then is left out, whatever
 * the reason, and the closing lines name it without its image tags. Never throws.
 */
export async function readShownRevisions(
  aws: Aws,
  plan: Plan,
  { services, registered }: Pick<World, 'services' | 'registered'>,
  signal: AbortSignal,
): Promise<void> {
  const known = new Set([...registered.values()].flat().map(({ arn }) => arn))
  const moving = plan.stages.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'updateService'))
  const arns = moving.flatMap(({ call, subject }) => {
    const goal = 'taskDefinition' in call.input ? call.input.taskDefinition : undefined
    const runs = subject.type === 'service' ? services.get(serviceKey(subject))?.taskDefinition : undefined
    return [runs, typeof goal === 'string' ? goal : undefined].flatMap((arn) => arn ?? [])
  })
  const unknown = [...new Set(arns)].filter((arn) => !known.has(arn))
  await Promise.all(unknown.map((arn) => describeRevision(aws, arn, signal).catch(() => undefined)))
}
