/** Parameters of Systems Manager: whether they are there. Their values are dropped unread, those that are secret still encrypted. */
import { nameOf } from '../../../ground/names.ts'
import { type Check, error, unknown } from '../finding.ts'
import { otherAccount } from '../otherAccount.ts'
import { referencesIn } from '../secretReferences.ts'

export const parameters: Check = {
  name: 'parameters',
  needs: ['getParameters'],
  notLocal: true,
  async of({ subjects, region, account }, reads) {
    const all = subjects.flatMap(referencesIn).filter((one) => one.type === 'parameter')
    const isElsewhere = (its: string | undefined): boolean =>
      its !== undefined && region !== undefined && its !== region
    const elsewhere = all
      .filter((one) => isElsewhere(one.region))
      .map(({ where, name, region: its }) =>
        unknown(where, `parameter ${shown(name)}`, `it is in ${its}, and calls go to ${region}`),
      )
    const here = all.filter((one) => !isElsewhere(one.region))
    const names = [...new Set(here.map(({ name }) => name))]
    if (names.length === 0) return elsewhere
    const answer = await reads.ask('getParameters', { Names: names, WithDecryption: false })
    if (answer.state !== 'found') {
      const why = answer.state === 'unread' ? answer.why : 'AWS did not answer'
      return [...elsewhere, ...here.map(({ where, name }) => unknown(where, `parameter ${shown(name)}`, why))]
    }
    const missing = new Set(answer.value.InvalidParameters)
    const fix = 'Create it, or check the name and the region.'
    return [
      ...elsewhere,
      ...here.flatMap(({ where, name }) => {
        if (!missing.has(name)) return []
        const why = otherAccount(name, account)
        if (why !== undefined) return unknown(where, `parameter ${shown(name)}`, why)
        return error(where, `There is no parameter ${shown(name)}.`, fix)
      }),
    ]
  },
}

/** The name in an ARN has its path: `arn:…:parameter/web/key` is of `/web/key`. */
function shown(name: string): string {
  if (!name.startsWith('arn:')) return name
  const path = /:parameter\/(.+)$/.exec(name)?.[1]
  if (path === undefined) return nameOf(name)
  return path.includes('/') ? `/${path}` : path
}
