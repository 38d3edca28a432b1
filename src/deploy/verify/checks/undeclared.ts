/** Targets of rules and schedules that start a family although no class declares them: a deploy leaves them where they are. */
import type { Aws, Input, Method, Output } from '../../../aws/aws.ts'
import { revisionReferences } from '../../revisionReferences.ts'
import { declaredStarters, undeclaredStarters } from '../../starters/undeclared.ts'
import { type Check, type Found, unknown, warning } from '../finding.ts'
import type { Answer, Reads } from '../reads.ts'

export const undeclared: Check = {
  name: 'undeclared',
  needs: ['listEventBuses', 'listRuleNamesByTarget', 'listTargetsByRule', 'listSchedules', 'getSchedule'],
  async of({ subjects, clusters }, reads): Promise<Found[]> {
    const classes = subjects.filter(({ isClass }) => isClass)
    const [first] = classes
    if (!first || clusters.state !== 'found') return []
    const families = classes.map(({ taskDefinition }) => taskDefinition.family)
    const arns = [...clusters.value.values()].flatMap(({ clusterArn }) => clusterArn ?? [])
    const where = (family: string): string =>
      (classes.find(({ taskDefinition }) => taskDefinition.family === family) ?? first).where('taskDefinition/family')
    // The ARN of a cluster that is one already tells no revision.
    const of = { families, clusters: arns, revision: '' }
    const read = (kind: 'target' | 'schedule') => revisionReferences(asking(reads), { ...of, kinds: [kind] })
    const found = await Promise.all([read('target'), read('schedule')].map((one) => one.catch(whyUnread)))
    return found.flatMap((uses) => {
      if (typeof uses === 'string') return [unknown(where(''), `what starts ${families.join(', ')}`, uses)]
      return undeclaredStarters(uses, declaredStarters(classes)).map(({ family, what, declaration }) =>
        warning(where(family), what, `Declare: ${declaration}`),
      )
    })
  },
}

/** Why something was not read, as what was thrown in place of an answer. */
class Unread {
  readonly why: string
  constructor(why: string) {
    this.why = why
  }
}

function whyUnread(error: unknown): string {
  if (error instanceof Unread) return error.why
  throw error
}

/** AWS behind the reads of all checks: each question once. */
function asking(reads: Reads): Pick<Aws, 'call' | 'all' | 'writes'> {
  const ask = async <M extends Method>(method: M, input: Input<M>): Promise<Output<M>> => {
    const answer: Answer<Output<M>> = await reads.ask(method, input, /^ResourceNotFoundException$/)
    if (answer.state === 'found') return answer.value
    if (answer.state === 'unread') throw new Unread(answer.why)
    throw Object.assign(new Error('It is gone.'), { name: 'ResourceNotFoundException' })
  }
  return { call: ask, all: ask, writes: 0 }
}
