// Brings task definitions into one form, so that those that mean the same compare equal.
import { withDefaults } from './defaultMembers.ts'
import { isContent, withoutReadOnly } from './registerable.ts'

type Members = Readonly<Record<string, unknown>>
type Normal = (value: any) => unknown

/**
 * A task definition in the one form that all ways to write it share, whether it is RegisterTaskDefinition's input or
 * DescribeTaskDefinition's answer (with its tags put in): documented defaults are filled in, what is empty and dropped by
 * ECS is left out, sizes are in units, and lists whose order means nothing are sorted. Whatever is not known here stays as
 * it is. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function normalTaskDefinition(taskDefinition: object): Members {
  const sent: Members = withoutReadOnly(taskDefinition)
  const networkMode = sent['networkMode'] ?? defaultNetworkMode(sent)
  return structure(
    {
      cpu: inUnits(/^(\d+|\d*\.\d+)\s*vcpu$/i),
      memory: inUnits(/^(\d+|\d*\.\d+)\s*gb$/i),
      containerDefinitions: by('name', container(networkMode)),
      volumes: by('name', volume),
      placementConstraints: inAnyOrder(),
      requiresCompatibilities: inAnyOrder(),
      tags: (tags) => by('key')(tags.filter(isContent)),
      proxyConfiguration: structure({ properties: by('name') }),
      inferenceAccelerators: by('deviceName'),
      runtimePlatform: asItIs,
    },
    { networkMode, enableFaultInjection: false },
  )(sent)
}

/** Windows has a network mode of its own and Fargate takes only `awsvpc`: for these ECS fills in nothing. */
function defaultNetworkMode({ requiresCompatibilities, runtimePlatform }: Members): string | undefined {
  const isFargate = Array.isArray(requiresCompatibilities) && requiresCompatibilities.includes('FARGATE')
  const system = (runtimePlatform as Members | undefined)?.['operatingSystemFamily']
  return isFargate || String(system).startsWith('WINDOWS') ? undefined : 'bridge'
}

const container = (networkMode: unknown): Normal =>
  // An empty `entryPoint` is not among these: Docker takes it for "not that of the image".
  structure(
    {
      portMappings: inAnyOrder(portMapping(networkMode)),
      environment: by('name'),
      secrets: by('name'),
      ulimits: by('name'),
      systemControls: by('namespace'),
      mountPoints: inAnyOrder(structure({}, { readOnly: false })),
      volumesFrom: inOrder(structure({}, { readOnly: false })),
      resourceRequirements: inAnyOrder(),
      linuxParameters: structure({
        capabilities: structure({ add: inAnyOrder(), drop: inAnyOrder() }),
        devices: asItIs,
        tmpfs: asItIs,
      }),
      logConfiguration: structure({ options: asItIs, secretOptions: by('name') }),
      firelensConfiguration: structure({ options: asItIs }),
      healthCheck: structure({}, { interval: 30, timeout: 5, retries: 3 }),
      restartPolicy: structure({ ignoredExitCodes: inAnyOrder() }),
      command: asItIs,
      links: asItIs,
      environmentFiles: asItIs,
      dependsOn: inAnyOrder(),
      dnsServers: asItIs,
      dnsSearchDomains: asItIs,
      extraHosts: asItIs,
      dockerSecurityOptions: asItIs,
      dockerLabels: asItIs,
      credentialSpecs: asItIs,
    },
    { cpu: 0, essential: true, versionConsistency: 'enabled', ...switchedOff },
  )

/** Each has its effect "when this parameter is true". */
const switchedOff = {
  disableNetworking: false,
  interactive: false,
  privileged: false,
  pseudoTerminal: false,
  readonlyRootFilesystem: false,
}

const volume: Normal = structure({
  host: asItIs,
  efsVolumeConfiguration: structure(
    { authorizationConfig: structure({}, { iam: 'DISABLED' }) },
    { rootDirectory: '/', transitEncryption: 'DISABLED' },
  ),
})

/** With bridge networking, host port 0 asks for a dynamic one; a range of ports has no single host port. */
const portMapping =
  (networkMode: unknown): Normal =>
  ({ hostPort: asked, ...rest }) => {
    const isFixed = networkMode === 'awsvpc' || networkMode === 'host'
    const mapping = asked === undefined || asked === 0 ? rest : { ...rest, hostPort: asked }
    const hostPort = isFixed ? mapping.containerPort : 0
    return structure({}, { protocol: 'tcp', ...(isThere(mapping.containerPort) && { hostPort }) })(mapping)
  }

/** Members that are listed are left out when they are empty; the others are taken over. `defaults` stand in for what is absent. */
function structure(members: Readonly<Record<string, Normal>>, defaults: Members = {}): (value: any) => Members {
  return (value) => {
    const written = Object.entries(value as Members).flatMap(([name, member]): [string, unknown][] => {
      if (!isThere(member)) return []
      const normal = Object.hasOwn(members, name) ? members[name] : undefined
      if (!normal) return [[name, member]]
      const result = normal(member)
      return isEmpty(result) ? [] : [[name, result]]
    })
    const result = Object.fromEntries(written)
    return withDefaults(result, defaults)
  }
}

function inOrder(element: Normal): Normal {
  return (list) => list.map(element)
}

/** Of elements of the same name the order is kept: the last one may count. */
function by(name: string, element: Normal = asItIs): Normal {
  const keyOf = (one: any): string => String(one?.[name])
  return (list) => list.map(element).toSorted((one: any, other: any) => compared(keyOf(one), keyOf(other)))
}

function inAnyOrder(element: Normal = asItIs): Normal {
  return (list) => list.map(element).toSorted((one: any, other: any) => compared(canonical(one), canonical(other)))
}

/** `1 vCPU` and `0.5 GB` as ECS echoes them: `1024`, `512`. */
function inUnits(form: RegExp): Normal {
  return (amount) => {
    const text = String(amount).trim()
    const number = form.exec(text)?.[1]
    return number === undefined ? text : String(Math.round(Number(number) * 1024))
  }
}

/** JSON that is the same for the same members in any order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([one], [other]) => compared(one, other)))
      : member,
  )
}

function asItIs(value: unknown): unknown {
  return value
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function compared(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
