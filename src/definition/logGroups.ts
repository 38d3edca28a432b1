// The log groups that a task definition takes for granted.
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'

/** Those of its containers with log driver awslogs, but for those that the driver makes itself. */
export function logGroupsOf({
  containerDefinitions = [],
}: Pick<RegisterTaskDefinitionCommandInput, 'containerDefinitions'>): string[] {
  return containerDefinitions.flatMap(
    ({ logConfiguration: { logDriver, options = {} } = { logDriver: undefined } }) => {
      const group = options['awslogs-group']
      return logDriver === 'awslogs' && group && options['awslogs-create-group'] !== 'true' ? [group] : []
    },
  )
}
