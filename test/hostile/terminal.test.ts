import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Listener, ToldEvent } from '../../src/engine/events.ts'
import type { Plan } from '../../src/engine/plan.ts'
import { problemOf } from '../../src/engine/problem.ts'
import { read } from '../../src/definition/read.ts'
import { json } from '../../src/output/listeners/json.ts'
import { plain } from '../../src/output/listeners/plain.ts'
import { planText } from '../../src/output/planText.ts'
import { tty } from '../../src/output/listeners/tty.ts'
import { placeInView } from '../../src/output/telling.ts'
import { printed } from '../../src/output/line.ts'
import { problemLines } from '../../src/output/problemLines.ts'
import { historyText } from '../../src/output/look/historyText.ts'
import { statusText } from '../../src/output/look/statusText.ts'
import { verificationText } from '../../src/output/verificationText.ts'
import type { Status } from '../../src/deploy/status/status.ts'
import { web } from '../deploy/declared.ts'
import { stage } from '../deploy/support.ts'
import { at, everyEvent, shortLogs, spoilt } from '../output/everyEvent.ts'
import { fakeScreen } from '../output/screen.ts'
import { attacks, hostileText, runnerCommand } from './hostileText.ts'

/** Control characters, invisible ones, halves of characters, line breaks; not what joins emoji and letters into one. */
const dangerous = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u
/** Bold, dim, four colors, and back to none: all that we write. */
const ourColors = /\p{Cc}\[(?:1|2|22|31|32|33|36|39)m/gu
/** The live view's as well: cursor hidden and shown, up so many lines, a line or the rest of the screen cleared. */
const oursLive = /\p{Cc}\[(?:\?(?:25|2026)[hl]|\d*A|2K|J|(?:1|2|22|31|32|33|36|39)m)|\r/gu

const everything: readonly ToldEvent[] = shortLogs.flatMap(([, log]) => log)
const all = attacks.join('')

describe('with hostile text in everything that comes from outside', () => {
  it('lines hold no control sequence, and colors add our own and nothing else', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const log = spoilt(everything, text)
        const lines = linesOf(log, (write) => plain(write, { color: false }))
        for (const line of lines) {
          expect(line).not.toMatch(dangerous)
          expect(line).not.toMatch(runnerCommand)
        }
        const colored = linesOf(log, (write) => plain(write, { color: true }))
        expect(colored.map((line) => line.replace(ourColors, ''))).toEqual(lines)
        expect(colored.join('')).not.toBe(lines.join(''))
      }),
      { numRuns: 20 },
    )
  })

  it('a line of JSON is one line without any of it, and parses to the same text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const log = spoilt(everything, text)
        for (const [index, line] of linesOf(log, json).entries()) {
          expect(line).not.toMatch(dangerous)
          expect(line).not.toMatch(runnerCommand)
          expect(JSON.parse(line)).toEqual({ version: 1, ...JSON.parse(JSON.stringify(log[index])) })
        }
      }),
      { numRuns: 20 },
    )
  })

  it.each([20, 80, 200])(
    'a live view of %i columns is redrawn without a stray character or a broken line',
    async (columns) => {
      for (const text of [all, '\x1b', '\x1b]8;;', 'overwritten\r']) {
        const screen = fakeScreen({ columns, rows: 24 })
        // The screen throws on any sequence that the view does not have.
        const view = tty(screen, { color: true, ...screen.doors })
        // What is printed above and below the view may be longer than a line.
        const isBeside = (event: ToldEvent): boolean => placeInView(event) === 'above' || event.type === 'run.finished'
        const hear = (event: ToldEvent): void => {
          view.hear(spoilt(event, text))
          screen.tick()
        }
        // A command to type is left whole: the terminal wraps it.
        const isCommand = (event: ToldEvent): boolean => event.type === 'deployment.paused'
        for (const event of everything) if (!isBeside(event) && !isCommand(event)) hear(event)
        expect(screen.breaks()).toBe(0)
        for (const event of everything) if (isCommand(event)) hear(event)
        for (const event of everything) if (placeInView(event) === 'above') hear(event)
        hear({ ...everyEvent['run.finished'], at })
        await view.close?.()
        expect(screen.text().replaceAll('\n', '')).not.toMatch(dangerous)
        expect(screen.cursorShown()).toBe(true)
        expect(screen.written.join('').replace(oursLive, '').replaceAll('\n', '')).not.toMatch(dangerous)
      }
    },
  )

  it('a dry run prints none of it', () => {
    const plan: Plan = everyEvent['plan.made'].plan
    expectSafe((text, color) => planText(spoilt(plan, text), { color, columns: Infinity }))
  })

  it('status prints none of it', () => {
    expectSafe((text, color) => statusText(spoiltStatus(text), { color, columns: Infinity }))
  })

  it('history prints none of it', () => {
    expectSafe((text, color) => {
      const [revision, tags] = [text, [text]]
      const record = { commit: text, actor: text, run: text, registeredBy: text, reason: text, createdAt: text }
      const one = {
        serviceDeploymentArn: text,
        revision,
        tags,
        status: text,
        rolledBackTo: { revision, tags },
        ...record,
      }
      const outcomes = ['rolledBack', 'unknown'] as const
      const deployments = outcomes.map((outcome) => ({ ...one, outcome, strategy: text, lifecycleStage: text }))
      const history = { version: 1 as const, at: text, services: [{ service: text, deployments }], unread: [text] }
      return historyText(history, { color, columns: Infinity })
    })
  })

  it('verify prints none of it', () => {
    expectSafe((text, color) => {
      const finding = { check: 'roles', severity: 'error' as const, what: text, where: text, fix: text }
      return verificationText({ findings: [finding], checks: ['roles'] }, { color, columns: Infinity })
    })
  })

  it('a refusal of AWS is printed without any of it', () => {
    for (const name of [
      'AccessDeniedException',
      'ClientException',
      'ExpiredTokenException',
      'Unheard',
      'TimeoutError',
    ]) {
      expectSafe((text, color) => {
        const error = Object.assign(new Error(text), {
          name: name + (name === 'Unheard' ? text : ''),
          $fault: 'client',
          $metadata: {},
        })
        return textOf(error, color)
      })
    }
    expectSafe((text, color) => textOf(new Error(text), color))
    expectSafe((text, color) => textOf(text, color))
  })

  it('the problems of a definition are printed without any of it', () => {
    expectSafe((text, color) => {
      try {
        read(
          {
            taskDefinition: {
              family: text,
              containerDefinitions: [{ name: text, imgae: text, cpu: text }],
              [text]: Symbol(text),
            },
          } as any,
          text,
        )
      } catch (error) {
        return textOf(error, color)
      }
      throw new Error('It was not refused.')
    })
  })
})

test('from the wire to the screen: hostile service events and refusals', async () => {
  const { deploy, world } = stage(web({ runTasks: [] }), {
    meddle: ({ operation }) =>
      operation === 'UpdateService'
        ? { status: 400, body: { __type: 'InvalidParameterException', message: all } }
        : undefined,
  })
  const { exitCode, events } = await deploy('v2')
  expect(exitCode).toBe(1)
  expect(JSON.stringify(world().services)).not.toContain('web:2')
  const lines = linesOf(events, (write) => plain(write, { color: false }))
  expect(lines.some((line) => line.includes('\\u{202e}gnp.exe'))).toBe(true)
  for (const line of lines) expect(line).not.toMatch(dangerous)
})

const pointedAt = { revision: 'web:7', tags: ['v1.2.3'] }
const counts = { desired: 2, running: 1, pending: 1 }
const status: Status = {
  version: 1,
  unread: ['What uses the revisions could not be read.'],
  state: 'failed',
  definitions: [
    {
      name: 'WebTask',
      family: 'web',
      services: [
        {
          ...pointedAt,
          ...counts,
          service: 'my_cluster/web',
          state: 'failed',
          deployments: [
            {
              ...pointedAt,
              ...counts,
              id: 'ecs-svc/1',
              status: 'PRIMARY',
              rolloutState: 'FAILED',
              rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
              failed: 3,
            },
          ],
          serviceDeployment: {
            status: 'ROLLBACK_FAILED',
            statusReason: 'No rollback candidate.',
            lifecycleStage: 'BAKE_TIME',
            trafficPercent: 10,
            paused: [
              {
                hookId: 'ecs-pause-1',
                lifecycleStage: 'BAKE_TIME',
                since: '2026-01-15T12:00:00.000Z',
                until: '2026-01-16T12:00:00.000Z',
                timeoutAction: 'ROLLBACK',
                continueCommand: 'tsx web.ts continue',
                rejectCommand: 'tsx web.ts continue --reject',
              },
            ],
          },
          events: [{ at: '2026-01-15T12:00:00.000Z', message: '(service web) was unable to place a task.' }],
        },
      ],
      targets: [{ ...pointedAt, target: 'default/nightly/web' }],
      schedules: [
        { ...pointedAt, schedule: 'default/nightly', state: 'ENABLED', expression: 'rate(1 day)', timezone: 'UTC' },
      ],
      revisions: [{ ...pointedAt, revision: 'web:7', uses: [{ kind: 'service', key: 'my_cluster/web', count: 2 }] }],
      activeRevisions: 1,
      findings: ['web has failed.'],
    },
  ],
}

/** The states are words of ours. */
function spoiltStatus(text: string): Status {
  const { definitions, ...rest } = spoilt(status, text)
  const services = definitions[0]!.services.map((service) => ({ ...service, state: 'failed' as const }))
  return { ...rest, state: 'failed', definitions: [{ ...definitions[0]!, services }] }
}

/** Whether a text of several lines, in color and without, is free of all that any attack brings. */
function expectSafe(rendered: (text: string, color: boolean) => string): void {
  for (const text of [all, ...attacks]) {
    const lines = rendered(text, false)
    expect(lines.replaceAll('\n', '')).not.toMatch(dangerous)
    expect(lines).not.toMatch(runnerCommand)
    expect(rendered(text, true).replace(ourColors, '')).toBe(lines)
  }
}

/** An error as a command prints it. */
function textOf(error: unknown, color: boolean): string {
  const { stack: _, ...problem } = problemOf(error)
  return problemLines(problem)
    .map((line) => `${printed(line, { color })}\n`)
    .join('')
}

function linesOf(log: readonly ToldEvent[], open: (write: (line: string) => void) => Listener): string[] {
  const lines: string[] = []
  const listener = open((line) => lines.push(line))
  for (const event of log) listener.hear(event)
  return lines
}
