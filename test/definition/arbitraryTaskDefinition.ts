// Arbitrary task definitions, and which members RegisterTaskDefinition treats as absent.
import * as fc from 'fast-check'
import { arbitraryDefinition } from './arbitraryDefinition.ts'

/** Any task definition that RegisterTaskDefinition takes: any members with any values, but those that it checks are right. */
export function arbitraryTaskDefinition(): fc.Arbitrary<any> {
  const choices = fc.record({
    networkMode: fc.constantFrom(undefined, 'bridge', 'host', 'awsvpc', 'none'),
    cpu: fc.constantFrom(undefined, '256', '1 vCPU', '.25 vcpu'),
    memory: fc.constantFrom('512', '1GB', '0.5 GB'),
    requiresCompatibilities: fc.constantFrom(undefined, [], ['EC2'], ['EXTERNAL', 'EC2']),
  })
  return fc.tuple(arbitraryDefinition(), choices).map(([{ taskDefinition }, chosen]) => {
    const { tags, ...sent }: any = structuredClone(taskDefinition)
    const mended = {
      ...sent,
      ...chosen,
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      containerDefinitions: sent.containerDefinitions.map((one: any, index: number) =>
        mend(one, index, sent, chosen.networkMode),
      ),
      ...(sent.placementConstraints && { placementConstraints: sent.placementConstraints.map(memberOf) }),
      ...(tags?.length > 0 && { tags }),
    }
    return JSON.parse(JSON.stringify(mended))
  })
}

const memberOf = (_: unknown, index: number) => ({ type: 'memberOf', expression: `attribute:stack == ${index}` })

function mend(
  sent: any,
  index: number,
  { containerDefinitions, volumes = [] }: any,
  networkMode: string | undefined,
): any {
  const { memory, memoryReservation, logConfiguration, ...one } = sent
  const { name } = containerDefinitions[0]
  const volume = volumes[0]?.name
  return {
    ...one,
    image: 'registry.example/app:v1',
    ...(index === 0 && one.essential === false && { essential: true }),
    ...(memory > 0 && memory >= (memoryReservation ?? 0) && { memory, memoryReservation }),
    ...(logConfiguration && { logConfiguration: { ...logConfiguration, logDriver: 'splunk' } }),
    ...(one.links && { links: one.links.map(() => name) }),
    ...(one.volumesFrom && { volumesFrom: one.volumesFrom.map((from: any) => ({ ...from, sourceContainer: name })) }),
    ...(one.mountPoints && { mountPoints: one.mountPoints.map((point: any) => ({ ...point, sourceVolume: volume })) }),
    ...(one.dependsOn && {
      dependsOn: one.dependsOn.map((on: any) => ({ ...on, containerName: name, condition: 'START' })),
    }),
    ...(one.portMappings && { portMappings: one.portMappings.map((mapping: any) => mendPort(mapping, networkMode)) }),
  }
}

/** Where containers have the host's or the task's own network, both ports are one. */
function mendPort({ hostPort, ...mapping }: any, networkMode: string | undefined): any {
  if (hostPort === undefined) return mapping
  return { ...mapping, hostPort: networkMode === 'awsvpc' || networkMode === 'host' ? mapping.containerPort : hostPort }
}

/** ECS leaves these out when they are empty, or fills them in as empty. */
const empty =
  /^(volumes|placementConstraints|requiresCompatibilities|inferenceAccelerators|runtimePlatform|proxyConfiguration\/properties|volumes\/\d+\/host)$|^containerDefinitions\/\d+\/(portMappings|environment|secrets|ulimits|systemControls|mountPoints|volumesFrom|resourceRequirements|linuxParameters(\/(capabilities(\/(add|drop))?|devices|tmpfs))?|logConfiguration\/(options|secretOptions)|firelensConfiguration\/options|restartPolicy\/ignoredExitCodes|command|links|environmentFiles|dependsOn|dnsServers|dnsSearchDomains|extraHosts|dockerSecurityOptions|dockerLabels|credentialSpecs)$/

/** The defaults that the API reference documents. */
const defaults: readonly (readonly [path: RegExp, value: unknown])[] = [
  [/^enableFaultInjection$/, false],
  [/^containerDefinitions\/\d+\/cpu$/, 0],
  [/^containerDefinitions\/\d+\/essential$/, true],
  [/^containerDefinitions\/\d+\/versionConsistency$/, 'enabled'],
  [/^containerDefinitions\/\d+\/portMappings\/\d+\/protocol$/, 'tcp'],
  [/^containerDefinitions\/\d+\/healthCheck\/interval$/, 30],
  [/^containerDefinitions\/\d+\/healthCheck\/timeout$/, 5],
  [/^containerDefinitions\/\d+\/healthCheck\/retries$/, 3],
  [
    /^containerDefinitions\/\d+\/(disableNetworking|interactive|privileged|pseudoTerminal|readonlyRootFilesystem)$/,
    false,
  ],
  [/^containerDefinitions\/\d+\/(mountPoints|volumesFrom)\/\d+\/readOnly$/, false],
  [/^volumes\/\d+\/efsVolumeConfiguration\/rootDirectory$/, '/'],
  [/^volumes\/\d+\/efsVolumeConfiguration\/transitEncryption$/, 'DISABLED'],
  [/^volumes\/\d+\/efsVolumeConfiguration\/authorizationConfig\/iam$/, 'DISABLED'],
]

/** Whether a task definition without this member is the same to AWS. */
export function meansNothing(path: string, value: unknown, taskDefinition: any): boolean {
  if (path === 'networkMode') return isBridgeByDefault(value, taskDefinition)
  if (path.endsWith('/hostPort')) return isHostPortByDefault(path, value, taskDefinition)
  if (empty.test(path)) return isEmpty(value)
  return defaults.some(([at, normal]) => at.test(path) && normal === value)
}

function isBridgeByDefault(value: unknown, { runtimePlatform }: any): boolean {
  return value === 'bridge' && !runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS')
}

function isHostPortByDefault(path: string, value: unknown, taskDefinition: any): boolean {
  const [, index, , port] = path.split('/')
  const { containerPort } = taskDefinition.containerDefinitions[Number(index)].portMappings[Number(port)]
  if (containerPort === undefined) return false
  return value === (['awsvpc', 'host'].includes(taskDefinition.networkMode) ? containerPort : 0)
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(isEmpty) &&
    !(Array.isArray(value) && value.length > 0)
  )
}
