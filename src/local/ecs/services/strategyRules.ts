// What ECS refuses in a deployment strategy, its lifecycle hooks and its early success criteria.
import type { DeploymentConfiguration, DeploymentLifecycleHook, DeploymentStrategy } from '@aws-sdk/client-ecs'
import { AwsFault } from '../../world/fault.ts'
import type { Wire } from '../../world/operation.ts'
import { checkOneOf, invalid } from '../invalid.ts'
import { lifecycleStages } from '../records.ts'
import type { ShownDeploymentConfiguration, ShownService } from '../shown/records.ts'

/** What only some strategies know; a service that goes over to another strategy leaves it behind. */
export const ofStrategy = [
  'bakeTimeInMinutes',
  'lifecycleHooks',
  'linearConfiguration',
  'canaryConfiguration',
  'earlySuccessCriteria',
] as const satisfies readonly (keyof DeploymentConfiguration)[]

const known: Record<DeploymentStrategy, readonly (typeof ofStrategy)[number][]> = {
  ROLLING: ['earlySuccessCriteria'],
  BLUE_GREEN: ['bakeTimeInMinutes', 'lifecycleHooks'],
  LINEAR: ['bakeTimeInMinutes', 'lifecycleHooks', 'linearConfiguration'],
  CANARY: ['bakeTimeInMinutes', 'lifecycleHooks', 'canaryConfiguration'],
}

/**
 * What a service's deployment strategy and what goes with it have to be like.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
export function checkStrategy({ deploymentConfiguration: configuration, ...service }: ShownService): void {
  const { strategy, bakeTimeInMinutes, lifecycleHooks = [], linearConfiguration, canaryConfiguration } = configuration
  checkOneOf('strategy', strategy, Object.keys(known))
  const stray = ofStrategy.find((member) => isAsked(configuration[member]) && !known[strategy].includes(member))
  if (stray) throw invalid(`${stray} is not supported with the ${strategy} deployment strategy.`)
  if (strategy !== 'ROLLING' && service.deploymentController.type !== 'ECS') {
    throw invalid(`The ${strategy} deployment strategy is only supported with the ECS deployment controller.`)
  }
  if (strategy !== 'ROLLING' && service.schedulingStrategy === 'DAEMON') {
    throw invalid('The daemon scheduling strategy is only supported with the ROLLING deployment strategy.')
  }
  if (strategy === 'BLUE_GREEN' && bakeTimeInMinutes === undefined) {
    throw invalid('bakeTimeInMinutes is required with the BLUE_GREEN deployment strategy.')
  }
  if (strategy !== 'ROLLING' && service.loadBalancers.some((one) => !one.advancedConfiguration)) {
    // The code as https://github.com/terraform-aws-modules/terraform-aws-ecs/issues/377 shows it.
    throw new AwsFault(
      'ClientException',
      'advancedConfiguration field is required for all loadBalancers when using a non-ROLLING deployment strategy',
    )
  }
  checkMinutes('bakeTimeInMinutes', bakeTimeInMinutes, 0, 1440)
  checkPercent('stepPercent', linearConfiguration?.stepPercent, 3)
  checkMinutes('stepBakeTimeInMinutes', linearConfiguration?.stepBakeTimeInMinutes, 0, 1440)
  checkPercent('canaryPercent', canaryConfiguration?.canaryPercent, 0.1)
  checkMinutes('canaryBakeTimeInMinutes', canaryConfiguration?.canaryBakeTimeInMinutes, 0, 1440)
  for (const hook of lifecycleHooks) checkHook(hook)
  checkEarlySuccess(configuration)
}

const isAsked = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== 0 && !isDisabled(value)

const isDisabled = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'enable' in value && value.enable === false

function checkMinutes(member: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return
  throw invalid(`${member} must be a whole number from ${least} to ${most}.`)
}

function checkPercent(member: string, value: number | undefined, least: number): void {
  const isTenths = value === undefined || Math.abs(value * 10 - Math.round(value * 10)) < 1e-6
  if (value === undefined || (isTenths && value >= least && value <= 100)) return
  throw invalid(`${member} must be a multiple of 0.1 from ${least.toFixed(1)} to 100.0.`)
}

const never = ['SCALE_UP', 'BAKE_TIME', 'CLEAN_UP']
const neverPaused = ['TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT']

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html */
function checkHook({
  targetType = 'AWS_LAMBDA',
  hookTargetArn,
  lifecycleStages: at = [],
  timeoutConfiguration,
}: Wire<DeploymentLifecycleHook>): void {
  checkOneOf('targetType', targetType, ['AWS_LAMBDA', 'PAUSE'])
  const refused = targetType === 'PAUSE' ? [...never, ...neverPaused] : never
  const allowed = lifecycleStages.filter((stage) => !refused.includes(stage))
  if (at.length === 0) throw invalid('lifecycleStages is required for a lifecycle hook.')
  for (const stage of at) checkOneOf(`lifecycleStages of a hook of type ${targetType}`, stage, allowed)
  if (targetType === 'AWS_LAMBDA' && !hookTargetArn) {
    throw invalid('hookTargetArn is required for a lifecycle hook of type AWS_LAMBDA.')
  }
  checkMinutes('timeoutInMinutes', timeoutConfiguration?.timeoutInMinutes, 1, 20_160)
  checkOneOf('action', timeoutConfiguration?.action, ['ROLLBACK', 'CONTINUE'])
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentEarlySuccessCriteria.html */
function checkEarlySuccess({
  earlySuccessCriteria: criteria,
  minimumHealthyPercent,
}: ShownDeploymentConfiguration): void {
  if (!criteria?.enable) return
  const { healthyPercent, sourceServiceRevisionCleanup: cleanup } = criteria
  const isWhole = healthyPercent !== undefined && Number.isInteger(healthyPercent)
  if (!isWhole || healthyPercent > 100 || healthyPercent < minimumHealthyPercent) {
    throw invalid('healthyPercent must be a whole number from minimumHealthyPercent to 100.')
  }
  if (cleanup === undefined) throw invalid('sourceServiceRevisionCleanup is required with early success criteria.')
  checkOneOf('sourceServiceRevisionCleanup', cleanup, ['BLOCKING', 'DEFERRED'])
}
