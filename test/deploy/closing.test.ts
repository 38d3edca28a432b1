import { describe, expect, it } from 'vitest'
import type { ToldEvent } from '../../src/engine/events.ts'
import { closingLines } from '../../src/output/closing.ts'
import { printed } from '../../src/output/line.ts'
import { emptyPicture, reduce } from '../../src/output/picture.ts'
import { web } from './declared.ts'
import { running } from './service/support.ts'
import { stage } from './support.ts'

/** Without the links and how long it took. */
const closing = (events: readonly ToldEvent[]): string[] =>
  closingLines(events.reduce(reduce, emptyPicture))
    .map((line) => printed(line, { color: false }).replace(/, (?:\d+ min )?[\d.]+ s$/, ''))
    .filter((line) => !line.startsWith('  https:'))

describe('the closing lines', () => {
  it('of a deploy and of a rollback name what each service ran and runs, with the image tags', async () => {
    const { deploy, rollback } = stage(web({ runTasks: [], eventTargets: [], activeTaskCount: 2 }))
    expect(closing((await deploy('v1')).events)).toEqual(['my_cluster/web: web:1 (initial) → web:2 (v1)'])
    expect(closing((await deploy('v2')).events)).toEqual(['my_cluster/web: web:2 (v1) → web:3 (v2)', 'Pruned web:1'])
    expect(closing((await rollback()).events)).toEqual([
      'my_cluster/web: web:3 (v2) → web:2 (v1)',
      'Deregistered web:3',
    ])
  })

  it('of a service update name them, too', async () => {
    const { update } = running()
    const { events } = await update({ service: 'doorman', image: ['docker.repo.com/doorman:v42'] })
    expect(closing(events)).toEqual([expect.stringMatching(/^production1\/doorman: \S+ \(\S+\) → \S+ \(v42\)$/)])
  })

  it('name no tag where the role may not read it, and nothing else changes', async () => {
    const message = 'User: arn:aws:iam::1:user/ci is not authorized to perform: ecs:DescribeTaskDefinition'
    const { deploy } = stage(web({ runTasks: [], eventTargets: [] }), {
      meddle: ({ operation }) =>
        operation === 'DescribeTaskDefinition'
          ? { status: 400, body: { __type: 'AccessDeniedException', message } }
          : undefined,
    })
    const { exitCode, events } = await deploy('v1')
    expect(exitCode).toBe(0)
    expect(closing(events)).toEqual(['my_cluster/web: web:1 → web:2 (v1)'])
  })

  it('are not there where everything was put back', async () => {
    const { deploy } = stage(web({ runTasks: [], eventTargets: [] }))
    expect(closing((await deploy('crash')).events)).toEqual([])
  })

  it('take one read for each revision, as a dry run does for what runs', async () => {
    const services = ['web', 'admin', 'worker'].map((service) => ({ cluster: 'my_cluster', service }))
    const { deploy } = stage(web({ runTasks: [], eventTargets: [], updateServices: services }))
    const reads = async (dryRun: boolean): Promise<number> => {
      const { requests } = await deploy('v1', { dryRun })
      return requests.filter(({ operation }) => operation === 'DescribeTaskDefinition').length
    }
    expect([await reads(true), await reads(false)]).toEqual([1, 1])
  })
})
