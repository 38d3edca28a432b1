// Reads the texts that people write as values of options: counts, times, words, lists, JSON. What cannot be read is `BadArguments`.
import type { LaunchType, NetworkConfiguration } from '@aws-sdk/client-ecs'
import { looksSecret } from '../../definition/secrets/looksSecret.ts'
import { splitCommand } from '../../definition/splitCommand.ts'
import type { IfInProgress, OnFailure } from '../../engine/result.ts'
import { milliseconds } from '../../ground/duration.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import { parseS3Url, s3UrlMust } from '../../ground/s3Url.ts'
import { checkMilestone } from '../../rollout/milestone.ts'

/** Reads the value of an option; the option's name is for the error. */
type Read<T> = (option: string) => (text: string) => T

/** A name; an empty one is what a variable that is not set leaves behind. */
export const nonEmpty: Read<string> = (option) => (text) => {
  if (text.trim() !== '') return text
  // Whatever follows the name of a secret is hidden, as the word "is" of a sentence would be.
  const what = looksSecret(option) ? `An empty value follows ${option}.` : `${option} is empty.`
  throw new EcsTaskError('BadArguments', what, {
    fix: 'Give it a value; a variable in it may not be set.',
  })
}

/** The name of the one thing that a command is for. Where it is given twice, clipanion would take the last and say nothing of the others. */
export const onlyOne =
  (option: string) =>
  (texts: readonly string[]): string => {
    const names = [...new Set(texts.map(nonEmpty(option)))]
    if (names.length === 1 && names[0] !== undefined) return names[0]
    throw new EcsTaskError('BadArguments', `${option} takes one name, not ${names.length}: ${names.join(', ')}.`, {
      fix: 'Run the command once for each of them.',
    })
  }

export const duration: Read<number> = (option) => (text) => milliseconds(nonEmpty(option)(text), option)

/** A whole number above 0. */
export const taskCount: Read<number> = (option) => (text) => {
  const value = Number(nonEmpty(option)(text))
  if (Number.isInteger(value) && value > 0) return value
  throw new EcsTaskError('BadArguments', `${option} ${text} is not a number of tasks.`, { fix: 'Write it as 3.' })
}

/** A whole number, 0 too; AWS's integers have 32 bits. */
export const wholeNumber =
  (option: string, most = 2_147_483_647) =>
  (text: string): number => {
    const value = Number(nonEmpty(option)(text))
    if (!Number.isInteger(value) || value < 0) {
      throw new EcsTaskError('BadArguments', `${option} ${text} is not a whole number.`)
    }
    if (value > most) throw new EcsTaskError('BadArguments', `${option} ${text} is more than AWS takes: ${most}.`)
    return value
  }

/** A number for which this holds; `wanted` says so in words. */
export const numberThat =
  (isValid: (value: number) => boolean, wanted: string): Read<number> =>
  (option) =>
  (text) => {
    const value = Number(nonEmpty(option)(text))
    if (isValid(value)) return value
    throw new EcsTaskError('BadArguments', `${option} ${text} is out of range.`, {
      fix: `Give ${wanted}.`,
    })
  }

/** A place in S3. */
export const s3Url: Read<string> = (option) => (text) => {
  if (parseS3Url(text)) return text
  throw new EcsTaskError('BadArguments', `${option} ${text} is no place for locks.`, { fix: `Write ${s3UrlMust}.` })
}

/** Items with commas between them. */
function list(text: string): string[] {
  return text.split(',').map((item) => item.trim())
}

/** Names with commas between them. */
export const names: Read<string[]> = (option) => (text) => {
  const found = list(text).filter((name) => name !== '')
  nonEmpty(option)(found.join(','))
  return found
}

/** A command as its words: split as a shell does, as in a stack, or written as a JSON list. */
export const words: Read<string[]> = (option) => (text) => {
  if (text.trimStart().startsWith('[')) return json(text, `${option} is not a JSON list.`)
  const split = splitCommand(text)
  if (split) return split
  throw new EcsTaskError('BadArguments', `${option} opens a quote and does not close it.`)
}

/** What RunTask takes, its `awsvpcConfiguration` alone, or a list of subnets. */
export const network: Read<NetworkConfiguration> = (option) => (text) => {
  if (!nonEmpty(option)(text).trimStart().startsWith('{')) return { awsvpcConfiguration: { subnets: list(text) } }
  const given = json(text, `${option} is neither JSON nor a list of subnets.`)
  return given.awsvpcConfiguration ? given : { awsvpcConfiguration: given }
}

export const policies: readonly OnFailure[] = ['rollback', 'leave', 'stop']

export const policy: Read<OnFailure> = (option) => (text) => oneOf(option, policies, text)

function oneOf<Word extends string>(option: string, known: readonly Word[], text: string): Word {
  const found = known.find((one) => one === nonEmpty(option)(text))
  if (found !== undefined) return found
  throw new EcsTaskError('BadArguments', `${option} ${text} is not known.`, {
    fix: `Choose one of ${known.join(', ')}.`,
  })
}

export const inProgressPolicies: readonly IfInProgress[] = ['wait', 'stop', 'refuse']

export const inProgressPolicy: Read<IfInProgress> = (option) => (text) => oneOf(option, inProgressPolicies, text)

/** What AWS takes as `launchType`; a value that it learns later passes as well. */
export const launchTypes: readonly LaunchType[] = ['EC2', 'FARGATE', 'EXTERNAL']

/** Where a rollout has come far enough. */
export function milestone(text: string): string {
  checkMilestone(text)
  return text
}

function json(text: string, problem: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new EcsTaskError('BadArguments', problem, { why: (error as Error).message })
  }
}
