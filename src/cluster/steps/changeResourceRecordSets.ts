/** ChangeResourceRecordSets: creates, changes or deletes a DNS record, and waits until all servers of Route 53 know. */
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import { refusalOf } from '../../aws/retry.ts'
import { type Standing, keptForOthers, unlessKept } from '../standing.ts'
import { settled } from '../../rollout/settled.ts'
import type { Planned, Step, StepKind } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface ChangeResourceRecordSets extends StepKind {
  readonly name: 'changeResourceRecordSets'
  readonly method: 'changeResourceRecordSets'
  readonly subject: 'record'
  /** What another run may have made a service on meanwhile; of the way back only. */
  readonly params: { readonly standing: Standing | undefined }
  readonly undo: 'changeResourceRecordSets'
}

/** A hosted zone and a record `before` the change; undefined if there was none. */
interface RecordChange {
  readonly zone: string
  readonly before: ResourceRecordSet | undefined
  readonly standing?: Standing | undefined
}

/** Creates a record or changes it; undone by deleting it or changing it back. */
export function upsertRecord(
  { zone, before, standing }: RecordChange,
  after: Planned<ResourceRecordSet>,
  changes: readonly string[],
): Step<ChangeResourceRecordSets> {
  const name = shown(after)
  const undo = before
    ? change('UPSERT', zone, before, `Point ${name} back to what it was`)
    : { ...change('DELETE', zone, after, `Delete record ${name}`), params: { standing } }
  const verb = before ? 'Point' : 'Create record'
  return {
    ...change('UPSERT', zone, after, `${verb} ${name}${before ? ' to the load balancer' : ''}`),
    changes,
    undo: [undo],
  }
}

/** Undone by creating the record again. */
export function deleteRecord(zone: string, record: ResourceRecordSet): Step<ChangeResourceRecordSets> {
  return {
    ...change('DELETE', zone, record, `Delete record ${shown(record)}`),
    changes: ['record: as it is → nothing'],
    undo: [change('UPSERT', zone, record, `Create record ${shown(record)} again`)],
  }
}

/** A record's name as people write it: without the final dot, and `*` for its code. */
function shown({ Name }: Planned<ResourceRecordSet>): string {
  return String(Name)
    .replace(/\.$/, '')
    .replace(/^\\052/, '*')
}

function change(
  Action: 'UPSERT' | 'DELETE',
  zone: string,
  ResourceRecordSet: Planned<ResourceRecordSet>,
  title: string,
): Step<ChangeResourceRecordSets> {
  return {
    kind: 'changeResourceRecordSets',
    id: `changeResourceRecordSets ${Action} ${zone}/${String(ResourceRecordSet.Name)}`,
    title,
    subject: { type: 'record', zone, name: shown(ResourceRecordSet) },
    call: {
      method: 'changeResourceRecordSets',
      input: { HostedZoneId: zone, ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] } },
    },
    params: { standing: undefined },
    follow: 'settled',
  }
}

export const changeResourceRecordSetsHandler: StepHandler<ChangeResourceRecordSets> = {
  perform(step, input, context) {
    const { aws, signal } = context
    return unlessKept(step, context, async () => {
      const answer = await aws.call('changeResourceRecordSets', input, signal).catch((error: unknown) => {
        const isDelete = input.ChangeBatch?.Changes?.[0]?.Action === 'DELETE'
        // Somebody else deleted the record, or this call did before its answer was lost: either way it is gone.
        const refusal = refusalOf(error)
        if (isDelete && refusal.name === 'InvalidChangeBatch' && /not found/.test(textOf(refusal))) {
          return { ChangeInfo: undefined, $metadata: {} }
        }
        throw error
      })
      return { answer }
    })
  },
  async follow({ title }, { ChangeInfo }, context) {
    if (!ChangeInfo) return
    const isKnown = async (): Promise<boolean> => {
      const { ChangeInfo: now } = await context.aws.call('getChange', { Id: ChangeInfo.Id }, context.signal)
      return now?.Status === 'INSYNC'
    }
    await settled(isKnown, { what: `${title}: not all servers know`, context })
  },
  takenOver: keptForOthers,
}

function textOf({ message, messages = [] }: Error & { messages?: readonly string[] }): string {
  return [message, ...messages].join(' ')
}
