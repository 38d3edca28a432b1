// The log groups that a task definition takes for granted.
import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'

/** Those of its containers with log driver awslogs, but for those that the driver makes itself. */
export function logGroupsOf({
  containerDefinitions = [],
}: Pick<RegisterTaskDefinitionCommandInput, 'containerDefinitions'>): string[] {
  return containerDefinitions.flatMap(
    ({ logConfiguration: { logDriver, options = {} } = { logDriver: undefined } }) => {
      const group = options['awslogs-group']
      return logDriver === 'awslogs' && group && !createsGroup(options['awslogs-create-group']) ? [group] : []
    },
  )
}

/** Docker reads it as Go reads a boolean: AWS's own examples have both `true` and `True`. */
const createsGroup = (text: string | undefined): boolean => /^(1|t|T|TRUE|true|True)$/.test(text ?? '')
