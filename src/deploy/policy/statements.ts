/**
 * The statements of a policy, by Sid. What an action takes for a resource is AWS's Service Authorization Reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
import { lockPlaces } from '../lock/places.ts'
import type { Needs } from './needs.ts'
import type { Arns } from './place.ts'

/** What a statement allows; one about no resource is left out. */
export interface Drafted {
  readonly actions: readonly string[]
  readonly on: readonly string[]
  readonly if?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

type Draft = (needs: Needs, arns: Arns) => Drafted

/** AWS gives these actions no resource, so that no policy can limit them to one. */
const anything = ['*']

const passedTo = (service: string): NonNullable<Drafted['if']> => ({
  StringEquals: { 'iam:PassedToService': [service] },
})
const inClusters = (clusters: readonly string[], arns: Arns): NonNullable<Drafted['if']> => ({
  ArnEquals: { 'ecs:cluster': clusters.map(arns.cluster) },
})
/** With no cluster, or no family, there is nothing to look for. */
const whereAny = (names: readonly string[], resources: readonly string[]): readonly string[] =>
  names.length > 0 ? resources : []
const creating = (action: string): NonNullable<Drafted['if']> => ({ StringEquals: { 'ecs:CreateAction': [action] } })

const familiesIn = (families: readonly string[], arns: Arns): string[] =>
  families.map((family) => arns.ecs(`task-definition/${family}:*`))

export const statements: Readonly<Record<string, Draft>> = {
  Register: ({ families }, arns) => ({ actions: ['ecs:RegisterTaskDefinition'], on: familiesIn(families, arns) }),

  TagRevisions: ({ taggedFamilies }, arns) => ({
    actions: ['ecs:TagResource'],
    on: familiesIn(taggedFamilies, arns),
    if: creating('RegisterTaskDefinition'),
  }),

  Revisions: ({ families }) => ({
    actions: ['ecs:DeregisterTaskDefinition', 'ecs:DescribeTaskDefinition', 'ecs:ListTaskDefinitions'],
    on: families.length > 0 ? anything : [],
  }),

  TaskRoles: ({ taskRoles }, arns) => ({
    actions: ['iam:PassRole'],
    on: taskRoles.map(arns.role),
    if: passedTo('ecs-tasks.amazonaws.com'),
  }),

  ServiceRoles: ({ serviceRoles }, arns) => ({
    actions: ['iam:PassRole'],
    on: serviceRoles.map(arns.role),
    if: passedTo('ecs.amazonaws.com'),
  }),

  EventRoles: ({ eventRoles }, arns) => ({
    actions: ['iam:PassRole'],
    on: eventRoles.map(arns.role),
    if: passedTo('events.amazonaws.com'),
  }),

  ScheduleRoles: ({ scheduleRoles }, arns) => ({
    actions: ['iam:PassRole'],
    on: scheduleRoles.map(arns.role),
    if: passedTo('scheduler.amazonaws.com'),
  }),

  Services: ({ services }, arns) => ({
    actions: ['ecs:ListServiceDeployments', 'ecs:UpdateService'],
    on: services.map((one) => arns.ecs(`service/${one}`)),
  }),

  ServiceDeployments: ({ services }, arns) => ({
    actions: ['ecs:ContinueServiceDeployment', 'ecs:DescribeServiceDeployments', 'ecs:StopServiceDeployment'],
    on: services.flatMap((one) => [arns.ecs(`service/${one}`), arns.ecs(`service-deployment/${one}/*`)]),
  }),

  ServiceRevisions: ({ services }, arns) => ({
    actions: ['ecs:DescribeServiceRevisions'],
    on: services.flatMap((one) => [arns.ecs(`service/${one}`), arns.ecs(`service-revision/${one}/*`)]),
  }),

  // A revision is only deregistered where no service of these clusters runs it, whoever deploys that.
  ReadServices: ({ clusters }, arns) => ({
    actions: ['ecs:DescribeServices'],
    on: clusters.map((cluster) => arns.ecs(`service/${cluster}/*`)),
  }),

  ReadTasks: ({ clusters }, arns) => ({
    actions: ['ecs:DescribeTasks'],
    on: clusters.map((cluster) => arns.ecs(`task/${cluster}/*`)),
  }),

  // Their condition limits these two, though no resource does.
  Lists: ({ clusters }, arns) => ({
    actions: ['ecs:ListServices', 'ecs:ListTasks'],
    on: whereAny(clusters, anything),
    if: inClusters(clusters, arns),
  }),

  Clusters: ({ clusters }, arns) => ({ actions: ['ecs:DescribeClusters'], on: clusters.map(arns.cluster) }),

  RunTasks: ({ runFamilies, runClusters }, arns) => ({
    actions: ['ecs:RunTask'],
    on: familiesIn(runFamilies, arns),
    if: inClusters(runClusters, arns),
  }),

  TagTasks: ({ taggedRunClusters }, arns) => ({
    actions: ['ecs:TagResource'],
    on: taggedRunClusters.map((cluster) => arns.ecs(`task/${cluster}/*`)),
    if: creating('RunTask'),
  }),

  StopTasks: ({ runClusters }, arns) => ({
    actions: ['ecs:StopTask'],
    on: runClusters.map((cluster) => arns.ecs(`task/${cluster}/*`)),
  }),

  Targets: ({ rules }, arns) => ({
    actions: ['events:PutTargets', 'events:RemoveTargets'],
    on: rules.map(({ bus, rule }) => arns.rule(bus, rule)),
  }),

  // A revision is only deregistered where no rule of any bus starts it, either.
  ReadRules: ({ clusters }, arns) => ({
    actions: ['events:ListTargetsByRule'],
    on: whereAny(clusters, [arns.rule('default', '*')]),
  }),

  EventBuses: ({ clusters }) => ({
    actions: ['events:ListEventBuses', 'events:ListRuleNamesByTarget'],
    on: whereAny(clusters, anything),
  }),

  Schedules: ({ schedules }, arns) => ({
    actions: ['scheduler:UpdateSchedule'],
    on: schedules.map(({ group, name }) => arns.schedule(group, name)),
  }),

  // Nor where a schedule of any group does.
  ReadSchedules: ({ families }, arns) => ({
    actions: ['scheduler:GetSchedule'],
    on: whereAny(families, [arns.schedule('*', '*')]),
  }),

  ListSchedules: ({ families }) => ({ actions: ['scheduler:ListSchedules'], on: whereAny(families, anything) }),

  // Registries and logs of other regions are not read.
  Images: ({ images }, arns) => ({
    actions: ['ecr:BatchGetImage'],
    on: images.filter(({ region }) => region === arns.region).map(arns.repository),
  }),

  TargetHealth: ({ services }) => ({
    actions: ['elasticloadbalancing:DescribeTargetHealth'],
    on: services.length > 0 ? anything : [],
  }),

  Logs: ({ logs }, arns) => ({
    actions: ['logs:GetLogEvents'],
    on: logs
      .filter(({ region = arns.region }) => region === arns.region)
      .map(({ group, prefix }) => arns.logStreams(group, prefix)),
  }),

  Locks: ({ locks }, arns) => ({
    actions: ['s3:GetObject', 's3:PutObject'],
    on: lockPlaces(locks, arns.region).map(arns.object),
  }),

  Notifications: ({ topics }) => ({ actions: ['sns:Publish'], on: topics }),
}
