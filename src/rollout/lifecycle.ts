/**
 * The stages of a blue/green, linear or canary deployment, in their order. Some are skipped, and one may be over before
 * anybody has looked, so that only positions can be compared.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
export const lifecycleStages: readonly string[] = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
]

/** Whether a deployment that stands at `stage` has come as far as `until`. */
export function hasReached(stage: string | undefined, until: string): boolean {
  return stage !== undefined && lifecycleStages.indexOf(stage) >= lifecycleStages.indexOf(until)
}
