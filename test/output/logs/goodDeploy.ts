/** The log of a deploy that succeeds. */
import { deployPlan, migrating, registering, updating } from './deployPlan.ts'
import {
  answered,
  described,
  finished,
  head,
  logged,
  progressed,
  reported,
  revisionOf,
  serviceOf,
  stage,
  started,
  task,
  told,
} from './happenings.ts'

const [, , , targets, prune] = deployPlan.stages
const service = 'updateService my_cluster/web'

/** A deploy in which all goes well but for a revision that is still in use and a notice that cannot be published. */
export const goodDeploy = told(
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
  [0, answered('describeTaskDefinition', revisionOf('web:7', { web: 'my_image:v1.2.2', proxy: 'nginx:1.29' }))],
  [1, { type: 'plan.made', plan: deployPlan }],
  [1, stage('Register', registering)],
  [1, started(registering)],
  [
    1,
    {
      type: 'call.retried',
      client: 'ecs',
      method: 'registerTaskDefinition',
      error: { name: 'ThrottlingException', message: 'Rate exceeded' },
      milliseconds: 300,
    },
  ],
  [
    2,
    {
      type: 'call.retried',
      client: 'ecs',
      method: 'registerTaskDefinition',
      error: { name: 'ThrottlingException', message: 'Rate exceeded' },
      milliseconds: 4_000,
    },
  ],
  [6, answered('registerTaskDefinition', revisionOf('web:8', { web: 'my_image:v1.2.3', proxy: 'nginx:1.29' }))],
  [6, finished(registering, 'web:8')],
  [6, stage('Run the one-off tasks', migrating)],
  [6, started(migrating)],
  [9, task('PENDING')],
  [12, task('RUNNING')],
  [13, logged('Operations to perform:\n  Apply all migrations: shop')],
  [14, logged('Running migrations:\n  Applying shop.0042_order_currency… OK')],
  [15, task('STOPPED', { exitCode: 0 })],
  [15, finished(migrating, '0f3a9c21d5')],
  [15, stage('Update the services', updating)],
  [15, started(updating)],
  [15, answered('updateService', { service: serviceOf('web', 'web:8') })],
  [20, progressed(service, 'web', { pending: 2, others: 2 })],
  [20, reported(service, 'web', 'has started 2 tasks: (task 11aa22bb33) (task 44cc55dd66).')],
  [25, progressed(service, 'web', { pending: 2, others: 2 })],
  [40, progressed(service, 'web', { running: 2, others: 2 })],
  [55, reported(service, 'web', 'has stopped 2 running tasks: (task 77ee88ff99) (task 00aa11bb22).')],
  [60, progressed(service, 'web', { running: 2 }, 'COMPLETED')],
  [60, finished(updating, 'web:8')],
  [60, stage('Set the event targets', ...targets!.steps)],
  [60, started(targets!.steps[0]!)],
  [61, finished(targets!.steps[0]!)],
  [61, stage('Prune old revisions', ...prune!.steps)],
  [61, started(prune!.steps[0]!)],
  [
    62,
    {
      type: 'step.skipped',
      ...head(prune!.steps[0]!),
      reason: 'web:1 is still used by service my_cluster/old',
    },
  ],
  [
    62,
    {
      type: 'warning.raised',
      text: 'No notification could be published to arn:aws:sns:eu-west-1:123456789012:deploys: AuthorizationErrorException: not authorized to perform SNS:Publish',
    },
  ],
  [
    62,
    {
      type: 'run.finished',
      outcome: 'succeeded',
      exitCode: 0,
      summary: 'Deployed v1.2.3 of WebTask.',
      milliseconds: 62_000,
      left: [],
    },
  ],
)
