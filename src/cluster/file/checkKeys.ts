// Compares a map with the keys that it may have, and proposes one for a key that it may not.
import { nearest } from '../../ground/nearest.ts'
import type { ValidatedNode } from './validatedNode.ts'
import type { Check, CheckContext } from './checkContext.ts'
import type { Keys, KeysShape } from './shape.ts'
import { called, type YamlNode } from './yamlNode.ts'

/** Compares a map with the keys that it may have. */
export function checkKeys(node: YamlNode, shape: KeysShape, context: CheckContext, check: Check): ValidatedNode {
  const { path, place, report } = context
  if (node.kind !== 'map') {
    report(node.place, path ? `${path}: must be a map, not ${called(node)}; ${list(shape)}` : noFile(node))
    return { kind: 'wrong', place, path }
  }
  const entries = new Map<string, ValidatedNode>()
  const meant = new Map<string, ValidatedNode>()
  for (const [name, entry] of node.entries) {
    const below = path ? `${path}/${name}` : name
    const key = Object.hasOwn(shape.keys, name) ? shape.keys[name] : undefined
    // A key that begins with x- is the user's own, for what anchors name.
    if (!key && name.startsWith('x-')) continue
    if (key) entries.set(name, check(entry.value, key.shape, { path: below, place: entry.place, report }))
    else {
      const proposal = meantBy(name, shape.keys)
      report(entry.place, `${below}: is not a key of ${shape.called}; ${proposal?.sentence ?? list(shape)}`)
      if (proposal) meant.set(proposal.key, { kind: 'wrong', place: entry.place, path: below })
    }
  }
  // What is misspelt is not missing.
  for (const [name, wrong] of meant) if (!entries.has(name)) entries.set(name, wrong)
  return { kind: 'map', place, path, entries }
}

/** The key that a name stands for that is none: a misspelling, another tool's, or a key of one of the maps below. */
function meantBy(name: string, keys: Keys): { key: string; sentence: string } | undefined {
  const known = Object.hasOwn(foreignKeys, name) ? foreignKeys[name] : undefined
  const key = known !== undefined && Object.hasOwn(keys, known) ? known : nearest(name, Object.keys(keys))
  if (key !== undefined) return { key, sentence: `did you mean ${key}?` }
  for (const [above, { shape }] of Object.entries(keys)) {
    const isBelow = shape.is === 'keys' && Object.hasOwn(shape.keys, name)
    if (isBelow) return { key: above, sentence: `it belongs below ${above}` }
  }
  return undefined
}

/** Few keys are told; of many, where they are. */
function list({ called: whose, keys }: KeysShape): string {
  const names = Object.keys(keys)
  return names.length <= 12
    ? `${whose} may have ${names.join(', ')}`
    : '`ecs-task init stack` writes a file with every key'
}

function noFile(node: YamlNode): string {
  return `the file must be a map, not ${called(node)}; services are listed below the key services`
}

/** What other tools and AWS call a key, and what it is called here. */
const foreignKeys: Readonly<Record<string, string>> = {
  env: 'environment',
  mem_limit: 'memory',
  mem_reservation: 'memory_reservation',
  replicas: 'desired_count',
  scale: 'desired_count',
  count: 'desired_count',
  gpu: 'gpus',
  load_balancer: 'elb',
  alb: 'elb',
  health_check: 'healthcheck',
  role_arn: 'task_role_arn',
  execution_role_arn: 'task_execution_role_arn',
  log_configuration: 'logging',
  strategy: 'scheduling_strategy',
  deployment: 'deployment_configuration',
  constraints: 'placement_constraints',
  discovery: 'dns_discovery',
  sidecars: 'containers',
  certificate: 'certificates',
  ssl_policy: 'tls_policy',
  groups: 'security_groups',
  driver: 'log_driver',
  cmd: 'command',
  test: 'command',
  interval: 'interval_seconds',
  interval_seconds: 'interval',
  timeout: 'timeout_seconds',
  timeout_seconds: 'timeout',
  healthy_threshold: 'healthy_threshold_count',
  unhealthy_threshold: 'unhealthy_threshold_count',
}
