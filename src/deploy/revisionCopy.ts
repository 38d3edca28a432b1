/** What services go back to: the warnings about it, and copies of revisions that were deregistered. */
import type { Input } from '../aws/aws.ts'
import { readOnly, registerable } from '../definition/registerable.ts'
import type { StepContext } from '../engine/stepHandler.ts'
import type { Values } from '../engine/step.ts'
import { awsCommand } from '../ground/command.ts'
import { nameOf } from '../ground/names.ts'
import { familyOf } from './revisions.ts'
import { registerOnce } from './registration/registerOnce.ts'
import type { Registered } from './world.ts'

/** What to register in place of a revision that is no longer ACTIVE; plain data. */
export interface RevisionCopy {
  /** The revision's ARN. */
  readonly of: string
  readonly input: Input<'registerTaskDefinition'>
}

/** The copies that were registered in each run: services that ran the same revision share one. */
const registered = new WeakMap<Values, Map<string, Promise<string>>>()

/** The copy that stands for a revision where ECS refuses it; undefined where it takes it, or nobody knows what it is. */
export function copyOf(running: Registered | undefined): RevisionCopy | undefined {
  if (!running || running.taskDefinition.status === 'ACTIVE') return undefined
  return { of: running.arn, input: registerable(running.taskDefinition, running.tags) }
}

/** Where a service goes back to; `goal` and `runs` are ARNs of revisions. */
interface WayBack {
  readonly goal: string | undefined
  /** What it runs now. */
  readonly runs: string | undefined
  /** Whether a copy of the goal is registered, which is no longer ACTIVE. */
  readonly isCopied: boolean
  /** Whether the goal is no longer ACTIVE, and AWS does not show it either. */
  readonly isUnknown: boolean
}

/** The warnings, a sentence each; none where the service simply goes back to what it runs. */
export function wayBackWarnings(service: string, { goal = '', runs = '', isCopied, isUnknown }: WayBack): string[] {
  const name = `Service ${nameOf(service)}`
  const gone = `${name} ${goal === runs ? 'runs' : 'last ran successfully'} ${nameOf(goal)}, which is no longer ACTIVE`
  return [
    ...(goal === runs
      ? []
      : [
          `${name} has not completed the deployment of ${nameOf(runs)}: on failure it goes back to ${nameOf(goal)}, the last one that was successful.`,
        ]),
    ...(isCopied ? [`${gone}: if this fails, a copy of it is registered to go back to.`] : []),
    ...(isUnknown ? [`${gone}: if this fails, it cannot go back to it.`] : []),
  ]
}

/** Registers the copy, unless this run has done so already, and answers its ARN. */
export function registerCopy(copy: RevisionCopy, context: StepContext): Promise<string> {
  const copies = registered.get(context.values) ?? new Map<string, Promise<string>>()
  registered.set(context.values, copies)
  const arn = copies.get(copy.of) ?? registeredCopy(copy, context)
  copies.set(copy.of, arn)
  return arn
}

/**
 * The command that registers a copy and then makes a call with it. What is registered is read from AWS, not printed, as it
 * may hold secrets.
 */
export function copyCommand({ of }: RevisionCopy, verb: string, input: object): string {
  const described = awsCommand('ecs describe-task-definition', {
    'task-definition': nameOf(of),
    query: 'taskDefinition',
  })
  const settable = `jq 'del(${readOnly.map((member) => `.${member}`).join(', ')})'`
  const json = JSON.stringify({ ...input, taskDefinition: familyOf(of) })
  return (
    `${awsCommand('ecs register-task-definition', {})} --cli-input-json "$(${described} | ${settable})" && ` +
    awsCommand(`ecs ${verb}`, { 'cli-input-json': json })
  )
}

async function registeredCopy({ of, input }: RevisionCopy, context: StepContext): Promise<string> {
  const after = Number(nameOf(of).split(':')[1])
  const { taskDefinition } = await registerOnce(input, after, context)
  const arn = taskDefinition?.taskDefinitionArn ?? ''
  context.emit({
    type: 'warning.raised',
    text: `${nameOf(of)} is no longer ACTIVE, so ${nameOf(arn)} was registered as a copy of it to go back to.`,
  })
  return arn
}
