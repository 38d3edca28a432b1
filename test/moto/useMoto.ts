import { afterAll, beforeAll, beforeEach, inject } from 'vitest'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { systemClock } from '../../src/clock.ts'
import type { Declared } from '../../src/definition.ts'
import type { ToldEvent } from '../../src/events.ts'
import { type Result, type Task, defaults, perform } from '../../src/perform.ts'
import { read } from '../../src/read.ts'
import { services } from './declared.ts'
import { type Moto, makeWorld, startMoto } from './moto.ts'

/** A run of ours, with what it told and the calls that changed something. */
export interface Run extends Result {
  readonly events: readonly ToldEvent[]
  readonly writes: readonly string[]
}

/** Our clock runs a thousand times as fast as life, so that nobody waits for what moto has done at once. */
const speed = 1_000
const begun = Date.now()

/** The tests of a file need moto: without it they are skipped. Each begins with the same small world. */
export function useMoto(): {
  readonly moto: () => Moto
  readonly deploy: (of: Declared, tag: string, more?: Partial<Task>) => Promise<Run>
  readonly rollback: (of: Declared, more?: Partial<Task>) => Promise<Run>
} {
  const python = inject('python')
  let moto: Moto
  beforeEach(({ skip }) => skip(python.missing !== undefined, python.missing))
  beforeAll(async () => {
    if (python.missing === undefined) moto = await startMoto(python.program)
  })
  afterAll(() => moto?.close())
  beforeEach(async () => {
    await moto.reset()
    await makeWorld(moto, { services })
  })
  return {
    moto: () => moto,
    deploy: (of, tag, more) => run(moto, of, { command: 'deploy', tag, ...more }),
    rollback: (of, more) => run(moto, of, { command: 'rollback', ...more }),
  }
}

/**
 * moto rolls nothing: UpdateService leaves the one deployment on the old revision for ever. So nothing is waited for, as
 * with --no-wait; the local AWS is what proves the waiting.
 */
async function run(moto: Moto, of: Declared, task: Pick<Task, 'command'> & Partial<Task>): Promise<Run> {
  const { definition, warnings } = read(of, 'Web')
  const events: ToldEvent[] = []
  const result = await perform({
    ...defaults,
    definitions: [definition],
    warnings,
    transport: sdkTransport(moto.settings),
    clock: systemClock({ speed, now: () => begun + (Date.now() - begun) * speed }),
    listeners: [{ hear: (event) => void events.push(event) }],
    signal: new AbortController().signal,
    wait: false,
    ...task,
  })
  const methods = events.flatMap((event) => (event.type === 'call.finished' ? [event.method] : []))
  return { ...result, events, writes: methods.filter((method) => !/^(describe|list|get)/.test(method)) }
}
