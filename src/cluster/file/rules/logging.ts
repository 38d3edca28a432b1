// Log drivers are AWS's, and awslogs needs a region and a group, or AWS refuses the task definition.
import { awslogsOptions, fargateLogDrivers, logDrivers } from '../../../definition/limits.ts'
import { nearest } from '../../../ground/nearest.ts'
import { about, isFargate, type UnvalidatedStack } from '../unvalidatedStack.ts'
import { at, entriesAt, textAt, type ValidatedNode } from '../validatedNode.ts'
import type { Finding } from '../yamlNode.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const groupName = /^[\w./#-]{1,512}$/

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html */
export function awslogsKnowsItsGroup({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) =>
    service.containers.flatMap(({ node }) => {
      const logging = at(node, 'logging')
      if (logging === undefined || textAt(logging, 'log_driver') !== 'awslogs') return []
      const options = at(logging, 'options')
      const lacks = (name: string): boolean => at(options, name) === undefined || textAt(options, name) === ''
      const missing = ['awslogs-region', 'awslogs-group'].filter(lacks)
      if (missing.length > 0) return [about(logging, `awslogs needs ${missing.join(' and ')} in its options`)]
      const group = at(options, 'awslogs-group')
      if (group && !groupName.test(textAt(options, 'awslogs-group') ?? ''))
        return [about(group, 'must be the name of a log group: at most 512 letters, digits and . - _ / #')]
      return isFargate(service) && lacks('awslogs-stream-prefix')
        ? [about(logging, 'on Fargate, awslogs needs awslogs-stream-prefix in its options')]
        : []
    }),
  )
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
export function logDriversAreKnown({ services }: UnvalidatedStack): Finding[] {
  return services.flatMap((service) => {
    const allowed = isFargate(service) ? fargateLogDrivers : logDrivers
    return service.containers.flatMap(({ node }) => {
      const [driver, said] = [at(node, 'logging/log_driver'), textAt(node, 'logging/log_driver')]
      if (!driver || said === undefined || allowed.includes(said)) return said === 'awslogs' ? strangeOptions(node) : []
      const list = allowed.join(', ').replace(/, ([^,]+)$/, ' or $1')
      return [about(driver, `must be ${list}${isFargate(service) ? ' on Fargate' : ''}`)]
    })
  })
}

function strangeOptions(node: ValidatedNode): Finding[] {
  return entriesAt(node, 'logging/options')
    .filter(([name]) => !awslogsOptions.includes(name))
    .map(([name, value]) => {
      const proposal = nearest(name, awslogsOptions)
      return about(value, `is not an option of awslogs; ${proposal ? `did you mean ${proposal}?` : 'leave it out'}`)
    })
}
