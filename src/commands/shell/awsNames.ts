// The names of clusters and services in AWS, soon or not at all: whoever presses a key waits for them.
import { abortController } from '../../ground/abortController.ts'
import { existsSync } from 'node:fs'
import { checkSettings } from '../../aws/checkSettings.ts'
import type { AwsSettings } from '../../aws/awsSettings.ts'
import { type Aws, openAws } from '../../aws/aws.ts'
import { regionAsked } from '../../aws/region.ts'
import { sdkTransport } from '../../aws/sdk.ts'
import { type Clock, systemClock } from '../../ground/clock.ts'
import { nameOf } from '../../ground/names.ts'
import type { Context } from '../program/command.ts'
import { startLocalRun, stateFile } from '../program/localAws.ts'
import { isAwsName } from './awsName.ts'
import { remembered } from './remembered.ts'

/** What the names are of, and the AWS that the rest of the command line is about. */
export interface AskedNames {
  /** The cluster of the services; undefined where clusters are asked for. */
  readonly servicesOf?: string
  readonly region: string | undefined
  readonly profile: string | undefined
  readonly isLocal: boolean
}

interface Means {
  readonly env: Context['env']
  readonly clock: Clock
  readonly settings: AwsSettings
}

/** How long AWS may take, in milliseconds. */
const patience = 1500

/** Never rejects, asks nobody for a code, and answers with no names where AWS does not in time. */
export async function awsNames(asked: AskedNames, of: Partial<Means> & Pick<Means, 'env'>): Promise<readonly string[]> {
  const { env, clock = systemClock(), settings = {} } = of
  const over = abortController()
  const late = clock.sleep(patience, over.signal).then(() => [])
  try {
    return await Promise.race([late, found(asked, { env, clock, settings }, over.signal)])
  } catch {
    return []
  } finally {
    over.abort()
  }
}

async function found(
  asked: AskedNames,
  { env, clock, settings }: Means,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { servicesOf, profile } = asked
  if (servicesOf !== undefined && !isAwsName(nameOf(servicesOf))) return []
  if (asked.isLocal) return localNames(asked, env, signal)
  const region = regionAsked(asked.region, env)
  checkSettings(region, env)
  return remembered({ servicesOf, profile, region: region.value }, { env, now: clock.now }, () => {
    // Where an MFA code is needed there is none: no function here answers for one.
    const transport = sdkTransport({ region: region.value, profile, ...settings }, { env })
    return read(openAws({ transport, clock }), asked, signal)
  })
}

async function read(aws: Aws, { servicesOf }: AskedNames, signal: AbortSignal): Promise<readonly string[]> {
  const arns =
    servicesOf === undefined
      ? (await aws.all('listClusters', {}, signal)).clusterArns
      : (await aws.all('listServices', { cluster: servicesOf }, signal)).serviceArns
  return (arns ?? []).map(nameOf).filter(isAwsName).toSorted()
}

/** Those of the local AWS of this folder; none is made for it. */
async function localNames(asked: AskedNames, env: Context['env'], signal: AbortSignal): Promise<readonly string[]> {
  if (!existsSync(stateFile)) return []
  const local = await startLocalRun({}, regionAsked(asked.region, env).value || 'us-east-1', () => {})
  try {
    return await read(openAws({ transport: sdkTransport(local.settings), clock: systemClock(local) }), asked, signal)
  } finally {
    await local.close()
  }
}
