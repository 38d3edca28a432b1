// What a local AWS needs before definitions can be deployed in it: what Terraform would have made in Amazon's.
import type { Definition } from '../../definition/definition.ts'
import { fillImageTag } from '../../definition/placeholder.ts'
import { clustersOf } from '../../deploy/observe.ts'
import type { LocalFixtures } from './localAws.ts'
import { logGroupsOf } from '../../definition/logGroups.ts'

/** Clusters with their capacity providers, services with a first revision, log groups, rules, topics. */
export function localFixtures(definitions: readonly Definition[]): LocalFixtures {
  return {
    clusters: clustersOf(definitions),
    capacityProviders: definitions.flatMap(capacityProvidersOf),
    services: definitions.flatMap(({ updateServices, taskDefinition }) =>
      updateServices.map(({ cluster, service }) => ({
        ...(cluster !== undefined && { cluster }),
        service,
        taskDefinition: fillImageTag(taskDefinition, 'initial'),
      })),
    ),
    logGroups: definitions.flatMap(({ taskDefinition }) => logGroupsOf(fillImageTag(taskDefinition, 'initial'))),
    rules: definitions.flatMap(({ eventTargets }) =>
      eventTargets.map(({ Rule, EventBusName }) => ({
        name: Rule,
        ...(EventBusName !== undefined && { eventBusName: EventBusName }),
      })),
    ),
    topics: definitions.flatMap(({ snsNotificationTopicArn }) => snsNotificationTopicArn ?? []),
  }
}

function capacityProvidersOf({ updateServices, runTasks }: Definition): LocalFixtures['capacityProviders'] & {} {
  return [...updateServices, ...runTasks].flatMap(({ cluster, capacityProviderStrategy = [] }) =>
    capacityProviderStrategy.flatMap(({ capacityProvider }) =>
      capacityProvider === undefined ? [] : { ...(cluster !== undefined && { cluster }), capacityProvider },
    ),
  )
}
