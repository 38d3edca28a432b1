/** The services of a stack as what is verified. */
import type { Desired, DesiredService } from './desired.ts'
import type { Where } from './file/whereIn.ts'
import { scheduleGroupName, scheduleName } from './ownership.ts'
import { type Scheduled, isScheduled, parametersOf } from './schedules/scheduleWork.ts'
import type { ScheduleUpdate, TaskDefinition } from '../definition/definition.ts'
import type { Subject } from '../deploy/verify/subject.ts'

/** Its services may be missing: a deploy creates them. */
export function stackSubjects({ cluster, services }: Desired, where: Where): Subject[] {
  return services.map((desired) => {
    const { name, taskDefinition, run } = desired
    return {
      name,
      taskDefinition,
      services: servicesOf(desired, cluster),
      runs: run ? [run] : [],
      eventTargets: [],
      schedules: isScheduled(desired) ? [scheduleOf(desired, cluster)] : [],
      isClass: false,
      networks: networksOf(desired),
      where: (path) => where(name, keysOf(path, taskDefinition)),
    }
  })
}

/** What is there is set to this, and what is not there is made. */
function scheduleOf({ name, run, schedule }: Scheduled, cluster: string): ScheduleUpdate {
  const Target = { RoleArn: schedule.roleArn, EcsParameters: parametersOf(run) }
  return { Name: scheduleName(name), GroupName: scheduleGroupName(cluster), Target }
}

function servicesOf({ name, service, loadBalancing }: DesiredService, cluster: string): Subject['services'] {
  if (!service) return []
  const targetGroupArn = loadBalancing?.targetGroupArn
  // What a deploy creates points at the container, too.
  const loadBalancers = loadBalancing && [{ ...loadBalancing.container, ...(targetGroupArn && { targetGroupArn }) }]
  const settings = { ...service, ...(loadBalancers && { loadBalancers }) }
  return [{ path: 'updateServices/0', cluster, service: name, settings, isCreated: true }]
}

function networksOf({ loadBalancing }: DesiredService): Subject['networks'] {
  if (!loadBalancing || loadBalancing.targetGroupArn !== undefined) return []
  const { loadBalancer } = loadBalancing
  if (typeof loadBalancer === 'string') return []
  const { Subnets, SecurityGroups, Scheme } = loadBalancer
  const type = Scheme === 'internal' ? 'private' : 'public'
  return [{ path: `loadBalancer/${type}`, subnets: Subnets, securityGroups: SecurityGroups }]
}

/** The keys of a stack file that say what stands at a path of a class; the first that is written is meant. */
function keysOf(path: string, { containerDefinitions }: TaskDefinition): string[] {
  const [, index, rest = ''] = /^taskDefinition\/containerDefinitions\/(\d+)\/(.+)$/.exec(path) ?? []
  if (index === undefined) return ofService(path)
  const container = containerDefinitions[Number(index)]
  const prefix = index === '0' ? '' : `containers/${container?.name}/`
  const secret = /^secrets\/(\d+)/.exec(rest)?.[1]
  const key = secret === undefined ? rest : `secrets/${container?.secrets?.[Number(secret)]?.name}`
  const logging = key.startsWith('logConfiguration/') ? [key.replace('logConfiguration', 'logging'), 'logging'] : []
  return [...logging, key].map((one) => `${prefix}${one}`)
}

const patterns: readonly (readonly [RegExp, ...string[]])[] = [
  [/taskDefinition\/taskRoleArn$/, 'task_role_arn'],
  [/taskDefinition\/executionRoleArn$/, 'task_execution_role_arn'],
  [/taskDefinition\/(cpu|memory)$/, '$1'],
  [/^schedules\/0\/Target\/RoleArn$/, 'schedule_role_arn'],
  [/^schedules\/0\/Target\/EcsParameters\/LaunchType$/, 'launch_type'],
  [/^schedules\/0\/Target\/EcsParameters\/TaskCount$/, 'desired_count'],
  [/^schedules\/0\/(Name|Target)$/, 'schedule'],
  [/awsvpcConfiguration\/subnets$/i, 'network/subnets', 'vpc/subnets/private'],
  [/awsvpcConfiguration\/securityGroups$/i, 'network/security_groups', 'vpc/security_groups/private'],
  [/networkConfiguration/i, 'network', 'vpc/subnets/private'],
  [/^loadBalancer\/(\w+)\/subnets$/, 'vpc/subnets/$1'],
  [/^loadBalancer\/(\w+)\/securityGroups$/, 'vpc/security_groups/$1'],
  [/loadBalancers\/\d+\/targetGroupArn$/, 'elb/target_group_arn', 'elb'],
  [/loadBalancers\/\d+$/, 'elb/ports', 'elb'],
  [/deploymentCircuitBreaker$/, 'deployment_configuration/deployment_circuit_breaker', 'deployment_configuration'],
  [/desiredCount$/, 'desired_count'],
]

function ofService(path: string): string[] {
  const found = patterns.find(([form]) => form.test(path))
  if (!found) return []
  const [form, ...keys] = found
  const groups = form.exec(path) ?? []
  return keys.map((key) => key.replace('$1', groups[1] ?? ''))
}
