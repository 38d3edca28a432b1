// What a local AWS needs before definitions can be deployed in it: what Terraform would have made in Amazon's.
import type { LoadBalancer } from '@aws-sdk/client-ecs'
import type { Definition, ServiceUpdate, TaskDefinition } from '../../definition/definition.ts'
import { fillImageTag } from '../../definition/placeholder.ts'
import { clustersOf } from '../../deploy/observe.ts'
import { defined } from '../../ground/defined.ts'
import { nameOf } from '../../ground/names.ts'
import { parseS3Url } from '../../ground/s3Url.ts'
import type { LocalFixtures } from './localAws.ts'
import { logGroupsOf } from '../../definition/logGroups.ts'

/** Clusters with their capacity providers, services with a first revision and what they name, log groups, rules, schedules, topics. */
export function localFixtures(definitions: readonly Definition[]): LocalFixtures {
  return {
    clusters: clustersOf(definitions),
    capacityProviders: definitions.flatMap(capacityProvidersOf),
    services: definitions.flatMap(({ updateServices, taskDefinition }) =>
      updateServices.map((update) => ({
        ...(update.cluster !== undefined && { cluster: update.cluster }),
        service: update.service,
        taskDefinition: fillImageTag(taskDefinition, 'initial'),
        loadBalancers: loadBalancersOf(update, taskDefinition),
      })),
    ),
    targetGroups: definitions.flatMap(({ updateServices, taskDefinition }) =>
      updateServices
        .flatMap((update) => loadBalancersOf(update, taskDefinition))
        .flatMap((one) => targetGroupsOf(one, taskDefinition)),
    ),
    namespaces: definitions.flatMap(({ updateServices }) => updateServices.flatMap(namespacesOf)),
    logGroups: definitions.flatMap(({ taskDefinition }) => logGroupsOf(fillImageTag(taskDefinition, 'initial'))),
    rules: definitions.flatMap(({ eventTargets }) =>
      eventTargets.map(({ Rule, EventBusName }) => ({
        name: Rule,
        ...(EventBusName !== undefined && { eventBusName: EventBusName }),
      })),
    ),
    schedules: definitions.flatMap(({ schedules, taskDefinition }) =>
      schedules.map(({ Name, GroupName, Target }) => ({
        name: Name,
        ...(GroupName !== undefined && { groupName: GroupName }),
        ...(Target?.Arn !== undefined && { cluster: Target.Arn }),
        taskDefinition: fillImageTag(taskDefinition, 'initial'),
      })),
    ),
    buckets: bucketsOf(definitions.map(({ lock }) => lock)),
    topics: definitions.flatMap(({ snsNotificationTopicArn }) => snsNotificationTopicArn ?? []),
  }
}

/** Where these locks are kept. */
export function bucketsOf(locks: readonly (string | undefined)[]): string[] {
  return locks.flatMap((lock) => (lock === undefined ? [] : (parseS3Url(lock)?.bucket ?? [])))
}

function capacityProvidersOf({ updateServices, runTasks }: Definition): LocalFixtures['capacityProviders'] & {} {
  return [...updateServices, ...runTasks].flatMap(({ cluster, capacityProviderStrategy = [] }) =>
    capacityProviderStrategy.flatMap(({ capacityProvider }) =>
      capacityProvider === undefined ? [] : { ...(cluster !== undefined && { cluster }), capacityProvider },
    ),
  )
}

/** Those that are declared; one of our own where something is that only a service behind a load balancer has. */
function loadBalancersOf(update: ServiceUpdate, { containerDefinitions }: TaskDefinition): readonly LoadBalancer[] {
  const { loadBalancers, healthCheckGracePeriodSeconds = 0, service } = update
  if (loadBalancers !== undefined || healthCheckGracePeriodSeconds === 0) return loadBalancers ?? []
  const name = nameOf(service).slice(0, 32)
  const targetGroupArn = `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/0123456789abcdef`
  return containerDefinitions
    .flatMap(({ name: containerName, portMappings = [] }) =>
      portMappings.flatMap(({ containerPort }) => defined({ targetGroupArn, containerName, containerPort })),
    )
    .slice(0, 1)
}

function targetGroupsOf(
  { targetGroupArn, advancedConfiguration }: LoadBalancer,
  { networkMode }: TaskDefinition,
): LocalFixtures['targetGroups'] & {} {
  return [targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].flatMap((arn) =>
    arn !== undefined && /:targetgroup\/[^/]+\/[^/]+$/.test(arn)
      ? { arn, targetType: networkMode === 'awsvpc' ? 'ip' : 'instance' }
      : [],
  )
}

/** The namespace of Service Connect; the default of the cluster where none is declared, which goes by the cluster's name. */
function namespacesOf({ cluster = 'default', serviceConnectConfiguration: connect }: ServiceUpdate) {
  if (!connect?.enabled) return []
  const { namespace } = connect
  return namespace === undefined ? { namespace: nameOf(cluster), cluster } : { namespace }
}
