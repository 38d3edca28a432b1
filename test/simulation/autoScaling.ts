import { imageOf } from './declarations.ts'
import { regionOf } from './make.ts'
import type { Ended, Invariant } from './seen.ts'
import { nameOf, serviceKey } from './touched.ts'

/** However a run ends, auto scaling goes on as before, or what it left suspended is named; its range is nobody's to change. */
export const asScaled: Invariant = {
  name: 'auto scaling goes on as before, or what is left is named',
  check({ run, before, after, theirs }) {
    const left = run.result?.left ?? []
    return Object.entries(before.scaling).flatMap(([key, was]) => {
      const is = after.scaling[key]
      if (is === was || theirs.deleted.has(key)) return []
      const isNamed = left.some((line) => line.includes(`auto scaling of ${key}: `))
      return isNamed ? [] : [`auto scaling of ${key} is ${is}, not ${was}`]
    })
  },
}

/** An update ends with 0 where the service runs the image, in as many tasks as it wanted before, within the range of its auto scaling; it never says how many. */
export const asUpdated: Invariant = {
  name: 'update: the service runs the image, and no desired count is sent',
  check: (ended) => [...countsSent(ended), ...notUpdated(ended)],
}

function countsSent({ run, own }: Ended): string[] {
  if (run.act.command !== 'update') return []
  return own
    .filter(({ method, input }) => method === 'updateService' && input['desiredCount'] !== undefined)
    .map(({ input }) => `UpdateService says a desired count of ${input['desiredCount']}`)
}

function notUpdated({ run, exitCode, before, after, theirs, aws }: Ended): string[] {
  const { command, of, tag = '' } = run.act
  if (command !== 'update' || !of || exitCode !== 0) return []
  const key = serviceKey(of)
  const [is, was] = [after.services[key], before.services[key]]
  if (!is || !was || theirs.services.has(key)) return []
  const [family = '', number] = nameOf(is.taskDefinition).split(':')
  const { taskDefinition } = regionOf(aws).taskDefinitions[family]?.[Number(number) - 1] ?? {}
  const image: unknown = taskDefinition?.['containerDefinitions'][0]?.image
  // Whatever somebody else has set, Application Auto Scaling brings it into its range.
  const { MinCapacity = 0, MaxCapacity = Infinity } = JSON.parse(before.scaling[key] ?? '{}')
  const wanted = Math.min(Math.max(was.desiredCount, MinCapacity), MaxCapacity)
  return [
    ...(image === imageOf(of.family, tag) ? [] : [`service ${key} runs ${String(image)}`]),
    ...(is.desiredCount === wanted ? [] : [`service ${key} wants ${is.desiredCount}, not ${wanted}`]),
    ...(is.primary?.rolloutState === 'COMPLETED' ? [] : [`service ${key} is ${is.primary?.rolloutState}`]),
  ]
}
