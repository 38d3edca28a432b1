/** What tells whether a plan is still the one that somebody has seen, and what has moved since. */
import type { Definition } from '../definition/definition.ts'
import { canonical } from '../definition/normalTaskDefinition.ts'
import { redactor } from '../definition/secrets/redact.ts'
import { lazy } from '../ground/lazy.ts'
import { sha256 } from '../ground/sha256.ts'
import type { Plan } from './plan.ts'

/** A plan, before anything of it is hidden, and what it is about. */
export interface Planned {
  readonly plan: Plan
  readonly definitions: readonly Definition[]
}

/** Says of a plan what it is made of. No secret can be read from it, nor found by trying values: where one can be, only `seal` knows. */
export interface Fingerprint {
  /** What was read of AWS, by name: the revision of `service my_cluster/web`. */
  readonly madeFrom: Readonly<Record<string, string>>
  /** A digest of each definition, by its name. */
  readonly definitions: Readonly<Record<string, string>>
  /** A digest of each step, by its id. */
  readonly steps: Readonly<Record<string, string>>
  /** All of it with its secrets and its order, made slowly on purpose: `scrypt:SALT:HASH`, both in hexadecimal. */
  readonly seal: string
}

export function fingerprintOf({ plan, definitions }: Planned, salt = newSalt()): Fingerprint {
  const { madeFrom = {}, stages, run } = plan
  // Compared values are for people, and follow from the rest.
  const steps = stages.flatMap((stage) => stage.steps).map(({ differences: _, ...step }) => step)
  const isDeclared = plan.command !== 'update'
  // Who is told changes nothing in AWS, and a job that only plans need not know the URLs of webhooks.
  const declared = isDeclared ? definitions.map(({ notifications: _, ...one }) => one) : []
  const redact = redactor(definitions)
  const text = (value: unknown): string => withoutRun(canonical(value), run)
  const digest = (value: unknown): string => sha256(text(redact(value)))
  const order = stages.map(({ steps: all, ...stage }) => ({ ...stage, steps: all.map(({ id }) => id) }))
  return {
    madeFrom,
    definitions: Object.fromEntries(declared.map((one) => [one.name, digest(one)])),
    steps: Object.fromEntries(steps.map((step) => [step.id, digest(step)])),
    seal: sealed(text([declared, steps, order, plan.fleet ?? null]), salt),
  }
}

/** The same of another plan, to be compared with `then`. */
export function comparableWith({ seal }: Fingerprint, planned: Planned): Fingerprint {
  return fingerprintOf(planned, seal.split(':')[1])
}

/** What has moved between two fingerprints, a sentence each; none where the plan is the same. */
export function movedBetween(then: Fingerprint, now: Fingerprint): string[] {
  const named = [
    ...changesIn(then.madeFrom, now.madeFrom, (name, before, after) => `${name}: ${before} → ${after}`),
    ...changesIn(then.definitions, now.definitions, (name, before, after) => `${name}: ${became(before, after)}`),
  ]
  if (named.length > 0) return named
  const steps = changesIn(then.steps, now.steps, (id, before, after) => `${id}: ${stepBecame(before, after)}`)
  if (steps.length > 0) return steps
  return then.seal === now.seal ? [] : ['a secret, or the order of the steps, has changed']
}

/** AWS's answer, a class or a step that one of them has not. */
const none = 'nothing'

function changesIn(
  then: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  sentence: (name: string, before: string, after: string) => string,
): string[] {
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])]
  return names.flatMap((name) => {
    const [before = none, after = none] = [then, now].map((one) => (Object.hasOwn(one, name) ? one[name] : none))
    return before === after ? [] : sentence(name, before, after)
  })
}

function became(before: string, after: string): string {
  if (before === none) return 'was not there'
  return after === none ? 'is no longer there' : 'declares something else'
}

function stepBecame(before: string, after: string): string {
  if (before === none) return 'would be a new step'
  return after === none ? 'would no longer be a step' : 'would do something else'
}

/** A run of a stack marks what it makes with a word of its own. */
function withoutRun(text: string, run: string | undefined): string {
  return run === undefined ? text : text.replaceAll(run, 'RUN')
}

/** 32 MB and some 100 ms a guess. https://datatracker.ietf.org/doc/html/rfc7914 */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 }

const loadCrypto = (): typeof import('node:crypto') => lazy('node:crypto')

function newSalt(): string {
  return loadCrypto().randomBytes(16).toString('hex')
}

function sealed(text: string, salt: string): string {
  const key = loadCrypto().scryptSync(sha256(text), Buffer.from(salt, 'hex'), 32, cost)
  return `scrypt:${salt}:${key.toString('hex')}`
}
