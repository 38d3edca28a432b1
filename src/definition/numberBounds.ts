// Which numbers AWS can mean; its model says of each only that it is one.

/** The least and the most that a member may be; a percentage may have a fraction. */
interface Bounds {
  readonly least: number
  readonly most: number
  readonly isFraction?: true
}

/** AWS's integers have 32 bits. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Types.html */
const usual: Bounds = { least: 0, most: 2_147_483_647 }

const port = { least: 0, most: 65_535 }
const unlimited = { least: -1, most: Number.MAX_SAFE_INTEGER }

/**
 * What differs from that. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html: 5,000 tasks of a
 * service. `runTasks/count` and the count of a schedule have rules of their own.
 */
const others: Readonly<Record<string, Bounds | undefined>> = {
  'UpdateServiceRequest.desiredCount': { least: 0, most: 5_000 },
  'EcsParameters.TaskCount': { least: 1, most: usual.most },
  'CanaryConfiguration.canaryPercent': { least: 0, most: 100, isFraction: true },
  'LinearConfiguration.stepPercent': { least: 0, most: 100, isFraction: true },
  'FlexibleTimeWindow.MaximumWindowInMinutes': { least: 1, most: 1_440 },
  'RetryPolicy.MaximumEventAgeInSeconds': { least: 60, most: 86_400 },
  'RetryPolicy.MaximumRetryAttempts': { least: 0, most: 185 },
  'PortMapping.containerPort': port,
  'PortMapping.hostPort': port,
  'Ulimit.softLimit': unlimited,
  'Ulimit.hardLimit': unlimited,
  'LinuxParameters.maxSwap': { least: -1, most: usual.most },
}

/** What is wrong with a number that is there; undefined where nothing is. */
export function numberProblem(structure: string, member: string, value: number): string | undefined {
  const name = `${structure}.${member}`
  if (name === 'RunTaskRequest.count') return undefined
  const { least, most, isFraction } = others[name] ?? usual
  if (value >= least && value <= most && (isFraction || Number.isInteger(value))) return undefined
  return `must be a ${isFraction ? '' : 'whole '}number from ${least} to ${most}, not ${value}`
}
