import { expect, it } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import { serviceOutcomes } from '../../src/output/changedServices.ts'
import { closingLines } from '../../src/output/closing.ts'
import { printed } from '../../src/output/line.ts'
import { emptyPicture, reduce } from '../../src/output/picture.ts'
import { clusterStage } from './support.ts'

const stack = (tag: string): string => `services:
  - worker:
      image: worker:${tag}
      memory: 64
`

/** Without the links and how long it took. */
const closing = (events: readonly ToldEvent[]): string[] =>
  closingLines(events.reduce(reduce, emptyPicture))
    .map((line) => printed(line, { color: false }).replace(/, (?:\d+ min )?[\d.]+ s$/, ''))
    .filter((line) => !line.startsWith('  https:'))

it('the closing lines name what was created, changed and deleted', async () => {
  const { given, deploy, destroy } = clusterStage()
  given(stack('v1'))
  expect(closing((await deploy([stack('v1')])).events)).toEqual([
    'my-cluster/worker: created with my-cluster-worker:1 (v1)',
  ])
  expect(closing((await deploy([stack('v2')])).events)).toEqual([
    'my-cluster/worker: my-cluster-worker:1 (v1) → my-cluster-worker:2 (v2)',
  ])
  expect(closing((await destroy()).events)).toEqual([
    'my-cluster/worker: deleted',
    'Deregistered my-cluster-worker:2, my-cluster-worker:1',
  ])
})

it.each([{ wait: true }, { wait: false }])(
  'a service that is recreated has its old and new revision: %j',
  async ({ wait }) => {
    const { given, deploy } = clusterStage()
    const recreated = `${stack('v2')}      scheduling_strategy: DAEMON\n`
    given(stack('v1'))
    await deploy([stack('v1')])
    const { result, events } = await deploy([recreated], { replace: true }, { wait })
    expect(result.exitCode).toBe(0)
    expect(closing(events).map((line) => line.replace(', not waited for', ''))).toEqual([
      'my-cluster/worker: my-cluster-worker:1 (v1) → my-cluster-worker:2 (v2)',
    ])
    const finished = events.reduce(reduce, emptyPicture)
    expect(serviceOutcomes(finished)).toMatchObject([
      { revisions: 'my-cluster-worker:1 (v1) → my-cluster-worker:2 (v2)', runs: 'my-cluster-worker:2' },
    ])
  },
)
