/** Folds the long parts of a run in the log of a CI runner: the progress of rollouts, and the logs of one-off tasks. */
import type { ToldEvent } from '../engine/events.ts'
import { shownSubject } from '../engine/subject.ts'
import { shownNames } from '../ground/names.ts'
import type { Grouped } from '../ground/runner.ts'
import { visible } from '../ground/visible.ts'
import { workflowCommand } from './workflowCommand.ts'
import { headline } from './phrases.ts'
import { type Picture, stepOf } from './picture.ts'

interface Group {
  readonly title: string
  readonly id: string
}

/** A moment in seconds since 1970, and what the log goes on with. */
interface After {
  readonly seconds: number
  readonly heading: string
}

interface Dialect {
  readonly open: (group: Group, seconds: number) => string
  readonly close: (group: Group, after: After) => string
}

/**
 * The lines that each runner takes for the beginning and the end of a group.
 * https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
 * https://buildkite.com/docs/pipelines/configure/managing-log-output
 */
const dialects: Readonly<Record<Grouped, Dialect>> = {
  github: { open: ({ title }) => workflowCommand('group', title), close: () => workflowCommand('endgroup') },
  gitlab: {
    open: ({ title, id }, seconds) => `\x1b[0Ksection_start:${seconds}:${id}[collapsed=true]\r\x1b[0K${title}`,
    close: ({ id }, { seconds }) => `\x1b[0Ksection_end:${seconds}:${id}\r\x1b[0K`,
  },
  // Its groups end where another begins; `+++` begins one that is open.
  buildkite: { open: ({ title }) => `--- ${title}`, close: (_, { heading }) => `+++ ${heading}` },
  azure: { open: ({ title }) => `##[group]${title}`, close: () => '##[endgroup]' },
}

/**
 * Answers with the lines to write before those of an event, given the picture before it. Only the progress of rollouts and
 * the logs of tasks are in a group: the failure and the last lines never are.
 */
export function grouping(runner: Grouped): (event: ToldEvent, before: Picture) => string[] {
  const { open, close } = dialects[runner]
  let current: (Group & { readonly of: string }) | undefined
  let count = 0
  return (event, before) => {
    const part = partOf(event, before)
    if (part === 'any' || part?.of === current?.of) return []
    const seconds = Math.floor(Date.parse(event.at) / 1_000)
    const ending = current ? [close(current, { seconds, heading: visible(headingOf(event, before)) })] : []
    current = part && { ...part, title: visible(part.title), id: `ecs_task_${seconds}_${++count}` }
    return current ? [...ending, open(current, seconds)] : ending
  }
}

/** The long part that an event belongs to; `any` where it says nothing of what goes on, undefined where it has to be seen. */
function partOf(
  event: ToldEvent,
  before: Picture,
): { readonly of: string; readonly title: string } | 'any' | undefined {
  switch (event.type) {
    case 'service.progressed':
    case 'service.reported':
      return { of: 'rollout', title: `Rollout of ${rolling(before)}` }
    case 'instance.progressed':
      return { of: event.group, title: `Instances of ${event.group}` }
    case 'task.progressed':
    case 'log.received': {
      const { title = event.step } = stepOf(before, event.step) ?? {}
      return { of: event.step, title: `Log: ${title}` }
    }
    case 'call.finished':
    case 'call.failed':
    case 'call.retried':
      return 'any'
    default:
      return undefined
  }
}

/** `my_cluster/web`; of many their number. */
function rolling({ steps }: Picture): string {
  const running = steps.flatMap(({ state, subject }) =>
    state === 'running' && subject?.type === 'service' ? shownSubject(subject) : [],
  )
  return shownNames([...new Set(running)], 'services')
}

/** What stands above the lines after a group, where these need a heading. */
function headingOf(event: ToldEvent, { run, stage }: Picture): string {
  if (event.type === 'step.failed') return `Failed: ${event.title}`
  if (event.type === 'run.finished') return event.summary
  return stage ?? (run ? headline(run) : 'ecs-task')
}
