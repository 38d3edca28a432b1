/** The log of a rollout that fails and is only partly rolled back. */
import type { Problem } from '../../../src/engine/events.ts'
import { deployPlan, registering, updating } from './deployPlan.ts'
import { finished, head, progressed, reported, stage, started, told } from './happenings.ts'

const service = 'updateService my_cluster/web'
const restoring = updating.undo![0]!
const deregistering = registering.undo![0]!

const problem: Problem = {
  code: 'DeploymentFailed',
  what: 'The rollout of web failed.',
  why: 'ECS deployment circuit breaker: tasks failed to start.',
  fix: 'Look at the exit codes and logs of the tasks below.',
}

/** A rollout that the circuit breaker ends; the service goes back, but the new revision cannot be deregistered. */
export const failedRollout = told(
  [0, { type: 'run.started', command: 'deploy', definitions: ['WebTask'], tag: 'v1.2.3', local: true }],
  [0, { type: 'plan.made', plan: { ...deployPlan, stages: [deployPlan.stages[0]!, deployPlan.stages[2]!] } }],
  [0, stage('Register', registering)],
  [0, started(registering)],
  [1, finished(registering, 'web:8')],
  [1, stage('Update the services', updating)],
  [1, started(updating)],
  [5, progressed(service, 'web', { pending: 2, others: 2 })],
  [20, reported(service, 'web', 'has started 2 tasks: (task 11aa22bb33) (task 44cc55dd66).')],
  [20, progressed(service, 'web', { pending: 1, failed: 2, others: 2 })],
  [45, reported(service, 'web', '(deployment ecs-svc/2222222222222222222) deployment failed: tasks failed to start.')],
  [45, progressed(service, 'web', { failed: 4, others: 2 }, 'FAILED')],
  [
    45,
    {
      type: 'step.failed',
      ...head(updating),
      problem,
      forensics: {
        stoppedTasks: [
          {
            stoppedReason: 'Essential container in task exited',
            count: 4,
            taskArns: ['11aa22bb33', '44cc55dd66', '55ab66cd77', '88ef99ab00'].map(
              (id) => `arn:aws:ecs:eu-west-1:123456789012:task/my_cluster/${id}`,
            ),
            containers: [
              {
                name: 'web',
                lastStatus: 'STOPPED',
                exitCode: 137,
                reason: 'OutOfMemoryError: Container killed due to memory usage',
              },
              { name: 'proxy', lastStatus: 'STOPPED', exitCode: 0 },
            ],
          },
          {
            stoppedReason: 'CannotPullContainerError: pull image manifest has been retried 1 time(s)',
            count: 1,
            taskArns: ['arn:aws:ecs:eu-west-1:123456789012:task/my_cluster/99aa88bb77'],
            containers: [{ name: 'web', lastStatus: 'STOPPED' }],
          },
        ],
        logs: [
          {
            container: 'web',
            taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/my_cluster/11aa22bb33',
            lines: [
              'Loading the catalog: 61 % of 4.2 million products, 498 MiB of 512 MiB resident, allocating a further 64 MiB',
              'Killed',
            ],
          },
          {
            container: 'web',
            taskArn: 'arn:aws:ecs:eu-west-1:123456789012:task/my_cluster/99aa88bb77',
            lines: [],
            note: 'it logged nothing',
          },
        ],
        targets: ['10.0.0.7:8080', '10.0.0.8:8080'].map((target) => ({
          targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067',
          target,
          state: 'draining',
          reason: 'Target.DeregistrationInProgress',
          description: 'Target deregistration is in progress',
        })),
        unmet: ['running 0 of 2', '2 old tasks still running'],
        next: 'tsx web.ts status',
      },
    },
  ],
  [45, { type: 'undo.started', because: problem }],
  [45, started(restoring, true)],
  [50, { ...progressed(restoring.id, 'web', { running: 2 }, 'COMPLETED') }],
  [50, finished(restoring, 'web:7', true)],
  [50, started(deregistering, true)],
  [
    51,
    {
      type: 'call.failed',
      client: 'ecs',
      method: 'deregisterTaskDefinition',
      input: { taskDefinition: 'web:8' },
      error: { name: 'ServerException', message: 'Internal' },
    },
  ],
  [
    51,
    {
      type: 'step.failed',
      ...head(deregistering, true),
      problem: { code: 'RefusedByAws', what: 'AWS refused: Internal', why: 'It answered ServerException.' },
    },
  ],
  [
    51,
    {
      type: 'undo.finished',
      restored: false,
      left: [
        'Deregister the new revision of web: AWS refused: Internal Mend it with: aws ecs deregister-task-definition --task-definition web:8',
      ],
    },
  ],
  [
    51,
    {
      type: 'run.finished',
      outcome: 'halfDone',
      exitCode: 3,
      summary: 'Deploy v1.2.3 of WebTask failed; NOT everything was put back.',
      milliseconds: 51_000,
      problem,
      left: [
        'Deregister the new revision of web: AWS refused: Internal Mend it with: aws ecs deregister-task-definition --task-definition web:8',
      ],
    },
  ],
)
