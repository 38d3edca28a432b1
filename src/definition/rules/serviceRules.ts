// What ECS would refuse in the update of a service, known without asking it.
import { isPlain } from '../../ground/shown.ts'
import { mostLoadBalancers, mostSecurityGroups, mostSubnets } from '../limits.ts'
import { type Draft, select } from '../select.ts'

/** Rules for definitions, as those in `rules.ts`, about services, one-off tasks and what they have in common. */
export const serviceRules: readonly ((draft: Draft) => string[])[] = [
  percentagesCanMove,
  gracePeriodsHaveALoadBalancer,
  listsAreShortEnough,
  enumsAreKnown,
  capacityIsSaidOnce,
]

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
function percentagesCanMove(draft: Draft): string[] {
  return select(draft, 'updateServices/*/deploymentConfiguration').flatMap(({ path, value }) => {
    if (!isPlain(value)) return []
    const { maximumPercent: most, minimumHealthyPercent: least, strategy = 'ROLLING' } = value
    // The others start the new tasks beside the old ones, whatever the percentages.
    if (strategy !== 'ROLLING') return []
    if (most === 100 && least === 100) {
      return [
        `${path}: with a maximumPercent and a minimumHealthyPercent of 100, ECS may neither start a new task nor stop an old one`,
      ]
    }
    const isReversed = typeof most === 'number' && typeof least === 'number' && most < least
    return isReversed ? [`${path}/maximumPercent: ${most} is less than the minimumHealthyPercent of ${least}`] : []
  })
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html */
function gracePeriodsHaveALoadBalancer(draft: Draft): string[] {
  return select(draft, 'updateServices/*').flatMap(({ path, value }) => {
    if (!isPlain(value)) return []
    const { loadBalancers, healthCheckGracePeriodSeconds: seconds } = value
    const hasNone = Array.isArray(loadBalancers) && loadBalancers.length === 0
    return hasNone && typeof seconds === 'number' && seconds > 0
      ? [`${path}/healthCheckGracePeriodSeconds: needs a load balancer, and loadBalancers is empty`]
      : []
  })
}

const network = (of: string): string => `${of}/*/networkConfiguration/awsvpcConfiguration`

const most: Readonly<Record<string, number>> = {
  [`${network('updateServices')}/subnets`]: mostSubnets,
  [`${network('updateServices')}/securityGroups`]: mostSecurityGroups,
  [`${network('runTasks')}/subnets`]: mostSubnets,
  [`${network('runTasks')}/securityGroups`]: mostSecurityGroups,
  'updateServices/*/loadBalancers': mostLoadBalancers,
  'updateServices/*/serviceRegistries': 1,
  'updateServices/*/placementStrategy': 5,
  'updateServices/*/placementConstraints': 10,
  'updateServices/*/capacityProviderStrategy': 20,
  'runTasks/*/placementStrategy': 5,
  'runTasks/*/placementConstraints': 10,
  'runTasks/*/capacityProviderStrategy': 20,
  'runTasks/*/tags': 50,
  'taskDefinition/tags': 50,
}

function listsAreShortEnough(draft: Draft): string[] {
  return Object.entries(most).flatMap(([pattern, count]) =>
    select(draft, pattern).flatMap(({ path, value }) =>
      Array.isArray(value) && value.length > count ? [`${path}: may be ${count} at most, not ${value.length}`] : [],
    ),
  )
}

const allowed: Readonly<Record<string, readonly string[]>> = {
  [`${network('updateServices')}/assignPublicIp`]: ['ENABLED', 'DISABLED'],
  [`${network('runTasks')}/assignPublicIp`]: ['ENABLED', 'DISABLED'],
  'updateServices/*/propagateTags': ['TASK_DEFINITION', 'SERVICE', 'NONE'],
  'updateServices/*/availabilityZoneRebalancing': ['ENABLED', 'DISABLED'],
  'runTasks/*/launchType': ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'],
  'runTasks/*/propagateTags': ['TASK_DEFINITION', 'NONE'],
  'taskDefinition/networkMode': ['awsvpc', 'bridge', 'host', 'none'],
  'taskDefinition/pidMode': ['host', 'task'],
  'taskDefinition/ipcMode': ['host', 'task', 'none'],
  'taskDefinition/requiresCompatibilities/*': ['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'],
}

/** Values outside of AWS's lists. */
function enumsAreKnown(draft: Draft): string[] {
  return Object.entries(allowed).flatMap(([pattern, values]) =>
    select(draft, pattern)
      .filter(({ value }) => typeof value === 'string' && !values.includes(value))
      .map(
        ({ path, value }) =>
          `${path}: must be ${values.join(', ').replace(/, ([^,]+)$/, ' or $1')}, not ${JSON.stringify(value)}`,
      ),
  )
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
function capacityIsSaidOnce(draft: Draft): string[] {
  return select(draft, 'runTasks/*')
    .filter(
      ({ value }) => select(value, 'launchType').length > 0 && select(value, 'capacityProviderStrategy/*').length > 0,
    )
    .map(({ path }) => `${path}/launchType: cannot stand beside a capacityProviderStrategy; remove one`)
}
