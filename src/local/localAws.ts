// The local AWS without a server: a function from request to answer.
import { type Decided, authorizer } from './authorize.ts'
import { control, isControl } from './control.ts'
import { operations } from './operations.ts'
import { newRegion } from './provisioning/newRegion.ts'
import { provision } from './provisioning/provision.ts'
import type { Provision } from './provisioning/provision.ts'
import { advance } from './time/advance.ts'
import { credentialScope } from './wire/dialect.ts'
import type { Answer, Call, Request } from './wire/dialect.ts'
import { json } from './wire/dialects/json.ts'
import { printable } from './wire/printable.ts'
import { dispatch, isRead, understood } from './wire/dispatch.ts'
import { AwsFault } from './world/fault.ts'
import { idsOf } from './world/ids.ts'
import type { Context, Output } from './world/operation.ts'
import { emptyWorld, latest, withoutPrototypes } from './world/world.ts'
import type { World } from './world/world.ts'

export interface LocalAwsOptions {
  /** Epoch milliseconds of the local AWS's clock. */
  readonly now: () => number
  /** Where to go on, changed in place; an empty world without it. */
  readonly world?: World | undefined
  /** Called with the world after everything that may have changed it, before the answer is given. */
  readonly save?: (world: World) => void
  /** Told, in one line, what the local AWS does not have, and with its stack what broke in it. */
  readonly warn?: (line: string) => void
  /** Whether AWS's request rate limits hold; true by default. */
  readonly throttle?: boolean
  /** The JSON of the policy that everybody who calls has; without it everything is allowed. It is no part of the world. */
  readonly policy?: string | undefined
  /**
   * @internal
   * Told of everything that the policy has allowed or denied.
   */
  readonly decided?: (decided: Decided) => void
}

export interface LocalAws {
  /** Answers an HTTP request. It never throws: whatever goes wrong is in the answer. */
  readonly handle: (request: Request) => Answer
  /**
   * @internal
   * Performs a call as `handle` does, without HTTP and its bodies. The output is the world's own: copy it, never change it.
   */
  readonly perform: (call: Call) => { readonly status: number; readonly output: Output }
  readonly world: World
  /** Brings the world up to now without a request. */
  readonly advance: () => void
  /** Makes what is wanted and does not exist yet (in us-east-1 by default); answers what it made, in words. */
  readonly provision: (wanted: Provision) => string[]
}

/** An AWS in this process: a function from request to answer over a world of plain data. */
export function createLocalAws(options: LocalAwsOptions): LocalAws {
  const { now, save, warn, throttle = true, policy, decided } = options
  const authorize = policy === undefined ? undefined : authorizer(policy, decided)
  const world = withoutPrototypes(options.world ?? emptyWorld(now()), newRegion)
  const ids = idsOf(world)
  // Request ids count on their own: how often somebody looked must not show in the ids of things.
  const requestIds = idsOf({ ids: 0, account: 'requests' })

  // A clock that was set back, or that goes beyond what a date can be, stops the world; it never turns it back.
  const bringUpToNow = (): void => advance(world, Math.min(Math.max(world.now, now()), latest))

  const contextOf = (region: string): Context => {
    bringUpToNow()
    world.regions[region] ??= newRegion(region, world.account)
    return {
      region: world.regions[region],
      global: world.global,
      now: world.now,
      ids,
      ...(policy !== undefined && { policy }),
    }
  }

  const local: LocalAws = {
    world,
    advance: bringUpToNow,
    provision: ({ region = 'us-east-1', ...wanted }) => {
      try {
        return provision(contextOf(region), wanted)
      } finally {
        // What was made before a refusal stays made.
        save?.(world)
      }
    },
    handle: (request) => {
      const requestId = requestIds.uuid()
      const { dialect, call } = understood(request) ?? { dialect: json, call: undefined }
      try {
        return dialect.answer(call, outputOf(request, call), requestId)
      } catch (error) {
        return dialect.refuse(call, faultOf(error, request, call), requestId)
      }
    },
    perform: (call) => {
      try {
        return { status: 200, output: performed(call, contextOf('us-east-1')) }
      } catch (error) {
        const { code, message, status, members } = faultOf(error, inProcess, call)
        return { status, output: { __type: code, message, ...members } }
      }
    },
  }

  const controlled = (request: Request): Output => {
    const output = control(request, { ...local, contextOf })
    if (request.method === 'POST') save?.(world)
    return output
  }

  const outputOf = (request: Request, call: Call | undefined): Output => {
    const { region, accessKeyId } = credentialScope(request)
    const context = { ...contextOf(region), accessKeyId }
    if (isControl(request)) return controlled(request)
    if (!call) throw new AwsFault('UnknownOperationException', 'The local AWS does not know this kind of request.')
    return performed(call, context)
  }

  const performed = (call: Call, context: Context): Output => {
    const output = dispatch(operations, call, context, { throttle, authorize })
    if (!isRead(call.operation)) save?.(world)
    const { responseStream: streamed } = output
    if (typeof streamed !== 'function') return output
    const responseStream = (): unknown => {
      bringUpToNow()
      return streamed(world.now)
    }
    return { ...output, responseStream }
  }

  const faultOf = (error: unknown, request: Request, call: Call | undefined): AwsFault => {
    if (error instanceof AwsFault) {
      if (error.code === 'UnknownOperationException') warn?.(unknown(request, call))
      return error
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    // The message may have text of the request in it.
    warn?.(
      text
        .split('\n')
        .map((line) => printable(line, 1000))
        .join('\n'),
    )
    const code = call?.service === 'ecs' ? 'ServerException' : 'InternalFailure'
    return new AwsFault(code, 'The local AWS broke while it answered this. This is a bug in it.', 500)
  }

  return local
}

/** Where a call comes from that nobody has sent. */
const inProcess: Request = { method: 'POST', path: '/', headers: {}, body: '' }

const unknown = ({ method, path }: Request, call: Call | undefined): string =>
  call
    ? `${printable(call.service)} has no operation ${printable(call.operation)} in the local AWS`
    : `${method} ${printable(path)} is nothing that the local AWS has`
