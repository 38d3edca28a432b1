/** Says everything that AWS would only say in the middle of a deployment; only reads. */
import { openAws, type Transport } from '../../aws/aws.ts'
import type { Clock } from '../../ground/clock.ts'
import { checks } from './checks.ts'
import type { Check, Finding } from './finding.ts'
import { readsOf } from './reads.ts'
import { registryClient } from './registry/registry.ts'
import type { Subject } from './subject.ts'
import { readWorld, worldOffline } from './world.ts'

/** What was found, and how much was looked at. */
export interface Verification {
  readonly findings: readonly Finding[]
  /** The names of the checks that were made. */
  readonly checks: readonly string[]
}

/** What reading the definition itself has checked. */
export const definitionCheck = 'definition'

/** What verifying takes from outside. */
export interface Verifying {
  readonly transport: Transport
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  /** For Docker's own credentials. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether it is the local AWS of `--local`. `false` by default. */
  readonly isLocal?: boolean
}

/**
 * Makes all checks side by side. Nobody hears of its calls: the value of a secret, of which only the keys are looked at, would be
 * among the answers.
 */
export async function verify(subjects: readonly Subject[], of: Verifying): Promise<Verification> {
  const { transport, clock, signal, env, isLocal = false } = of
  const aws = openAws({ transport, clock, ...(signal && { signal }) })
  const reads = readsOf(aws, registryClient(clock, env), signal)
  const made = checks.filter(({ notLocal }) => !(isLocal && notLocal))
  const world = await readWorld(subjects, reads)
  const found = await Promise.all(made.map(async (check) => named(check, await check.of(world, reads))))
  // One service of AWS may be out of reach of a network, and then its checks are unknown; without any, nothing was verified.
  const unreachable = reads.unreachable()
  if (unreachable) throw unreachable
  return checked(made, found)
}

/** Makes the checks that need neither AWS nor a network. */
export async function verifyOffline(subjects: readonly Subject[]): Promise<Verification> {
  const world = worldOffline(subjects)
  const made = checks.filter(({ offline }) => offline)
  return checked(made, await Promise.all(made.map(async (check) => named(check, await check.of(world, unasked)))))
}

const unasked = readsOf(
  { call: refused, all: refused, writes: 0 },
  () => Promise.resolve({ state: 'unread', why: 'it was not asked' }),
  undefined,
)

function refused(): never {
  throw new Error('a check that works offline has asked AWS')
}

function named({ name: check }: Check, found: Awaited<ReturnType<Check['of']>>): Finding[] {
  return found.map((one) => ({ check, ...one }))
}

const severities = ['error', 'warning', 'unknown'] as const

/** Errors first. What a check could not look at for one reason is told once, however many places it is about. */
function checked(made: readonly Check[], found: readonly Finding[][]): Verification {
  const all = found.flat()
  const told = new Map<string, Finding & { places: number }>()
  for (const one of all) {
    const key = JSON.stringify([one.check, one.severity, one.what, one.severity === 'unknown' ? '' : one.where])
    const before = told.get(key)
    told.set(
      key,
      before ? { ...before, places: before.places + (before.where === one.where ? 0 : 1) } : { ...one, places: 1 },
    )
  }
  const findings = [...told.values()].map(({ places, ...one }) =>
    places > 1 ? { ...one, where: `${one.where} and ${places - 1} more` } : one,
  )
  return {
    findings: severities.flatMap((severity) => findings.filter((one) => one.severity === severity)),
    checks: [definitionCheck, ...made.map(({ name }) => name)],
  }
}
