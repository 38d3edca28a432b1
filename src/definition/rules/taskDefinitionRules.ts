// What ECS would refuse in a task definition, known without asking it. The paths begin with `taskDefinition`.
import { nearest } from '../../ground/nearest.ts'
import { isPlain } from '../../ground/shown.ts'
import { ecrRegistry } from '../image.ts'
import { awslogsOptions, fargateLogDrivers, logDrivers } from '../limits.ts'
import { type Draft, type Found, select, strings } from '../select.ts'
import { cpuUnits, fargateSizeProblem, memoryMiB } from '../taskSize.ts'

/** Rules for definitions, as those in `rules.ts`, about the task definition alone. */
export const taskDefinitionRules: readonly ((draft: Draft) => string[])[] = [
  fargateTasksHaveASize,
  fargateTasksHaveAnInterface,
  fargateTasksHaveTheRoleTheyNeed,
  fargateHasNoInstance,
  containersFitIntoTheTask,
  hostPortsAreThoseOfTheContainer,
  awsvpcHasNoLinks,
  variablesAreNoSecrets,
  logDriversAreKnown,
  logOptionsAreKnown,
  containersWaitForOthers,
  storageIsWithinBounds,
  stopTimeoutsAreShort,
]

/** What ECS takes although its documentation does not have it, or may have learned since: said, and sent as it is. */
export const taskDefinitionWarnings: readonly ((draft: Draft) => string[])[] = [healthChecksSayHow, logOptionsAreUsual]

const containers = 'taskDefinition/containerDefinitions/*'

const member = (value: unknown, name: string): unknown => (isPlain(value) ? value[name] : undefined)

function isFargate(draft: Draft): boolean {
  return strings(draft, 'taskDefinition/requiresCompatibilities/*').some(({ value }) => value === 'FARGATE')
}

const networkMode = (draft: Draft): string | undefined => strings(draft, 'taskDefinition/networkMode')[0]?.value

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size */
function fargateTasksHaveASize(draft: Draft): string[] {
  if (!isFargate(draft)) return []
  const [cpu, memory] = ['cpu', 'memory'].map((name) => select(draft, `taskDefinition/${name}`)[0]?.value)
  const missing = Object.entries({ cpu, memory }).filter(([, value]) => value === undefined)
  if (missing.length > 0) {
    return missing.map(
      ([name]) => `taskDefinition/${name}: is missing; Fargate needs cpu and memory, as in '256' and '512'`,
    )
  }
  if (typeof cpu !== 'string' || typeof memory !== 'string') return []
  const sizes = { cpu: cpuUnits(cpu), memory: memoryMiB(memory) }
  if (sizes.cpu === undefined || sizes.memory === undefined) return []
  const problem = fargateSizeProblem({ cpu: sizes.cpu, memory: sizes.memory }, { cpu, memory })
  return problem ? [`taskDefinition/${problem.member}: ${problem.sentence}`] : []
}

function fargateTasksHaveAnInterface(draft: Draft): string[] {
  if (!isFargate(draft) || networkMode(draft) === 'awsvpc') return []
  return ["taskDefinition/networkMode: must be 'awsvpc' on Fargate"]
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function fargateTasksHaveTheRoleTheyNeed(draft: Draft): string[] {
  if (select(draft, 'taskDefinition/executionRoleArn').length > 0) return []
  const drivers = strings(draft, `${containers}/logConfiguration/logDriver`)
  const needs = [
    select(draft, `${containers}/secrets/*`).length > 0 && 'read secrets',
    isFargate(draft) && drivers.some(({ value }) => value === 'awslogs') && 'write logs',
    isFargate(draft) &&
      strings(draft, `${containers}/image`).some(({ value }) => ecrRegistry.test(value)) &&
      'pull from ECR',
  ].filter((need) => need !== false)
  return needs.length > 0 ? [`taskDefinition/executionRoleArn: is missing; ECS needs it to ${needs.join(' and ')}`] : []
}

/** What Fargate has not, each with the value that is meant. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
function fargateHasNoInstance(draft: Draft): string[] {
  if (!isFargate(draft)) return []
  const found = [
    ...select(draft, 'taskDefinition/ipcMode'),
    ...select(draft, 'taskDefinition/pidMode').filter(({ value }) => value === 'host'),
    ...select(draft, 'taskDefinition/placementConstraints').filter(isFilled),
    ...select(draft, 'taskDefinition/volumes/*/host/sourcePath'),
    ...select(draft, 'taskDefinition/volumes/*/dockerVolumeConfiguration'),
    ...select(draft, `${containers}/privileged`).filter(({ value }) => value === true),
    ...select(draft, `${containers}/dockerSecurityOptions`).filter(isFilled),
    ...['devices', 'sharedMemorySize', 'maxSwap', 'swappiness']
      .flatMap((name) => select(draft, `${containers}/linuxParameters/${name}`))
      .filter(isFilled),
    ...select(draft, `${containers}/resourceRequirements/*`).filter(({ value }) => member(value, 'type') === 'GPU'),
  ]
  return found.map(({ path }) => `${path}: is not supported on Fargate; remove it`)
}

const isFilled = ({ value }: Found): boolean => !Array.isArray(value) || value.length > 0

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
function containersFitIntoTheTask(draft: Draft): string[] {
  const problems: string[] = []
  for (const { path, value } of select(draft, containers)) {
    const [hard, soft] = [member(value, 'memory'), member(value, 'memoryReservation')]
    if (typeof hard === 'number' && typeof soft === 'number' && soft > hard) {
      problems.push(`${path}/memoryReservation: is more than the memory of ${hard} MiB, which is the limit`)
    }
  }
  const [memory] = strings(draft, 'taskDefinition/memory').map(({ value }) => memoryMiB(value))
  const [cpu] = strings(draft, 'taskDefinition/cpu').map(({ value }) => cpuUnits(value))
  for (const name of ['memory', 'memoryReservation']) {
    for (const { path, value } of select(draft, `${containers}/${name}`)) {
      if (memory === undefined || typeof value !== 'number' || value <= memory) continue
      problems.push(`${path}: ${value} MiB is more than the ${memory} MiB of the task`)
    }
  }
  const all = select(draft, `${containers}/cpu`).reduce(
    (sum, { value }) => sum + (typeof value === 'number' ? value : 0),
    0,
  )
  if (cpu !== undefined && all > cpu) {
    problems.push(`taskDefinition/cpu: the containers have ${all} CPU units together, the task ${cpu}`)
  }
  return problems
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
function hostPortsAreThoseOfTheContainer(draft: Draft): string[] {
  const mode = networkMode(draft)
  if (mode !== 'awsvpc' && mode !== 'host') return []
  return select(draft, `${containers}/portMappings/*`)
    .filter(({ value }) => {
      const [host, container] = [member(value, 'hostPort'), member(value, 'containerPort')]
      // ECS puts the containerPort in place of 0.
      return host !== undefined && host !== 0 && host !== container
    })
    .map(({ path }) => `${path}/hostPort: must be the containerPort in the network mode ${mode}, or left out`)
}

function awsvpcHasNoLinks(draft: Draft): string[] {
  const mode = networkMode(draft)
  if (mode === undefined || mode === 'bridge') return []
  return select(draft, `${containers}/links`)
    .filter(isFilled)
    .map(({ path }) => `${path}: are for the network mode bridge, not ${mode}`)
}

function variablesAreNoSecrets(draft: Draft): string[] {
  return select(draft, containers).flatMap(({ path, value }) => {
    const variables = strings(value, 'environment/*/name').map((one) => one.value)
    return strings(value, 'secrets/*/name', path)
      .filter((secret) => variables.includes(secret.value))
      .map((secret) => `${secret.path}: ${JSON.stringify(secret.value)} is also in environment; leave one of them out`)
  })
}

function logDriversAreKnown(draft: Draft): string[] {
  const allowed = isFargate(draft) ? fargateLogDrivers : logDrivers
  return strings(draft, `${containers}/logConfiguration/logDriver`)
    .filter(({ value }) => !allowed.includes(value))
    .map(({ path, value }) => {
      const where = isFargate(draft) ? ' on Fargate' : ''
      return `${path}: must be ${allowed.join(', ').replace(/, ([^,]+)$/, ' or $1')}${where}, not ${JSON.stringify(value)}`
    })
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
function logOptionsAreKnown(draft: Draft): string[] {
  return awslogsIn(draft).flatMap(({ path, value, options }) => {
    const misspelt = strange(options).flatMap((option) => {
      const proposal = nearest(option, awslogsOptions)
      return proposal ? [`${path}/options/${option}: is not an option of awslogs; did you mean ${proposal}?`] : []
    })
    if (misspelt.length > 0) return misspelt
    const secret = strings(value, 'secretOptions/*/name').map((one) => one.value)
    const missing = ['awslogs-region', 'awslogs-group', ...(isFargate(draft) ? ['awslogs-stream-prefix'] : [])].filter(
      (option) => !secret.includes(option) && (!Object.hasOwn(options, option) || options[option] === ''),
    )
    const where = isFargate(draft) ? ' on Fargate' : ''
    return missing.length > 0 ? [`${path}/options: awslogs needs ${missing.join(' and ')}${where}`] : []
  })
}

function logOptionsAreUsual(draft: Draft): string[] {
  return awslogsIn(draft).flatMap(({ path, options }) =>
    strange(options)
      .filter((option) => nearest(option, awslogsOptions) === undefined)
      .map(
        (option) =>
          `${path}/options/${option}: is not an option of awslogs that this version knows; it is sent as it is`,
      ),
  )
}

function awslogsIn(draft: Draft): { path: string; value: unknown; options: Record<string, unknown> }[] {
  return select(draft, `${containers}/logConfiguration`).flatMap(({ path, value }) => {
    const options = member(value, 'options') ?? {}
    return member(value, 'logDriver') === 'awslogs' && isPlain(options) ? [{ path, value, options }] : []
  })
}

const strange = (options: object): string[] => Object.keys(options).filter((option) => !awslogsOptions.includes(option))

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html */
function containersWaitForOthers(draft: Draft): string[] {
  return select(draft, containers).flatMap(({ path, value }) =>
    strings(value, 'dependsOn/*/containerName', path)
      .filter((one) => one.value === member(value, 'name'))
      .map((one) => `${one.path}: is the container itself; it would wait for itself`),
  )
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html */
function storageIsWithinBounds(draft: Draft): string[] {
  return select(draft, 'taskDefinition/ephemeralStorage/sizeInGiB')
    .filter(({ value }) => typeof value === 'number' && (value < 21 || value > 200))
    .map(({ path, value }) => `${path}: must be from 21 to 200, not ${String(value)}`)
}

function stopTimeoutsAreShort(draft: Draft): string[] {
  if (!isFargate(draft)) return []
  return ['startTimeout', 'stopTimeout']
    .flatMap((name) => select(draft, `${containers}/${name}`))
    .filter(({ value }) => typeof value === 'number' && (value < 2 || value > 120))
    .map(({ path, value }) => `${path}: must be from 2 to 120 seconds on Fargate, not ${String(value)}`)
}

/** ECS takes a bare command, as AWS's own definitions for its OpenTelemetry collector have one; Docker ignores it. */
function healthChecksSayHow(draft: Draft): string[] {
  return select(draft, `${containers}/healthCheck/command`)
    .filter(({ value }) => Array.isArray(value) && !['CMD', 'CMD-SHELL', 'NONE'].includes(value[0]))
    .map(({ path }) => `${path}: does not start with CMD or CMD-SHELL; on EC2, Docker ignores such a health check`)
}
