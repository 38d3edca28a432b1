// Everything that a class's commands do, as stories that are told with the policy that ecs-task prints and with less of it.
import { expect } from 'vitest'
import { openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import type { Declared } from '../../src/definition/definition.ts'
import { read } from '../../src/definition/read.ts'
import type { Decided } from '../../src/local/authorize.ts'
import { runOnce } from '../../src/deploy/runOnce.ts'
import { readStatus } from '../../src/deploy/status/readStatus.ts'
import { nameOf } from '../../src/ground/names.ts'
import { clusterArn, web } from '../deploy/declared.ts'
import { diff } from '../deploy/differences/support.ts'
import { ecr, push } from '../deploy/ecr.ts'
import { forensicsIn } from '../deploy/failing.ts'
import { fixturesOf, stage } from '../deploy/support.ts'

type Staged = ReturnType<typeof stage>

export interface Story {
  readonly declared: Declared | readonly Declared[]
  readonly tell: (staged: Staged) => Promise<void>
}

const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`
const topic = 'arn:aws:sns:us-east-1:123456789012:deployments'
const plain = (more: Partial<Declared> = {}): Declared => web({ runTasks: [], eventTargets: [], ...more })
const container = { name: 'web', image: 'my_image:<image_tag>', cpu: 256, memory: 512 }
const withContainer = (more: object, taskDefinition: object = {}): Declared['taskDefinition'] => ({
  family: 'web',
  containerDefinitions: [{ ...container, ...more }],
  ...taskDefinition,
})
const logging = {
  logConfiguration: {
    logDriver: 'awslogs',
    options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' },
  },
} as const
const roles = { taskRoleArn: role('task'), executionRoleArn: role('execution') }
const service = { cluster: 'my_cluster', service: 'web' }
const succeeded = { exitCode: 0, left: [] }
const putBack = { exitCode: 1, left: [] }

/** A deployment of v2 that is paused at a PAUSE hook. */
async function paused(staged: Staged): Promise<void> {
  const lifecycleHooks = [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }]
  const deploymentConfiguration = { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks }
  staged.call('ecs', 'UpdateService', { ...service, deploymentConfiguration })
  expect(await staged.deploy('v2', { until: 'paused' })).toMatchObject(succeeded)
}

function statusOf({ settings, clock }: Staged, declared: Declared) {
  const aws = openAws({ transport: sdkTransport(settings, { clock }), clock })
  return readStatus(aws, [read(declared, 'Task').definition])
}

/** Behind a load balancer whose health checks the tag `unhealthy` fails. */
const group = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef'
const balanced = plain({
  taskDefinition: withContainer(
    { portMappings: [{ containerPort: 8080 }] },
    {
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: 'execution',
    },
  ),
})

export const stories: Readonly<Record<string, Story>> = {
  'deploys a migration, a service and a target, twice': {
    declared: web(),
    async tell({ deploy, runs }) {
      expect(await deploy('v1')).toMatchObject(succeeded)
      expect(await deploy('v2')).toMatchObject(succeeded)
      expect(runs('my_cluster/web')).toBe('web:3')
    },
  },
  'prunes, after it has looked at everything that may use a revision': {
    declared: web({ activeTaskCount: 1 }),
    async tell({ call, deploy, active }) {
      call('events', 'CreateEventBus', { Name: 'others' })
      call('events', 'PutRule', { Name: 'theirs', EventBusName: 'others', EventPattern: '{"source":["x"]}' })
      const EcsParameters = { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/other:1' }
      const Targets = [{ Id: 'x', Arn: clusterArn, RoleArn: role('theirs'), EcsParameters }]
      call('events', 'PutTargets', { Rule: 'theirs', EventBusName: 'others', Targets })
      call('ecs', 'RegisterTaskDefinition', {
        family: 'other',
        containerDefinitions: [{ ...container, image: 'other:1' }],
      })
      const other = { cluster: 'my_cluster', serviceName: 'other', taskDefinition: 'other', desiredCount: 1 }
      call('ecs', 'CreateService', other)
      expect(await deploy('v1')).toMatchObject(succeeded)
      expect(await deploy('v2')).toMatchObject(succeeded)
      expect(active('web')).toEqual(['web:3'])
    },
  },
  'passes every role, and tags': {
    declared: web({
      taskDefinition: withContainer({}, { ...roles, tags: [{ key: 'team', value: 'shop' }] }),
      runTasks: [
        { cluster: 'my_cluster', overrides: { taskRoleArn: role('migration') }, tags: [{ key: 'for', value: 'it' }] },
      ],
      updateServices: [
        {
          ...service,
          deploymentConfiguration: {
            strategy: 'BLUE_GREEN',
            bakeTimeInMinutes: 0,
            lifecycleHooks: [
              {
                hookTargetArn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
                roleArn: role('hooks'),
                lifecycleStages: ['POST_SCALE_UP'],
              },
            ],
          },
        },
      ],
    }),
    async tell({ deploy }) {
      expect(await deploy('v1')).toMatchObject(succeeded)
      expect(await deploy('v2')).toMatchObject(succeeded)
    },
  },
  'deploys to a rule of another bus, by ARNs': {
    declared: web({
      runTasks: [],
      updateServices: [{ cluster: clusterArn, service: 'arn:aws:ecs:us-east-1:123456789012:service/my_cluster/web' }],
      eventTargets: [
        {
          Rule: 'nightly',
          EventBusName: 'own',
          Targets: [{ Id: 'web', Arn: clusterArn, RoleArn: role('events'), EcsParameters: {} }],
        },
      ],
    }),
    async tell({ call, deploy, aws }) {
      call('events', 'CreateEventBus', { Name: 'own' })
      call('events', 'PutRule', { Name: 'nightly', EventBusName: 'own', EventPattern: '{"source":["x"]}' })
      aws.provision({ rules: [{ name: 'nightly', eventBusName: 'own' }] })
      expect(await deploy('v1')).toMatchObject(succeeded)
    },
  },
  'moves a schedule, and puts it back': {
    declared: plain({
      activeTaskCount: 1,
      schedules: [{ Name: 'nightly', Target: { Arn: clusterArn, RoleArn: role('cron') } }],
    }),
    async tell({ call, deploy, rollback, schedule }) {
      const runs = (): string => nameOf(schedule('default/nightly').Target.EcsParameters.TaskDefinitionArn)
      call('scheduler', 'CreateScheduleGroup', { Name: 'others' })
      const { Arn, CreationDate, LastModificationDate, ...theirs } = schedule('default/nightly')
      call('scheduler', 'CreateSchedule', { ...theirs, Name: 'theirs', GroupName: 'others' })
      expect(await deploy('v1')).toMatchObject(succeeded)
      expect(await deploy('exit-1')).toMatchObject(putBack)
      expect(await deploy('v2')).toMatchObject(succeeded)
      expect(runs()).toBe('web:4')
      expect(await rollback()).toMatchObject({ exitCode: 0 })
      expect(runs()).not.toBe('web:4')
    },
  },
  'tells a topic': {
    declared: plain({ snsNotificationTopicArn: topic }),
    async tell({ deploy, published }) {
      expect(await deploy('v2')).toMatchObject(succeeded)
      expect(published(topic).length).toBeGreaterThan(0)
    },
  },
  'takes locks, and gives them back': {
    declared: plain({ lock: 's3://locks/shop' }),
    async tell({ deploy, aws }) {
      expect(await deploy('v2')).toMatchObject(succeeded)
      const [lock] = Object.values(aws.world.global.s3Buckets['locks']!.objects)
      expect(JSON.parse(lock!.body)).toMatchObject({ command: 'deploy v2', released: {} })
      const since = new Date(Date.UTC(2026, 0, 1)).toISOString()
      aws.perform({
        service: 's3',
        operation: 'PutObject',
        input: () => ({
          Bucket: 'locks',
          Key: 'shop/us-east-1/services/my_cluster/web.json',
          Body: JSON.stringify({
            version: 1,
            id: 'other',
            holder: 'bob',
            since,
            until: since,
            ttlSeconds: 60,
            renewals: 0,
          }),
        }),
      })
      expect(await deploy('v3')).toMatchObject({ problem: { what: 'bob holds the lock of my_cluster/web.' } })
    },
  },
  'puts everything back after a rollout that failed, and shows its logs': {
    declared: web({ taskDefinition: withContainer(logging) }),
    async tell({ deploy, runs, targets }) {
      const { events, ...result } = await deploy('crash')
      expect(result).toMatchObject(putBack)
      expect([runs('my_cluster/web'), targets('nightly')]).toEqual(['web:1', []])
      expect(forensicsIn(events).logs).toMatchObject([{ lines: expect.arrayContaining(['exiting with code 1']) }])
    },
  },
  'stops what failed and leaves the rest, where that was asked for': {
    declared: plain(),
    async tell({ deploy }) {
      expect(await deploy('exit-1', { onFailure: 'stop' })).toMatchObject({ exitCode: 3 })
    },
  },
  'puts the targets of a rule back where a later class fails': {
    declared: [
      web({ runTasks: [], updateServices: [] }),
      {
        ...plain({ after: ['Task'], updateServices: [{ cluster: 'my_cluster', service: 'late' }] }),
        taskDefinition: { ...withContainer({}), family: 'late' },
      },
    ],
    async tell({ deploy, targets }) {
      expect(await deploy('exit-1')).toMatchObject(putBack)
      expect(targets('nightly')).toEqual([])
      expect(await deploy('v1')).toMatchObject(succeeded)
      expect(await deploy('exit-1')).toMatchObject(putBack)
      expect(targets('nightly')).toHaveLength(1)
    },
  },
  'shows the targets of a load balancer that are not healthy': {
    declared: balanced,
    async tell(staged) {
      const { aws, call, deploy } = staged
      aws.provision({ targetGroups: [{ arn: group, targetType: 'ip' }] })
      call('ecs', 'UpdateService', {
        ...service,
        healthCheckGracePeriodSeconds: 3600,
        loadBalancers: [{ targetGroupArn: group, containerName: 'web', containerPort: 8080 }],
      })
      const { events, exitCode } = await deploy('unhealthy', { timeout: 600_000 })
      expect(exitCode).toBe(1)
      expect(forensicsIn(events).targets).toContainEqual(expect.objectContaining({ state: 'unhealthy' }))
    },
  },
  'stops a one-off task that takes too long': {
    declared: web({ updateServices: [], eventTargets: [], taskDefinition: withContainer(logging) }),
    async tell({ deploy }) {
      expect(await deploy('slow-10m', { timeout: 60_000 })).toMatchObject({ problem: { code: 'TimedOut' }, left: [] })
    },
  },
  'skips what is unchanged, by the digests of its images': {
    declared: web({ taskDefinition: withContainer({ image: `${ecr}/my_image:<image_tag>` }) }),
    async tell(staged) {
      push(staged, 'my_image', 'one', 'v2')
      expect(await staged.deploy('v2')).toMatchObject(succeeded)
      expect(await staged.deploy('v2', { skipUnchanged: true })).toMatchObject({ ...succeeded, writes: [] })
      push(staged, 'my_image', 'two', 'v2')
      expect(await staged.deploy('v2', { skipUnchanged: true })).toMatchObject(succeeded)
    },
  },
  'rolls back, without and with a tag': {
    declared: web({ taskDefinition: withContainer({}, roles) }),
    async tell({ deploy, rollback, runs }) {
      await deploy('v1')
      await deploy('v2')
      await deploy('v3')
      expect(await rollback()).toMatchObject(succeeded)
      expect(runs('my_cluster/web')).toBe('web:3')
      expect(await rollback({ to: 'v1' })).toMatchObject(succeeded)
      expect(runs('my_cluster/web')).toBe('web:2')
    },
  },
  'rolls back to a revision that it has to register again': {
    declared: plain({ taskDefinition: withContainer({}, roles) }),
    async tell({ call, deploy, runs }) {
      await deploy('v1')
      call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'web:2' })
      expect(await deploy('exit-1')).toMatchObject(putBack)
      expect(runs('my_cluster/web')).not.toBe('web:3')
    },
  },
  'lets a paused deployment go on': {
    declared: plain(),
    async tell(staged) {
      await paused(staged)
      expect(await staged.proceed()).toMatchObject(succeeded)
      expect(staged.runs('my_cluster/web')).toBe('web:2')
    },
  },
  'rejects a paused deployment': {
    declared: plain(),
    async tell(staged) {
      await paused(staged)
      expect(await staged.reject()).toMatchObject(succeeded)
      expect(staged.runs('my_cluster/web')).toBe('web:1')
    },
  },
  'rolls back during a deployment': {
    declared: plain(),
    async tell({ deploy, rollback, runs }) {
      await deploy('slow-10m', { wait: false })
      expect(await rollback()).toMatchObject(succeeded)
      expect(runs('my_cluster/web')).toBe('web:1')
    },
  },
  'waits for what is under way': {
    declared: plain(),
    async tell({ deploy, wait }) {
      await deploy('v2', { wait: false })
      expect(await wait()).toMatchObject(succeeded)
    },
  },
  'shows the status': {
    declared: web(),
    async tell(staged) {
      await staged.deploy('v2')
      const status = await statusOf(staged, web())
      expect([status.unread, status.state]).toEqual([[], 'settled'])
      expect(status.definitions[0]!.revisions[0]).toMatchObject({ revision: 'web:2', tags: ['v2'] })
    },
  },
  'shows the differences': {
    declared: web(),
    async tell(staged) {
      await staged.deploy('v2')
      expect((await diff(staged, web(), 'v3')).differences.map(({ path }) => path)).toContain(
        'containerDefinitions/web/image',
      )
    },
  },
  'plans a dry run': {
    declared: web({ activeTaskCount: 1 }),
    async tell({ deploy }) {
      expect(await deploy('v2', { dryRun: true })).toMatchObject({ exitCode: 0, writes: [] })
    },
  },
  'runs the task of a family once': {
    declared: web({ taskDefinition: withContainer(logging, roles) }),
    async tell({ settings, clock }) {
      const run = { cluster: 'my_cluster', overrides: { containerOverrides: [{ name: 'web', command: ['x'] }] } }
      expect(await runOnce({ run, taskDefinition: 'web' }, { ...settings, clock })).toMatchObject({ exitCode: 0 })
    },
  },
}

/** Tells a story with a policy; answers what was decided, which `decisions` has also where the story breaks off. */
export async function told({ declared, tell }: Story, policy: string, decisions: Decided[] = []): Promise<Decided[]> {
  const definitions = [declared].flat().map((one, index) => read(one, `Task${index || ''}`).definition)
  const { services = [], ...made } = fixturesOf(definitions)
  const named = services.map((one) => ({ ...one, service: nameOf(one.service) }))
  await tell(stage(declared, { policy, decisions, made: { ...made, services: named } }))
  return decisions
}
