// A plan in a file, until somebody approves it: what `--plan-out` writes and `apply` reads.
import { writeFileSync } from 'node:fs'
import { parseJsonFile } from '../../definition/edits/parseJsonFile.ts'
import type { Fingerprint } from '../../engine/fingerprint.ts'
import type { Plan } from '../../engine/plan.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { readNamed } from '../../ground/readText.ts'
import { sha256 } from '../../ground/sha256.ts'
import { isPlain } from '../../ground/shown.ts'
import { visibleJson } from '../../ground/visible.ts'
import { helpWords } from '../options/dashes.ts'

/** The AWS that a plan is about; what could not be found out is null. */
export interface PlannedPlace {
  readonly account: string | null
  readonly region: string | null
  /** Of an AWS that is not Amazon's. */
  readonly endpoint: string | null
  readonly local: boolean
}

/** The content of the file. */
export interface SavedPlan {
  /** The version of ecs-task that made it: another one might do something else. */
  readonly version: string
  /** What was typed after the program. */
  readonly words: readonly string[]
  readonly place: PlannedPlace
  readonly fingerprint: Fingerprint
  /** What was shown, without secrets. */
  readonly plan: Plan
}

/** The commands whose plans can be saved. */
const planned = [['deploy'], ['rollback'], ['service', 'update'], ['cluster', 'deploy']]

/** Writes the file and answers with its digest: `sha256:…`, as `sha256sum` prints it. Throws `BadArguments` where it cannot. */
export function writePlan(file: string, saved: SavedPlan): string {
  const text = `${visibleJson(JSON.stringify(saved, undefined, 2))}\n`
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new EcsTaskError('BadArguments', 'The plan cannot be saved.', { why: (error as Error).message, cause: error })
  }
  return digestOf(text)
}

/** Reads a plan that is to be applied. Throws `BadArguments` where it is none, is not the one of this `digest`, or made by another version. */
export function readPlan(
  file: string,
  { digest, version }: { digest: string | undefined; version: string },
): SavedPlan {
  const text = readNamed(file)
  if (digest !== undefined && digest !== digestOf(text)) {
    throw new EcsTaskError('BadArguments', `${file} is not the plan that was approved.`, {
      why: `Its digest is ${digestOf(text)}.`,
    })
  }
  const saved = parseJsonFile(text, file)
  if (!isSavedPlan(saved)) {
    throw new EcsTaskError('BadArguments', `${file} is not a plan.`, { fix: 'Save one with: --plan-out FILE' })
  }
  if (saved.version !== version) {
    throw new EcsTaskError('BadArguments', `${file} was made by ecs-task ${saved.version}; this is ${version}.`, {
      fix: 'Make it again, or use that version.',
    })
  }
  return saved
}

function digestOf(text: string): string {
  return `sha256:${sha256(text)}`
}

function isSavedPlan(value: unknown): value is SavedPlan {
  if (!isPlain(value)) return false
  const { version, words, place, fingerprint, plan } = value
  if (!isPlain(place) || !isPlain(fingerprint) || !isPlain(plan) || typeof version !== 'string') return false
  const { madeFrom, definitions, steps, seal } = fingerprint
  const { record = [] } = plan
  return (
    Array.isArray(words) &&
    words.every((word) => typeof word === 'string' && !helpWords.includes(word)) &&
    planned.some((names) => names.every((name, index) => words[index] === name)) &&
    [madeFrom, definitions, steps].every(isPlain) &&
    Array.isArray(record) &&
    record.every((tag) => isPlain(tag) && typeof tag['key'] === 'string' && typeof tag['value'] === 'string') &&
    typeof seal === 'string' &&
    /^scrypt:[\da-f]{32}:[\da-f]{64}$/.test(seal)
  )
}
