// One fault of each kind, in definitions that are otherwise sound.
import type { Declared } from '../../../src/definition/definition.ts'
import { cluster, ecr, inNetwork, network, role, secretArn, targetGroup, web, worker } from './support.ts'

const image = 'taskDefinition/containerDefinitions/0/image'
const updating = (more: object): Pick<Declared, 'updateServices'> => ({
  updateServices: [{ cluster: 'my_cluster', service: 'web', ...more }],
})
const targets = (Rule: string, more: object = {}): Pick<Declared, 'eventTargets'> => ({
  eventTargets: [
    {
      Rule,
      Targets: [{ Id: 'web', Arn: cluster('my_cluster'), RoleArn: role('events'), EcsParameters: inNetwork, ...more }],
    },
  ],
})
export const secret = (valueFrom: string): Declared => web({ container: { secrets: [{ name: 'KEY', valueFrom }] } })
const secretAt = 'taskDefinition/containerDefinitions/0/secrets/0/valueFrom'

/** A definition with one fault each, and what is found; `host` is that of a registry. */
export const faultsWith = (host: string): Readonly<Record<string, () => [Declared, string]>> => ({
  noTag: () => [
    web({ container: { image: `${ecr}/web:v9` } }),
    `error images noTag/${image}: ECR has no image web:v9.`,
  ],
  noDigest: () => [
    web({ container: { image: `${ecr}/web@sha256:${'0'.repeat(64)}` } }),
    `error images noDigest/${image}: ECR has no image web@sha256:${'0'.repeat(64)}.`,
  ],
  noRepository: () => [
    web({ container: { image: `${ecr}/wbe:v1` } }),
    `error images noRepository/${image}: ECR has no repository wbe.`,
  ],
  otherPlatform: () => [
    web({ container: { image: `${ecr}/arm:v1` } }),
    `error images otherPlatform/${image}: ${ecr}/arm:v1 is built for linux/arm64, and the tasks run on linux/amd64.`,
  ],
  noTagElsewhere: () => [
    web({ container: { image: `${host}/web:v9` } }),
    `error registries noTagElsewhere/${image}: The registry has no image ${host}/web:v9.`,
  ],
  otherPlatformElsewhere: () => [
    web({ container: { image: `${host}/web:arm` } }),
    `error registries otherPlatformElsewhere/${image}: ${host}/web:arm is built for linux/arm64, and the tasks run on linux/amd64.`,
  ],
  noTaskRole: () => [
    web({ taskDefinition: { taskRoleArn: role('nobody') } }),
    'error roles noTaskRole/taskDefinition/taskRoleArn: There is no role nobody.',
  ],
  rolePath: () => [
    web({ taskDefinition: { taskRoleArn: role('team/web') } }),
    `error roles rolePath/taskDefinition/taskRoleArn: There is no role ${role('team/web')}; role web is ${role('web')}.`,
  ],
  untrustedRole: () => [
    web({ taskDefinition: { executionRoleArn: role('untrusted') } }),
    'error roles untrustedRole/taskDefinition/executionRoleArn: Role untrusted does not trust ecs-tasks.amazonaws.com.',
  ],
  eventRole: () => [
    web(targets('nightly', { RoleArn: role('web') })),
    'error roles eventRole/eventTargets/0/Targets/0/RoleArn: Role web does not trust events.amazonaws.com.',
  ],
  noParameter: () => [secret('/web/kye'), `error parameters noParameter/${secretAt}: There is no parameter /web/kye.`],
  noSecret: () => [secret(secretArn('none')), `error secrets noSecret/${secretAt}: There is no secret none.`],
  deletedSecret: () => [
    secret(secretArn('gone')),
    `error secrets deletedSecret/${secretAt}: Secret gone is scheduled for deletion.`,
  ],
  noKey: () => [secret(`${secretArn('web')}:user::`), `error secrets noKey/${secretAt}: Secret web has no key user.`],
  keyOfText: () => [
    secret(`${secretArn('text')}:user::`),
    `error secrets keyOfText/${secretAt}: Secret text is not JSON, so it has no key user.`,
  ],
  noStage: () => [
    secret(`${secretArn('web')}::AWSPREVIOUS:`),
    `error secrets noStage/${secretAt}: Secret web has no version with the stage AWSPREVIOUS.`,
  ],
  noLogGroup: () => [
    web({
      container: {
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': 'web-', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'w' },
        },
      },
    }),
    'error logGroups noLogGroup/taskDefinition/containerDefinitions/0/logConfiguration/options/awslogs-group: There is no log group web-.',
  ],
  noCluster: () => [
    web({ runTasks: [{ cluster: 'none', networkConfiguration: network(), launchType: 'FARGATE' }] }),
    'error clusters noCluster/runTasks/0/cluster: There is no cluster none.',
  ],
  clusterElsewhere: () => [
    web(targets('nightly', { Arn: cluster('my_cluster2').replace('us-east-1', 'eu-west-1') })),
    'error clusters clusterElsewhere/eventTargets/0/Targets/0/Arn: There is no cluster my_cluster2; its ARN is of eu-west-1, and calls go to us-east-1.',
  ],
  noService: () => [
    worker('wroker'),
    'error services noService/updateServices/0/service: There is no service wroker in cluster my_cluster.',
  ],
  othersDeployIt: () => [
    worker('others'),
    'error services othersDeployIt/updateServices/0/service: Service others is deployed by EXTERNAL; only the ECS deployment controller is supported.',
  ],
  noRule: () => [
    web(targets('nihgtly')),
    'error eventRules noRule/eventTargets/0/Rule: There is no rule nihgtly on the event bus default.',
  ],
  noSchedule: () => [
    web({ schedules: [{ Name: 'nihgtly' }] }),
    'error schedules noSchedule/schedules/0/Name: There is no schedule nihgtly in group default.',
  ],
  scheduleOfQueue: () => [
    web({ schedules: [{ Name: 'queue' }] }),
    'error schedules scheduleOfQueue/schedules/0/Target: Schedule queue starts no ECS task.',
  ],
  roleOfSchedule: () => [
    web({ schedules: [{ Name: 'nightly', Target: { RoleArn: role('events') } }] }),
    'error roles roleOfSchedule/schedules/0/Target/RoleArn: Role events does not trust scheduler.amazonaws.com.',
  ],
  clusterOfSchedule: () => [
    web({ schedules: [{ Name: 'nightly', Target: { Arn: cluster('none') } }] }),
    'error clusters clusterOfSchedule/schedules/0/Target/Arn: There is no cluster none.',
  ],
  subnetOfSchedule: () => [
    web({ schedules: [{ Name: 'lost' }] }),
    'error networks subnetOfSchedule/schedules/0/Target/EcsParameters/NetworkConfiguration/awsvpcConfiguration/Subnets: There is no subnet subnet-404.',
  ],
  scheduleWithoutNetwork: () => [
    web({ schedules: [{ Name: 'bare' }] }),
    'error startedTasks scheduleWithoutNetwork/schedules/0/Target/EcsParameters/NetworkConfiguration: Schedule bare has no network, and its tasks need one (awsvpc).',
  ],
  targetWithoutNetwork: () => [
    web(targets('nightly', { EcsParameters: {} })),
    'error startedTasks targetWithoutNetwork/eventTargets/0/Targets/0/EcsParameters/NetworkConfiguration: Target web of rule nightly has no network, and its tasks need one (awsvpc).',
  ],
  scheduleOnInstances: () => [
    web({ schedules: [{ Name: 'nightly', Target: { EcsParameters: { LaunchType: 'EC2' } } }] }),
    'error startedTasks scheduleOnInstances/schedules/0/Target/EcsParameters/LaunchType: Schedule nightly starts its tasks on EC2, and the task definition is for FARGATE.',
  ],
  elevenTasks: () => [
    web(targets('nightly', { EcsParameters: { ...inNetwork, TaskCount: 11 } })),
    'error startedTasks elevenTasks/eventTargets/0/Targets/0/EcsParameters/TaskCount: Target web of rule nightly starts 11 tasks at once, and ECS takes 10.',
  ],
  mayNotRun: () => [
    web({ schedules: [{ Name: 'nightly', Target: { RoleArn: role('may-not-run') } }] }),
    'error startingRoles mayNotRun/schedules/0/Target/RoleArn: Role may-not-run of schedule nightly may not ecs:RunTask on arn:aws:ecs:us-east-1:123456789012:task-definition/web:*.',
  ],
  mayNotPass: () => [
    web(targets('nightly', { RoleArn: role('may-not-pass') })),
    'error startingRoles mayNotPass/eventTargets/0/Targets/0/RoleArn: Role may-not-pass of target web of rule nightly may not iam:PassRole on arn:aws:iam::123456789012:role/execution.',
  ],
  startedByOthers: () => [
    { ...web({ schedules: [] }), taskDefinition: { ...web().taskDefinition, family: 'theirs' } },
    'warning undeclared startedByOthers/taskDefinition/family: Schedule jobs/theirs starts theirs:1, but no class of this run declares it: deploys leave it there.',
  ],
  fullRule: () => [
    web(targets('full')),
    'error eventRules fullRule/eventTargets/0/Targets: Rule full would have 6 targets, and EventBridge takes 5.',
  ],
  noCapacityProvider: () => [
    web(updating({ capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }, { capacityProvider: 'spots' }] })),
    'error capacityProviders noCapacityProvider/updateServices/0/capacityProviderStrategy/1/capacityProvider: Cluster my_cluster has no capacity provider spots; it has FARGATE, FARGATE_SPOT.',
  ],
  noProviderOfTarget: () => [
    web(
      targets('nightly', {
        EcsParameters: { ...inNetwork, CapacityProviderStrategy: [{ capacityProvider: 'spots' }] },
      }),
    ),
    'error capacityProviders noProviderOfTarget/eventTargets/0/Targets/0/EcsParameters/CapacityProviderStrategy/0/capacityProvider: Cluster my_cluster has no capacity provider spots; it has FARGATE, FARGATE_SPOT.',
  ],
  noSubnetOfTarget: () => [
    web(
      targets('nightly', {
        EcsParameters: {
          NetworkConfiguration: { awsvpcConfiguration: { Subnets: ['subnet-404'], SecurityGroups: ['sg-1'] } },
        },
      }),
    ),
    'error networks noSubnetOfTarget/eventTargets/0/Targets/0/EcsParameters/NetworkConfiguration/awsvpcConfiguration/Subnets: There is no subnet subnet-404.',
  ],
  noSubnet: () => [
    web(updating({ networkConfiguration: network(['subnet-1', 'subnet-404']) })),
    'error networks noSubnet/updateServices/0/networkConfiguration/awsvpcConfiguration/subnets: There is no subnet subnet-404.',
  ],
  noSecurityGroup: () => [
    web(updating({ networkConfiguration: network(['subnet-1'], ['sg-404']) })),
    'error networks noSecurityGroup/updateServices/0/networkConfiguration/awsvpcConfiguration/securityGroups: There is no security group sg-404.',
  ],
  otherVpc: () => [
    web(updating({ networkConfiguration: network(['subnet-1'], ['sg-9']) })),
    'error networks otherVpc/updateServices/0/networkConfiguration/awsvpcConfiguration: Its network is in several VPCs: subnet-1 in vpc-1; sg-9 in vpc-2.',
  ],
  runWithoutNetwork: () => [
    web({ runTasks: [{ cluster: 'empty', launchType: 'FARGATE' }] }),
    'error taskNetworks runWithoutNetwork/runTasks/0/networkConfiguration: The one-off task has no network, and needs one (awsvpc).',
  ],
  serviceWithoutNetwork: () => [
    { ...worker(), taskDefinition: { ...worker().taskDefinition, networkMode: 'awsvpc' } },
    'error taskNetworks serviceWithoutNetwork/updateServices/0/networkConfiguration: Service worker has no network, and its tasks need one (awsvpc).',
  ],
  noTargetGroup: () => [
    web(
      updating({ loadBalancers: [{ targetGroupArn: targetGroup('none'), containerName: 'web', containerPort: 80 }] }),
    ),
    'error targetGroups noTargetGroup/updateServices/0/loadBalancers/0/targetGroupArn: There is no target group none.',
  ],
  otherTargets: () => [
    web(
      updating({
        loadBalancers: [{ targetGroupArn: targetGroup('instances'), containerName: 'web', containerPort: 80 }],
      }),
    ),
    'error targetGroups otherTargets/updateServices/0/loadBalancers/0/targetGroupArn: Target group instances takes targets of type instance, and these tasks are of type ip.',
  ],
  noContainer: () => [
    web({ container: { name: 'app' }, runTasks: [{ cluster: 'my_cluster' }] }),
    'error loadBalancers noContainer/updateServices/0/loadBalancers/0: The load balancer of service web points at container web, which is not in the task definition.',
  ],
  noPort: () => [
    web({ container: { portMappings: [{ containerPort: 8080 }] } }),
    'error loadBalancers noPort/updateServices/0/loadBalancers/0: The load balancer of service web points at port 80 of container web, and its ports are 8080.',
  ],
  tooLong: () => [
    web({ container: { environment: [{ name: 'LONG', value: 'x'.repeat(70_000) }] } }),
    'error quotas tooLong/taskDefinition: The task definition has 70 KiB, and ECS takes 64.',
  ],
  sizeOfAnotherKind: () => [
    web({ taskDefinition: { requiresCompatibilities: ['EC2'], memory: '1536' } }),
    'error fargateSizes sizeOfAnotherKind/taskDefinition/memory: With a cpu of 256, Fargate has 512, 1024 or 2048 MiB, not 1536.',
  ],
  modeOfAnotherKind: () => [
    {
      ...web({ runTasks: [], eventTargets: [], container: { portMappings: [{ containerPort: 80 }] } }),
      taskDefinition: {
        family: 'web',
        cpu: '256',
        memory: '512',
        containerDefinitions: [{ name: 'worker', image: `${ecr}/web:v1` }],
      },
      updateServices: [
        { cluster: 'my_cluster', service: 'worker', capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      ],
    },
    'error fargateSizes modeOfAnotherKind/taskDefinition/networkMode: The network mode on Fargate is awsvpc, not bridge.',
  ],
  noRoom: () => [
    worker('full', {}, 'small'),
    'error room noRoom/updateServices/0: A rollout of service full starts one more task, and no instance of 1 has enough memory (256 CPU units, 512 MiB).',
  ],
  noInstance: () => [
    { ...worker(), runTasks: [{ cluster: 'empty' }] },
    'error room noInstance/runTasks/0: The one-off task needs room, and the cluster has no instance (256 CPU units, 512 MiB).',
  ],
  noBreaker: () => [
    worker('unbroken'),
    'warning circuitBreakers noBreaker/updateServices/0/deploymentConfiguration/deploymentCircuitBreaker: The circuit breaker of service unbroken is off: ECS never ends a rollout whose tasks fail.',
  ],
})
