// Starts the local AWS: for one command, or to serve others.
import type { AwsSettings } from '../../aws/awsSettings.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { readNamed } from '../../ground/readText.ts'
import { loadLocal } from './loadLocal.ts'

type StartLocalAws = Awaited<ReturnType<typeof loadLocal>>['startLocalAws']
type LocalAws = Awaited<ReturnType<StartLocalAws>>

/** What has to be there before a command can work in it. */
export type LocalFixtures = Omit<Parameters<LocalAws['provision']>[0], 'region'>

/** How much faster than life time passes in the local AWS of one command: a rollout takes seconds. */
const speed = 60
/** Where its state is kept between runs. */
export const stateFile = '.ecs-task/local.json'

/** What the environment asks of Amazon's endpoints the SDK would refuse beside another. */
const ofNoMatter = { useFipsEndpoint: false, useDualstackEndpoint: false } as const

export interface LocalRun {
  readonly settings: AwsSettings & typeof ofNoMatter
  /** The fixtures that were not there yet and that it made, in words. */
  readonly made: readonly string[]
  readonly speed: number
  now(): number
  /** Answers whether all that was changed is in its state file. */
  close(): Promise<boolean>
}

/** Starts the local AWS for one command and makes its fixtures, as if Terraform had. */
export async function startLocalRun(
  fixtures: LocalFixtures,
  region: string,
  warn: (line: string) => void,
): Promise<LocalRun> {
  const local = await startLocalAws({ speed, state: stateFile, warn })
  const made = await provisioned(local, { region, ...fixtures })
  return {
    settings: {
      region,
      endpoint: local.url,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      ...ofNoMatter,
    },
    made,
    speed,
    now: local.now,
    close: local.close,
  }
}

/** What it made, in words; throws `RefusedByAws`, with the local AWS closed, where AWS would refuse such a thing. */
async function provisioned(
  local: LocalAws,
  fixtures: Parameters<LocalAws['provision']>[0],
): Promise<readonly string[]> {
  try {
    return local.provision(fixtures)
  } catch (error) {
    await local.close()
    const { AwsFault } = await loadLocal()
    if (!(error instanceof AwsFault)) throw error
    throw new EcsTaskError('RefusedByAws', `The local AWS refused: ${error.message}`, {
      why: `It answered ${error.code}.`,
      cause: error,
    })
  }
}

/** Starts it; throws `BadArguments` where it cannot, as its port or its file is in use. */
export async function startLocalAws(options: Parameters<StartLocalAws>[0]): Promise<LocalAws> {
  const local = await loadLocal()
  return local.startLocalAws(options).catch((error: Error) => {
    throw new EcsTaskError('BadArguments', 'The local AWS cannot start.', { why: error.message, cause: error })
  })
}

/** The JSON of the policy in a file; throws `BadArguments`, with everything that is wrong, where it cannot be enforced. */
export async function readPolicy(from: string): Promise<string> {
  const text = readNamed(from)
  const { policyProblems } = await loadLocal()
  const problems = policyProblems(text)
  if (problems.length === 0) return text
  throw new EcsTaskError('BadArguments', `${from} is not an IAM policy that can be enforced.`, {
    problems,
    fix: 'Print one: ecs-task policy FILE > policy.json',
  })
}
