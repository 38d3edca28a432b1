// Runs over the same services that are killed, put to sleep and cut off, each behind the keeper of its locks. One seed decides everything.
import { type Input, type Method, type Output, type Transport, openAws } from '../../../src/aws/aws.ts'
import { abortController } from '../../../src/ground/abortController.ts'
import type { Clock } from '../../../src/ground/clock.ts'
import { type Guard, guarded } from '../../../src/engine/guard.ts'
import { createLocalAws } from '../../../src/local/localAws.ts'
import { nameOf } from '../../../src/ground/names.ts'
import { lockKeeper } from '../../../src/deploy/lock/keeper.ts'
import { lockPlaces } from '../../../src/deploy/lock/places.ts'
import { type LockRecord, parseRecord } from '../../../src/deploy/lock/record.ts'
import { releaseLock, readLocks } from '../../../src/deploy/lock/status.ts'
import { virtualClock } from '../../simulation/clock.ts'
import { type Random, random } from '../../simulation/random.ts'
import { ask, connectionLost, noAnswerInTime, received } from '../../simulation/transport.ts'

/** Changes a guard, to see that the invariants notice it. */
type Plant = (guard: Guard) => Guard

/** What came of a seed. */
export interface Simulated {
  readonly violations: readonly string[]
  readonly counts: Readonly<Record<string, number>>
}

const start = Date.UTC(2026, 0, 1)
const second = 1_000
const minute = 60 * second
/** Milliseconds for which the SDK waits for an answer, whatever it is that it asked. */
const patience = 30 * second
/** How long a lock may be in nobody's hands while somebody waits for it: its TTL, and the time between two looks. */
const longestStuck = 60 * second + 15 * second

/** One run: how long, what it writes, what is done to it. */
interface Plan {
  readonly name: string
  readonly begins: number
  readonly services: readonly string[]
  readonly writes: readonly number[]
  readonly waits: number | undefined
  readonly killed: number | undefined
  /** When it is stopped, how long, and whether its clock stands still meanwhile, as that of a machine that sleeps does. */
  readonly asleep: readonly { readonly at: number; readonly for: number; readonly isMachine: boolean }[]
  /** By how much its machine's clock is wrong from some moment on. */
  readonly wrong: { readonly at: number; readonly by: number }
  readonly faults: { readonly cut: number; readonly lost: number; readonly slow: number; readonly refused: number }
}

const names = ['api', 'web', 'worker']

function planOf(chance: Random, name: string): Plan {
  const isCalm = chance.chance(0.4)
  const share = (most: number): number => (!isCalm && chance.chance(0.5) ? chance.next() * most : 0)
  const at = (): number => chance.integer(0, 150) * second
  return {
    name,
    begins: chance.integer(0, 60_000),
    services: names.filter(() => chance.chance(0.5)).concat('web'),
    writes: Array.from({ length: chance.integer(1, 6) }, () => chance.integer(100, 35_000)),
    waits: chance.chance(0.7) ? chance.integer(1, 10) * minute : undefined,
    killed: chance.chance(0.25) ? at() : undefined,
    asleep: chance.chance(0.3)
      ? [{ at: at(), for: chance.integer(1, 200) * second, isMachine: chance.chance(0.5) }]
      : [],
    wrong: { at: at(), by: chance.chance(0.3) ? chance.integer(-3_600, 3_600) * second : 0 },
    faults: { cut: share(0.2), lost: share(0.2), slow: share(0.2), refused: share(0.1) },
  }
}

export async function simulateLocks(seed: number, plant: Plant = (guard) => guard): Promise<Simulated> {
  const chance = random(seed)
  const clock = virtualClock(start)
  const aws = createLocalAws({ now: clock.now })
  aws.provision({
    buckets: ['locks'],
    services: names.map((service) => ({ cluster: 'shop', service, taskDefinition: web })),
  })
  const violations: string[] = []
  const counts: Record<string, number> = {}
  const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1)
  const plans = Array.from({ length: chance.integer(2, 4) }, (_, index) => planOf(chance.fork(), `run ${index + 1}`))
  const places = lockPlaces(
    [{ lock: 's3://locks', of: names.map((service) => ({ cluster: 'shop', service })) }],
    'us-east-1',
  )
  const keyOf = (service: string): string => `us-east-1/services/shop/${service}.json`
  const recordOf = (service: string): LockRecord | undefined =>
    parseRecord(aws.world.global.s3Buckets['locks']!.objects[keyOf(service)]?.body ?? '')
  /** When each lock was last written, and by whom; and since when each run has asked for it. */
  const changed = new Map<string, { readonly at: number; readonly by: string }>()
  const asked = new Map<string, number>()
  /** Those that something happened to which takes time. */
  const hindered = new Set<string>()

  /** What AWS does with a request, and what must hold when it comes in. */
  function arrive(method: Method, input: object, plan: Plan | undefined): ReturnType<typeof ask> {
    aws.advance()
    if (plan && isOfLock(input))
      asked.set(`${plan.name} ${input.Key}`, asked.get(`${plan.name} ${input.Key}`) ?? clock.now())
    const answered = ask(aws, method, input)
    if (method === 'putObject' && isOfLock(input) && answered.status === 200) {
      if (plan && parseRecord(input.Body)?.renewals === 0) notStuck(plan, input.Key)
      changed.set(input.Key, { at: clock.now(), by: plan?.name ?? 'operator' })
    }
    if (method === 'tagResource' && plan) {
      const service = nameOf((input as Input<'tagResource'>).resourceArn ?? '')
      const record = recordOf(service)
      count('write')
      if (record?.holder !== plan.name || (record.released && !record.released.forced)) {
        violations.push(`${plan.name} wrote to ${service}, which is locked by ${JSON.stringify(record)}`)
      }
    }
    return answered
  }

  /** Whoever takes a lock, or waits for it no longer, has not waited for one that nobody has renewed for longer than it lasts. */
  function notStuck({ name, asleep }: Plan, key: string): void {
    const last = changed.get(key)
    if (hindered.has(name) || asleep.length > 0 || !last || last.by === name) return
    const waited = clock.now() - Math.max(last.at, asked.get(`${name} ${key}`) ?? 0)
    if (waited > longestStuck) violations.push(`${name} waited ${waited} ms for ${key}, which ${last.by} had left`)
    count('was not stuck')
  }

  async function play(plan: Plan, own: Random): Promise<void> {
    const machine = clock.forRun(own)
    const began = start + plan.begins
    let isDead = false
    let isOver = false
    const never = <T>(): Promise<T> => new Promise(() => undefined)

    /** While it is stopped it does nothing; dead it does nothing any more. */
    async function awake(): Promise<void> {
      for (;;) {
        if (isDead) return never()
        const one = plan.asleep.find(
          ({ at, for: length }) => clock.now() >= began + at && clock.now() < began + at + length,
        )
        if (!one) return
        await clock.sleep(began + one.at + one.for - clock.now())
      }
    }
    const asleepSoFar = (): number =>
      plan.asleep
        .filter(({ isMachine }) => isMachine)
        .reduce((sum, { at, for: length }) => sum + Math.min(Math.max(clock.now() - began - at, 0), length), 0)
    const wall = (): number => clock.now() + (clock.now() >= began + plan.wrong.at ? plan.wrong.by : 0)
    const ownClock: Clock = {
      now: () => clock.now() - asleepSoFar(),
      wallTime: wall,
      random: machine.random,
      async sleep(milliseconds, signal) {
        await machine.sleep(milliseconds, signal)
        await awake()
        signal?.throwIfAborted()
      },
    }

    const transport: Transport = async <M extends Method>(method: M, input: Input<M>): Promise<Output<M>> => {
      await awake()
      const { cut, lost, slow, refused } = plan.faults
      const fault = own.chance(cut) ? 'cut' : own.chance(lost) ? 'lost' : own.chance(refused) ? 'refused' : undefined
      if (fault) {
        hindered.add(plan.name)
        count(fault)
      }
      // A write to a service comes in within the time that the SDK waits for its answer, or never; one to S3 may come later.
      const isSlow = own.chance(slow)
      const most = method === 'putObject' ? 90 * second : patience
      const arrives = isSlow ? own.integer(0, most) : own.integer(5, 200)
      if (isSlow) hindered.add(plan.name)
      const answered = clock.sleep(arrives).then(() => {
        if (fault === 'cut') throw connectionLost()
        if (fault === 'refused')
          return received(method, { status: 500, body: { __type: 'InternalError', message: '' } })
        const answer = arrive(method, input, plan)
        if (fault === 'lost') throw connectionLost()
        return received(method, answer)
      })
      answered.catch(() => undefined)
      const late = clock.sleep(patience).then(() => {
        throw noAnswerInTime()
      })
      late.catch(() => undefined)
      try {
        return await Promise.race([answered, late])
      } finally {
        await awake()
      }
    }

    if (plan.killed !== undefined) {
      void clock.sleep(plan.begins + plan.killed).then(() => {
        if (isOver) return
        isDead = true
        count('killed')
        machine.drop()
        ended()
      })
    }
    let ended: () => void = () => undefined
    const end = new Promise<void>((resolve) => (ended = resolve))
    const live = async (): Promise<void> => {
      await machine.sleep(plan.begins)
      const wanted = places.filter(({ key }) => plan.services.some((service) => key === keyOf(service)))
      const of = { holder: { name: plan.name }, command: 'deploy', waitForLock: plan.waits, program: undefined }
      const guard = plant(lockKeeper(() => wanted, of))
      const door = guarded(guard, { transport, clock: ownClock, atOnce: undefined })
      const run = openAws({ transport: door.transport, clock: ownClock })
      const told: string[] = []
      const { signal } = abortController()
      try {
        await guard.enter({
          aws: run,
          clock: ownClock,
          signal,
          region: 'us-east-1',
          emit: (event) => {
            if (event.type === 'lock.waiting') count('waited')
            if (event.type === 'warning.raised') count('lost its lock')
          },
        })
        count('taken')
        for (const pause of plan.writes) {
          await ownClock.sleep(pause)
          for (const service of new Set(plan.services)) await run.call('tagResource', tagged(service, plan.name))
        }
        count('done')
      } catch (error) {
        const { message } = error as Error
        count(whatOf(message))
        const held = /holds the lock of shop\/(\w+)/.exec(message)?.[1]
        if (held !== undefined && plan.waits !== undefined) notStuck(plan, keyOf(held))
      }
      told.push(...(await door.leave()))
      isOver = true
      const kept = [...new Set(plan.services)].filter((service) => {
        const record = recordOf(service)
        return record?.holder === plan.name && !record.released
      })
      if (kept.length > 0 && told.length === 0 && !hindered.has(plan.name))
        violations.push(`${plan.name} kept its locks: ${kept.join(', ')}`)
      ended()
    }
    void live()
    return end
  }

  let open = plans.length
  for (const plan of plans) void play(plan, chance.fork()).then(() => open--)
  const operator = chance.chance(0.2) ? chance.integer(10, 120) * second : undefined
  if (operator !== undefined) void clock.sleep(operator).then(release)
  async function release(): Promise<void> {
    const transport: Transport = async (method, input) => received(method, arrive(method, input, undefined))
    const door = openAws({ transport, clock: clock.forRun(random(seed + 1)) })
    for (const one of await readLocks(door, places)) {
      if (one.status.state === 'free') continue
      count('released by force')
      await releaseLock(door, one, { by: 'operator', now: clock.now(), message: 'it hangs' }).catch(() => undefined)
    }
  }
  const hasEnded = await clock.turn(() => open === 0, start + 3 * 60 * minute)
  if (!hasEnded) violations.push(`${open} runs never end`)
  return { violations, counts }
}

const isOfLock = (input: object): input is { readonly Key: string; readonly Body: string } => 'Key' in input

/** An error without the names of runs and services. */
const whatOf = (message: string): string => message.replace(/^(run \d+|operator) | of shop.*/g, '')

/** A write to a service that has no other consequences. */
const tagged = (service: string, value: string): Input<'tagResource'> => ({
  resourceArn: `arn:aws:ecs:us-east-1:123456789012:service/shop/${service}`,
  tags: [{ key: 'by', value }],
})

const web = { family: 'web', containerDefinitions: [{ name: 'web', image: 'web', memory: 128 }] }
