import { describe, expect, it } from 'vitest'
import { isThorough } from '../sampled.ts'
import { random } from '../simulation/random.ts'
import { type Keys, edge, everything, fileOf, migrate, nightly, report, scaled, user } from './stacks.ts'
import { type Kill, type Sent, clusterStage, isWrite, seed } from './support.ts'

type Stage = ReturnType<typeof clusterStage>

/** Something that a killed run was about: what there was before it, the run, and what there is when nobody disturbs it. */
interface Disturbed {
  readonly before: (stage: Stage) => Promise<unknown>
  readonly killed: (stage: Stage, kill: Kill) => Promise<boolean>
  readonly whole: (stage: Stage) => ReturnType<Stage['deploy']>
}

const stacks = {
  'the example stack': seed,
  'every kind of resource': fileOf(everything),
  'a service that scales': fileOf({ edge: scaled }),
  'a task on a schedule': fileOf({ user, nightly: { ...nightly, depends_on: ['user'] } }),
}

/** All that needs `--replace`, and a changed record. */
const replaced = fileOf({
  migrate,
  user: { ...user, launch_type: 'FARGATE', cpu: 256, memory: 512, dns_discovery: { name: 'other' } } satisfies Keys,
  edge: {
    ...edge,
    elb: { ...edge.elb, type: 'private', dns: { hosted_zone_id: 'Z1', record_name: 'api.example.com' } },
  },
  report: { ...report, elb: undefined },
})

const runs: Record<string, Disturbed> = {}
for (const [title, file] of Object.entries(stacks)) {
  runs[`a deploy of ${title}`] = {
    before: async () => {},
    killed: (stage, kill) => stage.killedDeploy(kill, [file]),
    whole: (stage) => stage.deploy([file]),
  }
  runs[`a destroy of ${title}`] = {
    before: (stage) => stage.deploy([file]),
    killed: (stage, kill) => stage.killedDestroy(kill),
    whole: (stage) => stage.destroy(),
  }
}
runs['a deploy with --replace'] = {
  before: (stage) => stage.deploy([stacks['every kind of resource']]),
  killed: (stage, kill) => stage.killedDeploy(kill, [replaced], { replace: true }),
  whole: (stage) => stage.deploy([replaced], { replace: true }),
}

const moved = fileOf({ user, nightly: { ...nightly, image: 'nightly:v2', schedule: 'cron(0 7 * * ? *)' } })
runs['a deploy of a schedule that changes'] = {
  before: (stage) => stage.deploy([stacks['a task on a schedule']]),
  killed: (stage, kill) => stage.killedDeploy(kill, [moved]),
  whole: (stage) => stage.deploy([moved]),
}
const { schedule: _when, schedule_timezone: _where, schedule_role_arn: _who, ...unscheduled } = nightly
const once = fileOf({ user, nightly: unscheduled })
runs['a deploy that takes a schedule away'] = {
  before: (stage) => stage.deploy([stacks['a task on a schedule']]),
  killed: (stage, kill) => stage.killedDeploy(kill, [once], { replace: true }),
  whole: (stage) => stage.deploy([once], { replace: true }),
}

/** How many of the calls of each run it is killed at, and how many answers of each are lost. */
const [kills, losses] = [3, 2]

/**
 * Calls, counted from 1, each before and after AWS has acted: with `npm run test:thorough` every one, else as many as `count`, which a
 * seed chooses, and those that write rather than those that read.
 */
function callsOf(requests: readonly Sent[], count: number): Kill[] {
  const all = requests.flatMap((sent, index) =>
    (['before', 'after'] as const).map((when) => ({ call: index + 1, when, weight: isWrite(sent) ? 4 : 1 })),
  )
  if (isThorough) return all
  const { next } = random(count)
  return all
    .map((kill) => ({ kill, rank: next() ** (1 / kill.weight) }))
    .toSorted((one, other) => other.rank - one.rank)
    .slice(0, count)
    .map(({ kill }) => kill)
}

/** The world before a run, what the run asks of AWS, and what stands when nothing disturbs it. */
async function undisturbed({ before, whole }: Disturbed) {
  const stage = clusterStage()
  stage.given(...Object.values(stacks))
  await before(stage)
  const world = structuredClone(stage.aws.world)
  const { result, requests } = await whole(stage)
  expect(result).toMatchObject({ exitCode: 0, left: [] })
  return { world, requests, stands: stage.standing() }
}

describe.each(Object.entries(runs))('%s', (_title, run) => {
  it('ends the same when it is killed at any call and run again', { timeout: 600_000 }, async () => {
    const { world, requests, stands } = await undisturbed(run)
    for (const kill of callsOf(requests, kills)) {
      const stage = clusterStage({ world })
      const at = `${kill.when} call ${kill.call}, ${requests[kill.call - 1]?.operation}`
      expect(await run.killed(stage, kill), at).toBe(true)
      const { result } = await run.whole(stage)
      expect({ at, ...result }).toMatchObject({ at, exitCode: 0, left: [] })
      expect({ at, ...stage.standing() }).toEqual({ at, ...stands })
      expect((await run.whole(stage)).writes, at).toEqual([])
    }
  })

  it('ends the same when the answer to any call is lost', { timeout: 600_000 }, async () => {
    const { world, requests, stands } = await undisturbed(run)
    for (const { call, when } of callsOf(requests, losses)) {
      const stage = clusterStage({ world })
      const at = `${when} call ${call}, ${requests[call - 1]?.operation}`
      const lost = { before: 'lostBefore', after: 'lostAfter' } as const
      stage.meddle((_sent, number) => (number === call ? lost[when] : undefined))
      const { result } = await run.whole(stage)
      expect({ at, ...result }).toMatchObject({ at, exitCode: 0, left: [] })
      expect({ at, ...stage.standing() }).toEqual({ at, ...stands })
    }
  })
})
