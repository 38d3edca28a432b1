import type { World } from '../../src/local/world/world.ts'

/**
 * What stands in a world, by kind and name, with all settings and tags, and with names in place of the ids that AWS gives and without the run's own tag: two
 * worlds in which the same was made stand alike. What AWS keeps of the deleted is not in it.
 */
export function standing({ regions, global }: World): Record<string, Record<string, unknown>> {
  const region = regions['us-east-1']!
  const named = namer(regions['us-east-1']!)
  const tagsOf = (arn: string): Record<string, string> =>
    Object.fromEntries(
      (region.tags[arn] ?? [])
        .map((tag) => [tag.key ?? tag.Key ?? '', tag.value ?? tag.Value ?? ''] as const)
        .filter(([key]) => key !== 'ecs-task:run')
        .toSorted(([one], [other]) => (one < other ? -1 : 1)),
    )
  const by = (records: object, keyOf: (record: any) => string, of: (record: any) => object | undefined) =>
    named(
      Object.fromEntries(
        Object.values(records)
          .flatMap((record) => {
            const value = of(record)
            return value ? [[keyOf(record), value] as const] : []
          })
          .toSorted(([one], [other]) => (one < other ? -1 : 1)),
      ),
    )
  return {
    services: by(
      region.services,
      ({ service }) => service.serviceName,
      ({ service }) =>
        service.status === 'INACTIVE' ? undefined : { ...settingsOf(service), tags: tagsOf(service.serviceArn) },
    ),
    tasks: {
      running: Object.values(region.tasks)
        .flatMap(({ task }) => (task.desiredStatus === 'STOPPED' ? [] : `${task.group} ${task.lastStatus}`))
        .toSorted(),
    },
    revisions: by(
      Object.values(region.taskDefinitions)
        .flat()
        .filter(({ taskDefinition }) => taskDefinition.status === 'ACTIVE'),
      ({ taskDefinition }) => `${taskDefinition.family}:${taskDefinition.revision}`,
      ({ taskDefinition: { containerDefinitions, networkMode, taskDefinitionArn } }) => ({
        containerDefinitions,
        networkMode,
        tags: tagsOf(taskDefinitionArn),
      }),
    ),
    loadBalancers: by(
      region.loadBalancers,
      ({ loadBalancer }) => loadBalancer.LoadBalancerName,
      ({ loadBalancer: { CreatedTime, ...one }, attributes }) => ({
        ...one,
        attributes,
        tags: tagsOf(one.LoadBalancerArn),
      }),
    ),
    targetGroups: by(
      region.targetGroups,
      ({ targetGroup }) => targetGroup.TargetGroupName,
      ({ targetGroup, targets }) => ({
        ...targetGroup,
        targets: targets.filter(({ goneAt }: any) => goneAt === undefined).length,
        tags: tagsOf(targetGroup.TargetGroupArn),
      }),
    ),
    listeners: by(
      region.listeners,
      ({ listener }) => `${listener.ListenerArn} ${listener.Port}`,
      ({ listener, certificates }) => ({ ...listener, certificates, tags: tagsOf(listener.ListenerArn) }),
    ),
    namespaces: by(
      region.namespaces,
      ({ namespace }) => namespace.Name,
      ({ namespace: { Name, Description, Type, Arn }, vpc }) => ({ Name, Description, Type, vpc, tags: tagsOf(Arn) }),
    ),
    discovery: by(
      region.cloudMapServices,
      ({ service }) => service.Name,
      ({ service: { Name, Description, DnsConfig, Arn }, instances }) => ({
        Name,
        Description,
        DnsConfig,
        instances: instances.length,
        tags: tagsOf(Arn),
      }),
    ),
    scalableTargets: by(
      region.scalableTargets,
      ({ ResourceId }) => ResourceId,
      ({ MinCapacity, MaxCapacity, SuspendedState }) => ({ MinCapacity, MaxCapacity, SuspendedState }),
    ),
    scalingPolicies: by(
      region.scalingPolicies,
      ({ ResourceId, PolicyName }) => `${ResourceId} ${PolicyName}`,
      ({ PolicyType, TargetTrackingScalingPolicyConfiguration }) => ({
        PolicyType,
        TargetTrackingScalingPolicyConfiguration,
      }),
    ),
    scheduledActions: by(
      region.scheduledActions,
      ({ ResourceId, ScheduledActionName }) => `${ResourceId} ${ScheduledActionName}`,
      ({ Schedule, Timezone, ScalableTargetAction }) => ({ Schedule, Timezone, ScalableTargetAction }),
    ),
    scheduleGroups: by(
      region.scheduleGroups,
      ({ Name }) => Name,
      ({ Arn }) => ({ tags: tagsOf(Arn) }),
    ),
    schedules: by(
      region.schedules,
      ({ schedule }) => `${schedule.GroupName}/${schedule.Name}`,
      // The run that has made it is the second word of the description.
      ({ schedule: { CreationDate, LastModificationDate, Description = '', ...one } }) => ({
        ...one,
        Description: Description.split(' ')[0],
      }),
    ),
    records: by(
      Object.values(global.hostedZones).flatMap(({ hostedZone, recordSets }) =>
        recordSets.map((record: any) => ({ zone: hostedZone.Name, ...record })),
      ),
      ({ zone, Name, Type, SetIdentifier = '' }) => `${zone} ${Name} ${Type} ${SetIdentifier}`,
      // The numbers and addresses in the rest are chosen anew with each zone and each task.
      ({ Type, AliasTarget, TTL }) => ({ Type, AliasTarget, TTL }),
    ),
  }
}

function settingsOf(service: any): object {
  const { desiredCount, runningCount, status, launchType, schedulingStrategy, taskDefinition } = service
  const { deploymentConfiguration, placementConstraints, networkConfiguration } = service
  const { loadBalancers, serviceRegistries, deployments } = service
  return {
    status,
    desiredCount,
    runningCount,
    launchType,
    schedulingStrategy,
    taskDefinition,
    deploymentConfiguration,
    placementConstraints,
    networkConfiguration,
    loadBalancers,
    serviceRegistries,
    rollouts: deployments.map(({ rolloutState }: any) => rolloutState),
  }
}

/** Has names stand for the ids that tell one thing from another of the same name, which are new each time. */
function namer(region: World['regions'][string]): <T>(value: T) => T {
  const ids = new Map<string, string>()
  for (const { service } of Object.values(region.cloudMapServices)) ids.set(service.Id, service.Name)
  for (const { namespace } of Object.values(region.namespaces)) ids.set(namespace.Id, namespace.Name)
  for (const { task } of Object.values(region.tasks)) ids.set(task.taskArn.split('/').at(-1)!, task.group)
  return (value) => {
    let text = JSON.stringify(value)
    for (const [id, name] of ids) text = text.replaceAll(id, name)
    const isSame = /(loadbalancer\/app|targetgroup|listener\/app|(?<=")app)\/([^/"]+)(\/[0-9a-f]{16})+/g
    return JSON.parse(text.replace(isSame, '$1/$2').replace(/-\d{5,10}(\.[a-z0-9-]+\.elb)/g, '$1')) as typeof value
  }
}
