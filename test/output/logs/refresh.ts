/** The log of a refresh of three instances in two batches. */
import type { RunEvent } from '../../../src/engine/events.ts'
import type { Plan, Stage } from '../../../src/engine/plan.ts'
import type { Step } from '../../../src/engine/step.ts'
import { finished, stage, started, told } from './happenings.ts'

const step = (kind: string, title: string, method: Step['call']['method']): Step => ({
  kind,
  subject: { type: 'group', group: 'asg' },
  id: `${kind} ${title}`,
  title,
  call: { method, input: {} },
})

/** The stages of a batch. */
const batch = (title: string, which: string, capacity: string, instances: readonly string[]): Stage[] => {
  const of = { batch: title, onFailure: 'undo' } as const
  return [
    {
      ...of,
      title: `${title}: start replacements for ${which}`,
      steps: [
        step('putAttributes', `Mark ${instances.join(' and ')} as being replaced`, 'putAttributes'),
        step('setDesiredCapacity', `Raise asg ${capacity}`, 'setDesiredCapacity'),
      ],
      together: false,
    },
    {
      ...of,
      title: `${title}: drain ${which}`,
      steps: [
        step('updateContainerInstancesState', `Drain ${instances.join(' and ')}`, 'updateContainerInstancesState'),
      ],
      together: true,
    },
    {
      ...of,
      title: `${title}: terminate ${which}`,
      steps: instances.map((id) =>
        step('terminateInstanceInAutoScalingGroup', `Terminate ${id}`, 'terminateInstanceInAutoScalingGroup'),
      ),
      together: true,
    },
  ]
}

const [one, two, three] = ['i-7be1e4055179e1435', 'i-e27afd9871b12f068', 'i-4899959261a162762'] as const
const [four, five, six] = ['i-7f9db4c61b0593079', 'i-fc44bab29f4666979', 'i-bbcd1dc209d365749'] as const
const note: Stage = {
  title: 'Record the desired capacity',
  steps: [step('createOrUpdateTags', 'Note that asg wants 3', 'createOrUpdateTags')],
  together: false,
  onFailure: 'undo',
}
const first = batch('Batch 1 of 2', '2 instances', 'by 2 to 5', [one, two])
const second = batch('Batch 2 of 2', three, 'by 1 to 4', [three])

const plan: Plan = {
  command: 'instances refresh',
  title: 'Replace 3 instances of asg in prod, by version 2 of launch template web',
  done: 'Replaced 3 instances of asg in prod',
  stages: [note, ...first, ...second],
  warnings: [],
}

const seen = (of: Step, instanceId: string, state: string, tasks?: number): RunEvent => ({
  type: 'instance.progressed',
  step: of.id,
  group: 'asg',
  instanceId,
  state,
  ...(tasks !== undefined && { tasks }),
})

/** Each stage and the end of its steps, but for what is told of instances meanwhile. */
const through = (
  { title, steps }: Stage,
  [from, to]: readonly [number, number],
  meanwhile: (last: Step) => [number, RunEvent][] = () => [],
): [number, RunEvent][] => [
  [from, stage(title, ...steps)],
  ...steps.flatMap((of, index): [number, RunEvent][] => [
    [from, started(of)],
    ...(index === steps.length - 1 ? meanwhile(of) : []),
    [index === steps.length - 1 ? to : from, finished(of)],
  ]),
]

/** Two instances are replaced, and then one. */
export const refresh = told(
  [0, { type: 'run.started', command: 'instances refresh', definitions: ['asg'], region: 'eu-west-1', local: false }],
  [1, { type: 'plan.made', plan }],
  ...through(note, [1, 5]),
  ...through(first[0]!, [5, 65], (of) => [
    [10, seen(of, four, 'Pending')],
    [10, seen(of, five, 'Pending')],
    [45, seen(of, four, 'InService')],
    [45, seen(of, five, 'InService')],
    [65, seen(of, four, 'ACTIVE', 0)],
    [65, seen(of, five, 'ACTIVE', 0)],
  ]),
  ...through(first[1]!, [65, 115], (of) => [
    [65, seen(of, one, 'DRAINING', 4)],
    [65, seen(of, two, 'DRAINING', 3)],
    [90, seen(of, one, 'DRAINING', 1)],
    [90, seen(of, two, 'DRAINING', 0)],
  ]),
  ...through(first[2]!, [115, 120]),
  ...through(second[0]!, [120, 180], (of) => [
    [125, seen(of, six, 'Pending')],
    [180, seen(of, six, 'ACTIVE', 0)],
  ]),
  ...through(second[1]!, [180, 230], (of) => [
    [180, seen(of, three, 'DRAINING', 2)],
    [230, seen(of, three, 'DRAINING', 0)],
  ]),
  ...through(second[2]!, [230, 235]),
  [
    235,
    {
      type: 'run.finished',
      outcome: 'succeeded',
      exitCode: 0,
      summary: 'Replaced 3 instances of asg in prod.',
      milliseconds: 235_000,
      left: [],
    },
  ],
)
