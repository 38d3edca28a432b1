/** Secrets of Secrets Manager: whether they are there, with the JSON key, stage and version that is named. */
import { isPlain } from '../../../ground/shown.ts'
import { type Check, type Found, error, unknown, warning } from '../finding.ts'
import { otherAccount } from '../otherAccount.ts'
import type { Answer, Reads } from '../reads.ts'
import { type SecretReference, referencesIn } from '../secretReferences.ts'

/** A secret's value is read only where a key of it is named, and only its keys are looked at. */
export const secrets: Check = {
  name: 'secrets',
  needs: ['describeSecret', 'getSecretValue'],
  notLocal: true,
  async of({ subjects, region, account }, reads) {
    const all = subjects.flatMap(referencesIn).filter((one) => one.type === 'secret')
    const found = await Promise.all(
      all.map(async (one) => {
        if (one.region === undefined || region === undefined || one.region === region)
          return ofSecret(one, account, reads)
        const why = `it is in ${one.region}, and calls go to ${region}`
        return [unknown(one.where, `secret ${shown(one)}`, why)]
      }),
    )
    return found.flat()
  },
}

async function ofSecret(asked: SecretReference, account: string | undefined, reads: Reads): Promise<Found[]> {
  const { where, id, key, stage, version } = asked
  const name = shown(asked)
  const answer = await reads.ask('describeSecret', { SecretId: id }, notThere)
  if (answer.state === 'absent') {
    const why = otherAccount(id, account)
    if (why !== undefined) return [unknown(where, `secret ${name}`, why)]
    return [error(where, `There is no secret ${name}.`, 'Create it, or check the ARN and the region.')]
  }
  if (answer.state === 'unread') return [unknown(where, `secret ${name}`, answer.why)]
  const { DeletedDate, VersionIdsToStages = {} } = answer.value
  if (DeletedDate) {
    return [error(where, `Secret ${name} is scheduled for deletion.`, 'Restore it, or name another.')]
  }
  const stages = Object.entries(VersionIdsToStages)
  if (version !== undefined && !stages.some(([one]) => one === version)) {
    // DescribeSecret does not list versions without a stage.
    const what = `Version ${version} of secret ${name} has no stage: it does not exist, or Secrets Manager may delete it.`
    return [warning(where, what, 'Name a version with a stage, or none for the current one.')]
  }
  const wanted = stage ?? (version === undefined ? 'AWSCURRENT' : undefined)
  if (wanted !== undefined && !stages.some(([, those]) => those.includes(wanted))) {
    return [error(where, `Secret ${name} has no version with the stage ${wanted}.`, 'Put a value into it.')]
  }
  return key === undefined ? [] : ofKey({ ...asked, key }, reads)
}

async function ofKey(asked: SecretReference & { readonly key: string }, reads: Reads): Promise<Found[]> {
  const { where, key } = asked
  const name = shown(asked)
  const keys = await keysOf(asked, reads)
  if (keys.state === 'unread') return [unknown(where, `key ${key} of secret ${name}`, keys.why)]
  if (keys.state === 'absent') {
    return [
      error(
        where,
        `Secret ${name} is not JSON, so it has no key ${key}.`,
        'Leave out the key, or store a JSON object.',
      ),
    ]
  }
  if (keys.value.includes(key)) return []
  return [error(where, `Secret ${name} has no key ${key}.`, 'Add the key, or check its name.')]
}

/** The keys of a secret's JSON object; nothing else of it leaves here. Absent where it is no such object. */
async function keysOf({ id, stage, version }: SecretReference, reads: Reads): Promise<Answer<readonly string[]>> {
  const input = { SecretId: id, ...(stage && { VersionStage: stage }), ...(version && { VersionId: version }) }
  const answer = await reads.ask('getSecretValue', input, notThere)
  if (answer.state !== 'found') return answer
  try {
    const value: unknown = JSON.parse(answer.value.SecretString ?? '')
    return isPlain(value) ? { state: 'found', value: Object.keys(value) } : { state: 'absent' }
  } catch {
    return { state: 'absent' }
  }
}

const notThere = /^ResourceNotFoundException$/

/** Its name without the six characters that AWS adds to it. */
const shown = ({ id }: SecretReference): string => /:secret:(.+)-\w{6}$/.exec(id)?.[1] ?? id
