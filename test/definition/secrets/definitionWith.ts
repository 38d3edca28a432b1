// A definition with environment variables wherever it can have them.
import type { Definition } from '../../../src/definition/definition.ts'

type Pair = { name: string; value: string }

/** A definition with these variables in its task definition, its one-off task and the input of its target. */
export function definitionWith(of: {
  environment?: Pair[]
  overrides?: Pair[]
  input?: string
  template?: string
}): Definition {
  const { environment = [], overrides = [], input, template } = of
  return {
    name: 'WebTask',
    taskDefinition: {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'my_image:<image_tag>', environment }],
    },
    updateServices: [{ cluster: 'my_cluster', service: 'web' }],
    runTasks: [{ cluster: 'my_cluster', overrides: { containerOverrides: [{ name: 'web', environment: overrides }] } }],
    schedules: [],
    eventTargets: [
      {
        Rule: 'nightly',
        Targets: [
          {
            Id: 'web',
            Arn: 'arn',
            ...(input && { Input: input }),
            ...(template && { InputTransformer: { InputTemplate: template } }),
          },
        ],
      },
    ],
    after: [],
    activeTaskCount: 10,
    lock: undefined,
    snsNotificationTopicArn: undefined,
    notificationMethodBlacklistRegex: /^describe_/,
    notifications: [],
  }
}
