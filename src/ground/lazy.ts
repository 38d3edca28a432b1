import { createRequire } from 'node:module'

type AutoScaling = typeof import('@aws-sdk/client-auto-scaling')
type Ec2 = typeof import('@aws-sdk/client-ec2')
type Ecs = typeof import('@aws-sdk/client-ecs')
type EventBridge = typeof import('@aws-sdk/client-eventbridge')
type Logs = typeof import('@aws-sdk/client-cloudwatch-logs')
type LoadBalancing = typeof import('@aws-sdk/client-elastic-load-balancing-v2')
type CloudMap = typeof import('@aws-sdk/client-servicediscovery')
type Route53 = typeof import('@aws-sdk/client-route-53')
type Sns = typeof import('@aws-sdk/client-sns')
type Yaml = typeof import('yaml')
type Local = typeof import('../local/index.ts')

// An SDK client takes longer to load than Node takes to start, and no command needs them all: each is required when its
// first call is made. It is a require, not a dynamic import, because tsx rewrites every file that holds a dynamic import.
const require = createRequire(import.meta.url)

/** The SDK's ECS client, loaded on the first call. */
export const loadEcs = (): Ecs => require('@aws-sdk/client-ecs')

/** The SDK's EventBridge client, loaded on the first call. */
export const loadEventBridge = (): EventBridge => require('@aws-sdk/client-eventbridge')

/** The SDK's CloudWatch Logs client, loaded on the first call. */
export const loadLogs = (): Logs => require('@aws-sdk/client-cloudwatch-logs')

/** The SDK's Elastic Load Balancing client, loaded on the first call. */
export const loadLoadBalancing = (): LoadBalancing => require('@aws-sdk/client-elastic-load-balancing-v2')

/** The SDK's Route 53 client, loaded on the first call. */
export const loadRoute53 = (): Route53 => require('@aws-sdk/client-route-53')

/** The SDK's Cloud Map client, loaded on the first call. */
export const loadCloudMap = (): CloudMap => require('@aws-sdk/client-servicediscovery')

/** The SDK's Auto Scaling client, loaded on the first call. */
export const loadAutoScaling = (): AutoScaling => require('@aws-sdk/client-auto-scaling')

/** The SDK's EC2 client, by far the largest, loaded on the first call. */
export const loadEc2 = (): Ec2 => require('@aws-sdk/client-ec2')

/** The SDK's SNS client, loaded on the first call. */
export const loadSns = (): Sns => require('@aws-sdk/client-sns')

/** The YAML reader, loaded on the first call: only stacks are written in YAML. */
export const loadYaml = (): Yaml => require('yaml')

/**
 * The local AWS, loaded on the first call. The sources import it as any module; `scripts/build.mjs` turns this one dynamic
 * import into a require of `dist/local.cjs`, so that the built file holds none.
 */
export const loadLocal = (): Promise<Local> => import('../local/index.ts')
