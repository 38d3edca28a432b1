// The table of docs/decisions/keep-going.md, row by row.
import { readFileSync } from 'node:fs'
import { expect, it, test } from 'vitest'
import { EcsTaskError } from '../../src/ground/errors.ts'
import { classOf, fleet } from './fleet.ts'
import type { Meddle } from './support.ts'

type Options = Parameters<ReturnType<typeof fleet>['deploy']>[1] & {
  meddle?: Meddle
  /** A tag that is deployed before. */
  first?: string
  /** The services that somebody else deploys to once they roll. */
  on?: readonly string[]
}

/** Deploys two classes, those named with an image that can't be pulled. */
async function exitOf(broken: readonly string[], { meddle, first, on = [], ...more }: Options = {}): Promise<number> {
  const classes = ['Api', 'Web'].map((name) => classOf(name, broken.includes(name) ? { fault: 'no-pull' } : {}))
  const aws = fleet(classes, { ...(meddle && { meddle }) })
  if (first !== undefined) await aws.deploy(first, { keepGoing: true })
  const overtaken = new Set<string>()
  const { exitCode } = await aws.deploy('v2', {
    keepGoing: true,
    ...more,
    hear: (event) => {
      more.hear?.(event)
      if (event.type !== 'service.progressed' || !on.includes(event.service) || overtaken.has(event.service)) return
      if (!aws.runs(`my_cluster/${event.service}`).endsWith(':2')) return
      overtaken.add(event.service)
      aws.call('ecs', 'UpdateService', {
        cluster: 'my_cluster',
        service: event.service,
        taskDefinition: `${event.service}:1`,
      })
    },
  })
  return exitCode
}

const refused = { status: 400, body: { __type: 'ClientException', message: 'not now' } }
const refusing =
  (operation: string, isIt: (input: Record<string, any>) => boolean = () => true): Meddle =>
  (sent) =>
    sent.operation === operation && isIt(sent.input) ? refused : undefined
const stop = new AbortController()

const stories: Readonly<Record<string, () => Promise<number>>> = {
  'all are deployed': () => exitOf([]),
  'some are deployed, the others were put back': () => exitOf(['Web']),
  'some are deployed, another changed nothing': () =>
    exitOf([], { meddle: refusing('RegisterTaskDefinition', ({ family }) => family === 'web') }),
  'some are deployed, another was superseded': () => exitOf([], { on: ['web'] }),
  'some are deployed, another was left with `--on-failure leave`': () => exitOf(['Web'], { onFailure: 'leave' }),
  'some were up to date already, the others were put back': () => exitOf(['Web'], { first: 'v2', skipUnchanged: true }),
  'none is deployed, all were put back': () => exitOf(['Api', 'Web']),
  'none is deployed, one could not be put back': () =>
    exitOf(['Api', 'Web'], { meddle: refusing('DeregisterTaskDefinition') }),
  'none is deployed, nothing was written': () => exitOf([], { meddle: refusing('RegisterTaskDefinition') }),
  'none is deployed, one was superseded and the others were put back': () => exitOf(['Api'], { on: ['web'] }),
  'all were superseded': () => exitOf([], { on: ['api', 'web'] }),
  'all timed out with `--on-failure leave`': () => exitOf([], { timeout: 1_000, onFailure: 'leave' }),
  'a signal ended the run': () =>
    exitOf([], {
      signal: stop.signal,
      hear: ({ type }) => {
        const evidence = { signal: 'SIGINT' }
        if (type === 'service.progressed') stop.abort(new EcsTaskError('Interrupted', 'Interrupted.', { evidence }))
      },
    }),
}

const page = readFileSync(new URL('../../docs/decisions/keep-going.md', import.meta.url), 'utf8')
const rows = [...page.matchAll(/^\| (.+) \| (\d+) \|$/gm)].map(([, what = '', exit]) => [what, Number(exit)] as const)

test('each row of the table is told, and each story is in it', () => {
  expect(rows.map(([what]) => what)).toEqual(Object.keys(stories))
})

it.each(rows)('where %s, the exit code is %i', async (what, exit) => {
  expect(await stories[what]?.()).toBe(exit)
})
