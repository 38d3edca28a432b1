// Performs a story against an AWS of which one member of an answer is spoilt.
import { sdkTransport } from '../../src/aws/sdk.ts'
import { problemOf } from '../../src/engine/problem.ts'
import { createLocalAws } from '../../src/local/localAws.ts'
import type { Answer } from '../../src/local/wire/dialect.ts'
import type { Region } from '../../src/local/world/world.ts'
import { handClock } from '../handClock.ts'
import { callIn, settingsInProcess } from '../sdkInProcess.ts'
import type { Story } from './oddStories.ts'

/** How it ended: the exit code, what is said, whether AWS has carried out a write, and what is there then. */
export interface Ended {
  readonly exitCode: number
  readonly what: string
  readonly writes: number
  readonly region: Region
  readonly stack?: string | undefined
}

/** `operation` of a request; of Route 53 without ids. */
export const nameOfOperation = (operation: string): string => operation.replace(/\/(Z|C)[A-Z0-9]+/g, '/ID')

/** Performs it; `meddle` is given each answer, with the number of writes that came before it. */
export async function performed(
  { world, act }: Story,
  meddle: (operation: string, answer: Answer, writes: number) => Answer,
): Promise<Ended> {
  const made = structuredClone(await world())
  const clock = handClock(made.now)
  const aws = createLocalAws({ now: clock.now, throttle: false, world: made })
  let writes = 0
  const settings = settingsInProcess((request) => {
    clock.touch()
    const operation = nameOfOperation(callIn(request).operation)
    const before = writes
    const answer = aws.handle(request)
    if (answer.status < 300 && !/^(BatchGet|Describe|List|Get|GET|Simulate)/.test(operation)) writes++
    return answer.status < 300 ? meddle(operation, answer, before) : answer
  })
  const transport = sdkTransport(settings, { clock })
  const region = (): Region => aws.world.regions['us-east-1']!
  try {
    const result = await act({ transport, clock })
    const { exitCode = 0, problem } = (result ?? {}) as {
      exitCode?: number
      problem?: { what: string; stack?: string }
    }
    return { exitCode, what: problem?.what ?? '', stack: problem?.stack, writes, region: region() }
  } catch (error) {
    const { code, what, stack } = problemOf(error)
    return { exitCode: code === 'Unexpected' ? 70 : 2, what, stack, writes, region: region() }
  }
}
