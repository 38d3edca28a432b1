/** The log of a canary deployment with a diff, throttled calls, and traffic that shifts in two parts. */
import type { ToldEvent } from '../../../src/engine/events.ts'
import { deployPlan, registering, updating } from '../logs/deployPlan.ts'
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
} from '../logs/happenings.ts'

const service = 'updateService my_cluster/web'
const family = { type: 'family', family: 'web' } as const
const differing = {
  ...registering,
  differences: [
    {
      of: family,
      revisions: ['web:7'],
      runBy: ['my_cluster/web'],
      path: 'containerDefinitions/web/image',
      before: 'my_image:v1.2.2',
      after: 'my_image:v1.2.3',
    },
    {
      of: family,
      revisions: ['web:7'],
      runBy: ['my_cluster/web'],
      path: 'containerDefinitions/web/environment/LEVEL',
      after: '<debug>',
    },
  ],
}

const at = (running: number, lifecycleStage: string, trafficPercent: number, rolloutState = 'IN_PROGRESS') => ({
  ...progressed(service, 'web', { desired: 4, running, others: 4 }, rolloutState),
  lifecycleStage,
  trafficPercent,
})

const throttled = {
  type: 'call.retried',
  client: 'ecs',
  method: 'describeServices',
  error: { name: 'ThrottlingException', message: 'Rate exceeded' },
  milliseconds: 1_500,
} as const

export const blueGreen: readonly ToldEvent[] = told(
  [
    0,
    {
      type: 'run.started',
      command: 'deploy',
      definitions: ['WebTask'],
      tag: 'v1.2.3',
      region: 'eu-west-1',
      local: false,
    },
  ],
  [0, described(['web', 'web:7'])],
  [0, answered('describeTaskDefinition', revisionOf('web:7', { web: 'my_image:v1.2.2' }))],
  [
    1,
    {
      type: 'plan.made',
      plan: { ...deployPlan, stages: [{ ...deployPlan.stages[0]!, steps: [differing] }, deployPlan.stages[2]!] },
    },
  ],
  [1, { type: 'account.identified', account: '123456789012' }],
  [1, stage('Register', registering)],
  [1, started(registering)],
  [4, answered('registerTaskDefinition', revisionOf('web:8', { web: 'my_image:v1.2.3' }))],
  [4, finished(registering, 'web:8')],
  [4, stage('Update the services', updating)],
  [4, started(updating)],
  [5, answered('updateService', { service: serviceOf('web', 'web:8') })],
  [10, at(0, 'SCALE_UP', 0)],
  [25, at(2, 'SCALE_UP', 0)],
  [25, throttled],
  [40, at(4, 'TEST_TRAFFIC_SHIFT', 0)],
  [60, at(4, 'PRODUCTION_TRAFFIC_SHIFT', 10)],
  [60, reported(service, 'web', 'has shifted 10% of its traffic.')],
  [95, throttled],
  [120, at(4, 'PRODUCTION_TRAFFIC_SHIFT', 100)],
  [130, at(4, 'BAKE_TIME', 100)],
  [190, at(4, 'CLEAN_UP', 100, 'COMPLETED')],
  [195, finished(updating, 'web:8')],
  [
    195,
    {
      type: 'run.finished',
      outcome: 'succeeded',
      exitCode: 0,
      summary: 'Deployed v1.2.3 of WebTask.',
      milliseconds: 195_000,
      left: [],
    },
  ],
)
