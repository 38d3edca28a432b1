/** The log of a deploy whose one-off task fails. */
import type { Problem } from '../../../src/engine/events.ts'
import { deployPlan, migrating, registering } from './deployPlan.ts'
import { finished, head, logged, stage, started, task, told } from './happenings.ts'

const deregistering = registering.undo![0]!

const problem: Problem = {
  code: 'TaskFailed',
  what: 'The one-off task failed: container web exited with 3.',
  why: 'Essential container in task exited',
  fix: 'No service was touched. Fix the task, then deploy again.',
}

/** A migration that exits with 3: no service is touched, and the new revision goes. */
export const failedMigration = told(
  [
    0,
    {
      type: 'run.started',
      command: 'deploy',
      definitions: ['WebTask'],
      tag: 'v1.2.3',
      region: 'eu-west-1',
      local: true,
    },
  ],
  [0, { type: 'plan.made', plan: deployPlan }],
  [0, stage('Register', registering)],
  [0, started(registering)],
  [1, finished(registering, 'web:8')],
  [1, stage('Run the one-off tasks', migrating)],
  [1, started(migrating)],
  [4, task('RUNNING')],
  [6, logged('Applying shop.0042_price...')],
  [6, logged('django.db.utils.ProgrammingError: column "price" already exists')],
  [7, task('STOPPED', { exitCode: 3 })],
  [
    7,
    {
      type: 'step.failed',
      ...head(migrating),
      problem,
      forensics: {
        stoppedTasks: [
          {
            stoppedReason: 'Essential container in task exited',
            count: 1,
            taskArns: ['arn:aws:ecs:eu-west-1:123456789012:task/my_cluster/0f3a9c21d5'],
            containers: [{ name: 'web', lastStatus: 'STOPPED', exitCode: 3 }],
          },
        ],
        logs: [
          {
            container: 'web',
            taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/my_cluster/0f3a9c21d5',
            lines: ['Applying shop.0042_price...', 'django.db.utils.ProgrammingError: column "price" already exists'],
          },
        ],
        targets: [],
        unmet: ['container web exited with 3'],
        next: 'aws logs tail /ecs/web --log-stream-name-prefix web/web/0f3a9c21d5 --since 1h --region eu-west-1',
      },
    },
  ],
  [7, { type: 'undo.started', because: problem }],
  [7, started(deregistering, true)],
  [8, finished(deregistering, 'web:8', true)],
  [8, { type: 'undo.finished', restored: true, left: [] }],
  [
    8,
    {
      type: 'run.finished',
      outcome: 'restored',
      exitCode: 1,
      summary: 'Deploy v1.2.3 of WebTask failed; everything is as it was.',
      milliseconds: 8_400,
      problem,
      left: [],
    },
  ],
)
