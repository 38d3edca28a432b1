/** What later steps of a job get to know of a run: the outputs of the action. */
import { visibleJson } from '../../ground/visible.ts'
import { serviceOutcomes } from '../changedServices.ts'
import type { Collected } from './collected.ts'

/** By name: outcome and exit code, and as JSON the revision and the deployment of each service. */
export function outputsOf(
  { picture, histories, registered }: Collected,
  report: string | undefined,
): Record<string, string> {
  const running = serviceOutcomes(picture).flatMap(({ key, runs }) =>
    runs === undefined ? [] : [[key, runs] as const],
  )
  const known = new Set(running.map(([, revision]) => revision))
  // A family whose revision no service has: that of one-off tasks, event targets and schedules.
  const families = picture.undo ? [] : [...registered].filter(([, revision]) => !known.has(revision))
  const deployments = histories.flatMap(({ key, deploymentId }) => (deploymentId ? [[key, deploymentId] as const] : []))
  return {
    outcome: picture.end?.outcome ?? '',
    'exit-code': String(picture.end?.exitCode ?? ''),
    revisions: json(Object.fromEntries([...running, ...families])),
    'deployment-ids': json(Object.fromEntries(deployments)),
    ...(report !== undefined && { report }),
  }
}

/**
 * The outputs as the runner reads them from a file: each between two lines of a word that nobody can know before.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function outputLines(outputs: Readonly<Record<string, string>>, random: () => number): string {
  return Object.entries(outputs)
    .map(([name, value]) => {
      const word = `ecs_task_${[random(), random()].map((part) => part.toString(36).slice(2)).join('')}`
      // A value without line breaks can't end itself.
      return `${name}<<${word}\n${value.replace(/[\r\n]+/g, ' ')}\n${word}\n`
    })
    .join('')
}

const json = (value: object): string => visibleJson(JSON.stringify(value))
