// The log driver awslogs needs a region and a group, or AWS refuses the task definition.
import { about, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, textAt } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html */
export function awslogsKnowsItsGroup({ services }: UnvalidatedStack): Finding[] {
  return services
    .flatMap(({ containers }) => containers)
    .flatMap(({ node }) => {
      const logging = at(node, 'logging')
      if (logging === undefined || textAt(logging, 'log_driver') !== 'awslogs') return []
      const missing = ['awslogs-region', 'awslogs-group'].filter(
        (name) => at(at(logging, 'options'), name) === undefined || textAt(at(logging, 'options'), name) === '',
      )
      return missing.length > 0 ? [about(logging, `awslogs needs ${missing.join(' and ')} in its options`)] : []
    })
}
