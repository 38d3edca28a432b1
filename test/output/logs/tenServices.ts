/** The log of a rollback of ten services side by side. */
import type { RunEvent } from '../../../src/engine/events.ts'
import type { Plan } from '../../../src/engine/plan.ts'
import type { Step } from '../../../src/engine/step.ts'
import { finished, progressed, stage, started, told } from './happenings.ts'

const names = ['api', 'web', 'worker', 'mailer', 'search', 'billing', 'reports', 'images', 'admin', 'cron']

const steps = names.map((service): Step => ({
  kind: 'updateService',
  subject: { type: 'service', cluster: 'my_cluster', service },
  id: `updateService my_cluster/${service}`,
  title: `Update service ${service} in my_cluster`,
  call: { method: 'updateService', input: { cluster: 'my_cluster', service } },
}))

const plan: Plan = {
  command: 'rollback',
  title: 'Roll ShopTask back to shop:41',
  done: 'Rolled ShopTask back to shop:41',
  stages: [{ title: 'Update the services', steps, together: true, onFailure: 'undo' }],
  warnings: [],
}

/** At `running` of 2 tasks, each service a second after the one before it. */
const wave = (second: number, running: number): [number, RunEvent][] =>
  steps.map(({ id }, index) => [
    second + index,
    progressed(id, names[index]!, { running, pending: 2 - running, others: 2 - running }),
  ])

/** Ten services side by side, all rolled back well. */
export const tenServices = told(
  [0, { type: 'run.started', command: 'rollback', definitions: ['ShopTask'], region: 'eu-west-1', local: false }],
  [0, { type: 'plan.made', plan }],
  [0, stage('Update the services', ...steps)],
  ...steps.map((step): [number, RunEvent] => [0, started(step)]),
  ...wave(10, 0),
  ...wave(20, 1),
  ...wave(30, 2),
  ...steps.map((step, index): [number, RunEvent] => [40 + index, finished(step, 'shop:41')]),
  [
    50,
    {
      type: 'run.finished',
      outcome: 'succeeded',
      exitCode: 0,
      summary: 'Rolled ShopTask back to shop:41.',
      milliseconds: 90_500,
      left: [],
    },
  ],
)
