// What the local AWS can do that AWS cannot: the requests to `/_local/…`.
import { isPlatform, push } from './ecr/push.ts'
import { findCluster, findService } from './ecs/find.ts'
import { checkOneOf } from './ecs/invalid.ts'
import { lifecycleStages } from './ecs/records.ts'
import { setAlarm } from './ecs/rollout/alarm.ts'
import { hookAnswerKey } from './ecs/rollout/lifecycleHooks.ts'
import { checkProvision, checkRegion } from './provisioning/checkProvision.ts'
import type { Provision } from './provisioning/provision.ts'
import type { Request } from './wire/dialect.ts'
import { AwsFault } from './world/fault.ts'
import type { Context, Output, Unchecked } from './world/operation.ts'
import { parseObject } from './world/parseJson.ts'
import type { World } from './world/world.ts'

/** What of the local AWS is needed for it. */
interface Local {
  readonly world: World
  readonly provision: (wanted: Provision) => string[]
  /** The region of that name, brought up to now. */
  readonly contextOf: (region: string) => Context
}

/** Whether a request is to the local AWS itself and not to an API of AWS. */
export const isControl = ({ path }: Request): boolean => path.startsWith('/_local/')

/**
 * What the local AWS can do that AWS cannot: `POST /_local/provision` (its body is a Provision),
 * `GET /_local/published?topic=ARN` and `GET /_local/world`; `POST /_local/alarm` brings a CloudWatch alarm into a state,
 * `{ region?, name, state: ALARM | OK }`; `POST /_local/hook` says what the Lambda hooks of a service answer at a
 * lifecycle stage from now on, `{ region?, cluster?, service, stage, answer: FAILED | SUCCEEDED }`; `POST /_local/push`
 * pushes an image to ECR, `{ region?, repository, tag, platforms? }`. The region is us-east-1 by default. What is missing or unknown is refused as by an API.
 */
export function control({ method, path, body }: Request, local: Local): Output {
  const { pathname, searchParams } = new URL(path, 'http://127.0.0.1')
  const asked = `${method} ${pathname}`
  if (asked === 'GET /_local/world') return { ...local.world }
  if (asked === 'GET /_local/published') return publishedTo(local, searchParams.get('topic') ?? '')
  if (asked === 'POST /_local/provision') return { made: provisioned(local, parsed(body)) }
  if (asked === 'POST /_local/alarm') return alarm(local, parsed(body))
  if (asked === 'POST /_local/hook') return hook(local, parsed(body))
  if (asked === 'POST /_local/push') return pushed(local, parsed(body))
  throw new AwsFault('UnknownOperationException', `The local AWS has no ${asked}.`, 404)
}

/** Whoever asks for something else than a Provision is told so, as by an API. */
function provisioned({ provision }: Local, wanted: Unchecked): string[] {
  checkProvision(wanted)
  return provision(wanted)
}

function publishedTo({ world }: Local, arn: string): Output {
  const topic = Object.values(world.regions).find(({ topics }) => topics[arn])?.topics[arn]
  if (!topic) throw new AwsFault('NotFound', `There is no topic ${arn}.`, 404)
  return { ...topic }
}

function alarm({ contextOf }: Local, { region = 'us-east-1', name, state = '' }: Unchecked): Output {
  if (typeof name !== 'string' || name === '') throw new AwsFault('InvalidParameterException', 'name is required.')
  checkOneOf('state', state, ['ALARM', 'OK'])
  setAlarm(contextOf(region), name, state)
  return { name, state }
}

function hook({ contextOf }: Local, asked: Unchecked): Output {
  const { region: name = 'us-east-1', cluster, service: serviceName = '', stage = '', answer = '' } = asked
  if ([cluster ?? '', serviceName].some((each) => typeof each !== 'string')) {
    throw new AwsFault('InvalidParameterException', 'cluster and service are names.')
  }
  const { region } = contextOf(name)
  const record = findService(region, findCluster(region, cluster).cluster.clusterName, serviceName)
  if (!record) throw new AwsFault('ServiceNotFoundException', 'Service not found.')
  checkOneOf('stage', stage, lifecycleStages)
  checkOneOf('answer', answer, ['FAILED', 'SUCCEEDED'])
  region.hookAnswers[hookAnswerKey(record.service, stage)] = answer
  return { service: record.service.serviceArn, stage, answer }
}

function pushed({ contextOf }: Local, { region = 'us-east-1', repository, tag, platforms }: Unchecked): Output {
  if (!isText(repository, /^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/) || !isText(tag, /^\w[\w.-]{0,127}$/)) {
    throw new AwsFault('InvalidParameterException', 'repository and tag are names.')
  }
  if (
    platforms !== undefined &&
    !(Array.isArray(platforms) && platforms.every((each) => isText(each) && isPlatform(each)))
  ) {
    throw new AwsFault('InvalidParameterException', 'platforms is a list like ["linux/amd64", "linux/arm64"].')
  }
  return push(contextOf(region), { repository, tag, platforms })
}

const isText = (value: unknown, form = /^/): value is string => typeof value === 'string' && form.test(value)

function parsed(body: string): Unchecked {
  const wanted = parseObject(body)
  if (!wanted) throw new AwsFault('SerializationException', 'The body of the request is not a JSON object.')
  checkRegion(wanted.region)
  return wanted
}
