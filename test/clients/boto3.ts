// Calls boto3 in a Python process.
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { operations } from '../../src/local/operations.ts'
import { startProcess } from '../commands/support.ts'

/** boto3 in a process of its own, one call after the other. What AWS refuses is answered with the code and the message. */
export interface Boto3 {
  readonly call: (service: string, method: string, input?: object) => Promise<any>
  /** Every page of a paginator, as a list of answers. */
  readonly pages: (service: string, paginator: string, input?: object) => Promise<any[]>
  /** The first `most` events of an answer's stream. */
  readonly events: (service: string, method: string, input: object, stream: string, most: number) => Promise<any[]>
  /** Resolves when a waiter has seen what it waits for. */
  readonly wait: (service: string, waiter: string, input?: object) => Promise<void>
  /** The methods that have been called: `ecs.describe_services`. */
  readonly called: ReadonlySet<string>
}

/** A refusal, as boto3 understood it. */
class Refused extends Error {
  readonly code: string
  readonly status: number

  constructor({ Error: { Code, Message } = { Code: 'Waiter', Message: '' }, ResponseMetadata, Waiter }: any) {
    super(Waiter ?? Message)
    this.code = Code
    this.status = ResponseMetadata?.HTTPStatusCode
  }
}

export function startBoto3(python: string, of: { folder: string; env: Record<string, string> }): Boto3 {
  const { child, ended } = startProcess(python, [fileURLToPath(new URL('withBoto3.py', import.meta.url))], {
    cwd: of.folder,
    env: of.env,
  })
  const waiting: ((line: string) => void)[] = []
  const gone = ended.then(({ stderr }): never => {
    throw new Error(`boto3 has ended: ${stderr}`)
  })
  // Every pending call is rejected with it.
  gone.catch(() => {})
  createInterface({ input: child.stdout! }).on('line', (line) => waiting.shift()?.(line))
  const called = new Set<string>()

  async function perform(...asked: [kind: string, service: string, name: string, input: object]): Promise<any> {
    called.add(`${asked[1]}.${asked[2]}`)
    child.stdin!.write(`${JSON.stringify(asked)}\n`)
    const line = await Promise.race([new Promise<string>((resolve) => waiting.push(resolve)), gone])
    const { result, error } = JSON.parse(line)
    if (error) throw new Refused(error)
    return result
  }

  return {
    called,
    call: (service, method, input = {}) => perform('call', service, method, input),
    pages: (service, paginator, input = {}) => perform('pages', service, paginator, input),
    events: (service, method, input, stream, most) =>
      perform('events', service, method, { ...input, Stream: [stream, most] }),
    wait: (service, waiter, input = {}) => perform('wait', service, waiter, input),
  }
}

/** Waiters look once a second, for a minute. */
export const soon = { Delay: 1, MaxAttempts: 60 }

/** What boto3Prerequisites.spec.ts calls. */
export const prerequisites = ['applicationautoscaling', 'iam', 's3', 'scheduler', 'secretsmanager', 'ssm']

/** The operations of the local AWS, of these services, that boto3 has not called; its methods are named in snake case. */
export function neverCalled({ called }: Pick<Boto3, 'called'>, isAsked: (service: string) => boolean): string[] {
  const asked = Object.entries(operations).filter(([service]) => isAsked(service))
  const known = asked.flatMap(([service, table]) => Object.keys(table).map((name) => `${service}.${name}`))
  const names = new Set(Array.from(called, (method) => method.replaceAll(/[_-]/g, '')))
  return known.filter((name) => !names.has(name.toLowerCase()))
}
