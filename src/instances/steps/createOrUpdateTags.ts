/**
 * CreateOrUpdateTags: notes a group's desired capacity in a tag, so that a run after one that was cut off knows it, and who
 * refreshes the group, so that no other run does.
 */
import type { Output } from '../../aws/aws.ts'
import { isOfOther, noteStep, signing } from '../heartbeat.ts'
import { readGroup } from '../observeInstances.ts'
import { desiredCapacityNote, desiredCapacityTag, signatureOf } from '../refreshNotes.ts'
import { refusedBeside } from '../underWay.ts'
import type { Step, StepKind, UndoSteps } from '../../engine/step.ts'
import type { StepHandler } from '../../engine/stepHandler.ts'

export interface CreateOrUpdateTags extends StepKind {
  readonly name: 'createOrUpdateTags'
  readonly method: 'createOrUpdateTags'
  readonly subject: 'group'
  readonly params: {
    readonly cluster: string
    readonly note: string
    /** Who refreshes the group: `alice@laptop`. */
    readonly owner: string
    /** The run that has signed the note that was found, and is cut off. */
    readonly cutOff: string | undefined
  }
  readonly undo: 'deleteTags'
}

/** Milliseconds in which another run that has found no note either has written its own. */
const settling = 5_000

/** The handler adds the run and its sign of life to the note. */
export function noteDesiredCapacity(
  of: Pick<CreateOrUpdateTags['params'], 'cluster' | 'owner' | 'cutOff'> & {
    readonly group: string
    readonly desired: number
    readonly by: number
    readonly maximum: number | undefined
  },
  undo: UndoSteps<CreateOrUpdateTags>,
): Step<CreateOrUpdateTags> {
  const { cluster, group, desired, by, maximum, owner, cutOff } = of
  const note = desiredCapacityNote(desired, by, maximum)
  return {
    kind: 'createOrUpdateTags',
    id: noteStep(group),
    title: `Note that ${group} wants ${desired}`,
    subject: { type: 'group', group },
    call: {
      method: 'createOrUpdateTags',
      input: {
        Tags: [
          {
            ResourceId: group,
            ResourceType: 'auto-scaling-group',
            Key: desiredCapacityTag,
            Value: note,
            PropagateAtLaunch: false,
          },
        ],
      },
    },
    follow: 'settled',
    params: { cluster, note, owner, cutOff },
    undo,
  }
}

/** CreateOrUpdateTags answers nothing: its handler adds what was signed, by which the run knows its note. */
type Noted = Output<'createOrUpdateTags'> & { readonly signed?: Readonly<Record<string, string>> }

export const createOrUpdateTagsHandler: StepHandler<CreateOrUpdateTags> = {
  async perform(step, _input, { aws, clock, signal, began }) {
    const { cluster, note, owner, cutOff } = step.params
    const { group: name } = step.subject
    const before = signatureOf(await readGroup(aws, name, signal))
    if (before && before.run !== cutOff) throw refusedBeside(cluster, name, before)
    const run = Math.floor(clock.random() * 2 ** 48).toString(36)
    const signed = { note, owner, since: new Date(began).toISOString(), run }
    const sent = await aws.call('createOrUpdateTags', signing(name, signed, clock.now()), signal)
    const answer: Noted = { ...sent, signed }
    return { answer }
  },
  /** AWS compares nothing when it writes a tag: of two runs that write at once, only the later one finds its own. */
  async follow(step, _answer, { aws, clock, signal, values }) {
    const { group: name } = step.subject
    await clock.sleep(settling, signal)
    const group = await readGroup(aws, name, signal)
    const signature = signatureOf(group)
    if (signature && isOfOther(group, values)) throw refusedBeside(step.params.cluster, name, signature)
  },
  yields: ({ signed }: Noted) => signed,
}
