import { expect, it } from 'vitest'
import { isThorough } from '../sampled.ts'
import { atOnce, lags, tellingOf, upTo } from './atOnce.ts'
import { edge, fileOf, migrate, user } from './stacks.ts'

const whole = fileOf({ edge, user, worker: { image: 'worker:v1', memory: 64 } })

it(
  'two first deploys of one stack: one makes it, the other ends 5 and takes nothing away, at every lag',
  { timeout: 300_000 },
  async () => {
    const seen = new Set<string>()
    for (const [index, after] of lags.entries()) {
      for (const most of [40, 900]) {
        const { results, stands, differs } = await atOnce(
          { file: whole, after: 0, latency: upTo(most, index) },
          { file: whole, after, latency: upTo(most, 1000 + index) },
        )
        const exitCodes = results.map(({ exitCode }) => exitCode)
        const at = { after, most, exitCodes }
        expect({ ...at, differs }).toEqual({ ...at, differs: [] })
        // Where the first was done before the second looked, there was nothing left to do.
        expect(
          [
            [0, 5],
            [5, 0],
            [0, 0],
          ],
          tellingOf(at, results),
        ).toContainEqual(exitCodes)
        expect({ ...at, services: Object.keys(stands['services']!) }).toEqual({
          ...at,
          services: ['edge', 'user', 'worker'],
        })
        expect(Object.keys(stands['listeners']!)).toHaveLength(1)
        const superseded = results.find(({ exitCode }) => exitCode === 5)
        if (superseded)
          expect(superseded).toMatchObject({
            outcome: 'superseded',
            left: [],
            problem: { code: 'DeploymentSuperseded' },
          })
        seen.add(String(exitCodes))
      }
    }
    expect(seen).toContain('0,5')
    expect(seen).toContain('5,0')
  },
)

const migrated = {
  'before all services': fileOf({
    migrate,
    edge: { ...edge, depends_on: ['migrate'] },
    user: { ...user, depends_on: ['migrate'] },
  }),
  'beside a service': fileOf({ edge, user: { ...user, depends_on: ['migrate'] }, migrate }),
}

it.each(Object.entries(migrated))(
  'the migration of two first deploys at once succeeds once, and nothing is left to do: %s',
  { timeout: 300_000 },
  async (_where, file) => {
    for (const [index, after] of lags.entries()) {
      for (const most of isThorough ? [40, 900] : [index % 2 === 0 ? 900 : 40]) {
        const { results, stands, differs, migrations } = await atOnce(
          { file, after: 0, latency: upTo(most, index) },
          { file, after, latency: upTo(most, 1000 + index) },
        )
        const exitCodes = results.map(({ exitCode }) => exitCode)
        const told = tellingOf({ after, most, exitCodes, migrations }, results)
        expect(
          [
            [0, 5],
            [5, 0],
            [0, 0],
          ],
          told,
        ).toContainEqual(exitCodes)
        expect({ differs, migrations }, told).toEqual({ differs: [], migrations: [0] })
        // Nothing is left of whoever gave way.
        expect(Object.keys(stands['revisions']!), told).toHaveLength(3)
      }
    }
  },
)

it(
  'one that fails takes away what it has made, and nothing on which the service of the other stands',
  { timeout: 300_000 },
  async () => {
    const failing = fileOf({ edge, user, migrate: { ...migrate, image: 'migrate:exit-1' } })
    const going = fileOf({ edge, user })
    let succeeded = 0
    for (const after of lags) {
      for (const order of [
        [failing, going],
        [going, failing],
      ] as const) {
        const { results, stands } = await atOnce(
          { file: order[0], after: 0, latency: upTo(300, after) },
          { file: order[1], after, latency: upTo(300, 1 + after) },
        )
        const exitCodes = results.map(({ exitCode }) => exitCode)
        const ofGoing = exitCodes[order.indexOf(going)]
        const told = tellingOf({ after, exitCodes }, results)
        // It may have come too late for what the other took away just then: then it says that it has failed.
        if (ofGoing === 0) {
          succeeded++
          expect(Object.keys(stands['services']!), told).toEqual(['edge', 'user'])
          expect(Object.keys(stands['listeners']!), told).toHaveLength(1)
          expect(Object.keys(stands['targetGroups']!), told).toHaveLength(1)
          expect(Object.keys(stands['records']!), told).toEqual(
            expect.arrayContaining([expect.stringContaining('www')]),
          )
        }
      }
    }
    expect(succeeded).toBeGreaterThan(0)
  },
)
