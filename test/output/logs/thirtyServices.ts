/** The log of a deploy of thirty services, a class for each. */
import type { RunEvent } from '../../../src/engine/events.ts'
import type { Plan } from '../../../src/engine/plan.ts'
import type { Step } from '../../../src/engine/step.ts'
import {
  answered,
  described,
  finished,
  progressed,
  reported,
  revisionOf,
  serviceOf,
  stage,
  started,
  told,
} from './happenings.ts'

const parts = ['api', 'web', 'worker', 'mailer', 'search', 'billing', 'reports', 'images', 'admin', 'checkout']
const names = ['shop', 'warehouse', 'accounts'].flatMap((team) => parts.map((part) => `${team}-${part}`))

const steps = names.map((service): Step => ({
  kind: 'updateService',
  subject: { type: 'service', cluster: 'my_cluster', service },
  id: `updateService my_cluster/${service}`,
  title: `Update service ${service} in my_cluster`,
  call: { method: 'updateService', input: { cluster: 'my_cluster', service } },
}))

const what = '30 classes: ShopApi, ShopWeb, … and 28 more'

const plan: Plan = {
  command: 'deploy',
  title: `Deploy v1.2.3 of ${what}`,
  done: `Deployed v1.2.3 of ${what}`,
  followed: true,
  stages: [{ title: 'Update the services', steps, together: true, onFailure: 'undo' }],
  warnings: [],
}

const classes = names.map((name) => name.replaceAll(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase()))

/** Something for each service, each half a second after the one before it. */
const wave = (second: number, tell: (step: Step, name: string) => RunEvent): [number, RunEvent][] =>
  steps.map((step, index) => [second + index / 2, tell(step, names[index]!)])

/** All are deployed well; of one ECS has something to say meanwhile. */
export const thirtyServices = told(
  [
    0,
    {
      type: 'run.started',
      command: 'deploy',
      definitions: classes,
      tag: 'v1.2.3',
      region: 'eu-west-1',
      local: false,
    },
  ],
  [0, described(...names.map((name) => [name, `${name}:7`] as const))],
  ...wave(0, (_step, name) =>
    answered('describeTaskDefinition', revisionOf(`${name}:7`, { app: `${name}:v1.2.2` })),
  ).map(([, event]): [number, RunEvent] => [0, event]),
  [0, { type: 'plan.made', plan }],
  ...wave(0, (_step, name) =>
    answered('registerTaskDefinition', revisionOf(`${name}:8`, { app: `${name}:v1.2.3` })),
  ).map(([, event]): [number, RunEvent] => [0, event]),
  [0, stage('Update the services', ...steps)],
  ...wave(0, (step) => started(step)),
  ...wave(0, (_step, name) => answered('updateService', { service: serviceOf(name, `${name}:8`) })),
  ...wave(20, ({ id }, name) => progressed(id, name, { pending: 2, others: 2 })),
  [
    35,
    reported(
      steps[25]!.id,
      names[25]!,
      'was unable to place a task because no container instance met all of its requirements.',
    ),
  ],
  ...wave(40, ({ id }, name) => progressed(id, name, { running: 1, pending: 1, others: 2 })),
  ...wave(60, ({ id }, name) => progressed(id, name, { running: 2 }, 'COMPLETED')).flatMap(
    ([second, event], index): [number, RunEvent][] => [
      [second, event],
      [second, finished(steps[index]!, `${names[index]}:8`)],
    ],
  ),
  [
    75,
    {
      type: 'run.finished',
      outcome: 'succeeded',
      exitCode: 0,
      summary: `Deployed v1.2.3 of ${what}.`,
      milliseconds: 75_000,
      left: [],
    },
  ],
)
